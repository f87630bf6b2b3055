//! From what is not quite a point of a programme to one: columns lifted where a row wants more of them, rounded where none breaks.
//!
//! What comes out is tried against every row; nothing is said of how good it is.

use super::hint::Side;
use super::program::Program;

/// A point whose columns are lifted where a row wants more of them: from the point where nothing is made, what remains to be earned.
pub(super) fn lifted(program: &Program, mut point: Vec<i64>, upper: &[i64]) -> Option<Vec<i64>> {
    for _ in 0..8 {
        for row in &program.rows {
            let mut over = row.sum(&point) - i128::from(row.at_most);
            for &(column, by) in row.entries.iter().rev().filter(|entry| entry.1 < 0) {
                let at = column as usize;
                let lift = i64::try_from((over + i128::from(-by) - 1).div_euclid(i128::from(-by)))
                    .unwrap_or(i64::MAX);
                let lift = lift.clamp(0, upper[at] - point[at]);
                point[at] += lift;
                over -= i128::from(lift) * i128::from(-by);
            }
        }
        if program.holds(&point) {
            return Some(point);
        }
    }
    None
}

/// On which side of a whole number each column can break no row.
pub(super) fn sides(program: &Program) -> Vec<Side> {
    let mut sides = vec![(true, true); program.lower.len()];
    for row in &program.rows {
        for &(column, by) in &row.entries {
            if let Some(side) = sides.get_mut(column as usize) {
                side.0 &= by > 0 && !row.equal;
                side.1 &= by < 0 && !row.equal;
            }
        }
    }
    let each = sides.into_iter().map(|side| match side {
        (true, _) => Side::Down,
        (_, true) => Side::Up,
        _ => Side::Nearest,
    });
    each.collect()
}
