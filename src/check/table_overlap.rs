//! No two rows of a table answer one learner.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Gives, Lookup, LookupCell, Model};
use crate::space::{Set, cover};

use super::domains::{first, lines};
use super::table_gap::{lookups, of_mark, types};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for rule in model.rules.iter().flat_map(lines) {
        if let Gives::Credit(amount) = &rule.gives {
            for lookup in lookups(amount) {
                overlaps(model, lookup, problems);
            }
        }
    }
    for lookup in model.rules.iter().filter_map(of_mark) {
        overlaps(model, lookup, problems);
    }
}

/// Each cell against those before it; a cell that meets several is reported once, with the first, and two rows that meet in
/// several columns once, in the first of them.
fn overlaps(model: &Model, lookup: &Lookup, problems: &mut Vec<Problem>) {
    let row = |cell: &LookupCell| cell.sets.split_last().map_or(Vec::new(), |(_, row)| row.to_vec());
    let mut last: Option<(Vec<Set>, Vec<Set>)> = None;
    for (at, cell) in lookup.cells.iter().enumerate() {
        let before = lookup.cells.iter().take(at);
        let Some(twin) =
            before.filter(|other| other.span != cell.span).find(|other| cover::meet(&other.sets, &cell.sets))
        else {
            continue;
        };
        let rows = (row(twin), row(cell));
        if lookup.by.len() > 1 && last.as_ref() == Some(&rows) {
            continue;
        }
        last = Some(rows);
        problems.push(problem(model, lookup, twin, cell));
    }
}

fn problem(model: &Model, lookup: &Lookup, twin: &LookupCell, cell: &LookupCell) -> Problem {
    let shared = twin.sets.iter().zip(&cell.sets).map(|(ours, theirs): (&Set, &Set)| ours.intersect(theirs));
    let shared: Vec<Said> = shared.zip(types(lookup)).map(|(set, of)| first(model, of, &set)).collect();
    Problem::new(Code::TableOverlap, cell.span).say("shared", shared).label(twin.span, "first")
}
