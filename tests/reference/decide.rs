//! One decision: instances, bars, defeat, value, verdicts.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{Out, Question, Reason, View, Who, World, as_of};
use super::model::{self, Cond, Gives, Model, Rule, Slot, Subject, Take, Test};
use super::record::{Ask, Goal, Request};
use super::value::{Q, Set, Truth, V};
use super::verdict::verdict;
use super::worth::{Worth, worth};

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
    pub questions: Vec<Question>,
    /// The rules with a say, for people who look into a difference.
    pub rules: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub verdict: Verdict,
    pub lines: Vec<Line>,
}

/// An application of a rule to some achievements and one target.
pub struct Instance<'a> {
    pub rule: usize,
    /// Which alternative of the rule's `from`.
    pub bundle: usize,
    pub target: Option<&'a str>,
    pub goal: Goal,
    /// By slot: the achievement, or the candidate set.
    pub evidence: Vec<Vec<usize>>,
    /// By slot: sure members; then possible ones.
    pub sure: Vec<Vec<usize>>,
    /// What is left of the evidence after members were dropped.
    pub left: Vec<usize>,
    /// Whether a slot is empty or short.
    pub partial: bool,
    pub verified: bool,
    pub barred: Out,
    pub result: Option<Res>,
    pub active: Out,
}

/// What an instance gives.
#[derive(Clone, Debug)]
pub enum Res {
    Grant {
        effect: String,
        amount: Option<Q>,
        unpublished: bool,
        unit: Option<String>,
        mark: String,
        in_total: bool,
        onward: u64,
    },
    Refer(String),
    Refuse,
}

/// Equal are results with the same effect, amount, unit, mark and onward budget, whatever else the grant covers.
impl PartialEq for Res {
    fn eq(&self, other: &Res) -> bool {
        let key = |of: &Res| match of {
            Res::Grant { effect, amount, unpublished, unit, mark, onward, .. } => {
                Some((effect.clone(), *amount, *unpublished, unit.clone(), mark.clone(), *onward))
            }
            _ => None,
        };
        match (self, other) {
            (Res::Refer(a), Res::Refer(b)) => a == b,
            (Res::Refuse, Res::Refuse) => true,
            (Res::Grant { .. }, Res::Grant { .. }) => key(self) == key(other),
            _ => false,
        }
    }
}

pub fn decide(model: &Model, request: &Request) -> Answer {
    let world = World { model, request, as_of: as_of(request), toward: None };
    let everything = [Ask::default()];
    let asks = if request.asks.is_empty() { &everything[..] } else { &request.asks };
    let mut lines = BTreeSet::new();
    for ask in asks {
        lines.extend(answer(&world, ask));
    }
    let verdict = lines.iter().map(|line| line.verdict).min().unwrap_or(Verdict::NoRule);
    Answer { verdict, lines: lines.into_iter().collect() }
}

fn answer(world: &World<'_>, ask: &Ask) -> Vec<Line> {
    let held = &world.request.held;
    let asked: Vec<usize> = (0..held.len())
        .filter(|at| ask.achievements.is_empty() || ask.achievements.contains(&held[*at].id))
        .collect();
    let instances = instances(world, &asked);
    let mut groups: BTreeMap<(String, Goal), Vec<usize>> = BTreeMap::new();
    for (at, instance) in instances.iter().enumerate() {
        if ask.target.as_ref().is_none_or(|target| *target == instance.goal) {
            groups.entry((same_evidence(world, instance), instance.goal.clone())).or_default().push(at);
        }
    }
    let mut lines = Vec::new();
    for ((_, goal), group) in groups {
        let group: Vec<&Instance<'_>> = group.iter().map(|at| &instances[*at]).collect();
        let toward = match &goal {
            Goal::Outcome(name) => world.model.outcomes.get_key_value(name).map(|(name, _)| name.as_str()),
            Goal::Deposit(_) => None,
        };
        let line = verdict(&World { toward, ..*world }, &group, goal);
        lines.push(if line.verdict == Verdict::NoRule {
            no_rule(world, line.achievements, line.target)
        } else {
            line
        });
    }
    let ids = |of: &[usize]| -> Vec<String> { sorted(of.iter().map(|at| held[*at].id.clone()).collect()) };
    if ask.target.is_some() {
        let target = match &ask.target {
            Some(Goal::Outcome(name)) => {
                world.model.outcomes.get_key_value(name).map(|(name, _)| name.as_str())
            }
            _ => None,
        };
        let world = &World { toward: target, ..*world };
        let barred = || {
            asked.iter().any(|at| {
                world.model.bars.iter().any(|bar| bar_holds(world, bar, Some(*at), target).truth == Truth::T)
            })
        };
        if lines.is_empty() && barred() {
            let mut line = no_rule(world, ids(&asked), ask.target.clone());
            (line.verdict, line.reason) = (Verdict::Refused, Some(Reason::Excluded));
            lines.push(line);
        } else if lines.is_empty() {
            lines.push(no_rule(world, ids(&asked), ask.target.clone()));
        }
    } else {
        for at in &asked {
            let named =
                instances.iter().any(|instance| instance.evidence.iter().flatten().any(|used| used == at));
            if !named {
                lines.push(no_rule(world, ids(&[*at]), None));
            }
        }
    }
    lines
}

/// Nothing names these; a scheme may answer in place of that.
fn no_rule(world: &World<'_>, achievements: Vec<String>, target: Option<Goal>) -> Line {
    // A scheme speaks of the targets that its rules have.
    let speaks = |name: &str| {
        target.as_ref().is_none_or(|target| {
            world.model.rules.iter().filter(|rule| rule.scheme == name).any(|rule| match target {
                Goal::Deposit(scheme) => rule.form == "deposit" && scheme == name,
                Goal::Outcome(outcome) => rule.targets.iter().any(|(of, _)| of == outcome),
            })
        })
    };
    let schemes = world.model.schemes.iter().filter(|(name, _)| speaks(name));
    let answers: Vec<_> = schemes.filter_map(|(_, scheme)| scheme.otherwise.clone()).collect();
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
    let rule = &world.model.rules[instance.rule];
    let bundle = bundle_of(rule, instance);
    // What fills a rule only in part is just what is held.
    if instance.partial {
        return format!("{} | ", ids(&instance.left));
    }
    let mut parts: Vec<String> = Vec::new();
    let mut singles = Vec::new();
    for (at, used) in instance.evidence.iter().enumerate() {
        match bundle.get(at).map(|slot| &slot.take) {
            Some(Take::One) | None => singles.extend(used.iter().copied()),
            Some(take) => {
                // A set is what the tests leave of it; nothing left, it is what they were asked of.
                let rest: Vec<usize> = used.iter().filter(|at| instance.left.contains(at)).copied().collect();
                let number = match take {
                    Take::Exactly(number) | Take::UpTo(number) => *number,
                    _ => 0,
                };
                parts.push(format!("{number} of {}", ids(if rest.is_empty() { used } else { &rest })));
            }
        }
    }
    parts.sort();
    format!("{} | {}", ids(&singles), parts.join(" | "))
}

pub fn bundle_of<'r>(rule: &'r Rule, instance: &Instance<'_>) -> &'r [Slot] {
    &rule.sources[instance.bundle]
}

/// Every application that the achievements allow, with bars, defeat and value.
fn instances<'a>(world: &World<'a>, asked: &[usize]) -> Vec<Instance<'a>> {
    let model = world.model;
    let mut all: Vec<Instance<'a>> = Vec::new();
    for rule in overriders_first(model) {
        let of = &model.rules[rule];
        for bundle in 0..of.sources.len() {
            for (target, excluded) in targets(of) {
                let world = World { toward: target, ..*world };
                for evidence in fillings(&world, &of.sources[bundle], asked) {
                    let made = instance(&world, rule, bundle, evidence, target, excluded, &all);
                    all.push(made);
                }
            }
        }
    }
    all
}

/// The rules in an order in which those that override a rule come before it.
fn overriders_first(model: &Model) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < model.rules.len() {
        let next = (0..model.rules.len()).find(|at| {
            let of = &model.rules[*at];
            let over =
                |other: &usize| model.rules[*other].overrides.contains(&(of.scheme.clone(), of.name.clone()));
            !order.contains(at) && (0..model.rules.len()).filter(over).all(|other| order.contains(&other))
        });
        order.push(next.unwrap());
    }
    order
}

fn targets(rule: &Rule) -> Vec<(Option<&str>, bool)> {
    if rule.form == "deposit" {
        return vec![(None, false)];
    }
    rule.targets.iter().map(|(outcome, excluded)| (Some(outcome.as_str()), *excluded)).collect()
}

/// Every way to fill a bundle: an achievement for each single slot, all different; the candidates for each set. Where that
/// fails though something is held, the one way to fill it in part.
fn fillings(world: &World<'_>, bundle: &[Slot], asked: &[usize]) -> Vec<Vec<Vec<usize>>> {
    let candidates: Vec<Vec<usize>> = bundle
        .iter()
        .map(|slot| {
            let meant =
                |at: &&usize| slot.items.iter().any(|item| world.selects(item, **at).truth != Truth::F);
            asked.iter().filter(meant).copied().collect()
        })
        .collect();
    let mut ways: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    for (slot, fits) in bundle.iter().zip(&candidates) {
        ways = ways
            .iter()
            .flat_map(|way| -> Vec<Vec<Vec<usize>>> {
                if slot.take != Take::One {
                    return vec![way.iter().cloned().chain([fits.clone()]).collect()];
                }
                let free = fits.iter().filter(|at| {
                    !way.iter().zip(bundle).any(|(used, slot)| slot.take == Take::One && used.contains(at))
                });
                free.map(|at| way.iter().cloned().chain([vec![*at]]).collect()).collect()
            })
            .collect();
    }
    // A set takes what the single slots leave.
    for way in &mut ways {
        let singles: Vec<usize> = way
            .iter()
            .zip(bundle)
            .filter(|(_, slot)| slot.take == Take::One)
            .flat_map(|(used, _)| used.clone())
            .collect();
        for (used, slot) in way.iter_mut().zip(bundle) {
            if slot.take != Take::One {
                used.retain(|at| !singles.contains(at));
            }
        }
    }
    if bundle.is_empty() {
        return ways;
    }
    let full = |way: &Vec<Vec<usize>>| way.iter().all(|used| !used.is_empty());
    if ways.iter().any(full) {
        ways.retain(full);
        return ways;
    }
    if candidates.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    // In part: each slot with all that fits it; where each slot has something, too little for all of them, the last stays empty.
    let mut part = candidates;
    if part.iter().all(|fits| !fits.is_empty()) {
        let last = part.len() - 1;
        part[last].clear();
    }
    vec![part]
}

fn instance<'a>(
    world: &World<'a>,
    rule: usize,
    alternative: usize,
    evidence: Vec<Vec<usize>>,
    target: Option<&'a str>,
    excluded: bool,
    before: &[Instance<'a>],
) -> Instance<'a> {
    let of: &'a Rule = &world.model.rules[rule];
    let bundle: &[Slot] = &of.sources[alternative];
    let scheme = &world.model.schemes[&of.scheme];
    let goal = target.map_or_else(|| Goal::Deposit(of.scheme.clone()), |name| Goal::Outcome(name.to_owned()));
    let mut parts = Vec::new();
    if excluded {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::Excluded));
    }
    let covered =
        world.request.granted.iter().any(|entry| entry.standing && entry.target.as_ref() == Some(&goal));
    if covered && target.is_some() {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::AlreadyUsed));
    }
    let bars: Vec<&model::Bar> = world
        .model
        .bars
        .iter()
        .filter(|bar| bar.scheme.as_ref().is_none_or(|name| *name == of.scheme))
        .collect();
    let bar =
        |at: Option<usize>| Out::any(bars.iter().map(|bar| bar_holds(world, bar, at, target)).collect());
    let defeaters = |at: usize| -> Vec<&Instance<'a>> {
        before
            .iter()
            .filter(|other| {
                let over = &world.model.rules[other.rule];
                over.overrides.contains(&(of.scheme.clone(), of.name.clone()))
                    && other.goal == goal
                    && other.verified
                    && other.left.contains(&at)
            })
            .collect()
    };
    let mut view = View { used: evidence.clone(), target, itself: None };
    let mut sure = evidence.clone();
    let mut possible: Vec<Vec<usize>> = vec![Vec::new(); bundle.len()];
    let mut barring: Vec<Out> = Vec::new();
    let mut too_few = false;
    let mut may_count: Vec<Question> = Vec::new();
    let (member_tests, whole_tests) = split(&of.when, bundle);
    for (place, slot) in bundle.iter().enumerate() {
        if slot.take == Take::One {
            for at in &evidence[place] {
                parts.push(fit(world, slot, *at));
                parts.push(admissible(world, *at, &of.scheme, scheme));
            }
            if evidence[place].is_empty() {
                parts.push(Out::truth(Truth::F));
            }
            continue;
        }
        let mut dropped = Vec::new();
        let mut open = Vec::new();
        sure[place].clear();
        for at in &evidence[place] {
            let mut alone = view.clone();
            for (other, used) in alone.used.iter_mut().enumerate() {
                if other == place { *used = vec![*at] } else { used.clear() }
            }
            let mut tests = vec![fit(world, slot, *at), admissible(world, *at, &of.scheme, scheme)];
            tests.extend(member_tests.iter().map(|test| world.cond(test, &alone)));
            let mut barred = bar(Some(*at)).not();
            barred.reasons = barred.reasons.iter().map(|_| Reason::Excluded).collect();
            barring.push(barred.clone());
            tests.push(barred);
            for defeater in defeaters(*at) {
                let mut free = defeater.active.clone().not();
                free.reasons = free.reasons.iter().map(|_| Reason::Excluded).collect();
                tests.push(free);
            }
            let member = Out::all(tests);
            match member.truth {
                Truth::T => sure[place].push(*at),
                Truth::U => {
                    possible[place].push(*at);
                    may_count.extend(member.questions.clone());
                    open.push(member);
                }
                Truth::F => dropped.push(member),
            }
        }
        let enough = |members: &[usize]| match &slot.take {
            Take::Exactly(number) => different(world, members) >= *number,
            Take::Credits(_) => !members.is_empty(),
            _ => !members.is_empty(),
        };
        let all: Vec<usize> = sure[place].iter().chain(&possible[place]).copied().collect();
        if let Take::Credits(least) = &slot.take {
            let total = |members: &[usize]| total(world, members, "credits");
            let (low, _) = total(&sure[place]);
            let (_, high) = total(&all);
            let truth = if low >= *least && !sure[place].is_empty() {
                Truth::T
            } else if high.is_some_and(|high| high < *least) {
                Truth::F
            } else {
                Truth::U
            };
            let mut questions: Vec<Question> = open.iter().flat_map(|out| out.questions.clone()).collect();
            for at in &all {
                if world.state(Who::Held(*at), "credits").value().is_none() {
                    questions.push((world.held(*at).id.clone(), "credits".into()));
                }
            }
            too_few |= truth == Truth::F;
            parts.push(if truth == Truth::F {
                short_of(dropped)
            } else {
                Out::of(truth, questions, Reason::ConditionNotMet)
            });
        } else if !enough(&sure[place]) {
            if enough(&all) {
                let questions = open.iter().flat_map(|out| out.questions.clone()).collect();
                parts.push(Out::of(Truth::U, questions, Reason::ConditionNotMet));
            } else {
                too_few = true;
                parts.push(short_of(dropped));
            }
        }
    }
    // The tests of the rule, over the single achievements and the sure members of the sets.
    let pooled = bundle.iter().any(|slot| slot.take != Take::One);
    view.used.clone_from(&sure);
    let choices = subsets(&sure, &possible);
    let mut whole: Vec<Out> = whole_tests
        .iter()
        .map(|test| {
            let each: Vec<Out> = choices
                .iter()
                .map(|used| world.cond(test, &View { used: used.clone(), ..view.clone() }))
                .collect();
            let mut out = alike(each);
            if out.truth == Truth::U && choices.len() > 1 {
                let all: Vec<usize> = sure.iter().chain(&possible).flatten().copied().collect();
                out.questions.extend(world.of_the_whole(test, &all));
            }
            out
        })
        .collect();
    if pooled {
        let mut singles = view.clone();
        for (used, slot) in singles.used.iter_mut().zip(bundle) {
            if slot.take != Take::One {
                used.clear();
            }
        }
        if singles.used.iter().any(|used| !used.is_empty()) {
            whole.extend(member_tests.iter().map(|test| world.cond(test, &singles)));
        }
    }
    parts.extend(whole);
    let mut state = Out::all(parts);
    let short = |(used, slot): (&Vec<usize>, &Slot)| match slot.take {
        Take::Exactly(number) => different(world, used) < number,
        Take::Credits(least) => {
            used.is_empty() || total(world, used, "credits").1.is_some_and(|most| most < least)
        }
        _ => used.is_empty(),
    };
    let partial = evidence.iter().zip(bundle).any(short);
    if partial {
        // An item held and one missing: refused because of what is missing, whatever else is wrong.
        state = Out::truth(Truth::F);
    }
    let mut verified = of.verified && scheme.verified;
    // Value.
    let missing = evidence.iter().any(Vec::is_empty);
    let only_possible =
        pooled && sure.iter().zip(bundle).any(|(used, slot)| slot.take != Take::One && used.is_empty());
    let mut result = None;
    if !missing && state.truth != Truth::F {
        if only_possible {
            for (used, more) in view.used.iter_mut().zip(&possible) {
                used.extend(more);
            }
        }
        match worth(world, of, &view, bundle) {
            Worth::Gives(res) => {
                if !only_possible || matches!(res, Res::Refer(_) | Res::Refuse) || is_flat(of) {
                    result = Some(res);
                }
            }
            Worth::Unknown(questions) => {
                let open = Out::of(Truth::U, questions, Reason::ConditionNotMet);
                state = Out::all(vec![state, open]);
            }
            // More members may count once more is known, and then it may come to something.
            Worth::NotHere | Worth::Zero if !may_count.is_empty() => {
                let open = Out::of(Truth::U, may_count.clone(), Reason::ConditionNotMet);
                state = Out::all(vec![state, open]);
            }
            Worth::NotHere => state = Out::all(vec![state, Out::truth(Truth::F)]),
            Worth::Unverified => verified = false,
            Worth::Zero => state = Out::all(vec![state, Out::truth(Truth::F)]),
        }
    }
    verified &= !state.unpublished;
    let left: Vec<usize> = if partial {
        evidence.iter().flatten().copied().collect()
    } else {
        let slots = sure.iter().zip(&possible).zip(&evidence);
        slots
            .flat_map(|((sure, may), all)| {
                let rest: Vec<usize> = sure.iter().chain(may).copied().collect();
                if rest.is_empty() { all.clone() } else { rest }
            })
            .collect()
    };
    let barred = if partial {
        Out::truth(Truth::F)
    } else if too_few && barring.iter().any(|out| out.truth == Truth::F) {
        Out::truth(Truth::T)
    } else if pooled {
        let singles = evidence.iter().zip(bundle).filter(|(_, slot)| slot.take == Take::One);
        Out::any(singles.flat_map(|(used, _)| used).map(|at| bar(Some(*at))).collect())
    } else if bundle.is_empty() {
        bar(None)
    } else {
        Out::any(evidence.iter().flatten().map(|at| bar(Some(*at))).collect())
    };
    let mut active = state.clone();
    if verified && state.truth != Truth::F {
        let singles = evidence.iter().zip(bundle).filter(|(_, slot)| slot.take == Take::One);
        let mut over: Vec<&Instance<'a>> =
            singles.flat_map(|(used, _)| used).flat_map(|at| defeaters(*at)).collect();
        if bundle.is_empty() {
            over = before
                .iter()
                .filter(|other| {
                    let rule = &world.model.rules[other.rule];
                    rule.overrides.contains(&(of.scheme.clone(), of.name.clone()))
                        && other.goal == goal
                        && other.verified
                        && other.evidence.iter().all(Vec::is_empty)
                })
                .collect();
        }
        let mut tests = vec![active];
        tests.extend(over.iter().map(|other| {
            let mut free = other.active.clone().not();
            free.reasons = free.reasons.iter().map(|_| Reason::Excluded).collect();
            free
        }));
        active = Out::all(tests);
    }
    Instance {
        rule,
        bundle: alternative,
        target,
        goal,
        evidence,
        sure: view.used,
        left,
        partial,
        verified,
        barred,
        result,
        active,
    }
}

/// Whether the amount does not depend on which members a set has.
fn is_flat(rule: &Rule) -> bool {
    match &rule.gives {
        Gives::Credit(amount) => {
            matches!(amount.piece, model::Piece::Constant(_) | model::Piece::TargetCredits)
        }
        _ => true,
    }
}

/// Every choice of members that the possible ones leave open: the sure ones with some of the others.
fn subsets(sure: &[Vec<usize>], possible: &[Vec<usize>]) -> Vec<Vec<Vec<usize>>> {
    let mut all = vec![sure.to_vec()];
    for (place, may) in possible.iter().enumerate() {
        for at in may {
            let with = all.clone().into_iter().map(|mut choice| {
                choice[place].push(*at);
                choice
            });
            let with: Vec<_> = with.collect();
            all.extend(with);
        }
    }
    // Nothing at all is no choice.
    if possible.iter().any(|may| !may.is_empty()) {
        all.retain(|choice| choice.iter().any(|used| !used.is_empty()));
    }
    all
}

/// What holds whatever is chosen.
fn alike(outs: Vec<Out>) -> Out {
    let (least, most) = (outs.iter().map(|out| out.truth).min(), outs.iter().map(|out| out.truth).max());
    if least == most && least != Some(Truth::U) {
        return outs.into_iter().next().unwrap_or_else(|| Out::truth(Truth::T));
    }
    let unpublished = outs.iter().any(|out| out.unpublished);
    let questions = outs.into_iter().flat_map(|out| out.questions).collect();
    Out { unpublished, ..Out::of(Truth::U, questions, Reason::ConditionNotMet) }
}

/// Why a set is too small: for what its members were dropped, else because there are too few.
fn short_of(dropped: Vec<Out>) -> Out {
    if dropped.is_empty() { Out::truth(Truth::F) } else { Out::all(dropped) }
}

/// Whether a slot takes an achievement; what `except` names is excluded.
fn fit(world: &World<'_>, slot: &Slot, at: usize) -> Out {
    let mut out = world.meant(slot, at);
    if out.truth == Truth::F {
        out.reasons = vec![Reason::Excluded];
    }
    out
}

fn admissible(world: &World<'_>, at: usize, name: &str, scheme: &model::Scheme) -> Out {
    let held = world.held(at);
    let mut parts = Vec::new();
    if held.withdrawn {
        parts.push(Out::truth(Truth::F));
    }
    let today = Q::from_integer(i128::from(world.as_of));
    let lasting = Set::between("date", Some(today), None).with(V::None);
    let expires = world.state(Who::Held(at), "expires").test(&lasting);
    parts.push(Out::of(expires, vec![(held.id.clone(), "expires".into())], Reason::Expired));
    if held.onward == Some(0) {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::AlreadyUsed));
    }
    let spent = world.request.granted.iter().any(|entry| {
        let here = entry.rule.as_ref().is_some_and(|(of, _)| of == name);
        let counts = match scheme.achievements.as_deref() {
            Some("once") => here,
            Some("once_everywhere") => true,
            _ => false,
        };
        entry.standing && counts && entry.achievements.contains(&held.id)
    });
    if spent {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::AlreadyUsed));
    }
    Out::all(parts)
}

fn bar_holds<'a>(world: &World<'a>, bar: &model::Bar, at: Option<usize>, target: Option<&'a str>) -> Out {
    let mut parts = Vec::new();
    if !bar.from.is_empty() {
        let Some(at) = at else { return Out::truth(Truth::F) };
        let named = |item| Out::all(vec![world.selects(item, at), world.excepts(item, at).not()]);
        parts.push(Out::any(bar.from.iter().map(named).collect()));
    }
    if !bar.to.is_empty() {
        let Some(target) = target else { return Out::truth(Truth::F) };
        parts.push(Out::any(bar.to.iter().map(|item| world.names(item, target)).collect()));
    }
    if parts.iter().any(|part| part.truth == Truth::F) {
        return Out::truth(Truth::F);
    }
    let view = View { used: at.map(|at| vec![at]).into_iter().collect(), target, itself: at.map(Who::Held) };
    parts.push(world.cond(&bar.when, &view));
    Out::all(parts)
}

/// The lines of a condition that test members of a set one by one, and those that test the whole.
pub fn split(cond: &Cond, bundle: &[Slot]) -> (Vec<Cond>, Vec<Cond>) {
    if bundle.iter().all(|slot| slot.take == Take::One) {
        return (Vec::new(), vec![cond.clone()]);
    }
    let parts = match cond {
        Cond::All(parts) => parts.clone(),
        other => vec![other.clone()],
    };
    parts.into_iter().partition(reads_members)
}

fn reads_members(cond: &Cond) -> bool {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(reads_members),
        Cond::Test(_, test) => {
            let member = |subject: &Subject| matches!(subject.of.as_str(), "source" | "each" | "lowest");
            match test {
                Test::In { subject, .. } | Test::Target { subject, .. } | Test::Differ { subject, .. } => {
                    member(subject)
                }
                Test::Dates { subject, other, .. } | Test::Within { subject, other, .. } => {
                    member(subject) || member(other)
                }
                Test::Holds { .. } => false,
            }
        }
    }
}

pub fn different(world: &World<'_>, members: &[usize]) -> usize {
    let mut outcomes: Vec<&Option<String>> = members.iter().map(|at| &world.held(*at).outcome).collect();
    outcomes.sort();
    outcomes.dedup();
    outcomes.len()
}

pub fn total(world: &World<'_>, members: &[usize], fact: &str) -> (Q, Option<Q>) {
    let zero = Q::from_integer(0);
    let ends: Vec<_> = members.iter().map(|at| world.state(Who::Held(*at), fact).ends()).collect();
    let low = ends.iter().map(|end| end.0.unwrap_or(zero)).sum();
    (low, ends.iter().map(|end| end.1).sum())
}
