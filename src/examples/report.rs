//! The difference between what an example says and what the rules give, as a problem at the example.

use crate::answer::{Change, Claim, Decision, Grant, GrantEffect, Verdict, Why};
use crate::diagnostic::{Code, Problem, Said};
use crate::evaluate::What;
use crate::graph::ConversionGraph;
use crate::model::{Effect, Example, Expectation, ExpectedResult, Model, Reason, Rule, UnitId};
use crate::quantity::Ratio;
use crate::source::{Sources, Span};
use crate::space::End;

use super::{Decided, answers, goals};

/// What the example says, what the rules give, and where the condition stands that decides.
pub(super) fn problem(
    graph: &ConversionGraph,
    sources: &Sources,
    example: &Example,
    expectation: &Expectation,
    decided: Decided<'_>,
) -> Problem {
    let model = graph.model();
    let rule = model.rules.get(example.rule.index());
    let mut problem = Problem::new(Code::ExampleFailed, example.span)
        .say("given", Said::List(given(sources, example)))
        .say("expected", expected(model, &expectation.result))
        .say("clause", clause(rule));
    let Ok(decision) = decided else {
        return problem
            .say("result", Said::Word("verdict.unknown"))
            .say("answer", Said::Word("verdict.unknown"));
    };
    let answers = answers(decision, &goals(graph, example, expectation));
    let wrong = answers.iter().find(|(verdict, claims)| {
        !super::compare::one(graph, &expectation.result, decision, *verdict, claims)
    });
    let without = answers.iter().find_map(|(_, claims)| {
        Some((Verdict::Converts, claims, super::compare::lacking(expectation, decision, claims)?))
    });
    let lacking = without.as_ref().filter(|_| wrong.is_none()).map(|(_, _, place)| *place);
    let wrong = wrong.map(|(verdict, claims)| (*verdict, claims));
    let wrong = wrong.or(without.map(|(verdict, claims, _)| (verdict, claims)));
    let (verdict, claims) =
        wrong.map_or((decision.verdict, Vec::new()), |(verdict, claims)| (verdict, claims.clone()));
    if let Some(place) = lacking {
        problem = problem.say("lacking", sources.snippet(place));
    }
    let claim = claims.first().copied();
    let bound = claim.and_then(|claim| bound(sources, decision, claim));
    problem = match bound.filter(|_| verdict == Verdict::Refused && !is_refusal(&expectation.result)) {
        Some(bound) => problem.say("reason", bound),
        None => {
            let grants = claim.into_iter().flat_map(|claim| &claim.grants);
            let grants: Vec<&Grant> = grants.filter_map(|at| decision.grants.get(*at as usize)).collect();
            problem.say("result", result(model, verdict, claim, &grants))
        }
    };
    let grants = claim.into_iter().flat_map(|claim| &claim.grants);
    let grants: Vec<&Grant> = grants.filter_map(|at| decision.grants.get(*at as usize)).collect();
    problem = problem
        .say("answer", result(model, verdict, claim.filter(|_| is_refusal(&expectation.result)), &grants));
    for line in claim.map_or(&[][..], |claim| decisive(decision, claim)) {
        problem = problem.label(*line, "rule");
    }
    let bars = claim.into_iter().flat_map(|claim| &claim.bars).filter(|(_, stands)| stands.is_true());
    for bar in bars.filter_map(|(bar, _)| model.bars.get(bar.index())) {
        problem = problem.label(bar.span, "bar");
    }
    problem
}

const fn is_refusal(expected: &ExpectedResult) -> bool {
    matches!(expected, ExpectedResult::Refused(_))
}

/// What the example gives, in the author's words.
fn given(sources: &Sources, example: &Example) -> Vec<Said> {
    let text = sources.snippet(example.span);
    let before =
        ["->", "→"].iter().find_map(|arrow| text.split_once(arrow)).map_or(text, |(before, _)| before);
    let before = before.trim();
    let before = before.strip_prefix("example").or_else(|| before.strip_prefix("示例")).unwrap_or(before);
    let before = before.trim_start_matches(['：', ':']).trim();
    // Facts in brackets belong to the achievement before them.
    if before.contains(['(', '（']) {
        return vec![before.into()];
    }
    let said = |part: &str| match part.split_once(['=', '＝']) {
        Some((fact, value)) => Said::Given(Box::new(fact.trim().into()), Box::new(value.trim().into())),
        None => Said::Text(part.into()),
    };
    before.split([',', '，', '、']).map(str::trim).map(said).collect()
}

/// The clause that the rule cites, else its name.
fn clause(rule: Option<&Rule>) -> Said {
    let Some(rule) = rule else { return Said::Text("".into()) };
    let clause = rule.cites.iter().find_map(|cite| cite.clause.clone());
    Said::Text(clause.unwrap_or_else(|| rule.name.clone()))
}

fn expected(model: &Model, expected: &ExpectedResult) -> Said {
    match expected {
        ExpectedResult::Converts => Said::Word("verdict.converts"),
        ExpectedResult::Grant(amount, unit, _) | ExpectedResult::Deposit(amount, unit) => {
            credits(model, *amount, *unit)
        }
        ExpectedResult::Effect(effect, _) => effect_word(effect),
        ExpectedResult::Refused(None) => Said::Word("verdict.refused"),
        ExpectedResult::Refused(Some(reason)) => {
            Said::List(vec![Said::Word("verdict.refused"), Said::Word(reason_word(*reason))])
        }
        ExpectedResult::Conflict => Said::Word("verdict.conflict"),
        ExpectedResult::NoRule => Said::Word("verdict.no-rule"),
        ExpectedResult::Refer(_) => Said::Word("verdict.refer"),
        ExpectedResult::Unknown(_) => Said::Word("verdict.unknown"),
        ExpectedResult::NotEstablished => Said::Word("verdict.not-established"),
        ExpectedResult::Nothing => Said::Word("verdict.nothing"),
    }
}

fn result(model: &Model, verdict: Verdict, claim: Option<&Claim>, grants: &[&Grant]) -> Said {
    match verdict {
        Verdict::Converts => match grants.first() {
            Some(Grant { effect: GrantEffect::Other(effect), .. }) => effect_word(effect),
            Some(Grant { amount: Some(amount), unit, .. }) => credits(model, *amount, *unit),
            Some(_) | None => Said::Word("verdict.converts"),
        },
        Verdict::Refused => match claim.and_then(|claim| claim.reason) {
            Some(Why::Refused(reason)) => {
                Said::List(vec![Said::Word("verdict.refused"), Said::Word(reason_word(reason))])
            }
            _ => Said::Word("verdict.refused"),
        },
        Verdict::Conflict => Said::Word("verdict.conflict"),
        Verdict::Refer => Said::Word("verdict.refer"),
        Verdict::Unknown => Said::Word("verdict.unknown"),
        Verdict::NotEstablished => Said::Word("verdict.not-established"),
        Verdict::NoRule => Said::Word("verdict.no-rule"),
    }
}

/// Credits, named as credits where the package has one unit, else by the unit's own name.
fn credits(model: &Model, amount: Ratio, unit: Option<UnitId>) -> Said {
    let named = unit.filter(|_| model.units.len() > 1).and_then(|unit| model.units.get(unit.index()));
    let unit = named.map_or(Said::Word("unit.credit"), |unit| Said::Text(unit.name.clone()));
    Said::Amount(amount, Box::new(unit))
}

fn effect_word(effect: &Effect) -> Said {
    Said::Word(match effect {
        Effect::TotalReduced => "effect.total-reduced",
        Effect::Replaced(_) => "effect.replaced",
        Effect::AttendanceOnly => "effect.attendance-only",
        Effect::Completion => "effect.completion",
        Effect::Access => "effect.access-to",
        Effect::Placement => "effect.placement-in",
        Effect::Entry(_) => "effect.entry-to-year",
        Effect::Award => "effect.award",
    })
}

const fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Excluded => "reason.excluded",
        Reason::AlreadyUsed => "reason.already-used",
        Reason::Expired => "reason.expired",
        Reason::NotYet => "reason.not-yet",
        Reason::NotInForce => "reason.not-in-force",
        Reason::OverLimit => "reason.over-limit",
        Reason::ConditionNotMet => "reason.condition-not-met",
    }
}

/// The bound that is not met, where one fact has to reach a value: the value as the rule writes it.
fn bound(sources: &Sources, decision: &Decision, claim: &Claim) -> Option<Said> {
    let [Change::Fact { to, allowed, .. }] = claim.nearest.first()?.changes.as_slice() else { return None };
    let comparison = match (allowed.least()?, allowed.greatest()?) {
        (End::Closed(least), _) if least == *to => "comparison.at-least",
        (_, End::Closed(most)) if most == *to => "comparison.at-most",
        _ => return None,
    };
    let number = to.number()?;
    let lines = decisive(decision, claim).iter();
    let written = lines.filter_map(|line| as_written(sources.snippet(*line), number)).next();
    Some(Said::Bound(comparison, Box::new(written.map_or(Said::Number(number), Said::Text))))
}

/// The lines of the test that decides: the first false one.
fn decisive<'d>(decision: &'d Decision, claim: &Claim) -> &'d [Span] {
    let mut steps = claim.steps.iter().filter_map(|at| decision.derivation.get(*at as usize));
    let false_test = steps.find(|step| {
        step.truth.is_false()
            && matches!(step.what, What::Test { .. } | What::Compare { .. } | What::Differ { .. })
    });
    false_test.map_or(&[], |step| &step.lines)
}

/// A number as a line writes it, with the 分 that may follow it.
fn as_written(line: &str, number: Ratio) -> Option<Box<str>> {
    let digits = number.to_string();
    let at = line.find(&digits)?;
    let after = line.get(at + digits.len()..)?;
    let unit = if after.starts_with('分') { "分" } else { "" };
    Some(format!("{digits}{unit}").into())
}
