//! The lines of an answer put together: what is cited once, what competes, what the whole comes to.

use crate::evaluate::Step;
use crate::model::{Citation, Remark, RuleId, Targets, Use};

use super::asking::Asking;
use super::line::Line;
use super::{Claim, Counterfactual, Decision, Request, SEMANTICS, Verdict};

/// Puts the lines together.
pub(super) struct Assembly {
    decision: Decision,
}

impl Assembly {
    pub(super) fn of(asking: &Asking<'_>, request: &Request, lines: Vec<Line>, steps: &[Step]) -> Decision {
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
                valid_until: lines.iter().filter_map(|line| line.valid_until).min(),
                whole: None,
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
        }
    }

    /// Where each achievement counts once, claims that convert the same one to different targets name each other.
    fn compete(&mut self, asking: &Asking<'_>) {
        let claims = &self.decision.claims;
        let mut pairs: Vec<(usize, u32)> = Vec::new();
        let once = |rule: RuleId| {
            asking.rule(rule).is_some_and(|rule| matches!(rule.achievements, Use::Once | Use::OnceEverywhere))
        };
        let converting: Vec<usize> =
            (0..claims.len()).filter(|at| claims[*at].verdict == Verdict::Converts).collect();
        if !converting.iter().any(|at| claims[*at].rule.is_some_and(once)) {
            return;
        }
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
    let ours_id = ours;
    let Some((our_rule, their_rule)) = asking.rule(ours).zip(asking.rule(theirs)) else { return false };
    // The members of a large family are told apart by its choice, not pair by pair.
    if ours == theirs && our_rule.family.is_some() && our_rule.targets.all().len() > super::SHOWN_OUTCOMES {
        return false;
    }
    let (we, they) = (our_rule.achievements, their_rule.achievements);
    let everywhere = we == Use::OnceEverywhere || they == Use::OnceEverywhere;
    let scope = |rule: &crate::model::Rule| {
        asking.model().schemes.get(rule.scheme.index()).map(|scheme| scheme.scope)
    };
    let here = scope(our_rule) == scope(their_rule) && we == Use::Once && they == Use::Once;
    // One application of a rule may give several targets for the same achievements; where they are a choice, it gives one.
    let chooses = one.target.zip(other.target).is_some_and(|(ours, theirs)| {
        let line = |goal| asking.rule_toward(ours_id, goal).map(|rule| &rule.targets);
        line(ours) == line(theirs) && matches!(line(ours), Some(Targets::Choose { number: 1, .. }))
    });
    let together = ours == theirs && !chooses;
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
