//! At which height each stand of a layer has its middle.
//!
//! It keeps the order of every layer. The method is that of Brandes and Köpf: stands are threaded into straight lines
//! four times, leaning to each corner in turn; each time the threads are packed as closely as sizes allow, and the
//! height taken is the mean of the two middle ones. Every packing keeps all distances, so their mean does too.

use super::grid::{Grid, Stand, What};

/// Gives every stand its height, the topmost border of the part at zero, and returns the height of the part.
pub(super) fn assign(grid: &mut Grid) -> i32 {
    let fixed = conflicts(grid);
    let mut heights: Vec<Vec<i32>> = Vec::new();
    for leftwards in [false, true] {
        for upwards in [false, true] {
            let mut layers = grid.layers.clone();
            if leftwards {
                layers.reverse();
            }
            if upwards {
                layers.iter_mut().for_each(|layer| layer.reverse());
            }
            let near = if leftwards { &grid.after } else { &grid.before };
            let threads = thread(&layers, near, &fixed, grid.stands.len());
            let mut found = pack(&layers, &threads, &grid.stands);
            if upwards {
                found.iter_mut().for_each(|y| *y = -*y);
            }
            heights.push(found);
        }
    }
    align(&mut heights);
    for (at, stand) in grid.stands.iter_mut().enumerate() {
        let mut candidates: Vec<i32> = heights.iter().map(|found| found[at]).collect();
        candidates.sort_unstable();
        stand.y = (candidates[1] + candidates[2]).div_euclid(2);
    }
    let top = grid.stands.iter().map(|stand| stand.y - stand.size.height / 2).min().unwrap_or(0);
    let bottom = grid.stands.iter().map(|stand| stand.y + stand.size.height / 2).max().unwrap_or(0);
    grid.stands.iter_mut().for_each(|stand| stand.y -= top);
    bottom - top
}

/// How much closer than usual a line may pass its neighbours, if it is level then.
const SLACK: i32 = 4;

/// Levels the lines that pass layers: where their neighbours leave room, all bends of a line take the height at which
/// it leaves or enters, whichever is nearer. The part keeps its height.
pub(super) fn straighten(grid: &mut Grid, ends: &[(i32, i32)], height: i32) {
    let mut room: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); grid.stands.len()];
    for pair in grid.layers.iter().flat_map(|layer| layer.windows(2)) {
        room[pair[0]].1 = Some(pair[1]);
        room[pair[1]].0 = Some(pair[0]);
    }
    for ((_, chain), &(leaves, enters)) in grid.chains.iter().zip(ends) {
        let bends = &chain[1..chain.len() - 1];
        if bends.is_empty() || grid.stands[chain[0]].layer == grid.stands[chain[chain.len() - 1]].layer {
            continue;
        }
        let stands = &mut grid.stands;
        let highest = |&at: &usize| {
            room[at].0.map(|upper| stands[upper].y + distance(&stands[upper], &stands[at]) - SLACK)
        };
        let lowest = |&at: &usize| {
            room[at].1.map(|lower| stands[lower].y - distance(&stands[at], &stands[lower]) + SLACK)
        };
        let half = |&at: &usize| stands[at].size.height / 2;
        let highest = bends.iter().map(|at| highest(at).unwrap_or_else(|| half(at))).max().unwrap_or(0);
        let lowest =
            bends.iter().map(|at| lowest(at).unwrap_or_else(|| height - half(at))).min().unwrap_or(height);
        let now = stands[bends[0]].y;
        let level = [leaves, enters]
            .into_iter()
            .filter(|&y| y >= highest && y <= lowest)
            .min_by_key(|&y| (y - now).abs());
        if let Some(level) = level {
            bends.iter().for_each(|&at| stands[at].y = level);
        }
    }
}

/// The pieces, by their left and right stand, that must not be straight: they cross a piece between two bends, and
/// long lines go first. Sorted, to be looked up.
fn conflicts(grid: &Grid) -> Vec<(usize, usize)> {
    let bend = |at: usize| !matches!(grid.stands[at].what, What::Box(_));
    let mut place = vec![0; grid.stands.len()];
    for layer in &grid.layers {
        for (index, &at) in layer.iter().enumerate() {
            place[at] = index;
        }
    }
    let mut found = Vec::new();
    for pair in grid.layers.windows(2) {
        let long = |&at: &usize| {
            if bend(at) { grid.before[at].iter().copied().find(|&from| bend(from)) } else { None }
        };
        // Between two pieces of long lines, no other piece may come from outside of what they enclose.
        let (mut above, mut next) = (0, 0);
        for (index, at) in pair[1].iter().enumerate() {
            let from = long(at);
            if from.is_none() && index + 1 < pair[1].len() {
                continue;
            }
            let below = from.map_or(pair[0].len(), |from| place[from]);
            for &stand in &pair[1][next..=index] {
                for &start in &grid.before[stand] {
                    let inner = bend(start) && bend(stand);
                    if !inner && (place[start] < above || place[start] > below) {
                        found.push((start, stand));
                    }
                }
            }
            next = index + 1;
            above = below;
        }
    }
    found.sort_unstable();
    found
}

/// Joins each stand to the middle one of its neighbours in the layer before, where no thread is crossed by it, and
/// returns the first stand of each one's thread.
fn thread(layers: &[Vec<usize>], near: &[Vec<usize>], fixed: &[(usize, usize)], count: usize) -> Vec<usize> {
    let mut place = vec![0; count];
    for layer in layers {
        for (index, &at) in layer.iter().enumerate() {
            place[at] = index;
        }
    }
    let mut first: Vec<usize> = (0..count).collect();
    for layer in layers {
        let mut free = 0;
        for &at in layer {
            let mut ends = near[at].clone();
            ends.sort_by_key(|&end| place[end]);
            let middles = if ends.is_empty() { 0..0 } else { (ends.len() - 1) / 2..ends.len() / 2 + 1 };
            for &end in &ends[middles] {
                let straight =
                    fixed.binary_search(&(end, at)).is_err() && fixed.binary_search(&(at, end)).is_err();
                if first[at] == at && place[end] >= free && straight {
                    first[at] = first[end];
                    free = place[end] + 1;
                }
            }
        }
    }
    first
}

/// Packs the threads from the top, then lets each sink to where the one below it holds it.
fn pack(layers: &[Vec<usize>], first: &[usize], stands: &[Stand]) -> Vec<i32> {
    let count = stands.len();
    let mut below: Vec<Vec<(usize, i32)>> = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for pair in layers.iter().flat_map(|layer| layer.windows(2)) {
        below[first[pair[0]]].push((first[pair[1]], distance(&stands[pair[0]], &stands[pair[1]])));
        waiting[first[pair[1]]] += 1;
    }
    let mut ready: Vec<usize> = (0..count).filter(|&at| first[at] == at && waiting[at] == 0).collect();
    let mut order = Vec::new();
    let mut y = vec![0_i32; count];
    while let Some(at) = ready.pop() {
        order.push(at);
        for &(lower, apart) in &below[at] {
            y[lower] = y[lower].max(y[at] + apart);
            waiting[lower] -= 1;
            if waiting[lower] == 0 {
                ready.push(lower);
            }
        }
    }
    for &at in order.iter().rev() {
        if let Some(held) = below[at].iter().map(|&(lower, apart)| y[lower] - apart).min() {
            y[at] = y[at].max(held);
        }
    }
    first.iter().map(|&thread| y[thread]).collect()
}

/// How far the middles of two neighbours must be apart.
fn distance(upper: &Stand, lower: &Stand) -> i32 {
    let gap = match (upper.what, lower.what) {
        (What::Box(_), What::Box(_)) => 18,
        (What::Bend, What::Bend) => 12,
        (What::Label, What::Label) => 6,
        _ => 14,
    };
    (upper.size.height + lower.size.height) / 2 + gap
}

/// Moves the four packings onto the narrowest: those that lean up by their upper ends, the others by their lower ones.
fn align(heights: &mut [Vec<i32>]) {
    let ends =
        |found: &[i32]| (found.iter().copied().min().unwrap_or(0), found.iter().copied().max().unwrap_or(0));
    let spans: Vec<(i32, i32)> = heights.iter().map(|found| ends(found)).collect();
    let Some(&(top, bottom)) = spans.iter().min_by_key(|(top, bottom)| bottom - top) else { return };
    for (index, found) in heights.iter_mut().enumerate() {
        let shift = if index % 2 == 0 { top - spans[index].0 } else { bottom - spans[index].1 };
        found.iter_mut().for_each(|y| *y += shift);
    }
}
