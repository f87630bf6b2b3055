//! The table as lines of text, its columns one under another also where Chinese characters stand.

use super::SideBySide;

pub(super) fn write(it: &SideBySide) -> String {
    let mut out = String::new();
    let headings: Vec<String> = it.columns.iter().map(|column| column.heading.clone()).collect();
    let under: Vec<String> =
        it.columns.iter().map(|column| column.under.clone().unwrap_or_default()).collect();
    let mut rows: Vec<Vec<String>> = vec![headings];
    if under.iter().any(|text| !text.is_empty()) {
        rows.push(under);
    }
    let head = rows.len();
    rows.extend(it.rows.iter().map(|row| row.iter().map(|cell| cell.text().to_owned()).collect()));
    table(&mut out, &rows, head);
    if !it.facts.is_empty() {
        out.push('\n');
        let mut rows = vec![std::iter::once(it.about()).chain(it.frameworks.iter().cloned()).collect()];
        rows.extend(it.facts.iter().map(|(heading, cells)| {
            std::iter::once(heading.clone()).chain(cells.iter().cloned()).collect::<Vec<String>>()
        }));
        table(&mut out, &rows, 1);
    }
    if !it.notes.is_empty() {
        out.push('\n');
    }
    for note in &it.notes {
        out.push_str(note);
        out.push('\n');
    }
    out
}

fn table(out: &mut String, rows: &[Vec<String>], head: usize) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| squares(cell)).max().unwrap_or(0))
        .collect();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widest) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - squares(cell) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
        if number + 1 == head {
            let rule: Vec<String> = widest.iter().map(|width| "-".repeat(*width)).collect();
            out.push_str(&rule.join("  "));
            out.push('\n');
        }
    }
}

/// How many squares a terminal gives a text: a Chinese character two.
fn squares(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
            | '\u{20000}'..='\u{3fffd}')
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}
