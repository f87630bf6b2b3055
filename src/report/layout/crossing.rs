//! In which order, from the top, the stands of each layer come.
//!
//! It never moves a stand to another layer. Sweeps to and fro put each stand at the mean place of its neighbours in
//! the layer before, then neighbours change places where that undoes crossings; the best order met is kept. Means are
//! compared as fractions and ties keep the order there was, so the outcome is the same everywhere.

use super::grid::Grid;

/// Reorders the layers of a part so that few of its lines cross.
pub(super) fn reduce(grid: &mut Grid) {
    let pieces: usize = grid.after.iter().map(Vec::len).sum();
    // Large pictures get fewer sweeps, so that the time stays bounded.
    let sweeps = (60_000 / pieces.max(1)).clamp(4, 24);
    let mut place = places(grid);
    let mut best = (crossings(grid, &place), grid.layers.clone());
    let mut idle = 0;
    for sweep in 0..sweeps {
        if best.0 == 0 || idle == 6 {
            break;
        }
        let rightwards = sweep % 2 == 0;
        for step in 0..grid.layers.len() {
            let layer = if rightwards { step } else { grid.layers.len() - 1 - step };
            by_mean(grid, layer, rightwards, &mut place);
        }
        if pieces < 20_000 {
            swap_neighbours(grid, &mut place);
        }
        let found = crossings(grid, &place);
        idle += 1;
        if found < best.0 {
            best = (found, grid.layers.clone());
            idle = 0;
        }
    }
    grid.layers = best.1;
}

/// How many pairs of pieces cross.
fn crossings(grid: &Grid, place: &[usize]) -> u64 {
    (0..grid.layers.len()).map(|layer| crossings_after(grid, layer, place)).sum()
}

/// Counts, from the top, for each piece how many pieces met before it end below it: a binary indexed tree over the
/// next layer.
fn crossings_after(grid: &Grid, layer: usize, place: &[usize]) -> u64 {
    let Some(next) = grid.layers.get(layer + 1) else { return 0 };
    let mut tree = vec![0_u64; next.len() + 1];
    let (mut seen, mut crossed) = (0, 0);
    for &at in &grid.layers[layer] {
        let ends = sorted(&grid.after[at], place);
        for &end in &ends {
            let mut not_below = 0;
            let mut node = end + 1;
            while node > 0 {
                not_below += tree[node];
                node &= node - 1;
            }
            crossed += seen - not_below;
        }
        for &end in &ends {
            let mut node = end + 1;
            while node < tree.len() {
                tree[node] += 1;
                node += node & node.wrapping_neg();
            }
        }
        seen += ends.len() as u64;
    }
    crossed
}

/// Sorts a layer by the mean place of what each stand is joined to on one side; what is joined to nothing there keeps
/// its place.
fn by_mean(grid: &mut Grid, layer: usize, from_left: bool, place: &mut [usize]) {
    let near = if from_left { &grid.before } else { &grid.after };
    let stands = &grid.layers[layer];
    let mut moving: Vec<(usize, usize, usize)> = stands
        .iter()
        .filter(|&&at| !near[at].is_empty())
        .map(|&at| (near[at].iter().map(|&n| place[n]).sum(), near[at].len(), at))
        .collect();
    moving.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
    let mut moving = moving.into_iter().map(|(_, _, at)| at);
    let order: Vec<usize> =
        stands.iter().map(|&at| if near[at].is_empty() { at } else { moving.next().unwrap_or(at) }).collect();
    for (index, &at) in order.iter().enumerate() {
        place[at] = index;
    }
    grid.layers[layer] = order;
}

/// Changes two neighbours of a layer wherever their pieces then cross less often.
fn swap_neighbours(grid: &mut Grid, place: &mut [usize]) {
    for _ in 0..4 {
        let mut changed = false;
        for layer in 0..grid.layers.len() {
            let stands = &mut grid.layers[layer];
            let mut ends: Vec<[Vec<usize>; 2]> = stands
                .iter()
                .map(|&at| [sorted(&grid.before[at], place), sorted(&grid.after[at], place)])
                .collect();
            for upper in 0..stands.len().saturating_sub(1) {
                let (now, then) = (0..2).fold((0, 0), |(now, then), side| {
                    let (a, b) = (&ends[upper][side], &ends[upper + 1][side]);
                    (now + pairs_out_of_order(a, b), then + pairs_out_of_order(b, a))
                });
                if then < now {
                    stands.swap(upper, upper + 1);
                    ends.swap(upper, upper + 1);
                    place[stands[upper]] = upper;
                    place[stands[upper + 1]] = upper + 1;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
}

/// How many pairs, one from each sorted list, have the upper stand's end below the lower one's.
fn pairs_out_of_order(upper: &[usize], lower: &[usize]) -> usize {
    let mut passed = 0;
    upper
        .iter()
        .map(|end| {
            while lower.get(passed).is_some_and(|other| other < end) {
                passed += 1;
            }
            passed
        })
        .sum()
}

fn sorted(ends: &[usize], place: &[usize]) -> Vec<usize> {
    let mut places: Vec<usize> = ends.iter().map(|&end| place[end]).collect();
    places.sort_unstable();
    places
}

fn places(grid: &Grid) -> Vec<usize> {
    let mut place = vec![0; grid.stands.len()];
    for layer in &grid.layers {
        for (index, &at) in layer.iter().enumerate() {
            place[at] = index;
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::super::{Link, Size, grid, layering};
    use super::*;

    fn counted(count: usize, arcs: &[(usize, usize)]) -> (u64, u64) {
        let links: Vec<Link> =
            arcs.iter().map(|&(from, to)| Link { from, to, strand: 0, weight: 1, label: None }).collect();
        let sizes = vec![Size { width: 10, height: 10 }; count];
        let layers = layering::layers(count, &links);
        let mut part = grid::parts(&sizes, &links, &layers).0.remove(0);
        let before = crossings(&part, &places(&part));
        reduce(&mut part);
        (before, crossings(&part, &places(&part)))
    }

    #[test]
    fn what_can_be_drawn_without_crossings_is() {
        // Three sources, three targets, joined in mirror order and by one shared middle.
        let arcs = [(0, 8), (1, 7), (2, 6), (1, 6), (1, 8)];
        assert_eq!(counted(9, &arcs).1, 0);
    }

    #[test]
    fn three_by_three_keeps_the_nine_crossings_it_must_have() {
        let arcs: Vec<(usize, usize)> = (0..3).flat_map(|a| (3..6).map(move |b| (a, b))).collect();
        assert_eq!(counted(6, &arcs).1, 9);
    }
}
