//! The ledgers: every published shape of a rule, every published example, and how far the language carries them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use accredit::compile::{Compiled, compile};
use accredit::examples;
use accredit::project;

use crate::found::found;
use crate::tree::{none, root};

/// A line of a ledger: an id, its state, where it stands.
struct Entry {
    id: String,
    done: bool,
    place: String,
}

fn ledger(path: &str) -> Vec<Entry> {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    let mut entries = Vec::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, state, place, ..] = fields.as_slice() else { panic!("{path}: {line}") };
        assert!(matches!(state, "done" | "open"), "{path}: {id} is {state}");
        assert_eq!(state == "open", place == "-", "{path}: {id} is {state} and stands at {place}");
        entries.push(Entry { id: id.to_owned(), done: state == "done", place: place.to_owned() });
    }
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), entries.len(), "{path}: an id stands twice");
    println!(
        "{path}: {} done, {} open",
        entries.iter().filter(|e| e.done).count(),
        entries.iter().filter(|e| !e.done).count()
    );
    entries
}

#[test]
fn every_shape_that_is_done_is_clean_and_bears_out_its_examples() {
    let entries = ledger("tests/shapes/index.tsv");
    assert_eq!(entries.len(), 184);
    let mut wrong = Vec::new();
    for entry in entries.iter().filter(|entry| entry.done) {
        let text = std::fs::read_to_string(root().join(&entry.place)).unwrap();
        let found = found("rules.qf", &text);
        if !found.problems.is_empty() {
            wrong.push(format!("{}: {}", entry.place, found.shown()));
        } else if found.compiled.model.examples.is_empty() && !found.compiled.model.rules.is_empty() {
            wrong.push(format!("{}: no example", entry.place));
        }
    }
    let listed: BTreeSet<&str> = entries.iter().map(|entry| entry.place.as_str()).collect();
    for file in crate::tree::files("tests/shapes", ".qf") {
        if !listed.contains(file.path.as_str()) {
            wrong.push(format!("{}: no line of the ledger", file.path));
        }
    }
    none("shapes", &wrong);
}

#[test]
fn every_published_example_that_is_done_stands_where_the_ledger_says() {
    let entries = ledger("tests/cases.tsv");
    assert_eq!(entries.len(), 97);
    let mut packages: BTreeMap<String, Compiled> = BTreeMap::new();
    let mut wrong = Vec::new();
    for entry in entries.iter().filter(|entry| entry.done) {
        let (file, name) = entry.place.split_once('#').unwrap();
        // A package is a folder under `frameworks`; elsewhere each file is one.
        let package = match file.strip_prefix("frameworks/").and_then(|rest| rest.split_once('/')) {
            Some((folder, _)) => format!("frameworks/{folder}"),
            None => file.to_owned(),
        };
        let compiled = packages
            .entry(package.clone())
            .or_insert_with(|| compile(project::read(&root().join(Path::new(&package))).unwrap().sources));
        if let Err(why) = bears_out(compiled, name) {
            wrong.push(format!("{} at {}: {why}", entry.id, entry.place));
        }
    }
    none("published examples", &wrong);
}

/// Whether what bears this name is sound and, if it is a rule, bears out its examples.
fn bears_out(compiled: &Compiled, name: &str) -> Result<(), String> {
    let Some(graph) = &compiled.graph else { return Err("the package has errors".to_owned()) };
    let model = &compiled.model;
    let Some(rule) = model.rules.iter().position(|rule| &*rule.name == name) else {
        // The examples of units and maps stand in them, and were worked out when the package was compiled.
        let known = model.outcomes.iter().any(|outcome| &*outcome.name == name)
            || model.units.iter().any(|unit| &*unit.name == name)
            || model.maps.iter().any(|map| &*map.name == name)
            || model.scales.iter().any(|scale| &*scale.name == name);
        // Examples of comparisons and of titles are checked with the package.
        let compared = model.comparisons.iter().any(|it| &*it.name == name && !it.examples.is_empty());
        let titled = model.frameworks.iter().any(|it| &*it.name == name && !it.title_examples.is_empty());
        let known = known || (compared || titled) && compiled.problems.is_empty();
        return if known { Ok(()) } else { Err(format!("nothing is named {name}")) };
    };
    let of_rule = model.examples.iter().filter(|example| example.rule.0 as usize == rule).count();
    if of_rule == 0 {
        return Err("the rule has no example".to_owned());
    }
    let failed = examples::run(graph, &compiled.sources).problems;
    let span = model.rules[rule].span;
    let inside =
        |at: accredit::source::Span| at.file == span.file && span.start <= at.start && at.end <= span.end;
    if failed.iter().any(|problem| inside(problem.at)) {
        Err("an example of the rule fails".to_owned())
    } else {
        Ok(())
    }
}
