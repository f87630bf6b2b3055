//! Further rows that whole points keep and the relaxation breaks: sums of rows, rounded.
//!
//! A cut is proved like any bound: rows times whole multipliers show that a sum of columns, which is a whole number, lies below the
//! next one. Nothing that a hint says enters it unproved, and no whole point is lost. A later cut may rest on earlier ones.

use super::bound::{Bound, allowed};
use super::hint::Hint;
use super::program::{Origin, Program, Row};
use crate::certificate::SCALE;

/// A row that follows, and from what.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) row: Row,
    pub(super) because: Vec<(u32, i64)>,
}

/// Factors of a cut are no larger.
const FACTOR: i64 = 1 << 12;
/// In millionths: less far over is not worth a row.
const OVER: i64 = 5_000;
/// So many at a time.
const EACH: usize = 40;

/// The cuts that lie farthest over, for where the hint stands. They hold between the bounds of the whole programme, whatever a
/// search has narrowed.
pub(super) fn cuts(program: &Program, hint: &Hint, now: &[i64]) -> Vec<Cut> {
    let mut found: Vec<(i64, Cut)> = Vec::new();
    for mut because in hint.roundings() {
        allowed(program, &mut because);
        if let Some(cut) = round(program, hint, because) {
            let over = hint.over(&cut.row.entries, cut.row.at_most, now);
            if over > OVER && found.iter().all(|other| other.1.row.entries != cut.row.entries) {
                found.push((over, cut));
            }
        }
    }
    found.sort_by_key(|one| -one.0);
    found.truncate(EACH);
    found.into_iter().map(|one| one.1).collect()
}

/// The sum of rows with each factor rounded, and what it comes to at most.
fn round(program: &Program, hint: &Hint, because: Vec<(u32, i64)>) -> Option<Cut> {
    let (lower, upper) = (&program.lower, &program.upper);
    let zero = vec![0; lower.len()];
    // What the rows leave of nothing is their sum, turned.
    let sum = Bound::new(program, &zero, &because);
    let mut factors = vec![0; lower.len()];
    let mut entries = Vec::new();
    for (at, left) in sum.left.iter().enumerate() {
        if *left == 0 || lower[at] == upper[at] {
            continue;
        }
        let column = u32::try_from(at).ok()?;
        let scale = i128::from(SCALE);
        let little = scale / 4096;
        let below = (-left + little).div_euclid(scale);
        let factor = if hint.high(column) { -((left + little).div_euclid(scale)) } else { below };
        let factor = i64::try_from(factor).ok().filter(|factor| factor.abs() < FACTOR)?;
        if factor != 0 {
            factors[at] = factor;
            entries.push((column, factor));
        }
    }
    if entries.is_empty() {
        return None;
    }
    let most = Bound::new(program, &factors, &because).most(lower, upper);
    let at_most = i64::try_from(most.div_euclid(i128::from(SCALE))).ok()?;
    Some(Cut { row: Row { entries, at_most, equal: false, origin: Origin::Cut, asleep: false }, because })
}
