//! A second, plain implementation of a decision, to compare the first one with.
//!
//! It reads `accredit.model/1` and nothing else of the program; it has no index, shares no code, and follows the meaning of a
//! decision step by step: instances, bars, defeat, value, verdict. Where several choices are to be compared it tries them all.

pub mod admit;
pub mod amount;
mod binding;
pub mod condition;
pub mod decide;
pub mod held;
pub mod instance;
mod lasting;
mod later;
mod level;
mod map;
pub mod model;
pub mod record;
pub mod value;
pub mod verdict;
mod waiting;
pub mod worth;

pub use decide::{Answer, Line, decide};
pub use model::Model;
