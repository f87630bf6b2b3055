//! What a claim that converts is given: credits or an effect, the mark, and how often it may be converted again.

use crate::evaluate::{About, Given, Goal, HeldId, Instance, Origin, Owner, quietly};
use crate::graph::goals_of;
use crate::model::{AttributeKind, Gives, Holder, MarkKind};
use crate::space::{Set, State, Value};

use super::{Asking, Grant, GrantEffect, GrantMark, Shows};

/// The grant of an instance that converts; its places among claims and citations, and its last day, are filled in by
/// the caller.
pub(super) fn grant(asking: &Asking<'_>, instance: &Instance) -> Option<Grant> {
    let rule = asking.rule_toward(instance.rule, instance.goal)?;
    let in_total = matches!(&rule.gives, Gives::Credit(amount) if amount.in_total);
    let mut grant = Grant {
        claim: 0,
        rule: instance.rule,
        scheme: rule.scheme,
        achievements: asking.by_id(&instance.used),
        targets: if in_total { goals_of(rule) } else { vec![instance.goal] },
        effect: match instance.goal {
            Goal::Outcome(_) | Goal::Block(_) => GrantEffect::Credit,
            Goal::Deposit(_) => GrantEffect::Deposit,
        },
        amount: None,
        before_rounding: None,
        unit: None,
        amount_unpublished: false,
        mark: shown_mark(asking, instance),
        attributes: carried(asking, instance),
        onward: onward_of(asking, instance),
        citations: Vec::new(),
        valid_until: None,
    };
    match &instance.value {
        Given::Credit { amount, raw, unit } => {
            grant.amount = amount.known();
            grant.before_rounding = raw.known();
            grant.unit = *unit;
        }
        Given::CreditUnpublished => grant.amount_unpublished = true,
        Given::Effect(effect) => grant.effect = GrantEffect::Other(effect.clone()),
        _ => return None,
    }
    Some(grant)
}

/// How often what is granted may be converted again: as often as its sources less one, at most as often as the rule allows.
pub(super) fn onward_of(asking: &Asking<'_>, instance: &Instance) -> u32 {
    let allowed = asking.rule(instance.rule).map_or(0, |rule| rule.convert_again);
    let left = instance.used.iter().filter_map(|held| match asking.held(*held)?.origin {
        Origin::Original => None,
        Origin::Granted { onward } => Some(onward.saturating_sub(1)),
    });
    left.min().map_or(allowed, |left| left.min(allowed))
}

/// What the transcript shows.
pub(super) fn shown_mark(asking: &Asking<'_>, instance: &Instance) -> Option<GrantMark> {
    let mark = asking.rule(instance.rule)?.mark.as_ref()?;
    let mut judge = None;
    let shows = match &mark.kind {
        MarkKind::Table(table, scale) => {
            let slots = &instance.evidence.slots;
            let sure: Vec<Vec<HeldId>> = slots.iter().map(|used| used.sure.clone()).collect();
            let target = if let Goal::Outcome(outcome) = instance.goal { Some(outcome) } else { None };
            let about = About { sure: &sure, possible: &[], target, itself: None };
            let state = crate::evaluate::looked_up(&asking.case.reader, about, table).ok()??;
            match state.value() {
                Some(Value::None) => return None,
                Some(known) => Shows::Fixed(known, *scale),
                None => Shows::Carried(state, *scale),
            }
        }
        MarkKind::Fixed(value, scale) => Shows::Fixed(*value, *scale),
        MarkKind::Literal(text) => Shows::Literal(text.clone()),
        MarkKind::Declared(scale, place) => Shows::Declared(*scale, *place),
        MarkKind::Carried(subject, scale, map) => {
            let slot = if let Holder::Source(slot) = subject.of { Some(slot as usize) } else { None };
            let held = match slot {
                Some(slot) => instance
                    .evidence
                    .slots
                    .get(slot)
                    .and_then(|used| used.sure.first().or(used.possible.first())),
                None => instance.used.first(),
            };
            let owner = Owner::Held(*held.or(instance.used.first())?);
            let value_type = scale.map(crate::model::ValueType::Scale);
            let target = if let Goal::Outcome(outcome) = instance.goal { Some(outcome) } else { None };
            let reader = asking.case.reader.toward(target);
            let state = reader.state(owner, subject.fact, value_type).state.into_owned();
            if state.value().is_none() {
                judge = reader.declared(owner, subject.fact).and_then(|of| of.judged).map(|judge| judge.by);
            }
            match map.and_then(|map| asking.model().maps.get(map.index())) {
                None => Shows::Carried(capped(asking, &state, mark.at_most, value_type), *scale),
                Some(map) => {
                    let state = scale.map_or(state.clone(), |from| through(asking, map, from, &state));
                    let value_type = Some(crate::model::ValueType::Scale(map.to));
                    Shows::Carried(capped(asking, &state, mark.at_most, value_type), Some(map.to))
                }
            }
        }
    };
    Some(GrantMark {
        shows,
        counts_as: mark.counts_as.clone(),
        outside_average: mark.outside_average,
        under_source_name: mark.under_source_name,
        judge,
    })
}

/// What the grant carries beside its amount, each once, in one order whatever the text's.
pub(super) fn carried(asking: &Asking<'_>, instance: &Instance) -> Vec<AttributeKind> {
    let rule = asking.rule_toward(instance.rule, instance.goal);
    let Some(rule) = rule.filter(|rule| !rule.attributes.is_empty()) else {
        return Vec::new();
    };
    // A part is no larger than what it is a part of.
    let whole = match &instance.value {
        Given::Credit { amount, .. } => amount.known(),
        _ => None,
    };
    let of = |attribute: &crate::model::Attribute| match attribute.kind {
        AttributeKind::Part(place, part, unit) => {
            AttributeKind::Part(place, whole.map_or(part, |whole| part.min(whole)), unit)
        }
        kind => kind,
    };
    let slots = &instance.evidence.slots;
    let sure: Vec<Vec<HeldId>> = slots.iter().map(|used| used.sure.clone()).collect();
    let target = if let Goal::Outcome(outcome) = instance.goal { Some(outcome) } else { None };
    let about = About { sure: &sure, possible: &[], target, itself: None };
    let reader = asking.case.reader.toward(target);
    let holds = |attribute: &&crate::model::Attribute| {
        quietly(&reader, about, &attribute.guard).is_ok_and(|answer| answer.is_true())
    };
    let mut carried: Vec<AttributeKind> = rule.attributes.iter().filter(holds).map(of).collect();
    carried.sort_unstable();
    carried.dedup();
    carried
}

/// The marks that a map makes of what is known: every mark of its scale where the text does not say.
fn through(
    asking: &Asking<'_>,
    map: &crate::model::GradeMap,
    from: crate::model::ScaleId,
    state: &State,
) -> State {
    use crate::model::Mapped;
    let mut marks = Set::empty();
    // What lies between two marks is none of them.
    let known = match state.value() {
        Some(mark) => vec![mark],
        None => {
            let set = state.to_set();
            let scale = asking.model().scales.get(from.index());
            let marks = scale.and_then(|scale| crate::convert::marks(scale, MOST_MARKS)).unwrap_or_default();
            marks.into_iter().filter(|mark| set.contains(*mark)).collect()
        }
    };
    for mark in known.iter().map(|mark| crate::convert::mapped(asking.model(), map, from, *mark)) {
        marks = match mark {
            Ok(Mapped::Value(mark)) => marks.union(&Set::one(mark)),
            Ok(Mapped::None) => marks.union(&Set::none()),
            _ => Set::empty(),
        };
        if marks.is_empty() {
            break;
        }
    }
    let every = || crate::evaluate::scale_marks(asking.model(), map.to);
    State::of(marks).unwrap_or_else(|| State::of(every()).unwrap_or_else(|| state.clone()))
}

/// So many marks are mapped one by one; of more than these none is known.
const MOST_MARKS: usize = 10_000;

/// A carried mark, no better than the rule allows.
fn capped(
    asking: &Asking<'_>,
    state: &State,
    best: Option<crate::space::Value>,
    value_type: Option<crate::model::ValueType>,
) -> State {
    let Some(best) = best else { return state.clone() };
    let falling = crate::evaluate::falling(&asking.case.reader, value_type);
    let within = if falling { Set::at_least(best) } else { Set::at_most(best) };
    // No mark at all is none that could be too good.
    let within = within.union(&Set::none());
    let set = state.to_set();
    let kept = set.intersect(&within);
    let kept = if set.is_subset(&within) { kept } else { kept.union(&Set::one(best)) };
    State::of(kept).unwrap_or_else(|| state.clone())
}

/// The achievements that a claim is about.
pub(super) fn achievements(asking: &Asking<'_>, instance: &Instance) -> Vec<HeldId> {
    asking.by_id(&instance.key.all())
}
