//! A drawing as SVG: one file that needs nothing else, follows a page's light or dark, and can be read aloud.
//!
//! It decides no places (the layout does) and draws no picture that nobody could read: above [`LIMIT`] boxes it
//! answers that the drawing is too large. Texts and boxes are all it writes: no script, no link, no foreign font.

use std::fmt::{self, Write};

use thiserror::Error;

use super::drawing::{Drawing, Edge, EdgeKind, Node, NodeKind};
use super::layout::{self, HEAD, Layout, Link, Point, Rect, Route, Size, Step};
use super::lettering::{visible, width, wrap};
use super::sheet::{escaped, open};

/// The largest number of boxes that is drawn.
pub const LIMIT: usize = 300;

/// A drawing has more boxes than anyone could read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a drawing of {nodes} boxes is too large to read; the limit is {limit}")]
pub struct TooLarge {
    /// How many boxes the drawing has.
    pub nodes: usize,
    /// How many it may have.
    pub limit: usize,
}

/// Writes a drawing as an SVG document.
pub fn render(drawing: &Drawing) -> Result<String, TooLarge> {
    let nodes = drawing.nodes().len();
    if nodes > LIMIT {
        return Err(TooLarge { nodes, limit: LIMIT });
    }
    let sheet = Sheet::of(drawing);
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = sheet.write(&mut out);
    Ok(out)
}

const STYLE: &str = include_str!("svg.css");

/// Type sizes and the heights of their lines.
const TEXT: i32 = 13;
const LINE: i32 = 18;
const SMALL: i32 = 11;
const SMALL_LINE: i32 = 15;
const HEADING: i32 = 15;
const HEADING_LINE: i32 = 21;

/// The widest line of a box before it is broken, and the free space around what stands in a box and on the sheet.
const ROOM: i32 = 224;
const PADDING: i32 = 14;
const MARGIN: i32 = 24;

/// A drawing with its texts broken into lines and everything in its place.
struct Sheet<'d> {
    drawing: &'d Drawing,
    heading: Vec<String>,
    boxes: Vec<Lettered<'d>>,
    captions: Vec<Vec<String>>,
    layout: Layout,
}

/// How much it matters that a line runs rightwards. An override says nothing about what comes before what, so the two
/// rules may stand one below the other; and a circle is cut rather where a rule gives than where it asks.
fn weight(kind: EdgeKind) -> i64 {
    match kind {
        EdgeKind::Overrides => 0,
        EdgeKind::Target | EdgeKind::Refusal => 2,
        EdgeKind::Source | EdgeKind::Member => 3,
    }
}

/// A node with its lines.
struct Lettered<'d> {
    node: &'d Node,
    lines: Vec<String>,
    notes: Vec<String>,
    /// How many of the lines belong to the first, which is its name.
    names: usize,
}

impl<'d> Sheet<'d> {
    fn of(drawing: &'d Drawing) -> Sheet<'d> {
        let boxes: Vec<Lettered> = drawing.nodes().iter().map(Lettered::of).collect();
        let captions: Vec<Vec<String>> = drawing
            .edges()
            .map(|(.., edge)| match edge.text() {
                Some(label) => wrap(&visible(label), SMALL, 150, 3),
                None => Vec::new(),
            })
            .collect();
        let links: Vec<Link> = drawing
            .edges()
            .zip(&captions)
            .map(|((from, to, edge), caption)| Link {
                from,
                to,
                strand: edge.kind as u8,
                weight: weight(edge.kind),
                label: caption_size(caption),
            })
            .collect();
        let mut sizes: Vec<Size> = boxes.iter().map(Lettered::size).collect();
        for (from, to, _) in drawing.edges().filter(|(.., edge)| edge.kind == EdgeKind::Overrides) {
            // Room for a line of its own beside those to the targets.
            for at in [from, to] {
                sizes[at].height = sizes[at].height.max(52);
            }
        }
        let layout = layout::lay_out(&sizes, &links);
        let heading = wrap(&visible(drawing.title()), HEADING, layout.size.width.max(480), 3);
        Sheet { drawing, heading, boxes, captions, layout }
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let heading_height = match i32::try_from(self.heading.len()).unwrap_or(0) {
            0 => 0,
            lines => lines * HEADING_LINE + 14,
        };
        let heading_width = self.heading.iter().map(|line| bold_width(line, HEADING)).max().unwrap_or(0);
        let page = Size {
            width: self.layout.size.width.max(heading_width) + 2 * MARGIN,
            height: self.layout.size.height + heading_height + 2 * MARGIN,
        };
        let (title, told) = (self.drawing.title(), self.told());
        open(out, (page.width, page.height), title, Some(&told), STYLE)?;
        for (line, y) in self.heading.iter().zip((MARGIN + HEADING..).step_by(HEADING_LINE as usize)) {
            writeln!(out, "<text class=\"heading\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escaped(line))?;
        }
        writeln!(out, "<g transform=\"translate({MARGIN} {})\">", MARGIN + heading_height)?;
        for ((.., edge), route) in self.drawing.edges().zip(&self.layout.routes) {
            write_edge(out, edge, route)?;
        }
        for (lines, route) in self.captions.iter().zip(&self.layout.routes) {
            if let Some(place) = route.label {
                write_caption(out, lines, place)?;
            }
        }
        for (lettered, &place) in self.boxes.iter().zip(&self.layout.boxes) {
            lettered.write(out, place)?;
        }
        writeln!(out, "</g>\n</svg>")
    }

    /// The whole drawing in one line of text, for a reader who cannot see it.
    fn told(&self) -> String {
        let nodes = self.drawing.nodes();
        let mut joined = vec![false; nodes.len()];
        let mut lines: Vec<String> = Vec::new();
        for (from, to, edge) in self.drawing.edges() {
            joined[from] = true;
            joined[to] = true;
            let label = edge.text().map(|label| format!(" ({label})")).unwrap_or_default();
            let mark = if edge.kind == EdgeKind::Refusal { "⊣" } else { "→" };
            lines.push(format!("{} {mark} {}{label}", nodes[from].lines()[0], nodes[to].lines()[0]));
        }
        let alone = nodes.iter().zip(&joined).filter(|(_, joined)| !**joined);
        lines.extend(alone.map(|(node, _)| node.lines()[0].to_owned()));
        lines.join("; ")
    }
}

impl<'d> Lettered<'d> {
    fn of(node: &'d Node) -> Lettered<'d> {
        let mut lines = Vec::new();
        let mut names = 0;
        for (index, line) in node.lines().into_iter().take(6).enumerate() {
            // Bold letters are wider, so the name gets less room.
            let room = if index == 0 { ROOM * 9 / 10 } else { ROOM };
            lines.extend(wrap(&visible(line), TEXT, room, 3));
            if index == 0 {
                names = lines.len();
            }
        }
        let notes = node.note.as_deref().map(|note| wrap(&visible(note), SMALL, ROOM, 3)).unwrap_or_default();
        Lettered { node, lines, notes, names }
    }

    fn size(&self) -> Size {
        let names = self.lines[..self.names].iter().map(|line| bold_width(line, TEXT));
        let lines = self.lines[self.names..].iter().map(|line| width(line, TEXT));
        let notes = self.notes.iter().map(|line| width(line, SMALL));
        let widest = names.chain(lines).chain(notes).max().unwrap_or(0);
        let height = count(&self.lines) * LINE + count(&self.notes) * SMALL_LINE + PADDING;
        Size { width: even(widest.max(60) + 2 * PADDING), height: even(height.max(36)) }
    }

    fn write(&self, out: &mut String, place: Rect) -> fmt::Result {
        writeln!(out, "<g class=\"box {}\">", self.node.kind.word())?;
        writeln!(out, "<title>{}</title>", escaped(&self.hint()))?;
        outline(out, self.node.kind, place)?;
        let middle = place.x + place.width / 2;
        let used = count(&self.lines) * LINE + count(&self.notes) * SMALL_LINE;
        let mut top = place.y + (place.height - used) / 2;
        for (index, line) in self.lines.iter().enumerate() {
            let class = if index < self.names { " class=\"name\"" } else { "" };
            writeln!(out, "<text{class} x=\"{middle}\" y=\"{}\">{}</text>", top + 14, escaped(line))?;
            top += LINE;
        }
        for line in &self.notes {
            writeln!(out, "<text class=\"note\" x=\"{middle}\" y=\"{}\">{}</text>", top + 11, escaped(line))?;
            top += SMALL_LINE;
        }
        writeln!(out, "</g>")
    }

    /// What a pointer resting on the box shows: everything, unbroken.
    fn hint(&self) -> String {
        let mut lines = self.node.lines();
        lines.extend(self.node.note.as_deref());
        lines.join(" · ")
    }
}

/// The border of a box, by which its kind is known without colour.
fn outline(out: &mut String, kind: NodeKind, place: Rect) -> fmt::Result {
    let Rect { x, y, width, height } = place;
    let rect = |out: &mut String, inset: i32, corner: i32| {
        writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{corner}\"/>",
            x + inset,
            y + inset,
            width - 2 * inset,
            height - 2 * inset
        )
    };
    match kind {
        NodeKind::Outcome | NodeKind::Class => rect(out, 0, 2),
        NodeKind::Rule => rect(out, 0, 12),
        NodeKind::Block => {
            rect(out, 0, 2)?;
            writeln!(out, "<rect class=\"bar\" x=\"{x}\" y=\"{y}\" width=\"5\" height=\"{height}\"/>")
        }
        NodeKind::Level => writeln!(
            out,
            "<path d=\"M{} {y}H{}L{} {}V{}L{} {}H{}L{x} {}V{}Z\"/>",
            x + 8,
            x + width - 8,
            x + width,
            y + 8,
            y + height - 8,
            x + width - 8,
            y + height,
            x + 8,
            y + height - 8,
            y + 8
        ),
        NodeKind::Body => {
            rect(out, 0, 4)?;
            rect(out, 3, 2)
        }
    }
}

fn write_edge(out: &mut String, edge: &Edge, route: &Route) -> fmt::Result {
    write!(out, "<g class=\"edge {}\"><path d=\"M{}", edge.kind.word(), at(route.start))?;
    for step in &route.steps {
        match *step {
            Step::Line(to) => write!(out, "L{}", at(to))?,
            Step::Curve(pull, push, to) => write!(out, "C{} {} {}", at(pull), at(push), at(to))?,
        }
    }
    let Point { x, y } = route.tip;
    let back = if route.rightwards { -HEAD } else { HEAD };
    match edge.kind {
        EdgeKind::Refusal => {
            // A bar across the line's end, short of the border.
            let bar = x + back / 2;
            writeln!(out, "H{bar}\"/><path class=\"head\" d=\"M{bar} {}V{}\"/></g>", y - 6, y + 6)
        }
        _ => {
            let base = x + back;
            writeln!(out, "\"/><path class=\"head\" d=\"M{x} {y}L{base} {}V{}Z\"/></g>", y - 4, y + 4)
        }
    }
}

fn at(point: Point) -> String {
    format!("{} {}", point.x, point.y)
}

fn write_caption(out: &mut String, lines: &[String], place: Rect) -> fmt::Result {
    let Rect { x, y, width, height } = place;
    write!(out, "<g class=\"caption\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")?;
    for (line, base) in lines.iter().zip((y + 12..).step_by(SMALL_LINE as usize)) {
        write!(out, "<text x=\"{}\" y=\"{base}\">{}</text>", x + width / 2, escaped(line))?;
    }
    writeln!(out, "</g>")
}

/// The room for the text of a line; none for an empty one.
fn caption_size(lines: &[String]) -> Option<Size> {
    let widest = lines.iter().map(|line| width(line, SMALL)).max()?;
    Some(Size { width: even(widest + 10), height: even(count(lines) * SMALL_LINE + 2) })
}

fn bold_width(text: &str, size: i32) -> i32 {
    width(text, size) * 10 / 9
}

fn count(lines: &[String]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX / 1024)
}

/// Even sizes have a middle in whole pixels.
fn even(length: i32) -> i32 {
    length + length % 2
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
