//! Boxes over facts as regions of numbered cells: the form in which proofs are made and checked.

use crate::certificate::{Claim, Region, Statement};
use crate::space::{Partition, Set};

use super::form::Bounds;
use super::scene::{Dim, Scene};

/// A space of numbered cells, and what each cell stands for.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The facts, in order.
    pub(super) dims: Vec<Dim>,
    /// The cells of each.
    pub(super) partitions: Vec<Partition>,
    /// The claim about the regions.
    pub(super) statement: Statement,
}

impl Grid {
    /// The cells that the ends of some boxes make, and the boxes as regions of them.
    pub(super) fn of(claim: Claim, scene: &Scene<'_>, boxes: &[(u32, &Bounds)]) -> Grid {
        let mut dims: Vec<Dim> =
            boxes.iter().flat_map(|(_, bounds)| bounds.sets.iter().map(|(dim, _)| *dim)).collect();
        dims.sort_unstable();
        dims.dedup();
        let mut partitions = Vec::with_capacity(dims.len());
        for dim in &dims {
            let sets: Vec<&Set> = boxes.iter().filter_map(|(_, bounds)| bounds.get(*dim)).collect();
            let (full, keep) = match scene.facts.get(dim) {
                Some(known) => (known.full.clone(), Some(known)),
                None => (Set::empty(), None),
            };
            let keep = |piece: &Set| keep.map_or_else(|| piece.clone(), |known| known.snap(piece));
            partitions.push(Partition::of(&full, sets, keep));
        }
        let region = |(label, bounds): &(u32, &Bounds)| Region {
            label: *label,
            ranges: dims
                .iter()
                .zip(&partitions)
                .map(|(dim, cells)| match bounds.get(*dim) {
                    Some(set) => cells.ranges(set),
                    None if cells.is_empty() => Vec::new(),
                    None => vec![(0, cells.len())],
                })
                .collect(),
        };
        let regions = boxes.iter().map(region).collect();
        let sizes = partitions.iter().map(Partition::len).collect();
        Grid { statement: Statement { claim, sizes, regions }, dims, partitions }
    }
}
