//! From a request to its decision: instances, verdicts line by line, and what the whole comes to.
//!
//! Start reading here. Each line is the answer for some achievements and one target as if it alone were asked; the verdict of the
//! whole is the first that occurs in the order of verdicts.

use std::ops::Range;

use crate::evaluate::{Evidence, Goal, HeldId, Instance, Key, Open, Owner, Step, instances};
use crate::graph::ConversionGraph;
use crate::model::{Answer, Citation, Gives, Remark, RuleId, Targets, Use};
use crate::quantity::Overflow;

use super::asking::Asking;
use super::grant::{achievements, grant, valid_until};
use super::nearest;
use super::verdict::{Judged, judge};
use super::{
    Ask, Claim, Counterfactual, Decision, Grant, OpenChoice, Question, QuestionKind, Referral, Request,
    SEMANTICS, SetAside, Verdict, Why,
};

/// Answers a request. Arithmetic that cannot be held exactly is the only way to get no answer.
pub fn decide(graph: &ConversionGraph, request: &Request) -> Result<Decision, Overflow> {
    let everything = [Ask::default()];
    let asks = if request.asks.is_empty() { &everything[..] } else { &request.asks };
    let mut lines: Vec<Line> = Vec::new();
    let mut derivation: Vec<Step> = Vec::new();
    for ask in asks {
        for line in lines_of(&Asking::new(graph, request, ask), &mut derivation)? {
            // Within one ask no two lines are the same.
            if asks.len() == 1 || !lines.iter().any(|other| other.is_same(&line)) {
                lines.push(line);
            }
        }
    }
    let whole = Asking::new(graph, request, &Ask::default());
    lines.sort_by(|a, b| {
        (a.claim.target.is_none(), a.claim.target).cmp(&(b.claim.target.is_none(), b.claim.target)).then_with(
            || {
                whole
                    .ids(&a.about)
                    .cmp(&whole.ids(&b.about))
                    .then(a.claim.rule.cmp(&b.claim.rule))
                    .then(a.key.cmp(&b.key))
            },
        )
    });
    Ok(Assembly::of(&whole, request, lines, &derivation))
}

/// One line of the answer on its way.
struct Line {
    claim: Claim,
    /// What it is about: its achievements before any choice among them.
    about: Vec<HeldId>,
    key: Key,
    grants: Vec<Grant>,
    steps: Vec<Range<u32>>,
    cites: Vec<Citation>,
    counterfactuals: Vec<Counterfactual>,
    considered: Vec<RuleId>,
    looks_at_record: bool,
}

impl Line {
    fn is_same(&self, other: &Line) -> bool {
        self.claim.target == other.claim.target && self.key == other.key && self.about == other.about
    }
}

fn lines_of(asking: &Asking<'_>, derivation: &mut Vec<Step>) -> Result<Vec<Line>, Overflow> {
    let mut lines = Vec::new();
    let mut named: Vec<HeldId> = Vec::new();
    for goal in asking.goals() {
        let all = instances(&asking.case, goal, derivation)?;
        let mut keys: Vec<&Key> = all.iter().map(|instance| &instance.key).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let group: Vec<&Instance> = all.iter().filter(|instance| instance.key == *key).collect();
            named.extend(key.all());
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
fn line(asking: &Asking<'_>, goal: Goal, group: &[&Instance]) -> Result<Line, Overflow> {
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
                grants.extend(grant(asking, first));
                claim.open_choices.extend(open_choice(asking, first));
            }
        }
        Verdict::Refer => claim.referral = first.and_then(|first| referral(asking, first)),
        Verdict::Refused => {
            refusal(asking, &mut claim, first);
            let open_bars = claim.bars.iter().any(|(_, stands)| stands.is_true());
            if !open_bars && claim.reason != Some(Why::Refused(crate::model::Reason::AlreadyUsed)) {
                claim.nearest = nearest::of_group(asking, group)?;
                counterfactuals = nearest::would_convert(asking, goal, &claim.nearest)?;
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
fn unnamed(asking: &Asking<'_>, held: Vec<HeldId>, goal: Option<Goal>) -> Result<Line, Overflow> {
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
        claim.reason = Some(Why::Refused(crate::model::Reason::Excluded));
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
    let speaks = |scheme: &&crate::model::Scheme| match claim.target {
        None => true,
        Some(goal) => scheme
            .rules
            .iter()
            .filter_map(|rule| asking.rule(*rule))
            .any(|rule| crate::graph::goals_of(rule).contains(&goal)),
    };
    let answer = model.schemes.iter().filter(speaks).find_map(|scheme| scheme.otherwise.as_ref());
    match answer {
        Some(Answer::Refer(to, because, span)) => {
            claim.verdict = Verdict::Refer;
            claim.referral = Some(Referral { to: Some(*to), because: because.clone(), span: Some(*span) });
        }
        Some(Answer::Refuse(because, span)) => {
            claim.verdict = Verdict::Refused;
            claim.reason = Some(Why::Refused(crate::model::Reason::Excluded));
            claim.because = because.clone().map(|because| (because, *span));
        }
        None => {}
    }
}

fn referral(asking: &Asking<'_>, instance: &Instance) -> Option<Referral> {
    let crate::evaluate::Given::Answer(Answer::Refer(to, because, span)) = &instance.value else {
        // Only judgements are missing: the body that applies the rule asks for them.
        let scheme = asking.model().schemes.get(asking.rule(instance.rule)?.scheme.index())?;
        return Some(Referral { to: scheme.by, because: None, span: None });
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
        crate::evaluate::Given::Answer(Answer::Refuse(because, span)) if instance.active.is_true() => {
            claim.because = because.clone().map(|because| (because, *span));
        }
        crate::evaluate::Given::Zero => claim.cell = Some(crate::evaluate::CellSays::Zero),
        crate::evaluate::Given::NotHere
            if !instance.partial
                && matches!(asking.rule(instance.rule).map(|rule| &rule.gives), Some(Gives::Credit(_))) =>
        {
            claim.cell = Some(crate::evaluate::CellSays::NotHere);
        }
        _ => {}
    }
}

/// The choice that a rule leaves to the learner, where it was not made.
fn open_choice(asking: &Asking<'_>, instance: &Instance) -> Option<OpenChoice> {
    let Targets::Choose { number, up_to, of } = &asking.rule(instance.rule)?.targets else { return None };
    if asking.case.chosen.iter().any(|(rule, _)| *rule == instance.rule) {
        return None;
    }
    let of: Vec<_> = of.iter().filter(|target| !target.excluded).map(|target| target.outcome).collect();
    ((*number as usize) < of.len()).then_some(OpenChoice {
        rule: instance.rule,
        number: *number,
        up_to: *up_to,
        of,
    })
}

/// Every fact that could still matter, each once, with its proof.
fn questions(asking: &Asking<'_>, judged: &Judged, group: &[&Instance]) -> Vec<Question> {
    let rules_of = |open: &Open| {
        let asking =
            group.iter().filter(|instance| instance.open.contains(open)).map(|instance| instance.rule);
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
        questions.push(Question {
            of: open.of,
            fact: open.fact,
            value_type: open.value_type,
            known: open.known.clone(),
            kind: QuestionKind::Fact,
            proof: declared.and_then(|of| of.proof.clone()),
            rules,
        });
    }
    questions.sort_by_key(|question| (order(asking, question.of), question.fact));
    questions
}

/// Owners in the order of achievements' ids, then the target, the learner, the plan, the request.
fn order<'a>(asking: &Asking<'a>, of: Owner) -> (Owner, &'a str) {
    match of {
        Owner::Held(held) => (Owner::Held(HeldId(0)), crate::evaluate::id(&asking.case.reader, held)),
        other => (other, ""),
    }
}

/// Puts the lines together.
struct Assembly {
    decision: Decision,
}

impl Assembly {
    fn of(asking: &Asking<'_>, request: &Request, lines: Vec<Line>, steps: &[Step]) -> Decision {
        let verdict = lines.iter().map(|line| line.claim.verdict).min().unwrap_or(Verdict::NoRule);
        let with_it = lines.iter().filter(|line| line.claim.verdict == verdict);
        let reason = with_it.filter_map(|line| line.claim.reason).min();
        let asked_by_name =
            !request.asks.is_empty() && request.asks.iter().all(|ask| !ask.achievements.is_empty());
        let is_final =
            !request.record.partial || (asked_by_name && !lines.iter().any(|line| line.looks_at_record));
        let mut considered: Vec<RuleId> =
            lines.iter().flat_map(|line| line.considered.iter().copied()).collect();
        considered.sort_unstable();
        considered.dedup();
        let mut all = Assembly {
            decision: Decision {
                as_of: request.as_of,
                semantics: SEMANTICS,
                verdict,
                reason,
                is_final,
                claims: Vec::with_capacity(lines.len()),
                grants: Vec::new(),
                considered: short(considered.len()),
                derivation: Vec::new(),
                citations: citations(asking, &lines),
                readings: Vec::new(),
                advice: Vec::new(),
                notes: Vec::new(),
                in_force_not_stated: Vec::new(),
                counterfactuals: Vec::new(),
                valid_until: None,
            },
        };
        for line in lines {
            all.add(line, steps);
        }
        all.remarks(asking);
        all.compete(asking);
        all.decision.counterfactuals.sort_by_key(|other| (other.changes.len(), other.rule, other.target));
        let mut kept: Vec<Counterfactual> = Vec::new();
        for other in std::mem::take(&mut all.decision.counterfactuals) {
            if !kept.contains(&other) {
                kept.push(other);
            }
        }
        all.decision.counterfactuals = kept;
        all.decision
    }

    fn add(&mut self, line: Line, steps: &[Step]) {
        let decision = &mut self.decision;
        let mut claim = line.claim;
        let place = short(decision.claims.len());
        let mut cited: Vec<u32> =
            line.cites.iter().filter_map(|cite| cited(&decision.citations, cite)).collect();
        cited.sort_unstable();
        cited.dedup();
        for mut grant in line.grants {
            grant.citations = cited.clone();
            grant.claim = place;
            let same = decision.grants.iter().position(|before| {
                before.targets.len() > 1
                    && (before.rule, &before.achievements, &before.targets)
                        == (grant.rule, &grant.achievements, &grant.targets)
            });
            let at = same.unwrap_or(decision.grants.len());
            if same.is_none() {
                decision.grants.push(grant);
            }
            claim.grants.push(short(at));
        }
        claim.citations = cited;
        for range in line.steps {
            let kept = steps.get(range.start as usize..range.end as usize).unwrap_or(&[]);
            for step in kept {
                claim.steps.push(short(decision.derivation.len()));
                decision.derivation.push(step.clone());
            }
        }
        decision.counterfactuals.extend(line.counterfactuals);
        decision.claims.push(claim);
    }

    /// Readings, advice, notes and dates of the rules that the claims rest on.
    fn remarks(&mut self, asking: &Asking<'_>) {
        let mut rules: Vec<RuleId> =
            self.decision.claims.iter().flat_map(|claim| claim.rules.iter().copied()).collect();
        rules.sort_unstable();
        rules.dedup();
        let add = |to: &mut Vec<Remark>, from: &[Remark]| {
            for remark in from {
                if !to.contains(remark) {
                    to.push(remark.clone());
                }
            }
        };
        for (id, rule) in rules.iter().filter_map(|id| Some((*id, asking.rule(*id)?))) {
            add(&mut self.decision.readings, &rule.readings);
            add(&mut self.decision.advice, &rule.advice);
            add(&mut self.decision.notes, &rule.notes);
            if rule.in_force_not_stated {
                self.decision.in_force_not_stated.push(id);
            }
            self.decision.valid_until =
                self.decision.valid_until.into_iter().chain(valid_until(asking, rule)).min();
        }
    }

    /// Where each achievement counts once, claims that convert the same one to different targets name each other.
    fn compete(&mut self, asking: &Asking<'_>) {
        let once =
            |scheme: &crate::model::Scheme| matches!(scheme.achievements, Use::Once | Use::OnceEverywhere);
        if !asking.model().schemes.iter().any(once) {
            return;
        }
        let claims = &self.decision.claims;
        let mut pairs: Vec<(usize, u32)> = Vec::new();
        let converting: Vec<usize> =
            (0..claims.len()).filter(|at| claims[*at].verdict == Verdict::Converts).collect();
        for &one in &converting {
            for &other in &converting {
                if one != other && competes(asking, &claims[one], &claims[other]) {
                    pairs.push((one, short(other)));
                }
            }
        }
        for (one, other) in pairs {
            self.decision.claims[one].competing.push(other);
        }
    }
}

fn competes(asking: &Asking<'_>, one: &Claim, other: &Claim) -> bool {
    if one.target == other.target || !one.achievements.iter().any(|held| other.achievements.contains(held)) {
        return false;
    }
    let Some((ours, theirs)) = one.rule.zip(other.rule) else { return false };
    let Some((our_rule, their_rule)) = asking.rule(ours).zip(asking.rule(theirs)) else { return false };
    let serves = |rule: &crate::model::Rule| {
        asking.model().schemes.get(rule.scheme.index()).map_or(Use::Unsaid, |scheme| scheme.achievements)
    };
    let everywhere = serves(our_rule) == Use::OnceEverywhere || serves(their_rule) == Use::OnceEverywhere;
    let here = our_rule.scheme == their_rule.scheme && serves(our_rule) == Use::Once;
    // One application of a rule may give several targets for the same achievements; where they are a choice, it gives one.
    let together = ours == theirs && !matches!(our_rule.targets, Targets::Choose { number: 1, .. });
    (everywhere || here) && !together
}

/// What the lines rest on, each once, by document and clause.
fn citations(asking: &Asking<'_>, lines: &[Line]) -> Vec<Citation> {
    let mut all: Vec<Citation> = lines.iter().flat_map(|line| line.cites.iter().cloned()).collect();
    let name = |cite: &Citation| {
        asking.model().documents.get(cite.document.index()).map(|document| document.name.clone())
    };
    all.sort_by(|a, b| {
        name(a).cmp(&name(b)).then_with(|| a.clause.cmp(&b.clause)).then_with(|| a.span.cmp(&b.span))
    });
    all.dedup_by(|a, b| a.document == b.document && a.clause == b.clause);
    all
}

fn cited(all: &[Citation], cite: &Citation) -> Option<u32> {
    all.iter().position(|other| other.document == cite.document && other.clause == cite.clause).map(short)
}

fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Whether one more look at the goal gives a grant: for changes that are tried out.
pub(super) fn converts(asking: &Asking<'_>, goal: Goal) -> Result<Option<Vec<Grant>>, Overflow> {
    let all = asking.quiet(goal)?;
    let mut keys: Vec<&Key> = all.iter().map(|instance| &instance.key).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let group: Vec<&Instance> = all.iter().filter(|instance| instance.key == *key).collect();
        let judged = judge(asking, &group);
        if judged.verdict == Verdict::Converts {
            let grants = judged.by.first().and_then(|at| grant(asking, group[*at]));
            return Ok(Some(grants.into_iter().collect()));
        }
    }
    Ok(None)
}
