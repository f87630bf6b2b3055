//! What is proved of a package, or refuted by a learner: no rule that never applies, no two rules that contradict each other, no
//! learner without an answer.
//!
//! A result is one of three: proved, refuted by this learner, or not analysed, because …; the last is never taken for the first.
//! Each refutation is a record that was put to [`crate::answer::decide`] and answered as said; each proof is data that
//! [`crate::certificate`] accepts. The one idea: for a goal and a kind of achievement a rule is a union of boxes over facts.

mod combinations;
mod condition;
mod days;
mod form;
mod gap;
mod given;
mod granted;
mod grid;
mod index;
mod joint;
mod level;
mod look;
mod never;
mod overlap;
mod proof;
mod prove;
mod reason;
mod region;
mod said;
mod scene;
mod split;
mod stricter;
mod witness;

pub use days::Days;
pub use gap::{Gap, Gaps, gaps};
pub use never::{Never, Nevers, never};
pub use overlap::{Conflict, Overlap, overlap};
pub use proof::Proved;
pub use prove::{Analysis, Outcome, Report, prove};
pub use reason::Reason;
pub use stricter::{Amendments, Favoured, amendments};
pub use witness::Witness;

use crate::diagnostic::{Code, Problem};
use crate::graph::ConversionGraph;

/// What contradicts itself in a package whose names, types and shapes have no error, asked on any day: rules that never apply, and
/// rules that answer one learner differently; and amendments that are not stricter than their frame. What else could not be told is
/// not a problem here; [`overlap()`] and [`never()`] name it.
pub fn problems(graph: &ConversionGraph) -> Vec<Problem> {
    let wanted = [Analysis::Never, Analysis::Overlap, Analysis::Stricter];
    let mut problems = prove(graph, Days::All, &wanted, false).problems(graph);
    problems.retain(|problem| problem.code != Code::ProofNotAnalysed);
    problems
}
