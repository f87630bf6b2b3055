//! Where on the side of a box its lines leave and enter.
//!
//! It moves no box. The one idea: lines of one strand meet a box in one point, so that what belongs together is seen
//! together; the points of a side come in the order of what they lead to.

use std::collections::BTreeMap;

use super::Link;
use super::grid::Grid;

/// A point on the border of a box where lines of one strand meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Port {
    stand: usize,
    right_side: bool,
    strand: u8,
    enters: bool,
}

/// How far each port is from the middle of its box.
pub(super) struct Ports {
    offset: BTreeMap<Port, i32>,
}

impl Ports {
    /// Spreads the ports of each side, in the order in which their lines come.
    pub(super) fn of(grid: &Grid, links: &[Link]) -> Ports {
        let mut pulls: BTreeMap<Port, (i64, i64)> = BTreeMap::new();
        for (line, chain) in &grid.chains {
            let (leaves, enters) = of_line(grid, &links[*line], chain);
            for (port, toward) in [(leaves, chain[1]), (enters, chain[chain.len() - 2])] {
                let pull = pulls.entry(port).or_default();
                *pull = (pull.0 + i64::from(grid.stands[toward].y), pull.1 + 1);
            }
        }
        let mut sides: BTreeMap<(usize, bool), Vec<(i64, Port)>> = BTreeMap::new();
        for (port, (sum, count)) in pulls {
            sides.entry((port.stand, port.right_side)).or_default().push((sum / count, port));
        }
        let mut offset = BTreeMap::new();
        for ((stand, _), mut ports) in sides {
            ports.sort_unstable();
            let count = i32::try_from(ports.len()).unwrap_or(i32::MAX);
            // The corners of a box may be round, so the ports keep to the straight part of its side.
            let room = (grid.stands[stand].size.height - 22).max(2);
            let apart = if count > 1 { (room / (count - 1)).min(14) } else { 0 };
            for (index, (_, port)) in (0..count).zip(ports) {
                offset.insert(port, index * apart - apart * (count - 1) / 2);
            }
        }
        Ports { offset }
    }

    /// For each line of the part, the heights at which it leaves and enters.
    pub(super) fn ends(&self, grid: &Grid, links: &[Link]) -> Vec<(i32, i32)> {
        let at = |port: Port| grid.stands[port.stand].y + self.offset.get(&port).copied().unwrap_or(0);
        grid.chains
            .iter()
            .map(|(line, chain)| of_line(grid, &links[*line], chain))
            .map(|(leaves, enters)| (at(leaves), at(enters)))
            .collect()
    }
}

/// The ports of a line: where it leaves and where it enters.
fn of_line(grid: &Grid, link: &Link, chain: &[usize]) -> (Port, Port) {
    let (from, to) = (chain[0], chain[chain.len() - 1]);
    let (start, end) = (grid.stands[from].layer, grid.stands[to].layer);
    (
        Port { stand: from, right_side: start <= end, strand: link.strand, enters: false },
        Port { stand: to, right_side: start >= end, strand: link.strand, enters: true },
    )
}
