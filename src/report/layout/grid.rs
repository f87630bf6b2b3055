//! The parts of a picture, each line cut into pieces that run from one layer to the next.
//!
//! It chooses no place. The one idea: a line that passes a layer stands in it like a box without size, so that the
//! later steps know of no long lines; and a text on a line is such a stand with a size.

use std::collections::BTreeMap;

use super::{Link, Size};

/// One part of a picture: what no line joins to the rest.
pub(super) struct Grid {
    pub(super) stands: Vec<Stand>,
    /// The stands of each layer, from the top.
    pub(super) layers: Vec<Vec<usize>>,
    /// For each stand, what it is joined to one layer further left and right.
    pub(super) before: Vec<Vec<usize>>,
    pub(super) after: Vec<Vec<usize>>,
    /// Each line of this part with its stands, from its first box to its second.
    pub(super) chains: Vec<(usize, Vec<usize>)>,
}

/// Something that takes a place in a layer.
#[derive(Debug, Clone)]
pub(super) struct Stand {
    pub(super) layer: usize,
    pub(super) size: Size,
    pub(super) what: What,
    /// The height of its middle.
    pub(super) y: i32,
}

/// What stands in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A box, by its number.
    Box(usize),
    /// A line that passes.
    Bend,
    /// The text of a line.
    Label,
}

/// Cuts a picture into its parts, the one with most boxes first, then by the first box; and the boxes that no line
/// touches.
pub(super) fn parts(sizes: &[Size], links: &[Link], layers: &[usize]) -> (Vec<Grid>, Vec<usize>) {
    let part_of = joined(sizes.len(), links);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, &part) in part_of.iter().enumerate() {
        members.entry(part).or_default().push(at);
    }
    let mut lines: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        lines.entry(part_of[link.from]).or_default().push(at);
    }
    let alone = members.keys().copied().filter(|first| !lines.contains_key(first)).collect();
    let mut parts: Vec<(usize, Vec<usize>)> =
        members.into_iter().filter(|(first, _)| lines.contains_key(first)).collect();
    parts.sort_by_key(|(first, boxes)| (std::cmp::Reverse(boxes.len()), *first));
    let parts = parts
        .iter()
        .map(|(first, boxes)| {
            let lines = lines.get(first).map_or(&[][..], Vec::as_slice);
            Grid::of(boxes, lines, sizes, links, layers)
        })
        .collect();
    (parts, alone)
}

/// For each box, the first box of its part.
fn joined(count: usize, links: &[Link]) -> Vec<usize> {
    let mut near = vec![Vec::new(); count];
    for link in links {
        near[link.from].push(link.to);
        near[link.to].push(link.from);
    }
    let mut part = vec![usize::MAX; count];
    for first in 0..count {
        if part[first] != usize::MAX {
            continue;
        }
        let mut reached = vec![first];
        while let Some(at) = reached.pop() {
            if part[at] == usize::MAX {
                part[at] = first;
                reached.extend(&near[at]);
            }
        }
    }
    part
}

impl Grid {
    fn of(boxes: &[usize], lines: &[usize], sizes: &[Size], links: &[Link], layers: &[usize]) -> Grid {
        let mut grid = Grid { stands: vec![], layers: vec![], before: vec![], after: vec![], chains: vec![] };
        let mut stand_of = BTreeMap::new();
        for &at in boxes {
            stand_of.insert(at, grid.stand(layers[at], sizes[at], What::Box(at)));
        }
        for &line in lines {
            let link = &links[line];
            let (Some(&from), Some(&to)) = (stand_of.get(&link.from), stand_of.get(&link.to)) else {
                continue;
            };
            let chain = grid.chain(from, to, link.label);
            grid.chains.push((line, chain));
        }
        grid.start_order();
        grid
    }

    /// The stands of one layer; none where this part does not reach that far.
    pub(super) fn layer(&self, layer: usize) -> impl Iterator<Item = &Stand> {
        self.layers.get(layer).into_iter().flatten().map(|&at| &self.stands[at])
    }

    /// The largest height that a piece leaving this layer must climb or fall.
    pub(super) fn steepest(&self, layer: usize) -> i32 {
        let climb = |&at: &usize| {
            self.after[at].iter().map(move |&to| (self.stands[at].y - self.stands[to].y).abs()).max()
        };
        self.layers.get(layer).into_iter().flatten().filter_map(climb).max().unwrap_or(0)
    }

    fn stand(&mut self, layer: usize, size: Size, what: What) -> usize {
        let at = self.stands.len();
        self.stands.push(Stand { layer, size, what, y: 0 });
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        at
    }

    fn join(&mut self, left: usize, right: usize) {
        self.after[left].push(right);
        self.before[right].push(left);
    }

    /// Puts a stand into every layer that a line passes; the text stands in the middle one that is free for texts.
    fn chain(&mut self, from: usize, to: usize, label: Option<Size>) -> Vec<usize> {
        let (start, end) = (self.stands[from].layer, self.stands[to].layer);
        if start == end {
            // The line bows out to the right of its column, with its text, if any, in the layer beside it.
            let Some(size) = label else { return vec![from, to] };
            let text = self.stand(start + 1, size, What::Label);
            self.join(from, text);
            if from != to {
                self.join(to, text);
            }
            return vec![from, text, to];
        }
        let (left, right) = if start < end { (from, to) } else { (to, from) };
        let (first, last) = (start.min(end), start.max(end));
        // Boxes stand in even layers when there are texts, so the first odd layer from the middle on is free.
        let text_layer = ((first + last) / 2) | 1;
        let mut chain = vec![left];
        for layer in first + 1..last {
            let (size, what) = match label {
                Some(size) if layer == text_layer => (size, What::Label),
                _ => (Size::default(), What::Bend),
            };
            let bend = self.stand(layer, size, what);
            self.join(chain[chain.len() - 1], bend);
            chain.push(bend);
        }
        self.join(chain[chain.len() - 1], right);
        chain.push(right);
        if start > end {
            chain.reverse();
        }
        chain
    }

    /// Lists each layer in the order in which a walk along the lines, from the left, meets its stands.
    fn start_order(&mut self) {
        let count = self.stands.iter().map(|stand| stand.layer + 1).max().unwrap_or(0);
        self.layers = vec![Vec::new(); count];
        let mut roots: Vec<usize> = (0..self.stands.len()).collect();
        roots.sort_by_key(|&at| (self.stands[at].layer, at));
        let mut met = vec![false; self.stands.len()];
        for root in roots {
            let mut walk = vec![root];
            while let Some(at) = walk.pop() {
                if !std::mem::replace(&mut met[at], true) {
                    self.layers[self.stands[at].layer].push(at);
                    walk.extend(self.after[at].iter().rev());
                }
            }
        }
    }
}
