//! The values that a fact may have where a rule reads it.

use crate::diagnostic::Said;
use crate::model::{FactUse, Holder, KindId, Model, Rule, ScaleShape, Subject, TypedDomain, ValueType};
use crate::space::{Domain, End, Numbers, Set, Shape, Value};

/// The uses of a fact by those whom a rule reads it of; the learner and the plan have one.
pub(super) fn uses<'m>(model: &'m Model, rule: &Rule, subject: Subject) -> Vec<&'m FactUse> {
    let of = |facts: &'m [FactUse]| {
        facts.binary_search_by_key(&subject.fact, |of| of.fact).ok().and_then(|at| facts.get(at))
    };
    match subject.of {
        Holder::Learner => of(&model.learner).into_iter().collect(),
        Holder::Plan => of(&model.plan).into_iter().collect(),
        Holder::Request => of(&model.request).into_iter().collect(),
        Holder::Target => of_kinds(model, target_kinds(model, rule), subject),
        _ => of_kinds(model, source_kinds(model, rule, subject.of), subject),
    }
}

fn of_kinds(model: &Model, kinds: Vec<KindId>, subject: Subject) -> Vec<&FactUse> {
    let facts = kinds.into_iter().filter_map(|kind| model.kinds.get(kind.index())).map(|kind| &kind.facts);
    facts
        .filter_map(|facts| {
            facts.binary_search_by_key(&subject.fact, |of| of.fact).ok().and_then(|at| facts.get(at))
        })
        .collect()
}

fn target_kinds(model: &Model, rule: &Rule) -> Vec<KindId> {
    let mut kinds: Vec<KindId> = rule
        .targets
        .all()
        .iter()
        .filter_map(|target| model.outcomes.get(target.outcome.index()))
        .map(|o| o.kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// A rule, or the rule as each of its `give` lines has it.
pub(super) fn lines(rule: &Rule) -> Vec<&Rule> {
    if rule.lines.is_empty() { vec![rule] } else { rule.lines.iter().collect() }
}

fn source_kinds(model: &Model, rule: &Rule, holder: Holder) -> Vec<KindId> {
    let slots = rule.sources.iter().flat_map(|bundle| match holder {
        Holder::Source(at) => bundle.get(at as usize..=at as usize).unwrap_or_default(),
        _ => &bundle[..],
    });
    let classes = slots.flat_map(|slot| &slot.items).filter_map(|item| model.classes.get(item.class.index()));
    let mut kinds: Vec<KindId> = classes
        .flat_map(|class| {
            let of = class
                .outcomes
                .iter()
                .filter_map(|o| model.outcomes.get(o.index()))
                .map(|outcome| outcome.kind);
            of.chain(class.kinds.iter().copied())
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// All values that a fact may have where a rule reads it; nothing where that is not known.
pub(super) fn full(
    model: &Model,
    rule: &Rule,
    subject: Subject,
    value_type: ValueType,
) -> Option<(Set, Vec<TypedDomain>)> {
    let uses = uses(model, rule, subject);
    let domains: Vec<TypedDomain> = if uses.is_empty() {
        vec![natural(model, rule, subject, value_type)?]
    } else {
        uses.iter().flat_map(|of| of.domains.iter().cloned()).collect()
    };
    let all = domains.iter().fold(Set::empty(), |all, domain| all.union(&domain.domain.full_set()));
    Some((all, domains))
}

/// The domain of a built-in fact that nobody declares.
fn natural(model: &Model, rule: &Rule, subject: Subject, value_type: ValueType) -> Option<TypedDomain> {
    let domain = match value_type {
        ValueType::Outcome(_) => {
            let symbols =
                sources(model, rule, subject.of).filter_map(|name| model.symbols.binary_search(&name).ok());
            Domain::of(Shape::Symbols(Some(symbols.filter_map(|at| u32::try_from(at).ok()).collect())))
        }
        ValueType::Level(framework) => {
            let levels = model.frameworks.get(framework.index())?.levels.as_ref()?.len();
            Domain::of(Shape::List { len: u32::try_from(levels).ok()?, ordered: true })
        }
        ValueType::Date => Domain::of(Shape::Date),
        ValueType::Name | ValueType::Body(_) => Domain::of(Shape::Symbols(None)),
        ValueType::Number => Domain::numbers(Numbers::whole(0, None)?),
        ValueType::Credits(_) | ValueType::ContactHours | ValueType::NotionalHours => {
            Domain::numbers(Numbers::new(Some(crate::quantity::Ratio::ZERO), None, None)?)
        }
        ValueType::List(list) => {
            let list = model.lists.get(list.index())?;
            Domain::of(Shape::List { len: u32::try_from(list.ranks.len()).ok()?, ordered: list.ordered })
        }
        _ => return None,
    };
    Some(TypedDomain { value_type, domain })
}

/// The names of all outcomes that a rule may take in a slot.
fn sources(model: &Model, rule: &Rule, holder: Holder) -> impl Iterator<Item = Box<str>> {
    let slots = rule.sources.iter().flat_map(|bundle| match holder {
        Holder::Source(at) => bundle.get(at as usize..=at as usize).unwrap_or_default(),
        _ => &bundle[..],
    });
    let classes: Vec<_> =
        slots.flat_map(|slot| &slot.items).filter_map(|item| model.classes.get(item.class.index())).collect();
    let mut names: Vec<Box<str>> = Vec::new();
    for class in classes {
        names.extend(
            class.outcomes.iter().filter_map(|o| model.outcomes.get(o.index())).map(|o| o.name.clone()),
        );
        if !class.kinds.is_empty() {
            let of = |kind: KindId| model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.ancestors);
            let within =
                model.outcomes.iter().filter(|o| of(o.kind).iter().any(|kind| class.kinds.contains(kind)));
            names.extend(within.map(|outcome| outcome.name.clone()));
        }
    }
    names.sort_unstable();
    names.dedup();
    names.into_iter()
}

/// The part of a set that the domains have, on their steps.
pub(super) fn snapped(domains: &[TypedDomain], set: &Set) -> Set {
    domains.iter().fold(Set::empty(), |all, domain| all.union(&domain.domain.snap(set)))
}

/// The first value of a set, as its author knows it.
pub(super) fn first(model: &Model, value_type: ValueType, set: &Set) -> Said {
    let Some(first) = set.intervals().next() else { return Said::Word("value.none") };
    match (first.least, first.greatest) {
        (End::Closed(value), _) | (End::Unbounded, End::Closed(value)) => said(model, value_type, value),
        (End::Open(Value::Number(above)), _) => Said::Text(format!("> {above}").into()),
        (_, End::Open(Value::Number(below))) => Said::Text(format!("< {below}").into()),
        _ => Said::Text("…".into()),
    }
}

/// A value as its author knows it.
pub(crate) fn said(model: &Model, value_type: ValueType, value: Value) -> Said {
    let listed = |ranks: &[Vec<crate::model::Listed>], rank: u32| {
        let first = ranks.get(rank as usize).and_then(|equals| equals.first());
        first.map_or(Said::Text("…".into()), |value| Said::Text(value.name.clone()))
    };
    match (value, value_type) {
        (Value::None, _) => Said::Word("value.none"),
        (Value::Bool(yes), _) => Said::Word(if yes { "value.yes" } else { "value.no" }),
        (Value::Number(share), ValueType::Share) => match share.to_percent() {
            Ok(percent) => Said::Text(format!("{percent}%").into()),
            Err(_) => Said::Number(share),
        },
        (Value::Number(number), _) => Said::Number(number),
        (Value::Date(date), _) => Said::Date(date),
        (Value::Rank(rank), ValueType::List(list)) => {
            listed(model.lists.get(list.index()).map_or(&[], |list| &list.ranks), rank)
        }
        (Value::Rank(rank), ValueType::Scale(scale)) => {
            match model.scales.get(scale.index()).map(|scale| &scale.shape) {
                Some(ScaleShape::Named(ranks)) => listed(ranks, rank),
                _ => Said::Text("…".into()),
            }
        }
        (Value::Rank(rank), ValueType::Level(framework)) => {
            let levels =
                model.frameworks.get(framework.index()).and_then(|framework| framework.levels.as_ref());
            let level = levels.and_then(|levels| levels.get(rank as usize));
            level.map_or(Said::Text("…".into()), |level| Said::Text(level.name.clone()))
        }
        (Value::Symbol(symbol), _) => {
            let name = model.symbols.get(symbol as usize);
            name.map_or(Said::Text("…".into()), |name| Said::Text(name.clone()))
        }
        (Value::Months(months), _) => Said::Amount(months.into(), Box::new(Said::Word("unit.month"))),
        (Value::Days(days), _) => Said::Amount(days.into(), Box::new(Said::Word("unit.day"))),
        (Value::Rank(_), _) => Said::Text("…".into()),
    }
}
