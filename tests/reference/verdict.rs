//! From what stands to what is said: the verdict on some achievements and one target, and what is granted.

use super::condition::{Out, Reason, View, Who, World, chosen};
use super::decide::{Instance, Line, Res, Verdict, bundle_of, different, sorted, split, total};
use super::model::{Gives, Take};
use super::record::Goal;
use super::value::Truth;
use super::worth::best;

/// The least choice of members that reaches the award of all, the earliest learning first.
fn used(world: &World<'_>, instance: &Instance<'_>) -> Vec<usize> {
    let rule = &world.model.rules[instance.rule];
    let bundle = bundle_of(rule, instance);
    let mut out: Vec<usize> = Vec::new();
    let (_, whole) = split(&rule.when, bundle);
    for (place, slot) in bundle.iter().enumerate() {
        if slot.take == Take::One {
            out.extend(&instance.evidence[place]);
            continue;
        }
        let mut members = instance.sure[place].clone();
        members.sort_by_key(|at| {
            let day = world.state(Who::Held(*at), "completed").ends().0;
            (day.is_none(), day, world.held(*at).id.clone())
        });
        let view = |some: &[usize]| {
            let mut used = instance.sure.clone();
            used[place] = some.to_vec();
            View { used, target: instance.target, itself: None }
        };
        let award = |some: &[usize]| match &rule.gives {
            Gives::Credit(amount) => Some(world.amount(amount, &view(some)).0),
            _ => None,
        };
        let goal = match &rule.gives {
            Gives::Credit(amount) => Some(best(world, rule, amount, &view(&members), bundle).0),
            _ => None,
        };
        let (least, most) = match slot.take {
            Take::Exactly(number) => (number, number),
            Take::UpTo(number) => (1, number.min(members.len())),
            _ => (1, members.len()),
        };
        for number in least..=most {
            // Choices come in the order of the members, so that the first is the one that prefers the earliest.
            let found = chosen(&members, number, &mut |some| {
                let limited = matches!(slot.take, Take::Exactly(_) | Take::UpTo(_));
                let credits = match &slot.take {
                    Take::Credits(least) => total(world, some, "credits").0 >= *least,
                    _ => true,
                };
                let ok = credits
                    && (!limited || different(world, some) == some.len())
                    && award(some) == goal
                    && whole.iter().all(|test| world.cond(test, &view(some)).truth == Truth::T);
                if ok {
                    out.extend(some);
                }
                ok
            });
            if found {
                break;
            }
        }
    }
    out
}

pub fn verdict(world: &World<'_>, group: &[&Instance<'_>], goal: Goal) -> Line {
    let name = |instance: &Instance<'_>| {
        let rule = &world.model.rules[instance.rule];
        format!("{}.{}", rule.scheme, rule.name)
    };
    let standing = |instance: &&&Instance<'_>| instance.verified && instance.barred.truth != Truth::T;
    let act: Vec<&Instance<'_>> =
        group.iter().filter(standing).filter(|it| it.active.truth == Truth::T).copied().collect();
    let mut act = act;
    act.sort_by_key(|it| name(it));
    let may: Vec<&Instance<'_>> =
        group.iter().filter(standing).filter(|it| it.active.truth == Truth::U).copied().collect();
    let mut line = Line {
        achievements: Vec::new(),
        target: Some(goal),
        verdict: Verdict::NoRule,
        reason: None,
        grants: Vec::new(),
        questions: Vec::new(),
        rules: Vec::new(),
    };
    let wait = |line: &mut Line, of: &[&Instance<'_>], bars: &[&Out]| {
        line.verdict = Verdict::Unknown;
        line.questions = of.iter().flat_map(|it| it.active.questions.clone()).collect();
        line.questions.extend(bars.iter().flat_map(|bar| bar.questions.clone()));
        line.questions.sort();
        line.questions.dedup();
        if !line.questions.is_empty() && line.questions.iter().all(|(_, fact)| world.is_judged(fact)) {
            line.verdict = Verdict::Refer;
        }
    };
    let is_grant = |it: &&Instance<'_>| matches!(it.result, Some(Res::Grant { .. }));
    let equal = act.windows(2).all(|pair| pair[0].result == pair[1].result);
    let mut shown: Vec<usize> = group.iter().flat_map(|it| it.left.clone()).collect();
    if shown.is_empty() {
        shown = group.iter().flat_map(|it| it.evidence.iter().flatten().copied()).collect();
    }
    if !act.is_empty() && !equal {
        line.verdict = Verdict::Conflict;
        line.rules = act.iter().map(|it| name(it)).collect();
    } else if act.iter().any(is_grant) {
        let bars: Vec<&Out> = act.iter().map(|it| &it.barred).filter(|bar| bar.truth == Truth::U).collect();
        let takers: Vec<&Instance<'_>> =
            may.iter().filter(|it| it.result != act[0].result).copied().collect();
        line.rules = act.iter().map(|it| name(it)).collect();
        if bars.is_empty() && takers.is_empty() {
            line.verdict = Verdict::Converts;
            shown = used(world, act[0]);
            line.grants = vec![granted(world, act[0], &shown)];
        } else {
            let bars: Vec<&Out> = bars.into_iter().chain(takers.iter().map(|it| &it.barred)).collect();
            wait(&mut line, &takers, &bars);
        }
    } else if let Some(first) = act.first() {
        line.rules = act.iter().map(|it| name(it)).collect();
        if matches!(first.result, Some(Res::Refer(_))) {
            line.verdict = Verdict::Refer;
        } else {
            let others: Vec<&Instance<'_>> =
                may.iter().filter(|it| it.result != Some(Res::Refuse)).copied().collect();
            if others.is_empty() {
                line.verdict = Verdict::Refused;
                line.reason = Some(Reason::Excluded);
            } else {
                let bars: Vec<&Out> = others.iter().map(|it| &it.barred).collect();
                wait(&mut line, &others, &bars);
            }
        }
    } else if !may.is_empty() {
        let bars: Vec<&Out> = may.iter().map(|it| &it.barred).collect();
        wait(&mut line, &may, &bars);
        line.rules = may.iter().map(|it| name(it)).collect();
    } else {
        let failed: Vec<&&Instance<'_>> =
            group.iter().filter(|it| it.verified || it.barred.truth == Truth::T).collect();
        if !failed.is_empty() {
            line.verdict = Verdict::Refused;
            let reasons = failed.iter().flat_map(|it| {
                let mut reasons = it.active.reasons.clone();
                if it.active.truth == Truth::F && it.active.not_yet {
                    reasons.push(Reason::NotYet);
                }
                if it.barred.truth == Truth::T {
                    reasons.push(Reason::Excluded);
                }
                reasons
            });
            line.reason = Some(reasons.min().unwrap_or(Reason::ConditionNotMet));
            line.rules = failed.iter().map(|it| name(it)).collect();
        } else if group.iter().any(|it| it.active.truth != Truth::F && it.barred.truth != Truth::T) {
            line.verdict = Verdict::NotEstablished;
            line.rules = group.iter().map(|it| name(it)).collect();
        }
    }
    shown.sort();
    line.achievements = sorted(shown.iter().map(|at| world.held(*at).id.clone()).collect());
    line.rules = sorted(line.rules);
    line
}

fn granted(world: &World<'_>, instance: &Instance<'_>, shown: &[usize]) -> String {
    let Some(Res::Grant { effect, amount, unpublished, unit, mark, in_total, onward }) = &instance.result
    else {
        return String::new();
    };
    let ids = sorted(shown.iter().map(|at| world.held(*at).id.clone()).collect()).join(",");
    let number = match amount {
        Some(number) => number.to_string(),
        None if *unpublished && (effect == "credit" || effect == "deposit") => "unpublished".into(),
        None => "-".into(),
    };
    let carried = mark.strip_prefix("carried").map_or("", |rest| rest);
    let marked = if mark.is_empty() { "no mark" } else { "marked" };
    let total = if *in_total { " in total" } else { "" };
    format!(
        "{effect} {number} {}{total} {marked}{carried} onward {onward} by {ids}",
        unit.as_deref().unwrap_or("-")
    )
}
