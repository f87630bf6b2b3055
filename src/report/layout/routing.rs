//! How each line runs from border to border.
//!
//! It moves no box. Inside a column a line runs level, so it passes no box; between columns it is one smooth curve
//! that leaves and arrives level. A line within a column, and a line from a box to itself, bow out to the right of it.

use super::grid::{Grid, What};
use super::{Columns, Layout, Point, Rect};

/// How far before the border a line stops, to leave room for the head of an arrow.
pub(in crate::report) const HEAD: i32 = 9;

/// The way of one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::report) struct Route {
    /// On the border of the box that the line leaves.
    pub(in crate::report) start: Point,
    /// The way, up to [`HEAD`] before the tip.
    pub(in crate::report) steps: Vec<Step>,
    /// On the border of the box that the line enters.
    pub(in crate::report) tip: Point,
    /// Whether it enters from the left.
    pub(in crate::report) rightwards: bool,
    /// Where its text stands.
    pub(in crate::report) label: Option<Rect>,
}

/// A piece of a route, to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Step {
    /// A straight line.
    Line(Point),
    /// A cubic curve: two points that pull it, and its end.
    Curve(Point, Point, Point),
}

/// How far the widest line within a column of this part bows out; none where there is no such line.
pub(super) fn bulge(grid: &Grid, layer: usize) -> Option<i32> {
    grid.chains
        .iter()
        .map(|(_, chain)| (chain[0], chain[chain.len() - 1]))
        .filter(|&(from, to)| grid.stands[from].layer == layer && grid.stands[to].layer == layer)
        .map(|(from, to)| bow(grid.stands[from].y - grid.stands[to].y))
        .max()
}

fn bow(height: i32) -> i32 {
    24 + (height.abs() / 8).min(36)
}

/// Writes the places of a part's boxes and the routes of its lines, between the heights given for each, into the
/// layout.
pub(super) fn draw(grid: &Grid, ends: &[(i32, i32)], columns: &Columns, layout: &mut Layout) {
    for stand in &grid.stands {
        if let What::Box(at) = stand.what {
            let (left, right) = (columns.left[stand.layer], columns.right[stand.layer]);
            layout.boxes[at] = Rect {
                x: left,
                y: stand.y - stand.size.height / 2,
                width: right - left,
                height: stand.size.height,
            };
        }
    }
    for ((line, chain), &ends) in grid.chains.iter().zip(ends) {
        let mut route = way(grid, columns, chain, ends);
        route.label =
            chain.iter().map(|&at| &grid.stands[at]).find(|stand| stand.what == What::Label).map(|stand| {
                let middle = (columns.left[stand.layer] + columns.right[stand.layer]) / 2;
                Rect::around(middle, stand.y, stand.size)
            });
        layout.routes[*line] = route;
    }
}

/// The way along a chain, between the heights at which it leaves and enters.
fn way(grid: &Grid, columns: &Columns, chain: &[usize], (leaves, enters): (i32, i32)) -> Route {
    let (first, last) = (&grid.stands[chain[0]], &grid.stands[chain[chain.len() - 1]]);
    if first.layer == last.layer {
        return bowed(grid, columns, chain, (leaves, enters));
    }
    let rightwards = first.layer < last.layer;
    let near = |layer: usize| if rightwards { columns.left[layer] } else { columns.right[layer] };
    let far = |layer: usize| if rightwards { columns.right[layer] } else { columns.left[layer] };
    let start = Point { x: far(first.layer), y: leaves };
    let tip = Point { x: near(last.layer), y: enters };
    let mut pen = Pen { at: start, steps: Vec::new() };
    for &at in &chain[1..chain.len() - 1] {
        let stand = &grid.stands[at];
        pen.curve(Point { x: near(stand.layer), y: stand.y });
        pen.line(Point { x: far(stand.layer), y: stand.y });
    }
    pen.curve(Point { x: if rightwards { tip.x - HEAD } else { tip.x + HEAD }, y: tip.y });
    Route { start, steps: pen.steps, tip, rightwards, label: None }
}

/// The way of a line within a column: out to the right, past its text if it has one, and back.
fn bowed(grid: &Grid, columns: &Columns, chain: &[usize], (leaves, enters): (i32, i32)) -> Route {
    let layer = grid.stands[chain[0]].layer;
    let border = columns.right[layer];
    let text = if chain.len() == 3 { Some(&grid.stands[chain[1]]) } else { None };
    let out = text.map_or(border + bow(leaves - enters), |text| {
        (columns.left[text.layer] + columns.right[text.layer]) / 2 - text.size.width / 2
    });
    let middle = Point { x: out, y: text.map_or((leaves + enters) / 2, |text| text.y) };
    let start = Point { x: border, y: leaves };
    let tip = Point { x: border, y: enters };
    let base = Point { x: border + HEAD, y: enters };
    let pull = |y: i32| Point { x: out, y };
    let steps = vec![
        Step::Curve(pull(leaves), pull((leaves + middle.y) / 2), middle),
        Step::Curve(pull((enters + middle.y) / 2), pull(enters), base),
    ];
    Route { start, steps, tip, rightwards: false, label: None }
}

struct Pen {
    at: Point,
    steps: Vec<Step>,
}

impl Pen {
    fn line(&mut self, to: Point) {
        if to == self.at {
            return;
        }
        match self.steps.last_mut() {
            // Level pieces that follow one another are one piece.
            Some(Step::Line(end)) if end.y == to.y => *end = to,
            _ => self.steps.push(Step::Line(to)),
        }
        self.at = to;
    }

    fn curve(&mut self, to: Point) {
        if to.y == self.at.y {
            return self.line(to);
        }
        let middle = (self.at.x + to.x) / 2;
        self.steps.push(Step::Curve(Point { x: middle, y: self.at.y }, Point { x: middle, y: to.y }, to));
        self.at = to;
    }
}
