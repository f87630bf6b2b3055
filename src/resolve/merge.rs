//! The one normal form of conditions: nested conjunctions are flat, and tests of one fact that stand side by side are one.
//!
//! `grade >= 60` beside `grade <= 69` is one test of one set. Nothing else is simplified: the formula must read like the text.

use rustc_hash::FxHashMap;

use crate::model::{Atom, AtomTest, Cond, Role, Subject, ValueType};

/// All of these.
pub(super) fn all(conds: impl IntoIterator<Item = Cond>) -> Cond {
    joined(conds, true)
}

/// One of these at least.
pub(super) fn any(conds: impl IntoIterator<Item = Cond>) -> Cond {
    joined(conds, false)
}

fn joined(conds: impl IntoIterator<Item = Cond>, conjunction: bool) -> Cond {
    let mut parts: Vec<Cond> = Vec::new();
    let mut places: FxHashMap<(Subject, ValueType, Role), usize> = FxHashMap::default();
    let mut add = |part: Cond, parts: &mut Vec<Cond>| {
        if let Cond::Atom(atom) = &part
            && let AtomTest::In { subject, value_type, .. } = &atom.test
        {
            let key = (*subject, *value_type, atom.role);
            if let Some(Cond::Atom(first)) = places.get(&key).and_then(|&at| parts.get_mut(at)) {
                absorb(first, atom, conjunction);
                return;
            }
            places.insert(key, parts.len());
        }
        parts.push(part);
    };
    for cond in conds {
        match (cond, conjunction) {
            (Cond::All(inner), true) | (Cond::Any(inner), false) => {
                for part in inner {
                    add(part, &mut parts);
                }
            }
            (part, _) => add(part, &mut parts),
        }
    }
    match (parts.len(), conjunction) {
        (1, _) => parts.pop().unwrap_or_else(Cond::always),
        (_, true) => Cond::All(parts),
        (_, false) => Cond::Any(parts),
    }
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
