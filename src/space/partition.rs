//! A fact's values cut into cells that no set of interest divides, so that sets become ranges of numbers.
//!
//! The one idea: membership changes only at the ends of sets, so between two neighbouring ends one value stands for all.

use super::Set;
use super::cut::Cut;

/// The cells of one fact.
#[derive(Clone, Debug)]
pub struct Partition {
    /// The ends at which membership changes, sorted.
    cuts: Vec<Cut>,
    /// How many cells with a value begin before each cut.
    before: Vec<u32>,
    /// The cells that have a value.
    cells: Vec<Set>,
}

impl Partition {
    /// The cells of a domain under some sets. `keep` takes a piece to the values it really has: what lies between two steps is none.
    pub fn of<'s>(
        domain: &Set,
        sets: impl IntoIterator<Item = &'s Set>,
        keep: impl Fn(&Set) -> Set,
    ) -> Partition {
        let mut cuts: Vec<Cut> = domain.cuts().to_vec();
        for set in sets {
            cuts.extend_from_slice(set.cuts());
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut before = Vec::with_capacity(cuts.len());
        let mut cells: Vec<Set> = Vec::new();
        for (at, &start) in cuts.iter().enumerate() {
            before.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
            let Some(&end) = cuts.get(at + 1) else { continue };
            let piece = Set::from_cuts(start, end).intersect(domain);
            let piece = if piece.is_empty() { piece } else { keep(&piece) };
            if !piece.is_empty() {
                cells.push(piece);
            }
        }
        Partition { cuts, before, cells }
    }

    /// How many cells there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.cells.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The values of a cell.
    pub fn cell(&self, at: u32) -> Option<&Set> {
        self.cells.get(at as usize)
    }

    /// The cells of a set, as ranges from a cell to the one before another; sorted and apart.
    pub fn ranges(&self, set: &Set) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for ends in set.cuts().chunks_exact(2) {
            let &[start, end] = ends else { continue };
            let place = |cut: Cut| {
                let at = self.cuts.partition_point(|&other| other < cut);
                self.before.get(at).copied().unwrap_or(self.len())
            };
            let (from, to) = (place(start), place(end));
            match ranges.last_mut() {
                _ if from >= to => {}
                Some(last) if last.1 == from => last.1 = to,
                _ => ranges.push((from, to)),
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::space::{Domain, Numbers, Value};

    fn number(number: i64) -> Value {
        Value::Number(number.into())
    }

    #[test]
    fn what_lies_between_two_steps_is_no_cell() {
        let marks = Domain::numbers(Numbers::whole(0, Some(100)).unwrap()).or_none();
        let (high, low) = (Set::at_least(number(60)), Set::at_most(number(59)));
        let cells = Partition::of(&marks.full_set(), [&high, &low], |piece| marks.snap(piece));
        assert_eq!(cells.len(), 3);
        assert_eq!(cells.ranges(&low), [(0, 1)]);
        assert_eq!(cells.ranges(&high), [(1, 2)]);
        assert_eq!(cells.ranges(&Set::none()), [(2, 3)]);
        assert_eq!(cells.ranges(&low.union(&high)), [(0, 2)]);
        assert_eq!(cells.cell(1).unwrap().to_string(), "[60, 100]");
        assert!(cells.ranges(&Set::more_than(number(100))).is_empty());
    }
}
