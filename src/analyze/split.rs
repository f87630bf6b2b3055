//! Cutting a space until every piece is plain: what finds proofs, pairs that meet, and holes.
//!
//! The one idea: a cut goes along the fact and at the cell that leave the fewest regions on the fuller side, so thousands of rules
//! that lie beside one another on one fact are told apart in a few cuts, and no pair is looked at twice.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::certificate::{Proof, Region, Statement, Step};

/// So few regions are compared one by one.
const FEW: usize = 8;

/// So many are, where no cut helps.
const MOST_COMPARED: usize = 3000;

/// So many steps a proof may have.
pub(super) const MOST_STEPS: usize = 1_000_000;

/// So many pairs that meet are found, and so many of them between two owners.
pub(super) const MOST_PAIRS: usize = 8000;
const MOST_OF_TWO: u32 = 8;

/// Pairs of regions with different labels that meet, or the proof that there is none.
#[derive(Debug)]
pub(super) struct Apart {
    pub(super) pairs: Vec<(u32, u32)>,
    pub(super) proof: Proof,
}

struct Piece {
    bounds: Vec<(u32, u32)>,
    reached: Vec<u32>,
}

fn whole(statement: &Statement) -> Piece {
    Piece {
        bounds: statement.sizes.iter().map(|&size| (0, size)).collect(),
        reached: (0..u32::try_from(statement.regions.len()).unwrap_or(u32::MAX)).collect(),
    }
}

/// Finds the pairs of regions with different labels that meet. Nothing where there are too many cases.
/// `owner` says whose a region is: between two owners a few pairs are enough, and within one none.
pub(super) fn apart(statement: &Statement, owner: impl Fn(u32) -> u32) -> Option<Apart> {
    let mut proof = Proof::default();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    if statement.sizes.contains(&0) {
        return Some(Apart { pairs, proof });
    }
    let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut between: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut waiting = vec![whole(statement)];
    while let Some(piece) = waiting.pop() {
        if proof.steps.len() >= MOST_STEPS {
            return None;
        }
        let label = |at: &u32| statement.regions.get(*at as usize).map(|region| region.label);
        let first = piece.reached.first().and_then(label);
        let alike = piece.reached.iter().all(|at| label(at) == first);
        let cut = if alike || piece.reached.len() <= FEW { None } else { best_cut(statement, &piece) };
        if let Some((fact, at)) = cut {
            proof.steps.push(Step::Cut { fact, at });
            let (below, from) = parts(statement, piece, fact, at);
            waiting.push(from);
            waiting.push(below);
            continue;
        }
        proof.steps.push(Step::Plain);
        if alike {
            continue;
        }
        if piece.reached.len() > MOST_COMPARED {
            return None;
        }
        for (nth, &one) in piece.reached.iter().enumerate() {
            for &other in piece.reached.get(nth + 1..).unwrap_or_default() {
                if label(&one) == label(&other) || pairs.len() >= MOST_PAIRS {
                    continue;
                }
                let of = |at: u32| statement.regions.get(at as usize);
                let (Some(ours), Some(theirs)) = (of(one), of(other)) else { continue };
                let mut owners = (owner(one), owner(other));
                if owners.0 > owners.1 {
                    owners = (owners.1, owners.0);
                }
                if meet(ours, theirs, &piece.bounds) && seen.insert((one, other)) {
                    let so_far = between.entry(owners).or_default();
                    *so_far += 1;
                    if *so_far <= MOST_OF_TWO {
                        pairs.push((one, other));
                    }
                }
            }
        }
    }
    Some(Apart { pairs, proof })
}

/// A hole: the cells of a piece that no region covers. Or the proof that there is none.
pub(super) fn covered(statement: &Statement) -> Option<Result<Proof, Vec<(u32, u32)>>> {
    let mut proof = Proof::default();
    if statement.sizes.contains(&0) {
        return Some(Ok(proof));
    }
    let mut waiting = vec![whole(statement)];
    while let Some(piece) = waiting.pop() {
        if proof.steps.len() >= MOST_STEPS {
            return None;
        }
        let contains = |at: &&u32| {
            statement.regions.get(**at as usize).is_some_and(|region| {
                region.ranges.iter().zip(&piece.bounds).all(|(ranges, bounds)| {
                    ranges.iter().any(|range| range.0 <= bounds.0 && bounds.1 <= range.1)
                })
            })
        };
        if let Some(&inside) = piece.reached.iter().find(contains) {
            proof.steps.push(Step::Inside(inside));
            continue;
        }
        // Along an end of the region that fills most of the piece.
        let Some((fact, at)) = largest_end(statement, &piece) else { return Some(Err(piece.bounds)) };
        proof.steps.push(Step::Cut { fact, at });
        let (below, from) = parts(statement, piece, fact, at);
        waiting.push(from);
        waiting.push(below);
    }
    Some(Ok(proof))
}

/// The cut that leaves the fewest regions on the fuller side; nothing where no cut helps.
fn best_cut(statement: &Statement, piece: &Piece) -> Option<(u32, u32)> {
    let all = piece.reached.len();
    let mut best: Option<(usize, usize, u32, u32)> = None;
    for (fact, bounds) in (0u32..).zip(&piece.bounds) {
        let ranges = |at: &u32| {
            statement
                .regions
                .get(*at as usize)
                .and_then(|region| region.ranges.get(fact as usize))
                .map_or(&[][..], Vec::as_slice)
        };
        let mut ends: Vec<u32> = piece
            .reached
            .iter()
            .flat_map(|at| ranges(at).iter().flat_map(|range| [range.0, range.1]))
            .filter(|end| bounds.0 < *end && *end < bounds.1)
            .collect();
        if ends.is_empty() {
            continue;
        }
        ends.sort_unstable();
        let Some(&at) = ends.get(ends.len() / 2) else { continue };
        let reaches = |from: u32, to: u32| {
            let of = |region: &&u32| ranges(region).iter().any(|range| range.0 < to && from < range.1);
            piece.reached.iter().filter(of).count()
        };
        let (below, from) = (reaches(bounds.0, at), reaches(at, bounds.1));
        let found = (below.max(from), below + from, fact, at);
        if found.0 < all && best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    best.map(|(_, _, fact, at)| (fact, at))
}

/// An end, inside the piece, of the region that fills most of it.
fn largest_end(statement: &Statement, piece: &Piece) -> Option<(u32, u32)> {
    let filled = |region: &Region| -> u128 {
        let part = |(ranges, bounds): (&Vec<(u32, u32)>, &(u32, u32))| -> u128 {
            let inside =
                |range: &(u32, u32)| u128::from(range.1.min(bounds.1).saturating_sub(range.0.max(bounds.0)));
            ranges.iter().map(inside).sum()
        };
        region.ranges.iter().zip(&piece.bounds).map(part).fold(1u128, u128::saturating_mul)
    };
    let regions = piece.reached.iter().filter_map(|at| statement.regions.get(*at as usize));
    let largest = regions
        .map(|region| (filled(region), region))
        .filter(|(size, _)| *size > 0)
        .max_by_key(|(size, _)| *size)?
        .1;
    let sides = (0u32..).zip(largest.ranges.iter().zip(&piece.bounds));
    let mut ends = sides.flat_map(|(fact, (ranges, bounds))| {
        let inside =
            ranges.iter().flat_map(|range| [range.0, range.1]).find(|end| bounds.0 < *end && *end < bounds.1);
        inside.map(|end| (fact, end))
    });
    ends.next()
}

fn parts(statement: &Statement, piece: Piece, fact: u32, at: u32) -> (Piece, Piece) {
    let bounds = piece.bounds.get(fact as usize).copied().unwrap_or((0, 0));
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
    (part(bounds.0, at), part(at, bounds.1))
}

fn meet(one: &Region, other: &Region, bounds: &[(u32, u32)]) -> bool {
    one.ranges.iter().zip(&other.ranges).zip(bounds).all(|((ours, theirs), piece)| {
        ours.iter().any(|our| {
            theirs.iter().any(|their| our.0.max(their.0).max(piece.0) < our.1.min(their.1).min(piece.1))
        })
    })
}
