//! Bounds that follow from single rows: what is left for one column when all others in a row are as good to it as they can be.
//!
//! It finds no optimum and loses no point.

use super::program::Program;

/// So many times all rows are looked at, at most.
const ROUNDS: usize = 4;

/// Narrows bounds as far as single rows do.
pub(super) fn narrow(program: &Program, lower: &mut [i64], upper: &mut [i64]) {
    for _ in 0..ROUNDS {
        let mut changed = false;
        for row in &program.rows {
            changed |= one(&row.entries, row.at_most, lower, upper);
            if row.equal {
                let turned: Vec<(u32, i64)> = row.entries.iter().map(|(column, by)| (*column, -by)).collect();
                changed |= one(&turned, -row.at_most, lower, upper);
            }
        }
        if !changed {
            break;
        }
    }
}

fn one(entries: &[(u32, i64)], at_most: i64, lower: &mut [i64], upper: &mut [i64]) -> bool {
    let least = |column: usize, by: i64, lower: &[i64], upper: &[i64]| {
        i128::from(by) * i128::from(if by > 0 { lower[column] } else { upper[column] })
    };
    let sum: i128 = entries.iter().map(|&(column, by)| least(column as usize, by, lower, upper)).sum();
    let spare = i128::from(at_most) - sum;
    if spare < 0 {
        return false;
    }
    let mut changed = false;
    for &(column, by) in entries {
        let at = column as usize;
        let steps = i64::try_from(spare / i128::from(by).abs()).unwrap_or(i64::MAX);
        if by > 0 && upper[at].saturating_sub(lower[at]) > steps {
            upper[at] = lower[at] + steps;
            changed = true;
        } else if by < 0 && upper[at].saturating_sub(lower[at]) > steps {
            lower[at] = upper[at] - steps;
            changed = true;
        }
    }
    changed
}
