//! Bounds proved in integers: rows times whole multipliers, added up between bounds.
//!
//! Nothing here knows where multipliers come from; wrong ones give a bound that is true and useless.

use super::program::Program;
use crate::certificate::SCALE;

/// Columns less multiples of rows, and what they come to at most.
#[derive(Clone, Debug, Default)]
pub(super) struct Bound {
    /// What is left of each column's factor, times [`SCALE`].
    pub(super) left: Vec<i128>,
    /// What the multiples of the rows' right sides add up to.
    base: i128,
}

impl Bound {
    /// An objective less rows by multipliers; a negative multiplier only for a row that must be met.
    pub(super) fn new(program: &Program, objective: &[i64], multipliers: &[(u32, i64)]) -> Self {
        let mut left: Vec<i128> = objective.iter().map(|by| i128::from(*by) * i128::from(SCALE)).collect();
        let mut base = 0;
        for &(row, by) in multipliers {
            let Some(row) = program.rows.get(row as usize) else { continue };
            base += i128::from(by) * i128::from(row.at_most);
            for &(column, factor) in &row.entries {
                if let Some(place) = left.get_mut(column as usize) {
                    *place -= i128::from(by) * i128::from(factor);
                }
            }
        }
        Self { left, base }
    }

    /// What it comes to at most between bounds, times [`SCALE`].
    pub(super) fn most(&self, lower: &[i64], upper: &[i64]) -> i128 {
        let each = self.left.iter().zip(lower.iter().zip(upper)).map(|(left, (low, high))| {
            if *left == 0 { 0 } else { left * i128::from(if *left > 0 { *high } else { *low }) }
        });
        self.base + each.sum::<i128>()
    }
}

/// Multipliers that a row may have: none below 0, but for one that must be met.
pub(super) fn allowed(program: &Program, multipliers: &mut Vec<(u32, i64)>) {
    multipliers.retain(|(row, by)| *by > 0 || program.rows.get(*row as usize).is_some_and(|row| row.equal));
}
