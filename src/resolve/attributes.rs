//! Attributes of a grant: `at level 7 when honours`, `as division = lower`, `not for prerequisite`, `only for prerequisite`.
//!
//! They are part of what a rule gives. So where it is not known whether one of them is carried, it is not known what is given, and
//! the rule waits: each test of an attribute stands in the rule's own tests too, as "this or its denial".

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{self, Cond, Purpose, Role, Targets};
use crate::source::Span;
use crate::syntax::tree::{self, AttributeKind, FactOwner, FactRef, Name};

use super::conditions::{Inlining, domains_for, test};
use super::fault::repeated;
use super::frameworks;
use super::known::{Known, Making};
use super::merge::all;
use super::names::{Sort, Thing};
use super::slots::later;
use super::spot::{Scene, spot};
use super::values::{self, Asked};

/// The attributes of a rule, and the tests that must be known.
pub(super) fn attributes(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    written: &[&tree::Attribute],
) -> (Box<[model::Attribute]>, Vec<Cond>) {
    let mut made: Vec<model::Attribute> = Vec::with_capacity(written.len());
    let mut asked = Vec::new();
    let mut said: Vec<(&'static str, Option<u32>, bool, Span)> = Vec::new();
    for one in written {
        let Some(kind) = kind(known, making, scene, to, one) else { continue };
        // What is always said is said once, and leaves nothing else to say where a test holds.
        let (word, of) = match kind {
            model::AttributeKind::Level(..) => ("slot.at-level", None),
            model::AttributeKind::Fact(fact, ..) => ("slot.attribute-as", Some(fact.0)),
            model::AttributeKind::Part(outcome, ..) => ("slot.of-which", Some(outcome.0)),
            model::AttributeKind::NotFor(_) => ("slot.not-for", None),
            model::AttributeKind::OnlyFor(_) => ("slot.only-for", None),
        };
        let is_always = one.tests.is_empty();
        let is_same = |(other, to, always, _): &&(&'static str, Option<u32>, bool, Span)| {
            (*other, *to) == (word, of) && (*always || is_always)
        };
        if let Some((.., first)) = said.iter().find(is_same) {
            making.found.push(repeated(Said::Word(word), one.span, *first));
            continue;
        }
        said.push((word, of, is_always, one.span));
        let mut read = |role: Role, deny: bool| {
            let scene = Scene { role, ..scene.clone() };
            let mut inlining = Inlining::new();
            let tests = one.tests.iter();
            let parts: Vec<Cond> = tests
                .map(|(written, denied)| test(known, making, &scene, written, *denied != deny, &mut inlining))
                .collect();
            if deny { Cond::Any(parts) } else { all(parts) }
        };
        let guard = if one.tests.is_empty() { Cond::always() } else { read(Role::Attribute, false) };
        if !one.tests.is_empty() {
            asked.push(Cond::Any(vec![guard.clone(), read(Role::Twin, true)]));
        }
        made.push(model::Attribute { kind, guard, span: one.span });
    }
    (made.into(), asked)
}

/// What an attribute says, as a rule or an example writes it.
pub(super) fn kind(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    written: &tree::Attribute,
) -> Option<model::AttributeKind> {
    match &written.kind {
        AttributeKind::Level(value) => {
            let framework = frameworks::of_value(known, making, scene.package, value)?;
            let rank = frameworks::level(known, making, scene.package, framework, value).ok()?;
            Some(model::AttributeKind::Level(framework, rank))
        }
        AttributeKind::Fact(name, value) => {
            if matches!(to, Targets::Deposit) {
                if !scene.damaged {
                    making.found.push(Problem::new(Code::AmountNoTarget, written.span));
                }
                return None;
            }
            let fact = FactRef { of: FactOwner::Target, name: name.clone(), span: name.span };
            let read = spot(known, making, scene, &fact)?;
            let asked = Asked { package: scene.package, fact: &name.text, kind: None };
            let domains = domains_for(known, making, scene, &read, value)?;
            let (value_type, value) = values::single(known, making, asked, &domains, value)?;
            Some(model::AttributeKind::Fact(read.subject.fact, value_type, value))
        }
        AttributeKind::Part(number, place) => super::part::part(known, making, scene, to, number, place),
        AttributeKind::NotFor(name) => purpose(known, making, scene, name).map(model::AttributeKind::NotFor),
        AttributeKind::OnlyFor(name) => {
            purpose(known, making, scene, name).map(model::AttributeKind::OnlyFor)
        }
    }
}

/// What a grant may be used for: as a prerequisite. Blocks are places of their own, which are not built yet.
fn purpose(known: &Known<'_>, making: &mut Making, scene: &Scene<'_>, name: &Name) -> Option<Purpose> {
    if matches!(&*name.text, "prerequisite" | "先修" | "先修要求") {
        return Some(Purpose::Prerequisite);
    }
    let things = [Sort::Outcome, Sort::Kind, Sort::Set, Sort::Body, Sort::Unit, Sort::Scale];
    if let Some(
        Thing::Outcome(_)
        | Thing::Kind(_)
        | Thing::Set(_)
        | Thing::Body(_)
        | Thing::Unit(_)
        | Thing::Scale(_),
    ) = known.names.peek(scene.package, name, &things)
    {
        making.found.push(Problem::new(Code::AttributePurpose, name.span).say("name", &*name.text));
        return None;
    }
    making.found.push(later(known.sources.snippet(name.span), name.span));
    None
}
