//! Amounts between units and marks between scales: every way that a package declares, each one step long.
//!
//! It never picks a way and never makes one of two. The one idea: a way is a factor between two ends with the scope, the days
//! and the basis of the one declaration (or the two figures) it rests on, so whoever shows it can show why.

mod formula;
mod mark;
mod way;

pub use formula::{Formula, formula};
pub use mark::{NotMapped, is_of, is_worse, mapped, marks, rounded};
pub use way::{Scope, Way, agreed, apart, through, ways};
