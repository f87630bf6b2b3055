//! The verdict for some achievements and one target, from all instances of rules on them.

use crate::evaluate::{Given, Instance, Open};
use crate::model::{Answer, AttributeKind, BarId, BodyId, Effect, Model, Reason, RuleId, Status, UnitId};
use crate::quantity::Ratio;
use crate::space::Truth;

use super::grant::{carried, onward_of, shown_mark};
use super::later::Later;
use super::{GrantMark, Verdict, Why};

/// What a rule comes to, so that two rules can be compared: equal results are no conflict.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Grant {
        effect: Option<Effect>,
        unit: Option<UnitId>,
        amount: Option<Ratio>,
        published: bool,
        mark: Option<GrantMark>,
        attributes: Vec<AttributeKind>,
        onward: u32,
    },
    /// It says two things of one grant: two levels, two values of a fact, two parts in one place.
    TwoThings,
    Refusal,
    Referral(BodyId),
    /// What it comes to depends on facts that are not known.
    Open,
}

/// The verdict on one line of an answer, with the instances it rests on by their place in the group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<Why>,
    /// The instances that gave the verdict, the first by rule first.
    pub(super) by: Vec<usize>,
    /// Those that may give more.
    pub(super) may_add: Vec<usize>,
    /// What could still decide.
    pub(super) open: Vec<Open>,
    /// The bars that stand or may stand.
    pub(super) bars: Vec<(BarId, Truth)>,
}

/// Judges the instances on one evidence and one target.
pub(super) fn judge(case: &super::Asking<'_>, group: &[&Instance]) -> Judged {
    let model = case.model();
    let outcomes: Vec<Outcome> = group.iter().map(|instance| outcome(case, instance)).collect();
    let barred = |instance: &Instance| instance.bars.iter().any(|(_, stands)| stands.is_true());
    let mut bars: Vec<(BarId, Truth)> =
        group.iter().flat_map(|instance| instance.bars.iter().copied()).collect();
    bars.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    bars.dedup_by_key(|(bar, _)| *bar);

    let verified: Vec<usize> =
        (0..group.len()).filter(|at| group[*at].verified && !barred(group[*at])).collect();
    let active = |wanted: Truth| -> Vec<usize> {
        verified.iter().copied().filter(|at| group[*at].active == wanted).collect()
    };
    let (acting, may) = (active(Truth::True), active(Truth::Unknown));
    let answer = |verdict, reason, by: Vec<usize>| Judged {
        verdict,
        reason,
        by: by_rule(group, by),
        may_add: Vec::new(),
        open: Vec::new(),
        bars: bars.clone(),
    };

    if acting.is_empty() && may.is_empty() && group.iter().any(|instance| barred(instance)) {
        let by = (0..group.len()).filter(|at| barred(group[*at])).collect();
        return answer(Verdict::Refused, Some(Why::Refused(Reason::Excluded)), by);
    }
    if let Some((first, rest)) = acting.split_first() {
        if rest.iter().any(|other| outcomes[*other] != outcomes[*first]) {
            return answer(Verdict::Conflict, None, acting);
        }
        return match &outcomes[*first] {
            Outcome::Grant { .. } | Outcome::Open => {
                let (against, adding): (Vec<usize>, Vec<usize>) =
                    may.iter().partition(|at| outcomes[**at] != outcomes[*first]);
                // A bar that may stand takes nothing away where another scheme surely gives the same.
                let sure = acting.iter().any(|at| group[*at].bars.is_empty());
                let doubtful = if sure { Vec::new() } else { acting.clone() };
                if against.is_empty() && doubtful.is_empty() {
                    let free = |at: &usize| group[*at].bars.is_empty();
                    let (acting, doubted): (Vec<usize>, Vec<usize>) = acting.into_iter().partition(free);
                    let adding = adding.into_iter().chain(doubted).collect();
                    Judged { may_add: by_rule(group, adding), ..answer(Verdict::Converts, None, acting) }
                } else {
                    wait(case, group, (&against, &doubtful), answer)
                }
            }
            Outcome::TwoThings => answer(Verdict::Conflict, None, acting),
            Outcome::Referral(_) => answer(Verdict::Refer, None, acting),
            Outcome::Refusal => {
                let otherwise: Vec<usize> =
                    may.iter().copied().filter(|at| outcomes[*at] != Outcome::Refusal).collect();
                if otherwise.is_empty() {
                    answer(Verdict::Refused, Some(Why::Refused(Reason::Excluded)), acting)
                } else {
                    wait(case, group, (&otherwise, &[]), answer)
                }
            }
        };
    }
    if !may.is_empty() {
        return wait(case, group, (&may, &[]), answer);
    }
    if !verified.is_empty() {
        let mut later = None;
        let mut reason = |at: &usize| {
            let reason = group[*at].reason().unwrap_or(Reason::Excluded);
            let mut comes =
                || later.get_or_insert_with(|| Later::new(case, group[*at].goal)).comes(group[*at]);
            let waits = reason > Reason::NotYet && comes().unwrap_or(false);
            if waits { Reason::NotYet } else { reason }
        };
        let reasons: Vec<Reason> = verified.iter().map(&mut reason).collect();
        let first = reasons.iter().copied().min().unwrap_or(Reason::ConditionNotMet);
        let by = verified.iter().zip(&reasons).filter(|(_, of)| **of == first).map(|(at, _)| *at).collect();
        return answer(Verdict::Refused, Some(Why::Refused(first)), by);
    }
    let would: Vec<usize> =
        (0..group.len()).filter(|at| !group[*at].active.is_false() || group[*at].unpublished).collect();
    if would.is_empty() {
        return answer(Verdict::NoRule, None, (0..group.len()).collect());
    }
    let unpublished = would.iter().all(|at| group[*at].unpublished && is_verified(model, group[*at].rule));
    let unstated = |at: &usize| {
        model.rules.get(group[*at].rule.index()).is_some_and(|rule| rule.status == Status::Unstated)
    };
    let why = if unpublished {
        Why::Unpublished
    } else if would.iter().all(unstated) {
        Why::Unstated
    } else {
        Why::Unverified
    };
    answer(Verdict::NotEstablished, Some(why), would)
}

fn is_verified(model: &Model, rule: RuleId) -> bool {
    let Some(rule) = model.rules.get(rule.index()) else { return false };
    let scheme = model.schemes.get(rule.scheme.index());
    rule.status == Status::Verified && scheme.is_none_or(|scheme| scheme.status == Status::Verified)
}

/// What has to be waited for: everything that is open in some instances, and whether others that hold are barred.
fn wait(
    case: &super::Asking<'_>,
    group: &[&Instance],
    (on, doubtful): (&[usize], &[usize]),
    answer: impl Fn(Verdict, Option<Why>, Vec<usize>) -> Judged,
) -> Judged {
    let mut open: Vec<Open> = Vec::new();
    for at in by_rule(group, on.to_vec()) {
        for question in &group[at].open {
            if !open.contains(question) {
                open.push(question.clone());
            }
        }
    }
    for question in on.iter().chain(doubtful).flat_map(|at| bar_questions(case, group[*at])) {
        if !open.contains(&question) {
            open.push(question);
        }
    }
    let judged = |open: &Open| {
        let declared = case.case.reader.declared(open.of, open.fact);
        open.judgement || declared.is_some_and(|of| of.judged.is_some())
    };
    // The office owes its judgements to itself: nothing is asked of the learner.
    let verdict = if !open.is_empty() && open.iter().all(judged) { Verdict::Refer } else { Verdict::Unknown };
    let contradiction = open.iter().any(|open| open.known.is_contradiction());
    let reason = contradiction.then_some(Why::Contradiction);
    Judged { open, ..answer(verdict, reason, on.iter().chain(doubtful).copied().collect()) }
}

/// The facts that decide whether a bar stands.
fn bar_questions(case: &super::Asking<'_>, instance: &Instance) -> Vec<Open> {
    let mut open = Vec::new();
    for (bar, stands) in &instance.bars {
        if stands.is_unknown() {
            open.extend(case.bar_questions(*bar, instance));
        }
    }
    open
}

fn by_rule(group: &[&Instance], mut places: Vec<usize>) -> Vec<usize> {
    places.sort_by_key(|at| (group[*at].rule, group[*at].alternative));
    places.dedup();
    places
}

/// What an instance comes to.
fn outcome(case: &super::Asking<'_>, instance: &Instance) -> Outcome {
    let grant = |effect, unit, amount, published| {
        let attributes = carried(case, instance);
        if attributes.windows(2).any(|pair| pair[0].contradicts(&pair[1])) {
            return Outcome::TwoThings;
        }
        let (mark, onward) = (shown_mark(case, instance), onward_of(case, instance));
        Outcome::Grant { effect, unit, amount, published, mark, attributes, onward }
    };
    match &instance.value {
        Given::Credit { amount, unit, .. } => match amount.known() {
            Some(known) => grant(None, *unit, Some(known), true),
            None => Outcome::Open,
        },
        Given::CreditUnpublished => grant(None, None, None, false),
        Given::Effect(effect) => grant(Some(effect.clone()), None, None, true),
        Given::Answer(Answer::Refer(body, ..)) => Outcome::Referral(*body),
        Given::Answer(Answer::Refuse(..)) | Given::Zero | Given::Nothing | Given::NotHere => Outcome::Refusal,
        Given::Unpublished | Given::Open => Outcome::Open,
    }
}
