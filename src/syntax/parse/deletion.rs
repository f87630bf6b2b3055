//! Each line of each package and shape deleted once: what the author is told, and what is left.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::parse;
use crate::source::{FileId, Source, Span};
use crate::syntax::tree::{DeclarationWord, Statement, StatementKind};

type Item = (DeclarationWord, String);

/// Every declaration with the place of all of it.
fn items(statements: &[Statement], found: &mut Vec<(Item, Span)>) {
    for statement in statements {
        if let StatementKind::Declaration(declaration) = &statement.kind {
            let name = declaration.name.as_ref().map(|name| name.text.to_string()).unwrap_or_default();
            found.push(((declaration.word, name), statement.span));
            items(declaration.body.as_ref().map_or(&[], |body| &body.statements), found);
        }
    }
}

#[derive(Default)]
struct Tally {
    unreadable: usize,
    far: Vec<String>,
    lost: Vec<String>,
}

fn delete_each_line(path: &Path, tally: &mut Tally) {
    let text = std::fs::read_to_string(path).unwrap();
    let source = Source::new("all", text.as_str());
    let (tree, problems) = parse(FileId(0), &text);
    assert!(problems.is_empty(), "{}: {problems:?}", path.display());
    let mut all = Vec::new();
    items(&tree.statements, &mut all);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for deleted in 0..lines.len() {
        let edited: String =
            lines.iter().enumerate().filter(|&(at, _)| at != deleted).map(|(_, line)| *line).collect();
        let (tree, problems) = parse(FileId(0), &edited);
        if problems.is_empty() {
            continue;
        }
        tally.unreadable += 1;
        let shown = || format!("{}:{}: {}", path.display(), deleted + 1, lines[deleted].trim());
        let places = Source::new("edited", edited.as_str());
        let first = &problems[0];
        let line = places.position(first.at.start).line as usize;
        if line.abs_diff(deleted + 1) > 1 {
            tally.far.push(format!("{} told {} at {line}", shown(), first.code.id()));
        }
        let mut left = Vec::new();
        items(&tree.statements, &mut left);
        let left: BTreeSet<Item> = left.into_iter().map(|(item, _)| item).collect();
        let holds = |span: &Span| {
            (source.position(span.start).line as usize..=source.position(span.end).line as usize)
                .contains(&(deleted + 1))
        };
        let lost: Vec<&Item> = all
            .iter()
            .filter(|(item, span)| !holds(span) && !left.contains(item))
            .map(|(item, _)| item)
            .collect();
        if !lost.is_empty() {
            tally.lost.push(format!("{} lost {lost:?}", shown()));
        }
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "qf") {
            found.push(path);
        }
    }
}

#[test]
fn a_deleted_line_is_told_at_its_place_and_costs_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("frameworks"), &mut paths);
    files(&root.join("tests/shapes"), &mut paths);
    paths.sort();
    let mut tally = Tally::default();
    for path in &paths {
        delete_each_line(path, &mut tally);
    }
    let Tally { unreadable, far, lost } = &tally;
    assert!(*unreadable > 100, "{unreadable}");
    let wrong = [far.as_slice(), lost].concat();
    assert!(wrong.len() * 20 <= *unreadable, "{} of {unreadable}:\n{}", wrong.len(), wrong.join("\n"));
}
