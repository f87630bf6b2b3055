//! Where each box of a picture stands and how each line runs.
//!
//! It knows sizes and ends, never texts, colours or formats, and works in whole pixels, so that two machines place
//! every box alike. The one idea is that of layered drawing: put every box in a layer so that lines run from left to
//! right ([`layering`]); cut each line into pieces from layer to layer ([`grid`]); order the layers so that few pieces
//! cross ([`crossing`]); choose heights so that most pieces run straight ([`rows`]); and only then draw ([`routing`]).
//! Parts that no line joins are placed one below the other.

mod crossing;
mod grid;
mod layering;
mod ports;
mod routing;
mod rows;

use grid::Grid;
use ports::Ports;
pub(super) use routing::{HEAD, Route, Step};

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Size {
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A place in the picture, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Point {
    pub(super) x: i32,
    pub(super) y: i32,
}

/// A rectangle of the picture, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A line to be laid between two boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// The box it leaves.
    pub(super) from: usize,
    /// The box it enters.
    pub(super) to: usize,
    /// Lines of one strand meet a box in one point.
    pub(super) strand: u8,
    /// How much it matters that its first box stands left of its second; at zero it does not matter at all.
    pub(super) weight: i64,
    /// The room its text needs.
    pub(super) label: Option<Size>,
}

/// Boxes and lines with their places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layout {
    pub(super) size: Size,
    /// One rectangle a box; the boxes of one column are equally wide.
    pub(super) boxes: Vec<Rect>,
    /// One route a link.
    pub(super) routes: Vec<Route>,
}

/// The height between two parts that no line joins.
const BETWEEN_PARTS: i32 = 30;

/// Places boxes of these sizes and the lines between them.
pub(super) fn lay_out(sizes: &[Size], links: &[Link]) -> Layout {
    let layers = layering::layers(sizes.len(), links);
    let (mut parts, alone) = grid::parts(sizes, links, &layers);
    let mut ports = Vec::new();
    let mut top = 0;
    for part in &mut parts {
        crossing::reduce(part);
        let height = rows::assign(part);
        let part_ports = Ports::of(part, links);
        rows::straighten(part, &part_ports.ends(part, links), height);
        for stand in &mut part.stands {
            stand.y += top;
        }
        ports.push(part_ports);
        top += height + BETWEEN_PARTS;
    }
    let columns = columns(&parts, links);
    let mut layout = Layout {
        size: Size { width: columns.width, height: (top - BETWEEN_PARTS).max(0) },
        boxes: vec![Rect::default(); sizes.len()],
        routes: vec![Route::default(); links.len()],
    };
    for (part, ports) in parts.iter().zip(&ports) {
        routing::draw(part, &ports.ends(part, links), &columns, &mut layout);
    }
    shelve(&alone, sizes, top, &mut layout);
    layout
}

/// Sets the boxes that no line touches side by side, in rows below everything else.
fn shelve(alone: &[usize], sizes: &[Size], mut top: i32, layout: &mut Layout) {
    const BETWEEN: i32 = 18;
    let Some(width) = alone.iter().map(|&at| sizes[at].width).max() else { return };
    let a_row = (layout.size.width.max(800) + BETWEEN) / (width + BETWEEN);
    for row in alone.chunks(usize::try_from(a_row).unwrap_or(1).max(1)) {
        let height = row.iter().map(|&at| sizes[at].height).max().unwrap_or(0);
        let mut x = 0;
        for &at in row {
            layout.boxes[at] = Rect { x, y: top, width, height };
            layout.size.width = layout.size.width.max(x + width);
            x += width + BETWEEN;
        }
        layout.size.height = top + height;
        top += height + BETWEEN;
    }
}

/// The left and right border of each layer, the same in every part of the picture.
struct Columns {
    left: Vec<i32>,
    right: Vec<i32>,
    width: i32,
}

/// Gives each layer the width of its widest member, and each gap the room that its steepest line needs.
fn columns(parts: &[Grid], links: &[Link]) -> Columns {
    let count = parts.iter().map(|part| part.layers.len()).max().unwrap_or(0);
    let mut columns = Columns { left: Vec::new(), right: Vec::new(), width: 0 };
    let labelled = links.iter().any(|link| link.label.is_some());
    let mut x = 0;
    for layer in 0..count {
        let members = || parts.iter().flat_map(|part| part.layer(layer));
        let width = members().map(|stand| stand.size.width).max().unwrap_or(0);
        columns.left.push(x);
        columns.right.push(x + width);
        columns.width = x + width;
        let steepest = parts.iter().map(|part| part.steepest(layer)).max().unwrap_or(0);
        let gap = (if labelled { 26 } else { 48 } + steepest / 9).min(140);
        let bulge = parts.iter().filter_map(|part| routing::bulge(part, layer)).max();
        x += width + bulge.map_or(gap, |bulge| gap.max(bulge + 24));
        if let Some(bulge) = bulge {
            columns.width = columns.width.max(columns.right[layer] + bulge);
        }
    }
    columns
}

impl Rect {
    /// The rectangle of a size around a middle.
    fn around(x: i32, y: i32, size: Size) -> Rect {
        Rect { x: x - size.width / 2, y: y - size.height / 2, width: size.width, height: size.height }
    }
}
