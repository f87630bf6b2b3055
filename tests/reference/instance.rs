//! Applications of rules: how achievements fill them, and what each comes to after bars, defeat and value.

use super::admit::{admissible, barred, covered, fit};
use super::condition::{Out, Question, Reason, View, Who, World};
use super::held::chosen;
use super::model::{self, Cond, Gives, Model, Rule, Slot, Subject, Take, Test};
use super::record::Goal;
use super::value::{Q, Truth};
use super::worth::{Res, Worth, worth};

/// An application of a rule to some achievements and one target.
pub struct Instance<'a> {
    pub rule: &'a Rule,
    /// Which alternative of the rule's `from`.
    pub bundle: &'a [Slot],
    pub target: Option<&'a str>,
    pub goal: Goal,
    pub filling: Filling,
    /// By slot: the achievement, or the members that surely count.
    pub sure: Vec<Vec<usize>>,
    /// What is left of the evidence after members were dropped.
    pub left: Vec<usize>,
    /// The same, slot by slot.
    pub left_in: Vec<Vec<usize>>,
    pub verified: bool,
    pub bar: Out,
    pub result: Option<Res>,
    pub active: Out,
}

/// What stands in each slot: one achievement, or a candidate set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    pub slots: Vec<Vec<usize>>,
    /// Whether it fills the rule only in part.
    pub partial: bool,
}

/// Every application that the achievements allow.
pub fn instances<'a>(world: &World<'a>, asked: &[usize]) -> Vec<Instance<'a>> {
    let mut all: Vec<Instance<'a>> = Vec::new();
    for rule in overriders_first(world.model) {
        for bundle in &rule.sources {
            for (target, excluded) in targets(rule) {
                let world = World { toward: target, ..*world };
                for filling in fillings(&world, bundle, asked) {
                    let made = instance(&world, rule, bundle, filling, target, excluded, &all);
                    all.push(made);
                }
            }
        }
    }
    all
}

/// The rules in an order in which those that override a rule come before it.
fn overriders_first(model: &Model) -> Vec<&Rule> {
    let mut order: Vec<&Rule> = Vec::new();
    while order.len() < model.rules.len() {
        let placed = |rule: &Rule| order.iter().any(|other| std::ptr::eq(*other, rule));
        let ready = |rule: &Rule| model.rules.iter().filter(|other| overrides(other, rule)).all(placed);
        order.push(model.rules.iter().find(|rule| !placed(rule) && ready(rule)).unwrap());
    }
    order
}

fn overrides(over: &Rule, under: &Rule) -> bool {
    over.overrides.iter().any(|(scheme, name)| *scheme == under.scheme && *name == under.name)
}

fn targets(rule: &Rule) -> Vec<(Option<&str>, bool)> {
    if rule.form == "deposit" {
        return vec![(None, false)];
    }
    rule.targets.iter().map(|(outcome, excluded)| (Some(outcome.as_str()), *excluded)).collect()
}

/// Every way to fill a bundle: an achievement for each single slot, all different, and for each set what the single slots
/// leave of its candidates. Where none is whole though something is held, the one way to fill it in part.
fn fillings(world: &World<'_>, bundle: &[Slot], asked: &[usize]) -> Vec<Filling> {
    if bundle.is_empty() {
        return vec![Filling { slots: Vec::new(), partial: false }];
    }
    // A bracket selects; what `except` names was meant, and is refused.
    let selected: Vec<Vec<usize>> = bundle
        .iter()
        .map(|slot| {
            let named = |at: &&usize| {
                // An outcome does not convert to itself.
                if world.toward.is_some() && world.held(**at).outcome.as_deref() == world.toward {
                    return false;
                }
                slot.items.iter().any(|item| world.selects(item, **at).truth != Truth::F)
                    && world.has_value(slot, **at).truth != Truth::F
            };
            asked.iter().filter(named).copied().collect()
        })
        .collect();
    let mut ways: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    for (place, slot) in bundle.iter().enumerate() {
        let mut longer = Vec::new();
        for way in &ways {
            if slot.take != Take::One {
                longer.push([way.as_slice(), &[Vec::new()]].concat());
                continue;
            }
            for at in selected[place].iter().filter(|at| !way.concat().contains(at)) {
                longer.push([way.as_slice(), &[vec![*at]]].concat());
            }
        }
        ways = longer;
    }
    for way in &mut ways {
        let singles = way.concat();
        for (place, slot) in bundle.iter().enumerate().filter(|(_, slot)| slot.take != Take::One) {
            let _ = slot;
            way[place] = selected[place].iter().filter(|at| !singles.contains(at)).copied().collect();
        }
    }
    ways.retain(|way| seats(world, bundle, way, false));
    ways.retain(|way| world.together(bundle, way).truth != Truth::F);
    // Of the ways to seat the same achievements those that seat nobody where it is excluded go first.
    let clean = |way: &Vec<Vec<usize>>| {
        way.iter().zip(bundle).all(|(used, slot)| {
            slot.take != Take::One || used.iter().all(|at| world.meant(slot, *at).truth != Truth::F)
        })
    };
    let set = |way: &Vec<Vec<usize>>| {
        let mut all = way.concat();
        all.sort_unstable();
        all
    };
    let tidy: Vec<Vec<usize>> = ways.iter().filter(|way| clean(way)).map(set).collect();
    ways.retain(|way| clean(way) || !tidy.contains(&set(way)));
    if ways.is_empty() && selected.iter().any(|fits| !fits.is_empty()) {
        return vec![Filling { slots: selected, partial: true }];
    }
    ways.into_iter().map(|slots| Filling { slots, partial: false }).collect()
}

/// Whether the members of the slots, each used in one of them, are enough for all of them: surely, or as far as is known.
fn seats(world: &World<'_>, bundle: &[Slot], members: &[Vec<usize>], surely: bool) -> bool {
    let needed = if surely { Truth::T } else { Truth::U };
    !choices(world, bundle, members).iter().all(|used| worth_enough(world, bundle, used) < needed)
}

/// Whether what is used in each slot that asks for credits is worth them.
pub fn worth_enough(world: &World<'_>, bundle: &[Slot], used: &[Vec<usize>]) -> Truth {
    let of_slot = |(slot, used): (&Slot, &Vec<usize>)| match &slot.take {
        Take::Credits(wanted) => match total(world, used, "credits") {
            (low, _) if low >= *wanted => Truth::T,
            (_, Some(high)) if high < *wanted => Truth::F,
            _ => Truth::U,
        },
        _ => Truth::T,
    };
    bundle.iter().zip(used).map(of_slot).min().unwrap_or(Truth::T)
}

/// The members of a set slot after its tests, bars and overriders: those that surely count, those that may, and why others do
/// not.
#[derive(Default)]
struct Members {
    sure: Vec<usize>,
    may: Vec<usize>,
    open: Vec<Question>,
    dropped: Vec<Out>,
    /// Those that may count only if something unpublished says so.
    withheld: Vec<usize>,
    /// Whether a bar dropped one.
    a_bar_drops: bool,
}

fn instance<'a>(
    world: &World<'a>,
    rule: &'a Rule,
    bundle: &'a [Slot],
    filling: Filling,
    target: Option<&'a str>,
    excluded: bool,
    before: &[Instance<'a>],
) -> Instance<'a> {
    let goal =
        target.map_or_else(|| Goal::Deposit(rule.scheme.clone()), |name| Goal::Outcome(name.to_owned()));
    let mut parts = Vec::new();
    if excluded {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::Excluded));
    }
    if covered(world, &goal) {
        parts.push(Out::of(Truth::F, Vec::new(), Reason::AlreadyUsed));
    }
    let verified = rule.verified && world.model.schemes[&rule.scheme].verified;
    if filling.partial {
        return in_part(world, rule, bundle, filling, target, goal, parts, verified);
    }
    let over: Vec<&Instance<'a>> =
        before.iter().filter(|it| it.verified && it.goal == goal && overrides(it.rule, rule)).collect();
    let (member_tests, whole_tests) = split(&rule.when, bundle);
    let mut sure = filling.slots.clone();
    let mut may: Vec<Vec<usize>> = vec![Vec::new(); bundle.len()];
    let (mut open, mut dropped, mut withheld) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bars, mut a_bar_drops) = (Vec::new(), false);
    let mut singles = Vec::new();
    for (place, slot) in bundle.iter().enumerate() {
        if slot.take == Take::One {
            for at in &filling.slots[place] {
                parts.push(fit(world, slot, *at));
                parts.push(admissible(world, rule, *at));
                bars.push(barred(world, rule, Some(*at), target));
                singles.push(*at);
            }
            continue;
        }
        let found = members(world, rule, slot, place, &filling, target, &member_tests, &over);
        a_bar_drops |= found.a_bar_drops;
        sure[place] = found.sure;
        may[place] = found.may;
        open.extend(found.open);
        dropped.extend(found.dropped);
        withheld.extend(found.withheld);
    }
    parts.push(world.together(bundle, &filling.slots));
    if bundle.is_empty() {
        bars.push(barred(world, rule, None, target));
    }
    let pooled = bundle.iter().any(|slot| slot.take != Take::One);
    let both: Vec<Vec<usize>> = sure.iter().zip(&may).map(|(sure, may)| [&sure[..], may].concat()).collect();
    let members = if !pooled {
        Out::truth(Truth::T)
    } else {
        enough(world, bundle, &sure, &both, &open, &withheld, dropped)
    };
    let seated = members.truth;
    // A bar drops members; where that leaves too few, it stands against the whole.
    if seated == Truth::F && a_bar_drops {
        bars.push(Out::truth(Truth::T));
    }
    parts.push(members);
    // The tests of the rule, over the single achievements and the sure members of the sets.
    let mut view = View { used: sure.clone(), target, itself: None };
    let choices = subsets(&sure, &may);
    let (on_choice, apart): (Vec<Cond>, Vec<Cond>) =
        whole_tests.into_iter().partition(|test| is_limited(bundle) && reads_totals(test));
    if !on_choice.is_empty() && seated != Truth::F {
        parts.push(some_choice(world, &on_choice, &view, bundle, &sure, &both, &open));
    }
    for test in &apart {
        let each = choices.iter().map(|used| world.cond(test, &View { used: used.clone(), ..view.clone() }));
        let mut out = alike(each.collect());
        if out.truth == Truth::U && choices.len() > 1 {
            out.questions.extend(world.of_the_whole(test, &both.concat()));
        }
        if out.truth == Truth::U && reads_totals(test) {
            // Whether more members count may decide it as well.
            out.questions.extend(open.clone());
        }
        parts.push(out);
    }
    if pooled && !singles.is_empty() {
        let used = filling
            .slots
            .iter()
            .zip(bundle)
            .map(|(used, slot)| if slot.take == Take::One { used.clone() } else { Vec::new() });
        let alone = View { used: used.collect(), ..view.clone() };
        parts.push(world.cond(&Cond::All(member_tests), &alone));
    }
    let mut state = Out::all(parts);
    let mut verified = verified;
    let mut result = None;
    if state.truth != Truth::F {
        if seated == Truth::U {
            view.used.clone_from(&both);
        }
        match worth(world, rule, &view, bundle) {
            // With members still open only what does not depend on them is known.
            Worth::Gives(res) if seated == Truth::T || is_flat(rule, &res) => result = Some(res),
            Worth::Gives(_) => {}
            Worth::Unknown(questions) => {
                state = Out::all(vec![state, Out::of(Truth::U, questions, Reason::ConditionNotMet)]);
            }
            // More members may count once more is known, and then it may come to something.
            Worth::NotHere | Worth::Zero if !open.is_empty() => {
                state = Out::all(vec![state, Out::of(Truth::U, open.clone(), Reason::ConditionNotMet)]);
            }
            Worth::NotHere | Worth::Zero => state = Out::truth(Truth::F),
            Worth::Unverified => verified = false,
        }
    }
    verified &= !state.unpublished;
    let rest = |((sure, may), all): ((&Vec<usize>, &Vec<usize>), &Vec<usize>)| {
        let rest = [&sure[..], may].concat();
        if rest.is_empty() { all.clone() } else { rest }
    };
    let left_in: Vec<Vec<usize>> = sure.iter().zip(&may).zip(&filling.slots).map(rest).collect();
    let left = left_in.concat();
    let mut active = state;
    if verified && active.truth != Truth::F {
        // What has no achievement, a right, is set aside by another right.
        let meets = |it: &&&Instance<'a>| {
            singles.iter().any(|at| it.left.contains(at)) || bundle.is_empty() && it.bundle.is_empty()
        };
        let set_aside = over.iter().filter(meets).map(|it| aside(&it.active));
        active = Out::all([active].into_iter().chain(set_aside).collect());
    }
    Instance {
        rule,
        bundle,
        target,
        goal,
        filling,
        sure,
        left,
        left_in,
        verified,
        bar: Out::any(bars),
        result,
        active,
    }
}

/// A rule that is filled only in part is not met, for whatever else it would fail too.
#[allow(clippy::too_many_arguments, reason = "one of the two ends of `instance`")]
fn in_part<'a>(
    world: &World<'a>,
    rule: &'a Rule,
    bundle: &'a [Slot],
    filling: Filling,
    target: Option<&'a str>,
    goal: Goal,
    mut parts: Vec<Out>,
    verified: bool,
) -> Instance<'a> {
    let mut bars = Vec::new();
    for (slot, fits) in bundle.iter().zip(&filling.slots) {
        // Missing is only what is not held: where nothing held can be used, that is said.
        if !fits.is_empty() {
            let usable = |at: &usize| Out::all(vec![fit(world, slot, *at), admissible(world, rule, *at)]);
            parts.push(Out::any(fits.iter().map(usable).collect()));
            bars.push(Out::all(fits.iter().map(|at| barred(world, rule, Some(*at), target)).collect()));
        }
    }
    let (_, whole) = split(&rule.when, bundle);
    let lines = whole.iter().flat_map(|line| match line {
        Cond::All(parts) => parts.clone(),
        other => vec![other.clone()],
    });
    let view = View { used: vec![Vec::new(); bundle.len()], target, itself: None };
    parts.extend(lines.filter(|line| !reads_evidence(line)).map(|line| world.cond(&line, &view)));
    parts.push(Out::truth(Truth::F));
    let left = filling.slots.concat();
    let left_in = filling.slots.clone();
    Instance {
        rule,
        bundle,
        target,
        goal,
        sure: filling.slots.clone(),
        filling,
        left,
        left_in,
        verified,
        bar: Out::any(bars),
        result: None,
        active: Out::all(parts),
    }
}

/// What an overrider leaves: nothing where it holds, and then this was excluded.
fn aside(over: &Out) -> Out {
    let mut free = over.clone().not();
    free.reasons = free.reasons.iter().map(|_| Reason::Excluded).collect();
    free
}

#[allow(clippy::too_many_arguments, reason = "a part of `instance`")]
fn members<'a>(
    world: &World<'a>,
    rule: &Rule,
    slot: &Slot,
    place: usize,
    filling: &Filling,
    target: Option<&'a str>,
    tests: &[Cond],
    over: &[&Instance<'a>],
) -> Members {
    let mut found = Members::default();
    for at in &filling.slots[place] {
        let mut used = vec![Vec::new(); filling.slots.len()];
        used[place] = vec![*at];
        let view = View { used, target, itself: None };
        let bar = barred(world, rule, Some(*at), target);
        found.a_bar_drops |= bar.truth == Truth::T;
        let mut parts = vec![
            fit(world, slot, *at),
            admissible(world, rule, *at),
            world.cond(&Cond::All(tests.to_vec()), &view),
            aside(&bar),
        ];
        parts.extend(over.iter().filter(|it| it.left.contains(at)).map(|it| aside(&it.active)));
        let member = Out::all(parts);
        match member.truth {
            Truth::T => found.sure.push(*at),
            Truth::U => {
                found.may.push(*at);
                if member.unpublished {
                    found.withheld.push(*at);
                }
                found.open.extend(member.questions);
            }
            Truth::F => found.dropped.push(member),
        }
    }
    found
}

/// Whether the sure members are enough, or the possible ones may be.
fn enough(
    world: &World<'_>,
    bundle: &[Slot],
    sure: &[Vec<usize>],
    both: &[Vec<usize>],
    open: &[Question],
    withheld: &[usize],
    dropped: Vec<Out>,
) -> Out {
    if seats(world, bundle, sure, true) {
        return Out::truth(Truth::T);
    }
    if seats(world, bundle, both, false) {
        let mut questions = open.to_vec();
        for (slot, used) in bundle.iter().zip(both) {
            if matches!(slot.take, Take::Credits(_)) {
                let open = used.iter().filter(|at| world.state(Who::Held(**at), "credits").value().is_none());
                questions.extend(open.map(|at| (world.held(*at).id.clone(), "credits".into())));
            }
        }
        // Nothing that a learner states seats those whose tests read what is not published.
        let rest: Vec<Vec<usize>> =
            both.iter().map(|of| of.iter().filter(|at| !withheld.contains(at)).copied().collect()).collect();
        let unpublished = !seats(world, bundle, &rest, false);
        return Out { unpublished, ..Out::of(Truth::U, questions, Reason::ConditionNotMet) };
    }
    // Too few: for what members were dropped, else because there are too few.
    if dropped.is_empty() { Out::truth(Truth::F) } else { Out::all(dropped) }
}

/// Whether some choice that the slots leave passes these tests, each test on the whole of what is used: with sure members surely,
/// with others as far as is known.
fn some_choice(
    world: &World<'_>,
    tests: &[Cond],
    view: &View<'_>,
    bundle: &[Slot],
    sure: &[Vec<usize>],
    both: &[Vec<usize>],
    open: &[Question],
) -> Out {
    let outs = choices(world, bundle, both).into_iter().map(|used| {
        let is_sure = used.iter().zip(sure).all(|(used, sure)| used.iter().all(|at| sure.contains(at)));
        let passes = tests.iter().map(|test| world.cond(test, &View { used: used.clone(), ..view.clone() }));
        let worth = Out::truth(worth_enough(world, bundle, &used));
        Out::all(passes.chain([Out::truth(if is_sure { Truth::T } else { Truth::U }), worth]).collect())
    });
    let mut out = Out::any(outs.collect());
    if out.truth == Truth::U {
        out.questions = tests.iter().flat_map(|test| world.of_the_whole(test, &both.concat())).collect();
        out.questions.extend(open.iter().cloned());
    }
    out
}

/// Every choice among members that the slots leave, each achievement used in one of them. What stands alone in a set that takes any
/// number is used whole: beside another set it may have to leave some to that.
pub fn choices(world: &World<'_>, bundle: &[Slot], members: &[Vec<usize>]) -> Vec<Vec<Vec<usize>>> {
    let beside = bundle.iter().filter(|slot| slot.take != Take::One).count() > 1;
    fillings_of(world, bundle, members, beside)
}

/// The same, with a set that takes any number used in part, too.
pub fn some_of_each(world: &World<'_>, bundle: &[Slot], members: &[Vec<usize>]) -> Vec<Vec<Vec<usize>>> {
    fillings_of(world, bundle, members, true)
}

fn fillings_of(
    world: &World<'_>,
    bundle: &[Slot],
    members: &[Vec<usize>],
    in_part: bool,
) -> Vec<Vec<Vec<usize>>> {
    let mut all = vec![vec![Vec::new(); bundle.len()]];
    for (place, slot) in bundle.iter().enumerate() {
        let mut next = Vec::new();
        for used in all {
            let taken: Vec<usize> = used.concat();
            let free: Vec<usize> = members[place].iter().filter(|at| !taken.contains(at)).copied().collect();
            let (numbers, different) = match slot.take {
                Take::One => (members[place].len()..=members[place].len(), false),
                Take::Exactly(number) => (number..=number, true),
                Take::UpTo(number) => (1..=number, true),
                Take::Together | Take::Credits(_) if in_part => (1..=free.len(), false),
                Take::Together | Take::Credits(_) => (free.len().max(1)..=free.len(), false),
            };
            for number in numbers {
                chosen(&free, number, &mut |some| {
                    if !different || all_different(world, slot, some) {
                        let mut with = used.clone();
                        with[place] = some.to_vec();
                        next.push(with);
                    }
                    false
                });
            }
        }
        all = next;
    }
    all
}

pub fn is_limited(bundle: &[Slot]) -> bool {
    bundle.iter().any(|slot| matches!(slot.take, Take::Exactly(_) | Take::UpTo(_)))
}

pub fn reads_totals(cond: &Cond) -> bool {
    reads(cond, &["total", "latest"])
}

/// Whether what a rule gives does not depend on which members a set has.
fn is_flat(rule: &Rule, res: &Res) -> bool {
    match &rule.gives {
        Gives::Credit(amount) => {
            matches!(amount.piece, model::Piece::Constant(_) | model::Piece::TargetCredits)
                || !matches!(res, Res::Grant { .. })
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

/// The lines of a condition that test members of a set one by one, and those that test the whole.
pub fn split(cond: &Cond, bundle: &[Slot]) -> (Vec<Cond>, Vec<Cond>) {
    if bundle.iter().all(|slot| slot.take == Take::One) {
        return (Vec::new(), vec![cond.clone()]);
    }
    let parts = match cond {
        Cond::All(parts) => parts.clone(),
        other => vec![other.clone()],
    };
    parts.into_iter().partition(|part| reads(part, &["source", "each", "some", "lowest"]))
}

fn reads_evidence(cond: &Cond) -> bool {
    reads(cond, &["source", "each", "some", "lowest", "total", "latest"])
}

/// Whether a condition reads a fact of one of these.
fn reads(cond: &Cond, of: &[&str]) -> bool {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(|part| reads(part, of)),
        Cond::Test(_, test) => {
            let member = |subject: &Subject| of.contains(&subject.of.as_str());
            match test {
                Test::In { subject, .. } | Test::Target { subject, .. } | Test::Differ { subject, .. } => {
                    member(subject)
                }
                Test::Dates { subject, other, .. } | Test::Within { subject, other, .. } => {
                    member(subject) || member(other)
                }
                Test::Level(test) => member(&test.subject),
                // What several cover, they cover together.
                Test::Covers(_) => of.contains(&"total"),
                Test::Holds { after, .. } => after.as_ref().is_some_and(member),
                Test::Lasting(_) => false,
            }
        }
    }
}

/// Whether no two of them are takings of one outcome.
pub fn all_different(world: &World<'_>, slot: &Slot, members: &[usize]) -> bool {
    members
        .iter()
        .enumerate()
        .all(|(at, one)| members[..at].iter().all(|other| !world.repeats_in(slot, *one, *other)))
}

/// The least and the most that a fact comes to over some achievements.
pub fn total(world: &World<'_>, members: &[usize], fact: &str) -> (Q, Option<Q>) {
    let zero = Q::from_integer(0);
    let ends: Vec<_> = members.iter().map(|at| world.state(Who::Held(*at), fact).ends()).collect();
    let low = ends.iter().map(|end| end.0.unwrap_or(zero)).sum();
    (low, ends.iter().map(|end| end.1).sum())
}
