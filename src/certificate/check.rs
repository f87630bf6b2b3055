//! The checker: walks a proof along its statement and refuses whatever does not follow.

use super::{Claim, Proof, Region, Statement, Step};

/// Why a proof is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A region does not fit the space.
    #[error("region {0} does not fit the space")]
    Misshapen(u32),
    /// A region has a point.
    #[error("region {0} is not empty")]
    NotEmpty(u32),
    /// A cut leaves nothing on one side, or names no fact.
    #[error("step {0} cuts nothing")]
    Cut(u32),
    /// Two regions with different labels meet.
    #[error("at step {2} the regions {0} and {1} meet")]
    Meet(u32, u32, u32),
    /// The piece is not inside the region that is named.
    #[error("at step {1} the piece is not inside region {0}")]
    Outside(u32, u32),
    /// This step proves nothing of this claim.
    #[error("step {0} is not of this claim")]
    Step(u32),
    /// The proof ends before all pieces are done, or goes on after.
    #[error("the proof has {0} steps too many or too few")]
    Length(u32),
}

/// Whether a proof proves its statement.
///
/// # Errors
///
/// Where a step does not follow.
pub fn check(statement: &Statement, proof: &Proof) -> Result<(), Refused> {
    for (at, region) in (0u32..).zip(&statement.regions) {
        if !fits(region, &statement.sizes) {
            return Err(Refused::Misshapen(at));
        }
    }
    if statement.claim == Claim::Empty {
        let full =
            (0u32..).zip(&statement.regions).find(|(_, region)| !region.ranges.iter().any(Vec::is_empty));
        return match full {
            Some((at, _)) => Err(Refused::NotEmpty(at)),
            None if proof.steps.is_empty() => Ok(()),
            None => Err(Refused::Length(count(proof.steps.len()))),
        };
    }
    if statement.sizes.contains(&0) {
        // A fact without a value: there is no point of which anything could be false.
        return if proof.steps.is_empty() { Ok(()) } else { Err(Refused::Length(count(proof.steps.len()))) };
    }
    let whole = Piece {
        bounds: statement.sizes.iter().map(|&size| (0, size)).collect(),
        reached: (0..count(statement.regions.len())).collect(),
    };
    let mut waiting = vec![whole];
    for (at, step) in (0u32..).zip(&proof.steps) {
        let Some(piece) = waiting.pop() else { return Err(Refused::Length(at)) };
        match *step {
            Step::Cut { fact, at: cell } => {
                let (below, from) = cut(statement, piece, fact, cell).ok_or(Refused::Cut(at))?;
                waiting.push(from);
                waiting.push(below);
            }
            Step::Plain if statement.claim == Claim::Apart => plain(statement, &piece, at)?,
            Step::Inside(region) if statement.claim == Claim::Covered => {
                let of = statement.regions.get(region as usize).ok_or(Refused::Outside(region, at))?;
                let inside = |(bounds, ranges): (&(u32, u32), &Vec<(u32, u32)>)| {
                    ranges.iter().any(|range| range.0 <= bounds.0 && bounds.1 <= range.1)
                };
                if !piece.bounds.iter().zip(&of.ranges).all(inside) {
                    return Err(Refused::Outside(region, at));
                }
            }
            Step::Plain | Step::Inside(_) => return Err(Refused::Step(at)),
        }
    }
    if waiting.is_empty() { Ok(()) } else { Err(Refused::Length(count(waiting.len()))) }
}

/// A piece of the space, and the regions that reach into it.
struct Piece {
    bounds: Vec<(u32, u32)>,
    reached: Vec<u32>,
}

fn fits(region: &Region, sizes: &[u32]) -> bool {
    region.ranges.len() == sizes.len()
        && region.ranges.iter().zip(sizes).all(|(ranges, &size)| {
            let sorted = ranges.windows(2).all(|two| matches!(two, [one, next] if one.1 < next.0));
            sorted && ranges.iter().all(|range| range.0 < range.1 && range.1 <= size)
        })
}

fn cut(statement: &Statement, piece: Piece, fact: u32, at: u32) -> Option<(Piece, Piece)> {
    let bounds = *piece.bounds.get(fact as usize)?;
    if at <= bounds.0 || bounds.1 <= at {
        return None;
    }
    let part = |from: u32, to: u32| {
        let mut part = piece.bounds.clone();
        if let Some(place) = part.get_mut(fact as usize) {
            *place = (from, to);
        }
        let reaches = |region: &&u32| {
            let of = statement.regions.get(**region as usize).and_then(|of| of.ranges.get(fact as usize));
            of.is_some_and(|ranges| ranges.iter().any(|range| range.0 < to && from < range.1))
        };
        Piece { bounds: part, reached: piece.reached.iter().filter(reaches).copied().collect() }
    };
    Some((part(bounds.0, at), part(at, bounds.1)))
}

/// No two regions with different labels meet in the piece.
fn plain(statement: &Statement, piece: &Piece, at: u32) -> Result<(), Refused> {
    let of = |region: u32| statement.regions.get(region as usize);
    for (nth, &one) in piece.reached.iter().enumerate() {
        for &other in piece.reached.get(nth + 1..).unwrap_or_default() {
            let (Some(ours), Some(theirs)) = (of(one), of(other)) else { continue };
            if ours.label != theirs.label && meet(ours, theirs, &piece.bounds) {
                return Err(Refused::Meet(one, other, at));
            }
        }
    }
    Ok(())
}

/// Whether two regions share a cell of the piece.
fn meet(one: &Region, other: &Region, bounds: &[(u32, u32)]) -> bool {
    one.ranges.iter().zip(&other.ranges).zip(bounds).all(|((ours, theirs), piece)| {
        ours.iter().any(|our| {
            theirs.iter().any(|their| our.0.max(their.0).max(piece.0) < our.1.min(their.1).min(piece.1))
        })
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(label: u32, ranges: &[(u32, u32)]) -> Region {
        Region { label, ranges: ranges.iter().map(|range| vec![*range]).collect() }
    }

    fn apart(regions: Vec<Region>) -> Statement {
        Statement { claim: Claim::Apart, sizes: vec![4, 4], regions }
    }

    #[test]
    fn two_answers_are_apart_where_a_fact_tells_them_apart() {
        let statement = apart(vec![region(0, &[(0, 2), (0, 4)]), region(1, &[(2, 4), (0, 4)])]);
        assert_eq!(check(&statement, &Proof { steps: vec![Step::Plain] }), Ok(()));
        let cut = Step::Cut { fact: 0, at: 2 };
        assert_eq!(check(&statement, &Proof { steps: vec![cut, Step::Plain, Step::Plain] }), Ok(()));
        let statement = apart(vec![region(0, &[(0, 3), (0, 4)]), region(1, &[(2, 4), (0, 4)])]);
        assert_eq!(check(&statement, &Proof { steps: vec![Step::Plain] }), Err(Refused::Meet(0, 1, 0)));
        assert_eq!(
            check(&statement, &Proof { steps: vec![cut, Step::Plain, Step::Plain] }),
            Err(Refused::Meet(0, 1, 2))
        );
    }

    #[test]
    fn a_piece_that_is_left_out_is_noticed() {
        let statement = apart(vec![region(0, &[(0, 2), (0, 4)]), region(1, &[(2, 4), (0, 4)])]);
        let cut = Step::Cut { fact: 0, at: 2 };
        assert_eq!(check(&statement, &Proof { steps: vec![cut, Step::Plain] }), Err(Refused::Length(1)));
        assert_eq!(check(&statement, &Proof { steps: vec![] }), Err(Refused::Length(1)));
        let steps = vec![Step::Plain, Step::Plain];
        assert_eq!(check(&statement, &Proof { steps }), Err(Refused::Length(1)));
        let steps = vec![Step::Cut { fact: 0, at: 4 }, Step::Plain, Step::Plain];
        assert_eq!(check(&statement, &Proof { steps }), Err(Refused::Cut(0)));
    }

    #[test]
    fn a_space_is_covered_piece_by_piece() {
        let mut statement = Statement {
            claim: Claim::Covered,
            sizes: vec![4, 4],
            regions: vec![region(0, &[(0, 2), (0, 4)]), region(1, &[(2, 4), (0, 4)])],
        };
        let steps = vec![Step::Cut { fact: 0, at: 2 }, Step::Inside(0), Step::Inside(1)];
        assert_eq!(check(&statement, &Proof { steps: steps.clone() }), Ok(()));
        let swapped = vec![Step::Cut { fact: 0, at: 2 }, Step::Inside(1), Step::Inside(0)];
        assert_eq!(check(&statement, &Proof { steps: swapped }), Err(Refused::Outside(1, 1)));
        statement.regions[1] = region(1, &[(2, 4), (0, 3)]);
        assert_eq!(check(&statement, &Proof { steps }), Err(Refused::Outside(1, 2)));
        assert_eq!(check(&statement, &Proof { steps: vec![Step::Plain] }), Err(Refused::Step(0)));
    }

    #[test]
    fn an_empty_region_lacks_a_value_somewhere() {
        let mut statement = Statement {
            claim: Claim::Empty,
            sizes: vec![4],
            regions: vec![Region { label: 0, ranges: vec![vec![]] }],
        };
        assert_eq!(check(&statement, &Proof::default()), Ok(()));
        statement.regions[0].ranges = vec![vec![(3, 5)]];
        assert_eq!(check(&statement, &Proof::default()), Err(Refused::Misshapen(0)));
        statement.regions[0].ranges = vec![vec![(3, 4)]];
        assert_eq!(check(&statement, &Proof::default()), Err(Refused::NotEmpty(0)));
    }
}
