//! The fact space: what a fact may be, what is known of it, and what a test asks of it.
//!
//! Nothing here knows a name, a rule or a record. The one idea: what is known of a fact is the set of the values
//! it may still have, never one value with a hole; a test is a set too, and its truth is how the two sets lie:
//! inside, apart, or neither.

pub mod cover;
mod cut;
mod domain;
pub mod lattice;
mod partition;
mod set;
mod state;
mod truth;
mod value;

pub use domain::{Domain, Shape};
pub use lattice::{Numbers, OffStep};
pub use partition::Partition;
pub use set::{End, Interval, Set};
pub use state::State;
pub use truth::Truth;
pub use value::{Axis, Value};
