//! In which layer, counted from the left, each box stands.
//!
//! It moves no box up or down. Circles are first cut at as few lines as a greedy walk finds; then each box stands as
//! far left as its lines allow, and is drawn towards the side where it has more lines, so that lines stay short.

use std::cmp::Reverse;

use super::Link;

/// The layer of each box. Where some line carries a text, every second layer is left free for texts.
pub(super) fn layers(count: usize, links: &[Link]) -> Vec<usize> {
    let arcs: Vec<&Link> = links.iter().filter(|link| link.weight > 0 && link.from != link.to).collect();
    let rank = ranks(count, &arcs);
    let mut net = Net { before: vec![Vec::new(); count], after: vec![Vec::new(); count] };
    for &Link { from, to, .. } in arcs {
        let (left, right) = if rank[from] < rank[to] { (from, to) } else { (to, from) };
        net.after[left].push(right);
        net.before[right].push(left);
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&at| rank[at]);
    let mut layer = vec![0; count];
    for &at in &order {
        layer[at] = net.before[at].iter().map(|&b| layer[b] + 1).max().unwrap_or(0);
    }
    net.tighten(&order, &mut layer);
    let step = if links.iter().any(|link| link.label.is_some()) { 2 } else { 1 };
    layer.iter().map(|&at| at * step).collect()
}

/// A sequence of all boxes in which few arcs run backwards (Eades, Lin and Smyth): boxes without an arc out go to the
/// end, boxes without an arc in to the start, and where only circles are left the box that more is lost by entering
/// than by leaving is next.
fn ranks(count: usize, arcs: &[&Link]) -> Vec<usize> {
    let mut after = vec![Vec::new(); count];
    let mut before = vec![Vec::new(); count];
    let mut outs = vec![0; count];
    let mut ins = vec![0; count];
    for &&Link { from, to, weight, .. } in arcs {
        after[from].push((to, weight));
        before[to].push((from, weight));
        outs[from] += weight;
        ins[to] += weight;
    }
    let mut rank = vec![usize::MAX; count];
    let (mut first, mut last) = (0, count);
    let mut left: Vec<usize> = (0..count).collect();
    while !left.is_empty() {
        let sink = left.iter().copied().find(|&at| outs[at] == 0);
        let source = || left.iter().copied().find(|&at| ins[at] == 0);
        let next = sink
            .or_else(source)
            .or_else(|| left.iter().copied().min_by_key(|&at| Reverse(outs[at] - ins[at])));
        let Some(next) = next else { break };
        if sink.is_some() {
            last -= 1;
            rank[next] = last;
        } else {
            rank[next] = first;
            first += 1;
        }
        for &(to, weight) in &after[next] {
            ins[to] -= weight;
        }
        for &(from, weight) in &before[next] {
            outs[from] -= weight;
        }
        left.retain(|&at| at != next);
    }
    rank
}

/// The arcs by their ends, all from left to right.
struct Net {
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

impl Net {
    /// Moves boxes within the room their neighbours leave them, while that shortens lines.
    fn tighten(&self, order: &[usize], layer: &mut [usize]) {
        // A box with as many lines on either side costs nothing to move, and may free those left of it.
        for &at in order.iter().rev() {
            if self.after[at].len() >= self.before[at].len() {
                layer[at] = self.rightmost(at, layer);
            }
        }
        // Each move shortens the sum of all lines, so this ends; the limit only bounds the time it may take.
        for _ in 0..32 {
            let mut moved = false;
            for &at in order.iter().rev() {
                let (ins, outs) = (self.before[at].len(), self.after[at].len());
                let goal = match ins.cmp(&outs) {
                    std::cmp::Ordering::Less => self.rightmost(at, layer),
                    std::cmp::Ordering::Greater => self.leftmost(at, layer),
                    std::cmp::Ordering::Equal => layer[at],
                };
                moved |= goal != layer[at];
                layer[at] = goal;
            }
            if !moved {
                break;
            }
        }
    }

    fn leftmost(&self, at: usize, layer: &[usize]) -> usize {
        self.before[at].iter().map(|&b| layer[b] + 1).max().unwrap_or(0)
    }

    fn rightmost(&self, at: usize, layer: &[usize]) -> usize {
        self.after[at].iter().map(|&a| layer[a].saturating_sub(1)).min().unwrap_or(layer[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: usize, arcs: &[(usize, usize)]) -> Vec<usize> {
        let links: Vec<Link> =
            arcs.iter().map(|&(from, to)| Link { from, to, strand: 0, weight: 1, label: None }).collect();
        layers(count, &links)
    }

    #[test]
    fn a_chain_takes_one_layer_a_box() {
        assert_eq!(of(3, &[(0, 1), (1, 2)]), [0, 1, 2]);
    }

    #[test]
    fn a_source_stands_next_to_what_first_needs_it() {
        // 3 is needed only by 2, so it stands in the layer before it and not at the far left.
        assert_eq!(of(4, &[(0, 1), (1, 2), (3, 2)]), [0, 1, 2, 1]);
    }

    #[test]
    fn a_circle_is_cut_at_one_line() {
        let layer = of(3, &[(0, 1), (1, 2), (2, 0)]);
        let backwards = [(0, 1), (1, 2), (2, 0)].iter().filter(|&&(a, b)| layer[a] >= layer[b]).count();
        assert_eq!(backwards, 1);
    }
}
