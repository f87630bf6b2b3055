//! The table as a picture: ladders side by side, with a line from each level to its counterparts.
//!
//! Each ladder stands by itself, so that several levels against one, and one against several, are seen at a glance. A level that
//! stands against nothing is dashed.

use std::fmt::Write as _;

use crate::report::lettering::{visible, width, wrap};
use crate::report::sheet::{escaped, open};

use super::{Cell, SideBySide};

const STYLE: &str = include_str!("../svg.css");
const ROW: i32 = 30;
const BOX: i32 = 22;
const GAP: i32 = 90;
const MARGIN: i32 = 24;
const WIDE: i32 = 150;
const HEAD: i32 = 92;

pub(super) fn write(it: &SideBySide) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = draw(it, &mut out);
    out
}

fn draw(it: &SideBySide, out: &mut String) -> std::fmt::Result {
    let ladders: Vec<&Vec<String>> = it.columns.iter().map(|column| &column.levels).collect();
    let columns = i32::try_from(ladders.len()).unwrap_or(0);
    let tallest = i32::try_from(ladders.iter().map(|ladder| ladder.len()).max().unwrap_or(0)).unwrap_or(0);
    let notes: Vec<String> = it
        .notes
        .iter()
        .flat_map(|note| wrap(&visible(note), 11, (WIDE + GAP) * columns.max(2) - GAP, 4))
        .collect();
    let sheet_width = 2 * MARGIN + columns * WIDE + (columns - 1).max(0) * GAP;
    let foot = i32::try_from(notes.len()).unwrap_or(0) * 15;
    let sheet_width = notes.iter().map(|note| width(note, 11) + 2 * MARGIN).fold(sheet_width, i32::max);
    let height = HEAD + tallest * ROW + MARGIN + foot;
    let title = it.frameworks.join(" · ");
    open(out, (sheet_width, height), &title, None, STYLE)?;
    let left = |column: usize| MARGIN + i32::try_from(column).unwrap_or(0) * (WIDE + GAP);
    // Shorter ladders stand in the middle of the tallest.
    let top = |ladder: &Vec<String>| HEAD + (tallest - i32::try_from(ladder.len()).unwrap_or(0)) * ROW / 2;
    let middle = |ladder: &Vec<String>, level: &str| {
        let at = ladder.iter().position(|known| known == level)?;
        Some(top(ladder) + i32::try_from(at).unwrap_or(0) * ROW + BOX / 2)
    };
    for (column, heading) in it.columns.iter().enumerate() {
        let lines = wrap(&visible(&heading.heading), 13, WIDE, 2);
        for (at, line) in (0i32..).zip(&lines) {
            let y = MARGIN + 4 + at * 17;
            writeln!(out, "<text class=\"name\" x=\"{}\" y=\"{y}\">{}</text>", left(column), escaped(line))?;
        }
        if let Some(under) = &heading.under {
            for (at, line) in (0i32..).zip(wrap(&visible(under), 11, WIDE + GAP - 12, 2)) {
                let y = MARGIN + 40 + at * 14;
                writeln!(
                    out,
                    "<text class=\"note\" x=\"{}\" y=\"{y}\">{}</text>",
                    left(column),
                    escaped(&line)
                )?;
            }
        }
    }
    let Some(first) = ladders.first() else { return writeln!(out, "</svg>") };
    for row in &it.rows {
        let Some(Cell::Levels(own, _)) = row.first() else { continue };
        let Some(from) = own.first().and_then(|level| middle(first, level)) else { continue };
        for (column, ladder) in ladders.iter().enumerate().skip(1) {
            let Some(Cell::Levels(others, _)) = row.get(column) else { continue };
            for other in others {
                let Some(to) = middle(ladder, other) else { continue };
                let (x0, x1) = (left(0) + WIDE, left(column));
                writeln!(
                    out,
                    "<g class=\"edge\"><path d=\"M{x0} {from} C{} {from} {} {to} {x1} {to}\"/></g>",
                    x0 + GAP / 2,
                    x1 - GAP / 2
                )?;
            }
        }
    }
    for (column, ladder) in ladders.iter().enumerate() {
        for level in ladder.iter() {
            let Some(y) = middle(ladder, level) else { continue };
            let matched = it.rows.iter().any(|row| {
                let here = row.get(column).is_some_and(|cell| has(cell, level));
                let elsewhere = row.iter().enumerate().any(|(at, cell)| {
                    at != column && (at == 0 || column == 0) && matches!(cell, Cell::Levels(..))
                });
                here && elsewhere
            });
            let class = if matched || it.columns.len() < 2 { "box level" } else { "box class" };
            let (x, top) = (left(column), y - BOX / 2);
            writeln!(out, "<g class=\"{class}\">")?;
            if class == "box level" {
                writeln!(out, "<path d=\"M{x} {top} h{WIDE} v{BOX} h-{WIDE} z\"/>")?;
            } else {
                writeln!(out, "<rect x=\"{x}\" y=\"{top}\" width=\"{WIDE}\" height=\"{BOX}\"/>")?;
            }
            let shown = wrap(&visible(level), 13, WIDE - 12, 1);
            let shown = shown.first().map_or("", String::as_str);
            writeln!(out, "<text x=\"{}\" y=\"{}\">{}</text>", x + WIDE / 2, y + 5, escaped(shown))?;
            writeln!(out, "</g>")?;
        }
    }
    for (at, note) in (0i32..).zip(&notes) {
        let y = HEAD + tallest * ROW + 12 + at * 15;
        writeln!(out, "<text class=\"note\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escaped(note))?;
    }
    writeln!(out, "</svg>")
}

fn has(cell: &Cell, level: &str) -> bool {
    matches!(cell, Cell::Levels(levels, _) if levels.iter().any(|one| one == level))
}
