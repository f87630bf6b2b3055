//! From a record to claims: what holds of which achievements under which rule, and what each rule would give.
//!
//! Nothing here gives a verdict over several rules, and nothing words a sentence. The one idea: every fact is read as the set of
//! values it may still have, so that "not stated" is never mistaken for "no".

mod binding;
mod building;
mod case;
mod choose;
mod compare;
mod condition;
mod coverage;
mod facts;
mod fewest;
mod holes;
mod instance;
mod lapse;
mod lasting;
mod levels;
mod membership;
mod no_answer;
mod record;
mod registered;
mod search;
mod shown;
mod standing;
mod step;
mod trace;
mod value;
mod whole;
mod worked_out;

pub use crate::graph::Goal;
pub use no_answer::{MOST_TRIALS, MOST_WAYS, NoAnswer};
pub use record::{Achievement, Entry, EntryState, Facts, HeldId, Judgement, Origin, Record, Status, Waiver};
pub use step::{
    Amounts, Asked, Bound, CellSays, Converted, Evidence, Lasted, Owner, Range, Slot, Step, Used, What,
};

pub use trace::Trace;

pub(crate) use binding::{different, meant};
pub(crate) use case::{Case, Way};
pub(crate) use compare::days as days_of;
pub(crate) use condition::{About, Open, Sink, falling, quietly, seen, truth};
pub(crate) use facts::{Reader, domain_of, scale_marks};
pub(crate) use instance::{Instance, Key, Number, by_evidence, instances, instances_of};
pub(crate) use lapse::{lapsed, lapses};
pub(crate) use lasting::{lacking, turning_days};
pub(crate) use levels::{own_framework, passes as level_passes};
pub(crate) use membership::{id, is_of_class, least, membership};
pub(crate) use shown::looked_up;
pub(crate) use value::{Value as Given, finish_amount};
