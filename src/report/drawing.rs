//! What a picture of rules shows: boxes and the lines between them, before any format.
//!
//! A drawing knows nothing of the model it was taken from and nothing of the format it will be written in; it holds
//! no positions. The one idea: a drawing is a *set*. It keeps its nodes and edges sorted, so the same rules give the
//! same picture, byte for byte, whatever order they were collected in.

use std::collections::BTreeMap;

use thiserror::Error;

use super::lettering::{visible, wrap};

/// A picture to be drawn: a title, boxes, and lines between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    title: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    ends: Vec<(usize, usize)>,
}

/// One box of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// The name by which edges speak of this box; the same from run to run.
    pub id: String,
    /// What stands in the box, one entry a line; the first line is set in bold.
    pub label: Vec<String>,
    /// What the box stands for.
    pub kind: NodeKind,
    /// A remark below the label, in small type.
    pub note: Option<String>,
}

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A learning outcome: a course, an examination, a certificate.
    Outcome,
    /// A class of outcomes, named by a condition rather than by a list.
    Class,
    /// A rule; its sources enter on the left, its targets leave on the right.
    Rule,
    /// A block of a programme, or an account of a bank.
    Block,
    /// A level of a framework.
    Level,
    /// A body that decides, awards or recognises.
    Body,
}

/// One line of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The id of the box it leaves.
    pub from: String,
    /// The id of the box it enters.
    pub to: String,
    /// What the line says of the two boxes.
    pub kind: EdgeKind,
    /// A short text on the line.
    pub label: Option<String>,
}

/// What a line says of its two boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// From an outcome or a class to a rule that asks for it.
    Source,
    /// From a rule to what it gives.
    Target,
    /// From an outcome to a class that it belongs to.
    Member,
    /// From a rule to a rule that it defeats.
    Overrides,
    /// From a rule to what it refuses.
    Refusal,
}

/// Why a set of nodes and edges is no drawing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BrokenDrawing {
    /// Two boxes carry one id.
    #[error("two boxes of the drawing are called `{id}`")]
    SameId {
        /// The id both carry.
        id: String,
    },
    /// A line ends at a box that is not there.
    #[error("a line of the drawing ends at `{id}`, and no box is called so")]
    NoSuchNode {
        /// The id that no box carries.
        id: String,
    },
}

impl Drawing {
    /// Gathers boxes and lines into a drawing, in an order that depends on nothing but themselves.
    ///
    /// A line given twice is drawn once.
    pub fn new(
        title: impl Into<String>,
        mut nodes: Vec<Node>,
        mut edges: Vec<Edge>,
    ) -> Result<Drawing, BrokenDrawing> {
        nodes.sort();
        edges.sort();
        edges.dedup();
        let mut place = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            if place.insert(node.id.as_str(), at).is_some() {
                return Err(BrokenDrawing::SameId { id: node.id.clone() });
            }
        }
        let find =
            |id: &str| place.get(id).copied().ok_or_else(|| BrokenDrawing::NoSuchNode { id: id.to_owned() });
        let ends = edges
            .iter()
            .map(|edge| Ok((find(&edge.from)?, find(&edge.to)?)))
            .collect::<Result<Vec<_>, BrokenDrawing>>()?;
        Ok(Drawing { title: title.into(), nodes, edges, ends })
    }

    /// The title, as it was given.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The boxes, sorted by id.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The lines, sorted by where they leave and where they enter, each with the places of its two boxes in
    /// [`nodes`](Drawing::nodes).
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, &Edge)> {
        self.ends.iter().zip(&self.edges).map(|(&(from, to), edge)| (from, to, edge))
    }
}

impl Node {
    /// A box with these lines of text and no note.
    pub fn new<L: Into<String>>(
        id: impl Into<String>,
        kind: NodeKind,
        label: impl IntoIterator<Item = L>,
    ) -> Node {
        Node { id: id.into(), kind, label: label.into_iter().map(Into::into).collect(), note: None }
    }

    /// The same box with a remark below its label.
    #[must_use]
    pub fn with_note(self, note: impl Into<String>) -> Node {
        Node { note: Some(note.into()), ..self }
    }

    /// The lines to show: line breaks inside a line divide it, and a box without a label shows its id.
    pub(super) fn lines(&self) -> Vec<&str> {
        let lines: Vec<&str> =
            self.label.iter().flat_map(|line| line.lines()).filter(|line| !line.trim().is_empty()).collect();
        if lines.is_empty() { vec![&self.id] } else { lines }
    }

    /// The lines and the note, broken for formats that would draw a box of any width.
    pub(super) fn broken(&self) -> Vec<String> {
        let lines = self.lines().into_iter().chain(self.note.as_deref());
        lines.flat_map(|line| wrap(&visible(line), 12, 260, usize::MAX)).collect()
    }
}

impl Edge {
    /// A line without a text on it.
    pub fn new(from: impl Into<String>, kind: EdgeKind, to: impl Into<String>) -> Edge {
        Edge { from: from.into(), to: to.into(), kind, label: None }
    }

    /// The same line with a text on it.
    #[must_use]
    pub fn with_label(self, label: impl Into<String>) -> Edge {
        Edge { label: Some(label.into()), ..self }
    }

    /// The text to show on the line, if there is anything to show.
    pub(super) fn text(&self) -> Option<&str> {
        self.label.as_deref().map(str::trim).filter(|label| !label.is_empty())
    }
}

impl NodeKind {
    /// The kinds, in their order.
    pub(super) const ALL: [NodeKind; 6] = [
        NodeKind::Outcome,
        NodeKind::Class,
        NodeKind::Rule,
        NodeKind::Block,
        NodeKind::Level,
        NodeKind::Body,
    ];

    /// The word that output formats use for this kind, as a class name.
    pub(super) fn word(self) -> &'static str {
        match self {
            NodeKind::Outcome => "outcome",
            NodeKind::Class => "class",
            NodeKind::Rule => "rule",
            NodeKind::Block => "block",
            NodeKind::Level => "level",
            NodeKind::Body => "body",
        }
    }
}

impl EdgeKind {
    /// The word that output formats use for this kind, as a class name.
    pub(super) fn word(self) -> &'static str {
        match self {
            EdgeKind::Source => "source",
            EdgeKind::Target => "target",
            EdgeKind::Member => "member",
            EdgeKind::Overrides => "overrides",
            EdgeKind::Refusal => "refusal",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod samples;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_nodes_and_edges_says_nothing() {
        let (title, mut nodes, mut edges) = samples::bundles();
        let drawing = Drawing::new(title, nodes.clone(), edges.clone()).unwrap();
        nodes.reverse();
        edges.rotate_left(5);
        edges.push(edges[0].clone());
        assert_eq!(drawing, Drawing::new(title, nodes, edges).unwrap());
    }

    #[test]
    fn two_boxes_of_one_name_are_no_drawing() {
        let nodes = vec![Node::new("a", NodeKind::Outcome, ["x"]), Node::new("a", NodeKind::Rule, ["y"])];
        assert_eq!(Drawing::new("", nodes, vec![]), Err(BrokenDrawing::SameId { id: "a".into() }));
    }

    #[test]
    fn a_line_into_nothing_is_no_drawing() {
        let nodes = vec![Node::new("a", NodeKind::Outcome, ["x"])];
        let edges = vec![Edge::new("a", EdgeKind::Source, "b")];
        assert_eq!(Drawing::new("", nodes, edges), Err(BrokenDrawing::NoSuchNode { id: "b".into() }));
    }
}
