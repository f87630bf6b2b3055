//! The list of checks. To add one: a file with its function, and a line here.

use crate::diagnostic::Problem;
use crate::model::Model;

/// A check looks at a whole model and adds what it finds.
pub(super) type Check = fn(&Model, &mut Vec<Problem>);

/// All checks.
pub(super) const CHECKS: &[Check] = &[
    super::credit_step::check,
    super::framework_cells::check,
    super::placement::check,
    super::titles::check,
    super::comparisons::check,
    super::levels_mixed::check,
    super::credits_mixed::check,
    super::selection::check,
    super::table_gap::check,
    super::table_overlap::check,
    super::override_cycle::check,
    super::override_common::check,
    super::count_unsaid::check,
    super::foreign_unit::check,
    super::surplus_cycle::check,
    super::unnamed_twice::check,
    super::empty_block::check,
    super::later::check,
];
