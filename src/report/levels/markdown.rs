//! The table as Markdown.

use super::super::markdown::{escaped, row};
use super::SideBySide;

pub(super) fn write(it: &SideBySide) -> String {
    let mut out = String::new();
    let headings: Vec<String> = it
        .columns
        .iter()
        .map(|column| match &column.under {
            Some(under) => format!("{} · {}", escaped(&column.heading), escaped(under)),
            None => escaped(&column.heading),
        })
        .collect();
    row(&mut out, &headings);
    row(&mut out, &vec!["---".to_owned(); headings.len()]);
    for cells in &it.rows {
        row(&mut out, &cells.iter().map(|cell| escaped(cell.text())).collect::<Vec<_>>());
    }
    if !it.facts.is_empty() {
        out.push('\n');
        let heads: Vec<String> =
            std::iter::once(it.about()).chain(it.frameworks.iter().map(|name| escaped(name))).collect();
        row(&mut out, &heads);
        row(&mut out, &vec!["---".to_owned(); heads.len()]);
        for (heading, cells) in &it.facts {
            let cells: Vec<String> =
                std::iter::once(escaped(heading)).chain(cells.iter().map(|cell| escaped(cell))).collect();
            row(&mut out, &cells);
        }
    }
    if !it.notes.is_empty() {
        out.push('\n');
    }
    for note in &it.notes {
        out.push_str(&format!("- {}\n", escaped(note)));
    }
    out
}
