//! A drawing as a Mermaid flowchart, for the pages that render it in place.
//!
//! It never lets a label speak Mermaid: a label is quoted, and whatever could end the quotation, open a tag, start a
//! directive or be read as Markdown is written as a character number.

use std::fmt::Write as _;

use super::drawing::{Drawing, EdgeKind, NodeKind};
use super::lettering::visible;

/// Writes a drawing as a flowchart that runs from left to right.
pub fn render(drawing: &Drawing) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(drawing, &mut out);
    out
}

fn write(drawing: &Drawing, out: &mut String) -> std::fmt::Result {
    writeln!(out, "---\ntitle: \"{}\"\n---\nflowchart LR", quoted(drawing.title()))?;
    for (at, node) in drawing.nodes().iter().enumerate() {
        let lines: Vec<String> = node.broken().iter().map(|line| text(line)).collect();
        // An empty quotation is a mistake in Mermaid, so a box without a text holds a space.
        let label = if lines.is_empty() { " ".to_owned() } else { lines.join("<br/>") };
        let (open, close) = shape(node.kind);
        writeln!(out, "  n{at}{open}\"{label}\"{close}")?;
    }
    for (from, to, edge) in drawing.edges() {
        let label = edge.text().map(|label| format!("|\"{}\"|", text(label))).unwrap_or_default();
        writeln!(out, "  n{from} {}{label} n{to}", arrow(edge.kind))?;
    }
    for kind in NodeKind::ALL {
        let members: Vec<String> = drawing
            .nodes()
            .iter()
            .enumerate()
            .filter(|(_, node)| node.kind == kind)
            .map(|(at, _)| format!("n{at}"))
            .collect();
        if !members.is_empty() {
            // `class` alone is a word of Mermaid, so each class name carries a prefix.
            writeln!(out, "  classDef qf-{} {}", kind.word(), colours(kind))?;
            writeln!(out, "  class {} qf-{}", members.join(","), kind.word())?;
        }
    }
    Ok(())
}

fn shape(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Outcome | NodeKind::Class => ("[", "]"),
        NodeKind::Rule => ("(", ")"),
        NodeKind::Block => ("[[", "]]"),
        NodeKind::Level => ("{{", "}}"),
        NodeKind::Body => ("([", "])"),
    }
}

fn arrow(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Source => "-->",
        EdgeKind::Target => "==>",
        EdgeKind::Member | EdgeKind::Overrides => "-.->",
        EdgeKind::Refusal => "--x",
    }
}

/// Colours that say their own text colour, so that they hold on a dark page.
fn colours(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Outcome => "fill:#ffffff,stroke:#5b6b80,color:#1c2733",
        NodeKind::Class => "fill:#f7f9fb,stroke:#5b6b80,color:#1c2733,stroke-dasharray:5 4",
        NodeKind::Rule => "fill:#edf3ff,stroke:#3565c4,color:#1c2733",
        NodeKind::Block => "fill:#f4f1ff,stroke:#6f55c5,color:#1c2733",
        NodeKind::Level => "fill:#ecf8f1,stroke:#2a8a5e,color:#1c2733",
        NodeKind::Body => "fill:#fff8ea,stroke:#a8730f,color:#1c2733",
    }
}

/// A text inside a quoted label.
fn text(shown: &str) -> String {
    let shown = visible(shown);
    let shown = shown.trim();
    let mut out = String::new();
    let mut letters = shown.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        let plain = match c {
            ',' | '(' | ')' | '/' | '=' => true,
            // At the head of a line these would begin a list: `- x`, `+ x`, `1. x`.
            '-' | '+' => at > 0,
            '.' => next.is_some_and(|next| next != ' '),
            _ => !c.is_ascii_punctuation(),
        };
        if plain {
            out.push(c);
        } else {
            out.push_str(&format!("#{};", u32::from(c)));
        }
    }
    out
}

/// A text inside a double-quoted YAML string.
fn quoted(title: &str) -> String {
    visible(title).replace('\\', "\\\\").replace('"', "\\\"")
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
