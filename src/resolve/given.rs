//! Values that the catalogue gives: to all outcomes of a kind, or to one outcome.

use crate::diagnostic::{Code, Problem};
use crate::model::{FactId, Given, KindId};
use crate::source::Span;
use crate::space::Set;
use crate::syntax::tree::{self, FactOwner, FactRef, ValueKind};

use super::conditions::{domains_for, list_set, range_set};
use super::facts::is_unpublished;
use super::fault::repeated;
use super::known::{Known, Making};
use super::spot::{Scene, spot};
use super::values::{self, Asked};

/// The value that a line gives to a fact of a kind.
pub(super) fn given(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    kind: KindId,
    written: &tree::Given,
) -> Option<(FactId, Given)> {
    let kinds = [kind];
    let scene = Scene::of_kind(known, package, &kinds);
    let fact = FactRef { of: FactOwner::Plain, name: written.fact.clone(), span: written.fact.span };
    let spot = spot(known, making, &scene, &fact)?;
    // A level given to a whole kind would have to say its framework with each value.
    if spot.nature == Some(super::builtin::Nature::Level) {
        making.found.push(super::slots::later(&written.fact.text, written.fact.span));
        return None;
    }
    let first = written.values.first()?;
    let domains = domains_for(known, making, &scene, &spot, first)?;
    let of = known.names.name_of(super::names::Thing::Kind(kind));
    let asked = Asked { package, fact: &written.fact.text, kind: Some(of) };
    let given = if is_unpublished(first) {
        Given::Unpublished
    } else if written.values.len() > 1 {
        Given::Within(list_set(known, making, asked, &domains, &written.values)?.1)
    } else if matches!(first.kind, ValueKind::Range(..)) {
        Given::Within(range_set(known, making, asked, &domains, first)?.1)
    } else {
        let (_, (low, high)) = values::value(known, making, asked, &domains, first)?;
        if low == high { Given::Value(low) } else { Given::Within(Set::between(low, high)) }
    };
    Some((spot.subject.fact, given))
}

/// Adds a given value; a fact given twice is wrong.
pub(super) fn add(
    known: &Known<'_>,
    making: &mut Making,
    all: &mut Vec<(FactId, Given)>,
    value: (FactId, Given),
    line: Span,
) {
    if all.iter().any(|(fact, _)| *fact == value.0) {
        let name = crate::diagnostic::Said::Text(known.fact_name(value.0).into());
        making.found.push(repeated(name, line, line));
        return;
    }
    all.push(value);
}

/// What a kind gives to all its outcomes, where one of them does not say more. One that says otherwise contradicts it.
pub(super) fn inherit(
    known: &Known<'_>,
    making: &mut Making,
    own: &mut Vec<(FactId, Given)>,
    above: &[(FactId, Given)],
    at: Span,
    kind: &str,
) {
    for (fact, given) in above {
        match own.iter().find(|(id, _)| id == fact) {
            None => own.push((*fact, given.clone())),
            Some((_, narrower)) if !agrees(narrower, given) => {
                let problem = Problem::new(Code::FactContradicts, at)
                    .say("fact", known.fact_name(*fact))
                    .say("value", said(known, narrower))
                    .say("other", said(known, given))
                    .say("where", kind);
                making.found.push(problem);
            }
            Some(_) => {}
        }
    }
    own.sort_by_key(|(fact, _)| *fact);
}

/// Whether a value says the same or less than another allows.
fn agrees(narrower: &Given, wider: &Given) -> bool {
    match (narrower, wider) {
        (Given::Value(a), Given::Value(b)) => a == b,
        (Given::Value(a), Given::Within(set)) => set.contains(*a),
        (Given::Within(a), Given::Within(b)) => a.is_subset(b),
        (Given::Within(_), Given::Value(_)) => false,
        (Given::Unpublished, _) | (_, Given::Unpublished) => true,
    }
}

/// A given value as a sentence says it.
fn said(known: &Known<'_>, given: &Given) -> crate::diagnostic::Said {
    use crate::diagnostic::Said;
    let _ = known;
    match given {
        Given::Unpublished => Said::Word("value.unpublished"),
        Given::Value(crate::space::Value::Number(number)) => Said::Number(*number),
        Given::Value(crate::space::Value::Date(date)) => Said::Date(*date),
        Given::Value(crate::space::Value::Bool(yes)) => {
            Said::Word(if *yes { "value.yes" } else { "value.no" })
        }
        Given::Value(value) => Said::Text(value.to_string().into()),
        Given::Within(set) => Said::Text(set.to_string().into()),
    }
}
