//! From a record to claims: what holds of which achievements under which rule, and what each rule would give.
//!
//! Nothing here gives a verdict over several rules, and nothing words a sentence. The one idea: every fact is read as the set of
//! values it may still have, so that "not stated" is never mistaken for "no".

mod record;
mod step;

pub use crate::graph::Goal;
pub use record::{Achievement, Entry, EntryState, Facts, HeldId, Judgement, Origin, Record, Status, Waiver};
pub use step::{Amounts, Asked, CellSays, Evidence, Owner, Range, Slot, Step, Used, What};
