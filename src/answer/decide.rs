//! From a request to its decision: instances, verdicts line by line, and what the whole comes to.
//!
//! Start reading here. Each line is the answer for some achievements and one target as if it alone were asked; the verdict of the
//! whole is the first that occurs in the order of verdicts.

use crate::evaluate::{Goal, HeldId, Key, NoAnswer, Number, Step, by_evidence};
use crate::graph::ConversionGraph;
use crate::model::{Citation, Reason};

use super::asking::Asking;
use super::assembly::Assembly;
use super::grant::grant;
use super::line::{Line, lines_of};
use super::verdict::judge;
use super::whole::{Requires, studied, whole_of};
use super::{Ask, Decision, Grant, Request, Verdict, Why};

/// Answers a request. Arithmetic that cannot be held exactly is the only way to get no answer.
pub fn decide(graph: &ConversionGraph, request: &Request) -> Result<Decision, NoAnswer> {
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
                    .then_with(|| by_ids(&whole, &a.key).cmp(&by_ids(&whole, &b.key)))
            },
        )
    });
    let Some(programme) = request.programme else {
        return Ok(Assembly::of(&whole, request, lines, &derivation));
    };
    let own = studied(&whole, programme)?;
    lines.retain(|line| {
        let unnamed = line.claim.target.is_none() && line.claim.verdict == Verdict::NoRule;
        !unnamed || !line.claim.achievements.iter().all(|held| own.contains(held))
    });
    let mut decision = Assembly::of(&whole, request, lines, &derivation);
    decision.whole = Some(whole_of(&whole, programme, &decision)?);
    cite_the_whole(&whole, &mut decision);
    refuse_what_is_over(&mut decision);
    Ok(decision)
}

/// A claim that would convert alone and of which limits leave nothing is over them.
fn refuse_what_is_over(decision: &mut Decision) {
    let Some(whole) = &decision.whole else { return };
    for claim in decision.claims.iter_mut().filter(|claim| claim.verdict == Verdict::Converts) {
        let over = |grant: &u32| {
            let nothing = whole.grants.iter().any(|of| of.grant == Some(*grant) && of.counted.is_zero());
            nothing && whole.cuts.iter().any(|cut| cut.grant == Some(*grant) && !cut.limits.is_empty())
        };
        if !claim.grants.is_empty() && claim.grants.iter().all(over) {
            claim.verdict = Verdict::Refused;
            claim.reason = Some(Why::Refused(Reason::OverLimit));
        }
    }
    decision.verdict = decision.claims.iter().map(|claim| claim.verdict).min().unwrap_or(decision.verdict);
    let with_it = decision.claims.iter().filter(|claim| claim.verdict == decision.verdict);
    decision.reason = with_it.filter_map(|claim| claim.reason).min();
}

/// What limits and requirements rest on is cited as well.
fn cite_the_whole(asking: &Asking<'_>, decision: &mut Decision) {
    let Some(whole) = &decision.whole else { return };
    let model = asking.model();
    let limits = whole.limits.iter().filter_map(|of| model.limits.get(of.limit as usize));
    let requirements = whole.requirements.iter().filter_map(|of| match of.of {
        Requires::Named(at) => model.requirements.get(at as usize),
        Requires::Block(_) => None,
    });
    for cite in limits.chain(requirements).flat_map(|line| &line.cites) {
        let same = |of: &Citation| of.document == cite.document && of.clause == cite.clause;
        if !decision.citations.iter().any(same) {
            decision.citations.push(cite.clone());
        }
    }
}

/// Evidence by the ids of its achievements: where they stand in the record says nothing.
fn by_ids<'a>(asking: &Asking<'a>, key: &Key) -> (Vec<&'a str>, Vec<(Number, Vec<&'a str>)>) {
    let ids = |held: &[HeldId]| asking.ids(&asking.by_id(held));
    let mut sets: Vec<_> = key.sets.iter().map(|(number, set)| (*number, ids(set))).collect();
    sets.sort_unstable();
    (ids(&key.singles), sets)
}

/// The grant that fits, if one more look at the goal gives it: for changes that are tried out.
pub(super) fn converts(
    asking: &Asking<'_>,
    goal: Goal,
    fits: impl Fn(&Grant) -> bool,
) -> Result<Option<Grant>, NoAnswer> {
    let all = asking.quiet(goal)?;
    for group in by_evidence(&all) {
        let judged = judge(asking, &group);
        if judged.verdict == Verdict::Converts {
            // Other achievements may convert to the same target, or deposit in the same account: they answer nothing here.
            let granted = judged.by.iter().filter_map(|at| grant(asking, group[*at])).find(&fits);
            if granted.is_some() {
                return Ok(granted);
            }
        }
    }
    Ok(None)
}
