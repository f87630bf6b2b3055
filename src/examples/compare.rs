//! Whether a decision is what an example expects.

use crate::answer::{Claim, Decision, Grant, GrantEffect, GrantMark, Shows, Verdict, Why};
use crate::graph::ConversionGraph;
use crate::model::{AttributeKind, Effect, Expectation, ExpectedResult, Mark, MarkKind, UnitId};
use crate::quantity::Ratio;
use crate::source::Span;

/// Whether every target asked about is answered as expected.
pub(super) fn holds(
    graph: &ConversionGraph,
    expected: &Expectation,
    decision: &Decision,
    answers: &[(Verdict, Vec<&Claim>)],
) -> bool {
    if answers.is_empty() {
        return false;
    }
    if answers.iter().any(|(_, claims)| lacking(expected, decision, claims).is_some()) {
        return false;
    }
    match &expected.result {
        ExpectedResult::Grant(amount, unit, mark) if expected.in_total => {
            answers.iter().all(|(verdict, _)| *verdict == Verdict::Converts)
                && in_total(graph, decision, answers, (*amount, *unit, mark.as_ref()))
        }
        result => answers.iter().all(|(verdict, claims)| one(graph, result, decision, *verdict, claims)),
    }
}

/// What an example says that a grant carries and no grant of these claims does.
pub(super) fn lacking(expected: &Expectation, decision: &Decision, claims: &[&Claim]) -> Option<Span> {
    let grants = claims.iter().flat_map(|claim| &claim.grants);
    let grants: Vec<&Grant> = grants.filter_map(|at| decision.grants.get(*at as usize)).collect();
    let is_carried = |says: &AttributeKind| grants.iter().any(|grant| grant.attributes.contains(says));
    expected.carries.iter().find(|(says, _)| !is_carried(says)).map(|(_, place)| *place)
}

/// Whether the grants of all targets together, one that covers several counted once, come to the amount.
fn in_total(
    graph: &ConversionGraph,
    decision: &Decision,
    answers: &[(Verdict, Vec<&Claim>)],
    (amount, unit, mark): (Ratio, Option<UnitId>, Option<&Mark>),
) -> bool {
    let mut places: Vec<u32> =
        answers.iter().filter_map(|(_, claims)| claims.first()?.grants.first().copied()).collect();
    places.sort_unstable();
    places.dedup();
    let grants: Vec<&Grant> = places.iter().filter_map(|at| decision.grants.get(*at as usize)).collect();
    let fits = |grant: &&Grant| unit.is_none_or(|unit| grant.unit == Some(unit)) && shows(graph, grant, mark);
    grants.iter().all(fits)
        && Ratio::checked_sum(grants.iter().filter_map(|grant| grant.amount)) == Ok(amount)
}

/// Whether one target is answered as expected.
pub(super) fn one(
    graph: &ConversionGraph,
    expected: &ExpectedResult,
    decision: &Decision,
    verdict: Verdict,
    claims: &[&Claim],
) -> bool {
    let grants =
        || claims.iter().flat_map(|claim| &claim.grants).filter_map(|at| decision.grants.get(*at as usize));
    match expected {
        ExpectedResult::Converts => verdict == Verdict::Converts,
        ExpectedResult::Nothing => verdict != Verdict::Converts,
        ExpectedResult::Conflict => verdict == Verdict::Conflict,
        ExpectedResult::NoRule => verdict == Verdict::NoRule,
        ExpectedResult::NotEstablished => verdict == Verdict::NotEstablished,
        ExpectedResult::Grant(amount, unit, mark) => {
            verdict == Verdict::Converts
                && grants().any(|grant| {
                    is_amount(grant, *amount)
                        && unit.is_none_or(|unit| grant.unit == Some(unit))
                        && shows(graph, grant, mark.as_ref())
                })
        }
        ExpectedResult::Deposit(amount, unit) => {
            verdict == Verdict::Converts
                && grants().any(|grant| {
                    grant.effect == GrantEffect::Deposit
                        && is_amount(grant, *amount)
                        && unit.is_none_or(|unit| grant.unit == Some(unit))
                })
        }
        ExpectedResult::Effect(effect, mark) => {
            verdict == Verdict::Converts
                && grants().any(|grant| is_effect(grant, effect) && shows(graph, grant, mark.as_ref()))
        }
        ExpectedResult::Refused(reason) => {
            verdict == Verdict::Refused
                && reason.is_none_or(|reason| {
                    claims.iter().any(|claim| claim.reason == Some(Why::Refused(reason)))
                })
        }
        ExpectedResult::Refer(body) => {
            let to = |claim: &&&Claim| claim.referral.as_ref().and_then(|referral| referral.to) == *body;
            verdict == Verdict::Refer && (body.is_none() || claims.iter().any(|claim| to(&claim)))
        }
        ExpectedResult::Unknown(fact) => {
            let asks = |claim: &&&Claim| claim.questions.iter().any(|question| Some(question.fact) == *fact);
            verdict == Verdict::Unknown && (fact.is_none() || claims.iter().any(|claim| asks(&claim)))
        }
    }
}

/// An example that does not say by what credits are replaced accepts anything.
fn is_effect(grant: &Grant, expected: &Effect) -> bool {
    match (&grant.effect, expected) {
        (GrantEffect::Other(Effect::Replaced(_)), Effect::Replaced(any)) if any.is_empty() => true,
        (GrantEffect::Other(effect), expected) => effect == expected,
        _ => false,
    }
}

fn is_amount(grant: &Grant, amount: Ratio) -> bool {
    grant.amount == Some(amount)
}

/// Whether a grant's mark is the one an example writes; an example that writes none accepts any.
fn shows(graph: &ConversionGraph, grant: &Grant, expected: Option<&Mark>) -> bool {
    let Some(expected) = expected else { return true };
    let Some(GrantMark { shows, .. }) = &grant.mark else { return false };
    match (&expected.kind, shows) {
        (MarkKind::Fixed(value, _), Shows::Fixed(shown, _)) => value == shown,
        (MarkKind::Fixed(value, _), Shows::Carried(state, _)) => state.value() == Some(*value),
        (MarkKind::Literal(text), Shows::Literal(shown)) => text == shown,
        (MarkKind::Literal(text), Shows::Declared(scale, place))
        | (MarkKind::Declared(scale, place), Shows::Literal(text)) => {
            let declared =
                graph.model().scales.get(scale.index()).and_then(|scale| scale.marks.get(*place as usize));
            declared.is_some_and(|mark| {
                mark.name == *text || mark.titles.0.iter().any(|(_, title)| title == text)
            })
        }
        (MarkKind::Declared(scale, place), Shows::Declared(shown, at)) => scale == shown && place == at,
        (MarkKind::Carried(..), Shows::Carried(..)) => true,
        _ => false,
    }
}
