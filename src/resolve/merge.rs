//! The one normal form of conditions: nested conjunctions are flat, and tests of one fact that stand side by side are one.
//!
//! `grade >= 60` beside `grade <= 69` is one test of one set. Nothing else is simplified: the formula must read like the text.

use rustc_hash::FxHashMap;

use crate::model::{Atom, AtomTest, Cond, Holder, Role, Subject, ValueType};

/// All of these.
pub(super) fn all(conds: impl IntoIterator<Item = Cond>) -> Cond {
    joined(conds, true)
}

/// One of these at least.
pub(super) fn any(conds: impl IntoIterator<Item = Cond>) -> Cond {
    joined(conds, false)
}

/// So many parts are searched one by one; more of them through a map.
const FEW: usize = 16;

type Key = (Subject, ValueType, Role);

fn joined(conds: impl IntoIterator<Item = Cond>, conjunction: bool) -> Cond {
    let mut parts: Vec<Cond> = Vec::new();
    let mut places: FxHashMap<Key, usize> = FxHashMap::default();
    for cond in conds {
        match (cond, conjunction) {
            (Cond::All(inner), true) | (Cond::Any(inner), false) => {
                for part in inner {
                    add(part, conjunction, &mut parts, &mut places);
                }
            }
            (part, _) => add(part, conjunction, &mut parts, &mut places),
        }
    }
    // A package has one of these a rule: what a list might still take would add up.
    parts.shrink_to_fit();
    match (parts.len(), conjunction) {
        (1, _) => parts.pop().unwrap_or_else(Cond::always),
        (_, true) => Cond::All(parts),
        (_, false) => Cond::Any(parts),
    }
}

/// What tests have in common that are one: only where one value answers both. Of several achievements one may pass the one and another
/// the other: `each` joins under "and", `some` under "or".
fn key_of(part: &Cond, conjunction: bool) -> Option<Key> {
    let Cond::Atom(atom) = part else { return None };
    match &atom.test {
        AtomTest::In { subject, .. } if subject.of == Holder::Each && !conjunction => None,
        AtomTest::In { subject, .. } if subject.of == Holder::Some && conjunction => None,
        AtomTest::In { subject, value_type, .. } => Some((*subject, *value_type, atom.role)),
        _ => None,
    }
}

fn add(part: Cond, conjunction: bool, parts: &mut Vec<Cond>, places: &mut FxHashMap<Key, usize>) {
    if let (Some(key), Cond::Atom(atom)) = (key_of(&part, conjunction), &part) {
        if parts.len() == FEW && places.is_empty() {
            places.extend(
                parts.iter().enumerate().filter_map(|(at, part)| Some((key_of(part, conjunction)?, at))),
            );
        }
        let place = if parts.len() < FEW {
            parts.iter().position(|part| key_of(part, conjunction) == Some(key))
        } else {
            places.get(&key).copied()
        };
        if let Some(Cond::Atom(first)) = place.and_then(|at| parts.get_mut(at)) {
            absorb(first, atom, conjunction);
            return;
        }
        if parts.len() >= FEW {
            places.insert(key, parts.len());
        }
    }
    parts.push(part);
}

fn absorb(first: &mut Atom, other: &Atom, conjunction: bool) {
    if let (AtomTest::In { set, .. }, AtomTest::In { set: others, .. }) = (&mut first.test, &other.test) {
        *set = if conjunction { set.intersect(others) } else { set.union(others) };
    }
    for line in &other.lines {
        if !first.lines.contains(line) {
            first.lines.push(*line);
        }
    }
}

/// Tests, in place of which others stand where they ask the same fact; all others are kept.
pub(super) fn amend(tests: Vec<Cond>, amended: Vec<Cond>) -> Vec<Cond> {
    let mut subjects: Vec<Subject> = Vec::new();
    let mut parts: Vec<&Cond> = amended.iter().collect();
    while let Some(part) = parts.pop() {
        match part {
            Cond::All(inner) | Cond::Any(inner) => parts.extend(inner),
            Cond::Atom(atom) => subjects.extend(asked(atom)),
        }
    }
    let is_replaced = |part: &Cond| matches!(part, Cond::Atom(atom) if asked(atom).is_some_and(|of| subjects.contains(&of)));
    let mut kept: Vec<Cond> = Vec::new();
    for test in tests {
        match test {
            Cond::All(inner) => kept.extend(inner.into_iter().filter(|part| !is_replaced(part))),
            other if is_replaced(&other) => {}
            other => kept.push(other),
        }
    }
    kept.extend(amended);
    kept
}

/// The fact that a test asks.
const fn asked(atom: &Atom) -> Option<Subject> {
    match &atom.test {
        AtomTest::In { subject, .. }
        | AtomTest::Target { subject, .. }
        | AtomTest::Differ { subject, .. }
        | AtomTest::Dates { subject, .. }
        | AtomTest::Within { subject, .. } => Some(*subject),
        AtomTest::Level(test) => Some(test.subject),
        AtomTest::Covers(_) | AtomTest::Holds(_) | AtomTest::Lasting(_) => None,
    }
}

/// A denied test of each achievement denies it of one at least, not of each.
pub(super) fn of_some(mut cond: Cond) -> Cond {
    match &mut cond {
        Cond::All(parts) | Cond::Any(parts) => {
            for part in parts {
                *part = of_some(std::mem::replace(part, Cond::always()));
            }
        }
        Cond::Atom(atom) => match &mut atom.test {
            AtomTest::In { subject, .. }
            | AtomTest::Target { subject, .. }
            | AtomTest::Differ { subject, .. }
            | AtomTest::Dates { subject, .. }
            | AtomTest::Within { subject, .. } => {
                if subject.of == Holder::Each {
                    subject.of = Holder::Some;
                }
            }
            AtomTest::Level(test) => {
                if test.subject.of == Holder::Each {
                    test.subject.of = Holder::Some;
                }
            }
            // What is covered is covered by all achievements together.
            AtomTest::Covers(_) | AtomTest::Holds(_) | AtomTest::Lasting(_) => {}
        },
    }
    cond
}
