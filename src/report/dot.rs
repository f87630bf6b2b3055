//! A drawing as Graphviz DOT.
//!
//! It never places anything: Graphviz does. Boxes keep their own ids, so that a reader's tools can find them again.

use std::fmt::Write as _;

use super::drawing::{Drawing, EdgeKind, NodeKind};
use super::lettering::visible;

/// Writes a drawing for `dot -Tsvg`.
pub fn render(drawing: &Drawing) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(drawing, &mut out);
    out
}

fn write(drawing: &Drawing, out: &mut String) -> std::fmt::Result {
    let title = text(drawing.title());
    writeln!(out, "digraph \"{title}\" {{")?;
    writeln!(
        out,
        "  graph [rankdir=LR, label=\"{title}\", labelloc=t, fontname=\"sans-serif\", nodesep=0.25, ranksep=0.6];"
    )?;
    writeln!(out, "  node [shape=box, fontname=\"sans-serif\", fontsize=11, margin=\"0.15,0.08\"];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=10, arrowsize=0.7];")?;
    for node in drawing.nodes() {
        let lines: Vec<String> = node.broken().iter().map(|line| text(line)).collect();
        writeln!(out, "  \"{}\" [label=\"{}\"{}];", name(&node.id), lines.join("\\n"), shape(node.kind))?;
    }
    for (_, _, edge) in drawing.edges() {
        let label = edge.text().map(|label| format!("label=\"{}\", ", text(label))).unwrap_or_default();
        writeln!(
            out,
            "  \"{}\" -> \"{}\" [{label}{}];",
            name(&edge.from),
            name(&edge.to),
            stroke(edge.kind)
        )?;
    }
    writeln!(out, "}}")
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Outcome => "",
        NodeKind::Class => ", style=dashed",
        NodeKind::Rule => ", style=\"rounded,filled\", color=\"#3565c4\", fillcolor=\"#edf3ff\"",
        NodeKind::Block => ", style=filled, color=\"#6f55c5\", fillcolor=\"#f4f1ff\"",
        NodeKind::Level => ", shape=octagon, style=filled, color=\"#2a8a5e\", fillcolor=\"#ecf8f1\"",
        NodeKind::Body => ", peripheries=2, style=filled, color=\"#a8730f\", fillcolor=\"#fff8ea\"",
    }
}

fn stroke(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Source => "class=source",
        EdgeKind::Target => "class=target, color=\"#3565c4\"",
        EdgeKind::Member => "class=member, style=dashed, arrowhead=empty",
        // An override says nothing about what comes before what.
        EdgeKind::Overrides => "class=overrides, style=dashed, color=\"#b45309\", constraint=false",
        EdgeKind::Refusal => "class=refusal, arrowhead=tee, color=\"#c23b3b\"",
    }
}

/// A text that is shown. Graphviz reads backslashes and character entities in it.
fn text(shown: &str) -> String {
    visible(shown).replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"")
}

/// A name that is compared, never shown: the doubled backslash keeps the closing quote from being taken for a part.
fn name(id: &str) -> String {
    visible(id).replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::super::drawing::samples;
    use super::render;

    #[test]
    fn pictures() {
        for (name, drawing) in samples::all() {
            insta::assert_snapshot!(name, render(&drawing));
        }
    }
}
