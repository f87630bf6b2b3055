//! Boxes: a set for each of several facts. Whether some boxes cover a box, and what they leave of it.
//!
//! Nothing is enumerated but boxes: taking one box from another leaves at most one box for each fact.

use super::Set;

/// What is left of a box when another is taken from it: boxes that share nothing.
pub fn minus(of: &[Set], taken: &[Set]) -> Vec<Vec<Set>> {
    if of.iter().zip(taken).any(|(ours, theirs)| ours.is_disjoint(theirs)) {
        return vec![of.to_vec()];
    }
    let mut left = Vec::new();
    let mut rest = of.to_vec();
    for (at, theirs) in taken.iter().enumerate() {
        let Some(ours) = rest.get_mut(at) else { break };
        let outside = ours.minus(theirs);
        *ours = ours.intersect(theirs);
        if !outside.is_empty() {
            let mut piece = rest.clone();
            if let Some(place) = piece.get_mut(at) {
                *place = outside;
            }
            left.push(piece);
        }
    }
    left
}

/// What several boxes leave of a box; nothing more is looked for once there are `limit` pieces.
pub fn uncovered<'b>(
    of: Vec<Set>,
    boxes: impl IntoIterator<Item = &'b [Set]>,
    limit: usize,
) -> Vec<Vec<Set>> {
    let mut left = vec![of];
    for taken in boxes {
        left = left.iter().flat_map(|piece| minus(piece, taken)).collect();
        if left.is_empty() || left.len() > limit {
            break;
        }
    }
    left
}

/// Whether two boxes share a point.
pub fn meet(a: &[Set], b: &[Set]) -> bool {
    a.iter().zip(b).all(|(ours, theirs)| !ours.is_disjoint(theirs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Value;

    fn ranks(of: &[u32]) -> Set {
        Set::of(of.iter().map(|&rank| Value::Rank(rank)))
    }

    #[test]
    fn two_halves_cover_and_one_leaves_the_other() {
        let whole = vec![ranks(&[0, 1]), ranks(&[0, 1, 2])];
        let (first, second) = ([ranks(&[0]), ranks(&[0, 1, 2])], [ranks(&[1]), ranks(&[0, 1, 2])]);
        assert!(uncovered(whole.clone(), [&first[..], &second[..]], 10).is_empty());
        assert_eq!(uncovered(whole, [&first[..]], 10), [second]);
    }

    #[test]
    fn a_corner_taken_leaves_two_pieces_that_share_nothing() {
        let left = minus(&[ranks(&[0, 1]), ranks(&[0, 1])], &[ranks(&[0]), ranks(&[0])]);
        assert_eq!(left, [vec![ranks(&[1]), ranks(&[0, 1])], vec![ranks(&[0]), ranks(&[1])]]);
        assert!(!meet(&left[0], &left[1]));
    }
}
