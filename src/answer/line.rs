//! One line of an answer: some achievements, one target, the verdict on them and all that speaks for it.

use std::ops::Range;

use crate::evaluate::{
    CellSays, Evidence, Given, Goal, HeldId, Instance, Key, NoAnswer, Open, Step, by_evidence, instances,
};
use crate::graph::goals_of;
use crate::model::{Answer, Citation, Gives, OutcomeId, Reason, RuleId, Scheme, Targets};
use crate::quantity::Date;

use super::asking::Asking;
use super::grant::{achievements, grant};
use super::nearest;
use super::validity::valid_until;
use super::verdict::{Judged, judge};
use super::{
    Claim, Counterfactual, Grant, OpenChoice, Question, QuestionKind, Referral, SetAside, Verdict, Why,
};

/// One line of the answer on its way.
pub(super) struct Line {
    pub(super) claim: Claim,
    /// What it is about: its achievements before any choice among them.
    pub(super) about: Vec<HeldId>,
    pub(super) key: Key,
    pub(super) grants: Vec<Grant>,
    pub(super) steps: Vec<Range<u32>>,
    pub(super) cites: Vec<Citation>,
    pub(super) counterfactuals: Vec<Counterfactual>,
    pub(super) considered: Vec<RuleId>,
    pub(super) looks_at_record: bool,
    /// The last day on which it stands.
    pub(super) valid_until: Option<Date>,
}

impl Line {
    pub(super) fn is_same(&self, other: &Line) -> bool {
        self.claim.target == other.claim.target && self.key == other.key && self.about == other.about
    }
}

pub(super) fn lines_of(asking: &Asking<'_>, derivation: &mut Vec<Step>) -> Result<Vec<Line>, NoAnswer> {
    let mut lines = Vec::new();
    let mut named: Vec<HeldId> = Vec::new();
    for goal in asking.goals() {
        let all = instances(&asking.case, goal, derivation)?;
        named.extend(all.iter().flat_map(|instance| instance.passed_over.iter().copied()));
        for group in by_evidence(&all) {
            named.extend(group.first().map_or_else(Vec::new, |first| first.key.all()));
            lines.push(line(asking, goal, &group)?);
        }
    }
    match asking.target {
        Some(goal) if lines.is_empty() => lines.push(unnamed(asking, asking.case.held.clone(), Some(goal))?),
        Some(_) => {}
        None => {
            for &held in asking.case.held.iter().filter(|held| !named.contains(held)) {
                lines.push(unnamed(asking, vec![held], None)?);
            }
        }
    }
    Ok(lines)
}

/// The line of achievements that instances speak of.
fn line(asking: &Asking<'_>, goal: Goal, group: &[&Instance]) -> Result<Line, NoAnswer> {
    let judged = judge(asking, group);
    let mut claim =
        empty_claim(group.first().map_or_else(Vec::new, |first| achievements(asking, first)), Some(goal));
    claim.verdict = judged.verdict;
    claim.reason = judged.reason;
    claim.rules = judged.by.iter().map(|at| group[*at].rule).collect();
    claim.rules.dedup();
    claim.rule = claim.rules.first().copied();
    claim.may_add = judged.may_add.iter().map(|at| group[*at].rule).collect();
    claim.questions = questions(asking, &judged, group);
    claim.bars = judged.bars.clone();
    for instance in group {
        let aside = instance.set_aside.iter();
        claim.set_aside.extend(aside.map(|(by, truth)| SetAside {
            rule: instance.rule,
            by: *by,
            truth: *truth,
        }));
    }
    claim.set_aside.sort_unstable_by_key(|aside| (aside.rule, aside.by));
    claim.set_aside.dedup();
    let first = judged.by.first().and_then(|at| group.get(*at)).copied();
    if let Some(first) = first {
        claim.evidence = first.evidence.clone();
    }
    let mut grants = Vec::new();
    let mut cites = Vec::new();
    let mut counterfactuals = Vec::new();
    for rule in claim.rules.iter().filter_map(|rule| asking.rule(*rule)) {
        cites.extend(rule.cites.iter().cloned());
    }
    for (bar, _) in claim.bars.iter().filter(|(_, stands)| stands.is_true()) {
        if let Some(bar) = asking.model().bars.get(bar.index()) {
            cites.extend(bar.cites.iter().cloned());
        }
    }
    match claim.verdict {
        Verdict::Converts => {
            if let Some(first) = first {
                claim.achievements = asking.by_id(&first.used);
                let possible =
                    first.evidence.slots.iter().flat_map(|slot| &slot.possible).copied().collect::<Vec<_>>();
                claim.may_add_achievements = asking.by_id(&possible);
                let granted = grant(asking, first);
                grants
                    .extend(granted.map(|grant| Grant { valid_until: valid_until(asking, first), ..grant }));
                claim.open_choices.extend(open_choice(asking, first));
            }
        }
        Verdict::Refer => claim.referral = first.and_then(|first| referral(asking, first)),
        Verdict::Refused => {
            refusal(asking, &mut claim, first);
            let open_bars = claim.bars.iter().any(|(_, stands)| stands.is_true());
            if !open_bars && claim.reason != Some(Why::Refused(Reason::AlreadyUsed)) {
                claim.nearest = nearest::of_group(asking, group)?;
                counterfactuals = nearest::would_convert(asking, goal, &claim.nearest, &claim.achievements)?;
            }
        }
        Verdict::NoRule => otherwise(asking, &mut claim),
        Verdict::Conflict | Verdict::Unknown | Verdict::NotEstablished => {}
    }
    Ok(Line {
        about: achievements_of(asking, group),
        key: group.first().map_or_else(Key::default, |first| first.key.clone()),
        grants,
        steps: in_rule_order(group),
        cites,
        counterfactuals,
        considered: group.iter().map(|instance| instance.rule).collect(),
        valid_until: judged.by.iter().filter_map(|at| valid_until(asking, group[*at])).min(),
        looks_at_record: group.iter().any(|instance| nearest::looks_at_record(asking, instance.rule)),
        claim,
    })
}

fn achievements_of(asking: &Asking<'_>, group: &[&Instance]) -> Vec<HeldId> {
    group.first().map_or_else(Vec::new, |first| achievements(asking, first))
}

fn in_rule_order(group: &[&Instance]) -> Vec<Range<u32>> {
    let mut ordered: Vec<&&Instance> = group.iter().collect();
    ordered.sort_by_key(|instance| (instance.rule, instance.alternative));
    ordered.into_iter().map(|instance| instance.steps.0..instance.steps.1).collect()
}

/// The line of achievements that no rule names for the target, or for any.
fn unnamed(asking: &Asking<'_>, held: Vec<HeldId>, goal: Option<Goal>) -> Result<Line, NoAnswer> {
    let mut claim = empty_claim(asking.by_id(&held), goal);
    let mut cites = Vec::new();
    if let Some(goal) = goal {
        for (bar, stands) in nearest::standing_bars(asking, goal, &held)? {
            claim.bars.push((bar, stands));
            if let Some(bar) = asking.model().bars.get(bar.index()) {
                cites.extend(bar.cites.iter().cloned());
            }
        }
    }
    if claim.bars.is_empty() {
        claim.nearest = nearest::of_unnamed(asking, &held, goal)?;
        otherwise(asking, &mut claim);
    } else {
        claim.verdict = Verdict::Refused;
        claim.reason = Some(Why::Refused(Reason::Excluded));
        refusal(asking, &mut claim, None);
    }
    let key = Key { singles: held, sets: Vec::new() };
    let about = claim.achievements.clone();
    Ok(Line {
        claim,
        about,
        key,
        grants: Vec::new(),
        steps: Vec::new(),
        cites,
        counterfactuals: Vec::new(),
        considered: Vec::new(),
        looks_at_record: false,
        valid_until: None,
    })
}

fn empty_claim(achievements: Vec<HeldId>, target: Option<Goal>) -> Claim {
    Claim {
        achievements,
        evidence: Evidence::default(),
        target,
        verdict: Verdict::NoRule,
        reason: None,
        rule: None,
        rules: Vec::new(),
        grants: Vec::new(),
        referral: None,
        because: None,
        cell: None,
        questions: Vec::new(),
        nearest: Vec::new(),
        set_aside: Vec::new(),
        bars: Vec::new(),
        may_add: Vec::new(),
        may_add_achievements: Vec::new(),
        competing: Vec::new(),
        open_choices: Vec::new(),
        citations: Vec::new(),
        steps: Vec::new(),
    }
}

/// What a scheme answers in place of `no rule`.
fn otherwise(asking: &Asking<'_>, claim: &mut Claim) {
    let model = asking.model();
    let has = |scheme: &Scheme, goal: Goal| {
        scheme.rules.iter().filter_map(|rule| asking.rule(*rule)).any(|rule| goals_of(rule).contains(&goal))
    };
    // A target is its own schemes' matter; one that no scheme has, anybody's.
    let owned = claim.target.filter(|goal| model.schemes.iter().any(|scheme| has(scheme, *goal)));
    let speaks = |scheme: &&Scheme| !scheme.is_frame && owned.is_none_or(|goal| has(scheme, goal));
    let answers = || model.schemes.iter().filter(speaks).filter_map(|scheme| scheme.otherwise.as_ref());
    let answer = answers().find(|answer| matches!(answer, Answer::Refer(..))).or_else(|| answers().next());
    match answer {
        Some(Answer::Refer(to, because, span)) => {
            claim.verdict = Verdict::Refer;
            claim.referral = Some(Referral { to: Some(*to), because: because.clone(), span: Some(*span) });
        }
        Some(Answer::Refuse(because, span)) => {
            claim.verdict = Verdict::Refused;
            claim.reason = Some(Why::Refused(Reason::Excluded));
            claim.because = because.clone().map(|because| (because, *span));
        }
        None => {}
    }
}

fn referral(asking: &Asking<'_>, instance: &Instance) -> Option<Referral> {
    let Given::Answer(Answer::Refer(to, because, span)) = &instance.value else {
        // Only judgements are missing: the judge is asked, else the body that applies the rule.
        let judge = instance
            .open
            .iter()
            .find_map(|open| asking.case.reader.declared(open.of, open.fact).and_then(|of| of.judged));
        if let Some(judge) = judge {
            return Some(Referral { to: Some(judge.by), because: None, span: None });
        }
        return Some(Referral { to: asking.rule(instance.rule)?.by, because: None, span: None });
    };
    Some(Referral { to: Some(*to), because: because.clone(), span: Some(*span) })
}

/// The cause of a refusal, as the text gives it.
fn refusal(asking: &Asking<'_>, claim: &mut Claim, instance: Option<&Instance>) {
    let bars = claim.bars.iter().filter(|(_, stands)| stands.is_true());
    let of_bar = bars.filter_map(|(bar, _)| asking.model().bars.get(bar.index()));
    if let Some((because, span)) = of_bar.filter_map(|bar| Some((bar.because.clone()?, bar.span))).next() {
        claim.because = Some((because, span));
        return;
    }
    let Some(instance) = instance else { return };
    match &instance.value {
        Given::Answer(Answer::Refuse(because, span)) if instance.active.is_true() => {
            claim.because = because.clone().map(|because| (because, *span));
        }
        Given::Zero => claim.cell = Some(CellSays::Zero),
        Given::NotHere
            if !instance.partial
                && matches!(
                    asking.rule_toward(instance.rule, instance.goal).map(|rule| &rule.gives),
                    Some(Gives::Credit(_))
                ) =>
        {
            claim.cell = Some(CellSays::NotHere);
        }
        _ => {}
    }
}

/// The choice that a rule leaves to the learner, where it was not made.
fn open_choice(asking: &Asking<'_>, instance: &Instance) -> Option<OpenChoice> {
    let Targets::Choose { number, up_to, of } = &asking.rule_toward(instance.rule, instance.goal)?.targets
    else {
        return None;
    };
    if asking.case.chosen.iter().any(|(rule, _)| *rule == instance.rule) {
        return None;
    }
    let mut of: Vec<_> = of.iter().filter(|target| !target.excluded).map(|target| target.outcome).collect();
    // What is used does not convert to itself.
    let used = |outcome: &OutcomeId| {
        instance.used.iter().any(|held| asking.held(*held).is_some_and(|of| of.outcome == Some(*outcome)))
    };
    of.retain(|outcome| !used(outcome));
    of.sort_unstable();
    let leaves = (*number as usize) < of.len();
    // Of a large family so many are named with each of its members; all of them have lines of their own.
    if asking.rule(instance.rule).is_some_and(|rule| rule.family.is_some()) {
        of.truncate(super::SHOWN_OUTCOMES);
    }
    leaves.then_some(OpenChoice { rule: instance.rule, number: *number, up_to: *up_to, of })
}

/// Every fact that could still matter, each once, with its proof.
fn questions(asking: &Asking<'_>, judged: &Judged, group: &[&Instance]) -> Vec<Question> {
    let rules_of = |open: &Open| {
        let asks =
            |instance: &&&Instance| instance.open.contains(open) || instance.asked_by_bars.contains(open);
        let asking = group.iter().filter(asks).map(|instance| instance.rule);
        let mut rules: Vec<RuleId> = asking.collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    };
    let mut questions: Vec<Question> = Vec::new();
    for open in &judged.open {
        let rules = rules_of(open);
        if let Some(before) =
            questions.iter_mut().find(|before| before.of == open.of && before.fact == open.fact)
        {
            before.rules.extend(rules);
            before.rules.sort_unstable();
            before.rules.dedup();
            continue;
        }
        let declared = asking.case.reader.declared(open.of, open.fact);
        let judge = declared.and_then(|of| of.judged).map(|judge| judge.by);
        questions.push(Question {
            of: open.of,
            fact: open.fact,
            value_type: open.value_type,
            known: open.known.clone(),
            kind: if judge.is_some() || open.judgement {
                QuestionKind::Judgement
            } else {
                QuestionKind::Fact
            },
            judge,
            proof: declared.and_then(|of| of.proof.clone()),
            rules,
        });
    }
    questions.sort_by_key(|question| (asking.place_of(question.of), question.fact));
    questions
}
