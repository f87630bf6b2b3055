//! From what stands to what is said: the verdict on some achievements and one target, and what is granted.

use super::condition::{Reason, View, Who, World};
use super::decide::{Line, Verdict, sorted};
use super::instance::{Instance, some_of_each, split, worth_enough};
use super::model::{Gives, Take};
use super::record::Goal;
use super::value::Truth;
use super::waiting::comes;
use super::worth::{Res, best};

/// The scheme that grants, and the achievements that it uses.
#[derive(Clone, Debug)]
pub struct Basis {
    pub scheme: String,
    pub rule: String,
    /// Whether the rule gives one of its targets only, as the learner chooses.
    pub chooses_one: bool,
    pub used: Vec<usize>,
}

pub fn verdict(world: &World<'_>, group: &[&Instance<'_>], goal: Goal) -> (Line, Option<Basis>) {
    let name = |it: &Instance<'_>| format!("{}.{}", it.rule.scheme, it.rule.name);
    let standing: Vec<&Instance<'_>> =
        group.iter().filter(|it| it.verified && it.bar.truth != Truth::T).copied().collect();
    let of = |truth: Truth| -> Vec<&Instance<'_>> {
        standing.iter().filter(|it| it.active.truth == truth).copied().collect()
    };
    let (mut act, may) = (of(Truth::T), of(Truth::U));
    act.sort_by_key(|it| name(it));
    let mut line = Line {
        achievements: Vec::new(),
        target: Some(goal),
        verdict: Verdict::NoRule,
        reason: None,
        grants: Vec::new(),
        competes: Vec::new(),
        questions: Vec::new(),
        rules: Vec::new(),
    };
    let mut basis = None;
    let mut say = |verdict: Verdict, rules: &[&Instance<'_>]| {
        line.verdict = verdict;
        line.rules = sorted(rules.iter().map(|it| name(it)).collect());
    };
    let is_grant = |it: &&Instance<'_>| matches!(it.result, Some(Res::Grant { .. }));
    let equal = act.windows(2).all(|pair| pair[0].result == pair[1].result)
        && !act.iter().any(|it| matches!(it.result, Some(Res::TwoThings)));
    let mut waits: Vec<&Instance<'_>> = Vec::new();
    if !act.is_empty() && !equal {
        say(Verdict::Conflict, &act);
    } else if act.iter().any(is_grant) {
        // What could take the grant away: an answer that differs, and a bar, unless another scheme gives the same for sure.
        let sure = act.iter().find(|it| it.bar.truth == Truth::F);
        waits = may.iter().filter(|it| it.result != act[0].result).copied().collect();
        if sure.is_none() {
            waits.extend(&act);
        }
        match sure.filter(|_| waits.is_empty()) {
            Some(grant) => {
                say(Verdict::Converts, &act);
                let used = used(world, grant);
                line.grants = vec![granted(world, grant, &used)];
                basis = Some(Basis {
                    scheme: grant.rule.scheme.clone(),
                    rule: grant.rule.name.clone(),
                    chooses_one: grant.rule.chooses == Some(1),
                    used,
                });
            }
            None => say(Verdict::Unknown, &waits),
        }
    } else if let Some(first) = act.first() {
        if matches!(first.result, Some(Res::Refer(_))) {
            say(Verdict::Refer, &act);
        } else {
            waits = may.iter().filter(|it| it.result != Some(Res::Refuse)).copied().collect();
            if waits.is_empty() {
                say(Verdict::Refused, &act);
                line.reason = Some(Reason::Excluded);
            } else {
                say(Verdict::Unknown, &waits);
            }
        }
    } else if !may.is_empty() {
        waits = may;
        say(Verdict::Unknown, &waits);
    } else {
        let failed: Vec<&Instance<'_>> =
            group.iter().filter(|it| it.verified || it.bar.truth == Truth::T).copied().collect();
        if !failed.is_empty() {
            say(Verdict::Refused, &failed);
            line.reason = failed.iter().flat_map(|it| reasons(world, it)).min();
        } else if group.iter().any(|it| it.active.truth != Truth::F) {
            say(Verdict::NotEstablished, group);
        }
    }
    for it in waits {
        line.questions.extend(it.active.questions.iter().chain(&it.bar.questions).cloned());
    }
    line.questions.sort();
    line.questions.dedup();
    // Where a judge alone can answer, nothing is asked of the learner.
    if !line.questions.is_empty() && line.questions.iter().all(|(_, fact)| world.is_judged(fact)) {
        line.verdict = Verdict::Refer;
    }
    for (_, fact) in &mut line.questions {
        *fact = fact.trim_end_matches(super::level::JUDGED).to_owned();
    }
    line.questions.sort();
    line.questions.dedup();
    let shown = match &basis {
        Some(basis) => basis.used.clone(),
        None => group.iter().flat_map(|it| it.left.clone()).collect(),
    };
    line.achievements = sorted(shown.iter().map(|at| world.held(*at).id.clone()).collect());
    (line, basis)
}

/// Every reason why an instance is refused.
fn reasons(world: &World<'_>, it: &Instance<'_>) -> Vec<Reason> {
    let mut reasons = it.active.reasons.clone();
    if it.bar.truth == Truth::T {
        reasons.push(Reason::Excluded);
    }
    if it.active.truth == Truth::F && comes(world, it) {
        reasons.push(Reason::NotYet);
    }
    reasons
}

/// The smallest choice of members that reaches the award of all; of several such, the one that uses the earliest learning.
fn used(world: &World<'_>, instance: &Instance<'_>) -> Vec<usize> {
    let (rule, bundle) = (instance.rule, instance.bundle);
    if bundle.iter().all(|slot| slot.take == Take::One) {
        return instance.filling.slots.concat();
    }
    let (_, whole) = split(&rule.when, bundle);
    let view = |used: &[Vec<usize>]| View { used: used.to_vec(), target: instance.target, itself: None };
    let award = |used: &[Vec<usize>]| match &rule.gives {
        Gives::Credit(amount) => Some(world.amount(amount, &view(used)).0),
        _ => None,
    };
    let goal = match &rule.gives {
        Gives::Credit(amount) => Some(best(world, rule, amount, &view(&instance.sure), bundle).0),
        _ => None,
    };
    let mut members = instance.sure.clone();
    for (place, slot) in bundle.iter().enumerate() {
        if slot.take == Take::One {
            members[place].clone_from(&instance.filling.slots[place]);
        }
    }
    // A set that takes any number need not use all of it.
    let mut found: Vec<Vec<Vec<usize>>> = some_of_each(world, bundle, &members);
    found.retain(|used| {
        worth_enough(world, bundle, used) == Truth::T
            && award(used) == goal
            && whole.iter().all(|test| world.cond(test, &view(used)).truth == Truth::T)
    });
    let early = |at: &usize| {
        let day = world.state(Who::Held(*at), "completed").ends().0;
        (day.is_none(), day, world.held(*at).id.clone())
    };
    let mut sets: Vec<Vec<usize>> = found.iter().map(|used| used.concat()).collect();
    for set in &mut sets {
        set.sort_by_key(early);
    }
    sets.sort_by_key(|set| (set.len(), set.iter().map(early).collect::<Vec<_>>()));
    sets.into_iter().next().unwrap_or_default()
}

fn granted(world: &World<'_>, instance: &Instance<'_>, shown: &[usize]) -> String {
    let Some(Res::Grant { effect, amount, unpublished, unit, mark, attributes, in_total, onward }) =
        &instance.result
    else {
        return String::new();
    };
    let ids = sorted(shown.iter().map(|at| world.held(*at).id.clone()).collect()).join(",");
    let number = match amount {
        Some(number) => number.to_string(),
        None if *unpublished && (effect == "credit" || effect == "deposit") => "unpublished".into(),
        None => "-".into(),
    };
    let carried = mark.strip_prefix("carried").and_then(|rest| rest.split('|').next());
    let carried = carried.map_or("", |rest| match rest.split_once('@') {
        _ if rest.contains('?') => " ?",
        Some((mark, _)) => mark,
        None => rest,
    });
    let marked = if mark.is_empty() { "no mark" } else { "marked" };
    let carried = format!("{carried}{}", if attributes.is_empty() { "" } else { " with attributes" });
    let total = if *in_total { " in total" } else { "" };
    let effect = effect.split(' ').next().unwrap_or_default();
    format!(
        "{effect} {number} {}{total} {marked}{carried} onward {onward} by {ids}",
        unit.as_deref().unwrap_or("-")
    )
}
