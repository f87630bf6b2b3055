//! What names and types alone cannot tell: whether a table answers everyone, whether a rule can ever apply, whether two lines
//! contradict each other.
//!
//! It reads the model only, and changes nothing. The one idea: each check is one file with one function, and the registry is
//! the list of them.

mod comparisons;
mod count_unsaid;
mod credit_step;
mod credits_mixed;
mod domains;
mod empty_block;
mod foreign_unit;
mod framework_cells;
mod later;
mod levels_mixed;
mod override_common;
mod override_cycle;
mod placement;
mod registry;
mod selection;
mod surplus_cycle;
mod table_gap;
mod table_overlap;
mod titles;
mod unnamed_twice;

pub(crate) use domains::said;

use crate::diagnostic::Problem;
use crate::model::Model;

/// Everything that the checks find wrong with a model, in the order of the registry.
pub fn check(model: &Model) -> Vec<Problem> {
    let mut problems = Vec::new();
    for check in registry::CHECKS {
        check(model, &mut problems);
    }
    problems
}
