//! One decision: what is asked, the lines that answer it, and where no rule speaks.

use std::collections::{BTreeMap, BTreeSet};

use super::admit::on;
use super::condition::{Question, Reason, World, as_of};
use super::instance::{Instance, instances};
use super::model::{self, Model, Take};
use super::record::{Ask, Goal, Request};
use super::value::Truth;
use super::verdict::{Basis, verdict};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Conflict,
    Converts,
    Refer,
    Unknown,
    Refused,
    NotEstablished,
    NoRule,
}

/// What is said of some achievements and one target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub achievements: Vec<String>,
    pub target: Option<Goal>,
    pub verdict: Verdict,
    pub reason: Option<Reason>,
    /// Effect, amount, unit, mark, and the achievements used.
    pub grants: Vec<String>,
    /// The targets that the same achievement could have gone to, where it counts once.
    pub competes: Vec<Goal>,
    pub questions: Vec<Question>,
    /// The rules with a say, for people who look into a difference.
    pub rules: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub verdict: Verdict,
    pub lines: Vec<Line>,
}

pub fn decide(model: &Model, request: &Request) -> Answer {
    let world = World { model, request, as_of: as_of(request), toward: None };
    let everything = [Ask::default()];
    let asks = if request.asks.is_empty() { &everything[..] } else { &request.asks };
    let mut said: Vec<(Line, Option<Basis>)> = Vec::new();
    for ask in asks {
        said.extend(answer(&world, ask));
    }
    let grants: Vec<(Goal, Basis)> =
        said.iter().filter_map(|(line, basis)| line.target.clone().zip(basis.clone())).collect();
    let lines: BTreeSet<Line> = said
        .into_iter()
        .map(|(mut line, basis)| {
            if let (Some(target), Some(basis)) = (&line.target, &basis) {
                let rivals = grants.iter().filter(|(other, of)| other != target && rival(model, basis, of));
                line.competes = rivals.map(|(other, _)| other.clone()).collect();
                line.competes.sort();
                line.competes.dedup();
            }
            line
        })
        .collect();
    let verdict = lines.iter().map(|line| line.verdict).min().unwrap_or(Verdict::NoRule);
    Answer { verdict, lines: lines.into_iter().collect() }
}

/// Whether two grants need an achievement that may serve only one of them: of one scheme, by rules that both count it once, or
/// where one rule counts it once everywhere.
fn rival(model: &Model, one: &Basis, other: &Basis) -> bool {
    // One application gives all the targets of its rule, unless it is to choose one of them.
    if (&one.scheme, &one.rule) == (&other.scheme, &other.rule) && !one.chooses_one {
        return false;
    }
    let count = |of: &Basis| {
        let rule = model.rules.iter().find(|rule| (&rule.scheme, &rule.name) == (&of.scheme, &of.rule));
        rule.and_then(|rule| rule.achievements.clone()).unwrap_or_default()
    };
    let (ours, theirs) = (count(one), count(other));
    let within = |scheme: &str| &model.schemes[scheme].within;
    let bound = within(&one.scheme) == within(&other.scheme) && ours == "once" && theirs == "once"
        || ours == "once_everywhere"
        || theirs == "once_everywhere";
    bound && one.used.iter().any(|at| other.used.contains(at))
}

fn answer(world: &World<'_>, ask: &Ask) -> Vec<(Line, Option<Basis>)> {
    let held = &world.request.held;
    let asked: Vec<usize> = (0..held.len())
        .filter(|at| ask.achievements.is_empty() || ask.achievements.contains(&held[*at].id))
        .collect();
    let instances = instances(world, &asked);
    let mut groups: BTreeMap<(String, Goal), Vec<&Instance<'_>>> = BTreeMap::new();
    for instance in &instances {
        if ask.target.as_ref().is_none_or(|target| *target == instance.goal) {
            groups.entry((same_evidence(world, instance), instance.goal.clone())).or_default().push(instance);
        }
    }
    let mut lines = Vec::new();
    for ((_, goal), group) in groups {
        let world = &World { toward: group[0].target, ..*world };
        let (line, basis) = verdict(world, &group, goal);
        lines.push(if line.verdict == Verdict::NoRule {
            (no_rule(world, line.achievements, line.target), None)
        } else {
            (line, basis)
        });
    }
    let ids = |of: &[usize]| -> Vec<String> { sorted(of.iter().map(|at| held[*at].id.clone()).collect()) };
    if ask.target.is_some() {
        if lines.is_empty() {
            let mut line = no_rule(world, ids(&asked), ask.target.clone());
            // A bar needs no rule to be on a pair.
            if barred(world, &asked, ask.target.as_ref()) {
                (line.verdict, line.reason) = (Verdict::Refused, Some(Reason::Excluded));
            }
            lines.push((line, None));
        }
    } else {
        for at in &asked {
            if !instances.iter().any(|it| it.filling.slots.concat().contains(at)) {
                lines.push((no_rule(world, ids(&[*at]), None), None));
            }
        }
    }
    lines
}

/// Whether any bar of the package is on one of these, or where nothing is held on the target itself. One against everything says
/// nothing about the pair.
fn barred(world: &World<'_>, asked: &[usize], target: Option<&Goal>) -> bool {
    let target = match target {
        Some(Goal::Outcome(name)) => world.model.outcomes.get_key_value(name).map(|(name, _)| name.as_str()),
        _ => None,
    };
    let world = &World { toward: target, ..*world };
    let mut evidence: Vec<Option<usize>> = asked.iter().map(|at| Some(*at)).collect();
    if evidence.is_empty() {
        evidence.push(None);
    }
    let mut bars = world.model.bars.iter().filter(|bar| !bar.from.is_empty() || !bar.to.is_empty());
    bars.any(|bar| evidence.iter().any(|at| on(world, bar, *at, target).truth == Truth::T))
}

/// Nothing names these; a scheme may answer in place of that: one that has the target, else any.
fn no_rule(world: &World<'_>, achievements: Vec<String>, target: Option<Goal>) -> Line {
    let model = world.model;
    let has = |name: &str, target: &Goal| match target {
        Goal::Deposit(scheme) => scheme == name,
        Goal::Outcome(outcome) => {
            let here = model.rules.iter().filter(|rule| rule.scheme == name);
            here.into_iter().any(|rule| rule.targets.iter().any(|(of, _)| of == outcome))
        }
    };
    let owners: Vec<&String> =
        target.iter().flat_map(|target| model.schemes.keys().filter(move |name| has(name, target))).collect();
    let speaks = |name: &String| owners.is_empty() || owners.contains(&name);
    let answers: Vec<_> = model
        .schemes
        .iter()
        .filter(|(name, _)| speaks(name))
        .filter_map(|(_, it)| it.otherwise.clone())
        .collect();
    let refers = answers.iter().any(|answer| matches!(answer, model::Answer::Refer(_)));
    let (verdict, reason) = match (refers, answers.is_empty()) {
        (true, _) => (Verdict::Refer, None),
        (_, false) => (Verdict::Refused, Some(Reason::Excluded)),
        _ => (Verdict::NoRule, None),
    };
    Line {
        achievements,
        target,
        verdict,
        reason,
        grants: Vec::new(),
        competes: Vec::new(),
        questions: Vec::new(),
        rules: Vec::new(),
    }
}

pub fn sorted(mut items: Vec<String>) -> Vec<String> {
    items.sort();
    items.dedup();
    items
}

/// Two instances rest on the same evidence where their single achievements, their sets and their numbers are the same.
fn same_evidence(world: &World<'_>, instance: &Instance<'_>) -> String {
    let ids = |of: &[usize]| sorted(of.iter().map(|at| world.held(*at).id.clone()).collect()).join(",");
    // What fills a rule only in part is just what is held.
    if instance.filling.partial {
        return format!("{} | ", ids(&instance.left));
    }
    let mut sets: Vec<String> = Vec::new();
    let mut singles = Vec::new();
    for ((slot, used), rest) in instance.bundle.iter().zip(&instance.filling.slots).zip(&instance.left_in) {
        let number = match &slot.take {
            Take::One => {
                singles.extend(used);
                continue;
            }
            Take::Exactly(number) | Take::UpTo(number) => number.to_string(),
            Take::Credits(least) => format!("{least} credits"),
            Take::Together => "all".to_owned(),
        };
        // A set is what the tests leave of it, each set for itself; nothing left, it is what they were asked of.
        sets.push(format!("{number} of {}", ids(rest)));
    }
    sets.sort();
    format!("{} | {}", ids(&singles), sets.join(" | "))
}
