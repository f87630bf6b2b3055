//! `to any course of oucq (category is major)`: the members of a family, as the catalogue names them.
//!
//! The catalogue is closed, so a family is the list of its members; what it asks of each is settled here, and where the catalogue does
//! not settle it, that is said. One application serves one member: which, the learner chooses.

use crate::diagnostic::{Code, Problem};
use crate::model::{AtomTest, Cond, Credits, Given, Member, Outcome, OutcomeId, Target, ValueType};
use crate::source::Span;
use crate::space::{Set, Value};
use crate::syntax::tree::{Name, Selection, SelectionItem, SelectionKind};

use super::conditions::{Inlining, bracket_scene, test};
use super::known::{Known, Making, SetIs};
use super::merge::all;
use super::names::Thing;
use super::selections::find;
use super::spot::Scene;
use super::targets::lists;

/// The members of a selection that is one family, exclusions among them; nothing for any other selection.
#[allow(clippy::option_option, reason = "a family that is wrong is not the same as none")]
pub(super) fn family(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
) -> Option<Option<Vec<Target>>> {
    let (item, except) = match &selection.kind {
        SelectionKind::Item(item) => (item, &[][..]),
        SelectionKind::Except(inner, except) => match &inner.kind {
            SelectionKind::Item(item) => (item, except.as_slice()),
            _ => return Some(None),
        },
        _ => return Some(None),
    };
    if !item.any {
        return Some(None);
    }
    let mut members = members(known, making, scene, item, selection.span)?;
    let without = lists(known, making, scene.package, except, true)?;
    for excluded in without {
        match members.iter_mut().find(|target| target.outcome == excluded.outcome) {
            Some(target) => target.excluded = true,
            None => members.push(Target { excluded: true, ..excluded }),
        }
    }
    members.sort_unstable_by_key(|target| target.outcome);
    Some(Some(members))
}

/// Whether a selection is one family.
pub(super) fn is_family(selection: &Selection) -> bool {
    match &selection.kind {
        SelectionKind::Item(item) => item.any,
        SelectionKind::Except(inner, _) => is_family(inner),
        _ => false,
    }
}

fn members(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    item: &SelectionItem,
    span: Span,
) -> Option<Vec<Target>> {
    let outcomes: Vec<OutcomeId> = match find(known, making, scene.package, &item.name, None)? {
        Thing::Kind(kind) => {
            let is_of = |outcome: &Outcome| {
                let of = known.model.kinds.get(outcome.kind.index());
                of.is_some_and(|of| of.ancestors.contains(&kind))
            };
            let all = (0u32..).zip(&known.model.outcomes);
            all.filter(|(_, outcome)| is_of(outcome)).map(|(id, _)| OutcomeId(id)).collect()
        }
        Thing::Set(set) => match known.set_is(set)? {
            SetIs::Named(set) => {
                let members = &known.model.sets.get(set.index())?.members;
                let outcome = |member: &crate::model::SetMember| match member.of {
                    Member::Outcome(outcome) => Some(outcome),
                    _ => None,
                };
                members.iter().filter_map(outcome).collect()
            }
            SetIs::List(_) => {
                making.found.push(no_family(&item.name, span));
                return None;
            }
        },
        _ => {
            making.found.push(no_family(&item.name, span));
            return None;
        }
    };
    let mut kinds: Vec<_> = outcomes.iter().filter_map(|outcome| known.kind_of(*outcome)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let inner = bracket_scene(scene, kinds);
    let mut inlining = Inlining::new();
    let tests: Vec<Cond> =
        item.tests.iter().map(|written| test(known, making, &inner, written, false, &mut inlining)).collect();
    let bracket = all(tests);
    let mut found = Vec::new();
    for id in outcomes {
        let outcome = known.model.outcomes.get(id.index())?;
        match settled(known, making, outcome, &bracket) {
            Some(true) => found.push(Target { outcome: id, excluded: false, span }),
            Some(false) => {}
            None => {
                let problem = Problem::new(Code::FamilyUnsettled, span)
                    .say("outcome", &*outcome.name)
                    .say("family", known.sources.snippet(span))
                    .label(outcome.span, "declared");
                making.found.push(problem);
                return None;
            }
        }
    }
    if found.is_empty() {
        making.found.push(Problem::new(Code::SelectEmpty, span));
        return None;
    }
    found.shrink_to_fit();
    Some(found)
}

/// Whether the catalogue alone says that an outcome passes; nothing where it does not say.
fn settled(known: &Known<'_>, making: &mut Making, outcome: &Outcome, cond: &Cond) -> Option<bool> {
    match cond {
        Cond::All(parts) => {
            let mut all = Some(true);
            for part in parts {
                match settled(known, making, outcome, part) {
                    Some(false) => return Some(false),
                    None => all = None,
                    Some(true) => {}
                }
            }
            all
        }
        Cond::Any(parts) => {
            let mut any = Some(false);
            for part in parts {
                match settled(known, making, outcome, part) {
                    Some(true) => return Some(true),
                    None => any = None,
                    Some(false) => {}
                }
            }
            any
        }
        Cond::Atom(atom) => match &atom.test {
            AtomTest::In { subject, value_type, set } => {
                let state = states(known, making, outcome, subject.fact, *value_type)?;
                let passes = state.intersect(set);
                match (passes == state, passes.is_empty()) {
                    (true, _) => Some(true),
                    (_, true) => Some(false),
                    _ => None,
                }
            }
            _ => None,
        },
    }
}

/// The values that the catalogue leaves to a fact of an outcome; nothing where it says nothing.
fn states(
    known: &Known<'_>,
    making: &mut Making,
    outcome: &Outcome,
    fact: crate::model::FactId,
    value_type: ValueType,
) -> Option<Set> {
    if let Some((_, given)) = outcome.given.iter().find(|(of, _)| *of == fact) {
        return match given {
            Given::Value(value) => Some(Set::one(*value)),
            Given::Within(set) => Some(set.clone()),
            Given::Unpublished => None,
        };
    }
    let mut symbol = |text: &str| Set::one(Value::Symbol(making.symbols.intern(text)));
    if fact == known.built_in("issuer") {
        return outcome.issuer.map(|body| symbol(known.names.name_of(Thing::Body(body))));
    }
    if fact == known.built_in("code") {
        return outcome.code.as_deref().map(&mut symbol);
    }
    if fact == known.built_in("credits") {
        return match (outcome.credits, value_type) {
            (Credits::Amount(amount, unit), ValueType::Credits(of)) if of == unit => {
                Some(Set::one(Value::Number(amount)))
            }
            _ => None,
        };
    }
    let of_kind = known.model.kinds.get(outcome.kind.index())?;
    let declared = of_kind.facts.iter().find(|of| of.fact == fact)?;
    declared.otherwise.map(Set::one)
}

/// `any` before what is one thing.
pub(super) fn no_family(name: &Name, at: Span) -> Problem {
    Problem::new(Code::SelectFamily, at).say("name", &*name.text)
}
