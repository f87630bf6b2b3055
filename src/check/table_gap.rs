//! Tables of amounts answer every learner whom the rule reaches, or the rule says what happens otherwise.
//!
//! The cells are boxes over the facts; what they leave of the declared domains is a hole, and its first point is the learner
//! whom the message names.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    AmountRule, AtomTest, Cond, Gives, Lookup, MarkKind, Model, Piece, Rule, Subject, TypedDomain, ValueType,
};
use crate::space::{Set, cover};

use super::domains::{first, full, lines, snapped, uses};

/// Pieces that are followed; a table that leaves more is reported by the first of them.
const MOST_PIECES: usize = 10_000;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for rule in model.rules.iter().flat_map(lines) {
        let Gives::Credit(amount) = &rule.gives else { continue };
        if rule.otherwise.is_some() {
            continue;
        }
        for lookup in lookups(amount) {
            problems.extend(gap(model, rule, lookup));
        }
    }
    for rule in &model.rules {
        problems.extend(of_mark(rule).and_then(|lookup| gap(model, rule, lookup)));
    }
}

/// The table of a rule's mark.
pub(super) fn of_mark(rule: &Rule) -> Option<&Lookup> {
    match rule.mark.as_ref().map(|mark| &mark.kind) {
        Some(MarkKind::Table(lookup, _)) => Some(lookup),
        _ => None,
    }
}

/// The tables of an amount. One table in the cell of another is read where that cell is.
pub(super) fn lookups(amount: &AmountRule) -> Vec<&Lookup> {
    let mut found = Vec::new();
    let mut waiting = vec![&amount.piece];
    while let Some(piece) = waiting.pop() {
        match piece {
            Piece::Table(lookup) => found.push(&**lookup),
            Piece::Less { base, .. } => waiting.push(base),
            Piece::Whichever { amounts, .. } => waiting.extend(amounts.iter().map(|amount| &amount.piece)),
            _ => {}
        }
    }
    found
}

fn gap(model: &Model, rule: &Rule, lookup: &Lookup) -> Option<Problem> {
    let mut whole: Vec<Set> = Vec::with_capacity(lookup.by.len());
    let mut domains: Vec<Vec<TypedDomain>> = Vec::with_capacity(lookup.by.len());
    for &(subject, value_type) in &lookup.by {
        let (all, of) = full(model, rule, subject, value_type)?;
        let reached = required(&rule.guard, subject).into_iter().fold(all, |all, set| all.intersect(set));
        whole.push(snapped(&of, &reached));
        domains.push(of);
    }
    let snap =
        |sets: &[Set]| -> Vec<Set> { sets.iter().zip(&domains).map(|(set, of)| snapped(of, set)).collect() };
    let mut boxes: Vec<Vec<Set>> = lookup.cells.iter().map(|cell| snap(&cell.sets)).collect();
    boxes.extend(impossible(model, rule, lookup, &whole));
    let holes = cover::uncovered(whole, boxes.iter().map(|sets| &sets[..]), MOST_PIECES);
    // What lies between two steps is no value: only a piece with a value in every column is a hole.
    let hole =
        holes.into_iter().map(|hole| snap(&hole)).find(|hole| hole.iter().all(|set| !set.is_empty()))?;
    let missing: Vec<Said> =
        hole.iter().zip(&lookup.by).map(|(set, &(_, value_type))| first(model, value_type, set)).collect();
    Some(Problem::new(Code::TableGap, lookup.span).say("missing", missing))
}

/// What the rule's own tests, which must all hold, demand of a fact.
fn required(guard: &Cond, subject: Subject) -> Vec<&Set> {
    let Cond::All(parts) = guard else { return Vec::new() };
    parts
        .iter()
        .filter_map(|part| match part {
            Cond::Atom(atom) => match &atom.test {
                AtomTest::In { subject: of, set, .. } if *of == subject => Some(set),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// Boxes that nobody is in: a fact has a value exactly where its `if` holds, when that tests another fact of the table.
fn impossible(model: &Model, rule: &Rule, lookup: &Lookup, whole: &[Set]) -> Vec<Vec<Set>> {
    let mut boxes = Vec::new();
    for (at, &(subject, _)) in lookup.by.iter().enumerate() {
        for of in uses(model, rule, subject) {
            let Some(Cond::Atom(atom)) = &of.only_if else { continue };
            let AtomTest::In { subject: tested, set, .. } = &atom.test else { continue };
            let Some(other) =
                lookup.by.iter().position(|(by, _)| by.of == subject.of && by.fact == tested.fact)
            else {
                continue;
            };
            let (Some(here), Some(there)) = (whole.get(at), whole.get(other)) else { continue };
            let boxed = |own: Set, others: Set| {
                let mut sets = whole.to_vec();
                if let Some(place) = sets.get_mut(at) {
                    *place = own;
                }
                if let Some(place) = sets.get_mut(other) {
                    *place = others;
                }
                sets
            };
            boxes.push(boxed(here.minus(&Set::none()), there.minus(set)));
            if !of.optional {
                boxes.push(boxed(here.intersect(&Set::none()), there.intersect(set)));
            }
        }
    }
    boxes
}

/// The types of a table's facts, for other checks of it.
pub(super) fn types(lookup: &Lookup) -> impl Iterator<Item = ValueType> + '_ {
    lookup.by.iter().map(|(_, value_type)| *value_type)
}
