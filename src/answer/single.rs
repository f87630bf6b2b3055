//! One achievement, one target, nothing else known of the learner: the question that portals ask most.
//!
//! It has the same answer as [`decide`](super::decide) and is read from the flat arrays where every rule concerned is plain.

use crate::evaluate::{Achievement, Goal, NoAnswer, Origin, Record, Status, Trace, by_evidence, instances};
use crate::graph::{Compact, ConversionGraph};
use crate::model::{OutcomeId, Reason, RuleId, UnitId};
use crate::quantity::{Date, Ratio};

use super::asking::Asking;
use super::verdict::judge;
use super::{Ask, GrantEffect, Request, Verdict, Why, grant};

/// The answer to one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Single {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, for a verdict that has reasons.
    pub reason: Option<Why>,
    /// The rule that gave it.
    pub rule: Option<RuleId>,
    /// What is granted.
    pub effect: Option<GrantEffect>,
    /// How many credits.
    pub amount: Option<Ratio>,
    /// Their unit.
    pub unit: Option<UnitId>,
}

impl Single {
    const fn without_grant(verdict: Verdict, reason: Option<Why>, rule: Option<RuleId>) -> Single {
        Single { verdict, reason, rule, effect: None, amount: None, unit: None }
    }
}

/// Whether and how an achievement converts to a target on a day.
pub fn claim<T: Trace>(
    graph: &ConversionGraph,
    held: &Achievement,
    target: OutcomeId,
    as_of: Date,
    trace: &mut T,
) -> Result<Single, NoAnswer> {
    if !T::KEEPS
        && let Some(single) = plain(graph, held, target, as_of)
    {
        return Ok(single);
    }
    in_full(graph, held, target, as_of, trace)
}

/// The answer from the flat arrays; nothing where some rule concerned is not plain, or a fact it tests is not stated.
#[inline]
fn plain(graph: &ConversionGraph, held: &Achievement, target: OutcomeId, as_of: Date) -> Option<Single> {
    if held.status != Status::Valid
        || held.outcome == Some(target)
        || graph.any_lapses()
        || held.origin != Origin::Original
        || graph.is_expiry_stated(held.facts.iter().map(|(fact, _)| *fact))
    {
        return None;
    }
    if !graph.rights_for(target.0).is_empty() || !graph.families_of(target.0).is_empty() {
        return None;
    }
    let kind = held.kind.or_else(|| held.outcome.and_then(|outcome| graph.kind_of(outcome)));
    let (by_outcome, by_kind) = graph.classes(held.outcome, kind);
    let mut converts: Option<&Compact> = None;
    let mut refused: Option<(Reason, RuleId)> = None;
    for class in by_outcome.iter().chain(by_kind) {
        for row in graph.rows_for(*class, target.0) {
            let rule = graph.compact(row)?;
            let day = as_of.day_number();
            let open = rule.days.0 <= day && day <= rule.days.1;
            let met = match rule.fact {
                None => true,
                Some(fact) => {
                    let value = held.facts.get(fact)?.value()?.number()?.to_int()?;
                    rule.bound.0 <= value && value <= rule.bound.1
                }
            };
            if open && met {
                // Two rules that both hold are compared in full.
                if converts.is_some_and(|other| other.rule != rule.rule) {
                    return None;
                }
                converts = Some(rule);
            } else {
                let reason = match (open, met) {
                    (true, _) => Reason::ConditionNotMet,
                    (false, true) if day < rule.days.0 && rule.days.0 <= rule.days.1 => Reason::NotYet,
                    (false, _) => Reason::NotInForce,
                };
                if refused.is_none_or(|before| (reason, rule.rule) < before) {
                    refused = Some((reason, rule.rule));
                }
            }
        }
    }
    Some(match (converts, refused) {
        (Some(rule), _) => Single {
            verdict: Verdict::Converts,
            reason: None,
            rule: Some(rule.rule),
            effect: Some(GrantEffect::Credit),
            amount: Some(rule.amount),
            unit: Some(rule.unit),
        },
        (None, Some((reason, rule))) => {
            Single::without_grant(Verdict::Refused, Some(Why::Refused(reason)), Some(rule))
        }
        // A scheme may answer in place of "no rule".
        (None, None) => return None,
    })
}

/// The answer as [`decide`](super::decide) finds it.
fn in_full<T: Trace>(
    graph: &ConversionGraph,
    held: &Achievement,
    target: OutcomeId,
    as_of: Date,
    trace: &mut T,
) -> Result<Single, NoAnswer> {
    let goal = Goal::Outcome(target);
    let ask = Ask { achievements: Vec::new(), target: Some(goal) };
    let record = Record { held: vec![held.clone()], ..Record::default() };
    let request = Request { record, as_of, asks: Vec::new(), choices: Vec::new(), programme: None };
    let asking = Asking::new(graph, &request, &ask);
    let all = instances(&asking.case, goal, trace)?;
    let mut best: Option<Single> = None;
    for group in by_evidence(&all) {
        let judged = judge(&asking, &group);
        let first = judged.by.first().map(|at| group[*at]);
        let mut single = Single::without_grant(judged.verdict, judged.reason, first.map(|first| first.rule));
        if judged.verdict == Verdict::Converts
            && let Some(grant) = first.and_then(|first| grant::grant(&asking, first))
        {
            (single.effect, single.amount, single.unit) = (Some(grant.effect), grant.amount, grant.unit);
        }
        if best.as_ref().is_none_or(|best| single.verdict < best.verdict) {
            best = Some(single);
        }
    }
    match best {
        Some(best) => Ok(best),
        // Bars, and what a scheme answers in place of "no rule".
        None => {
            let decision = super::decide(graph, &Request { asks: vec![ask], ..request })?;
            Ok(Single::without_grant(decision.verdict, decision.reason, None))
        }
    }
}
