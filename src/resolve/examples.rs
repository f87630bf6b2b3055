//! Examples: what they hold, when they are asked, what they expect.

use crate::diagnostic::{Code, Problem};
use crate::model::{
    BlockId, Effect, Example, ExampleHeld, Expectation, ExpectedResult, FactId, Holder, KindId, OutcomeId,
    Reason, Rule, RuleId, Targets, UnitId, Window,
};
use crate::quantity::{Date, Ratio};
use crate::space::Value;
use crate::syntax::tree::{
    self, ExampleAchievement, Expected, ExpectedKind, FactOwner, FactRef, Give, GiveKind, Name, ValueKind,
};

use super::amounts::credits;
use super::conditions::domains_for;
use super::fault::with_nearest;
use super::known::{Known, Making};
use super::marks::mark;
use super::names::{Sort, Thing};
use super::spot::{Plain, Scene, spot};
use super::values::{self, Asked};

/// Where an example stands.
pub(super) struct In<'r, 's> {
    pub(super) id: RuleId,
    pub(super) rule: &'r Rule,
    pub(super) scene: &'r Scene<'s>,
}

/// Reads one example of a rule.
pub(super) fn example(
    known: &Known<'_>,
    making: &mut Making,
    of: &In<'_, '_>,
    written: &tree::Example,
) -> Option<Example> {
    let on = first_day(known, &of.rule.windows);
    let mut sound = true;
    let mut holds = Vec::new();
    for achievement in &written.achievements {
        match held(known, making, of, achievement, on) {
            Some(held) => holds.push(held),
            None => sound = false,
        }
    }
    // Of a rule with one source the circumstances alone will do.
    if written.achievements.is_empty()
        && let Some((outcome, kind)) = the_source(known, making, of.rule)
    {
        holds.push(ExampleHeld { count: 1, outcome, kind, facts: Vec::new(), span: written.span });
    }
    let mut made = Example {
        rule: of.id,
        holds,
        learner: Vec::new(),
        plan: Vec::new(),
        dates: Vec::new(),
        on,
        expected: Vec::new(),
        span: written.span,
    };
    for (fact, value) in &written.circumstances {
        let Some(read) = spot(known, making, &circumstance_scene(of), fact) else {
            sound = false;
            continue;
        };
        if matches!(value.kind, ValueKind::Unknown) {
            continue;
        }
        let asked = Asked { package: of.scene.package, fact: &fact.name.text, kind: None };
        let domains = domains_for(known, making, of.scene, &read, value);
        let Some((_, value)) =
            domains.and_then(|domains| values::single(known, making, asked, &domains, value))
        else {
            sound = false;
            continue;
        };
        let stated = (read.subject.fact, value);
        match read.subject.of {
            Holder::Learner => made.learner.push(stated),
            Holder::Plan => made.plan.push(stated),
            Holder::Request => made.dates.push(stated),
            // A fact after a comma is one of the achievement beside it.
            _ => match made.holds.as_mut_slice() {
                [only] => only.facts.push(stated),
                _ => {
                    let problem = Problem::new(Code::ExampleSource, fact.span).say("fact", &*fact.name.text);
                    making.found.push(problem.say("source", source_name(known, making, of)));
                    sound = false;
                }
            },
        }
    }
    default_dates(known, of.rule, on, &mut made);
    for expected in &written.expected {
        match expectation(known, making, of, expected) {
            Some(expected) => made.expected.push(expected),
            None => sound = false,
        }
    }
    sound.then_some(made)
}

/// Where several achievements are used, a fact after a comma is nobody's in particular.
fn circumstance_scene<'s>(of: &In<'_, 's>) -> Scene<'s> {
    let scene = of.scene.clone();
    match scene.plain {
        Plain::Several => Scene { plain: Plain::Of(Holder::Each), ..scene },
        _ => scene,
    }
}

/// The first day on which a rule with these windows is in force; where nothing is stated, the first day of the version.
fn first_day(known: &Known<'_>, windows: &[Window]) -> Option<Date> {
    let from = windows.iter().filter_map(|window| window.days.from).max();
    let until = windows.iter().filter_map(|window| window.days.to).min();
    match (from, until, known.model.package.first_day) {
        (Some(from), _, _) => Some(from),
        (None, Some(until), Some(first)) => Some(until.min(first)),
        (None, until, first) => first.or(until),
    }
}

/// The date that a window tests is the first day in force, unless the example says another.
fn default_dates(known: &Known<'_>, rule: &Rule, on: Option<Date>, made: &mut Example) {
    let Some(day) = on.map(Value::Date) else { return };
    let decided = known.built_in("decided");
    let applied = known.built_in("applied");
    for window in &rule.windows {
        let Some(by) = window.by else { continue };
        let stated = |facts: &[(FactId, Value)]| facts.iter().any(|(fact, _)| *fact == by.fact);
        match by.of {
            Holder::Request if by.fact != decided && by.fact != applied && !stated(&made.dates) => {
                made.dates.push((by.fact, day));
            }
            Holder::Learner if !stated(&made.learner) => made.learner.push((by.fact, day)),
            Holder::Plan if !stated(&made.plan) => made.plan.push((by.fact, day)),
            Holder::Source(_) | Holder::Each | Holder::Itself | Holder::Latest => {
                for held in &mut made.holds {
                    if !stated(&held.facts) {
                        held.facts.push((by.fact, day));
                    }
                }
            }
            _ => {}
        }
    }
}

fn held(
    known: &Known<'_>,
    making: &mut Making,
    of: &In<'_, '_>,
    written: &ExampleAchievement,
    _on: Option<Date>,
) -> Option<ExampleHeld> {
    let thing = match &written.of {
        Some(name) => named(known, making, of, name)?,
        None => only_source(known, making, of, written)?,
    };
    held_of(known, making, of.scene, thing, written)
}

/// What is held of an outcome or a kind: its facts, and how many of the same.
pub(super) fn held_of(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    (outcome, kind): (Option<OutcomeId>, KindId),
    written: &ExampleAchievement,
) -> Option<ExampleHeld> {
    let count = match &written.count {
        None => 1,
        Some(number) => {
            let count =
                number.value.to_int().and_then(|count| u32::try_from(count).ok()).filter(|count| *count > 0);
            let Some(count) = count else {
                let text = making.found.written(number.span);
                making.found.push(super::selections::not_a_number(text, number.span));
                return None;
            };
            count
        }
    };
    let kinds = [kind];
    let scene = Scene { plain: Plain::Of(Holder::Itself), sources: (&kinds[..]).into(), ..scene.clone() };
    let mut facts: Vec<(FactId, Value)> = Vec::new();
    let mut sound = true;
    for (fact, value) in &written.facts {
        let Some(read) = spot(known, making, &scene, fact) else {
            sound = false;
            continue;
        };
        if matches!(value.kind, ValueKind::Unknown) {
            continue;
        }
        let asked = Asked { package: scene.package, fact: &fact.name.text, kind: None };
        let domains = domains_for(known, making, &scene, &read, value);
        match domains.and_then(|domains| values::single(known, making, asked, &domains, value)) {
            Some((_, value)) => {
                if let Some((_, _)) = facts.iter().find(|(other, _)| *other == read.subject.fact) {
                    let word = crate::diagnostic::Said::Text(fact.name.text.clone());
                    making.found.push(super::fault::repeated(word, fact.span, fact.span));
                }
                facts.push((read.subject.fact, value));
            }
            None => sound = false,
        }
    }
    sound.then_some(ExampleHeld { count, outcome, kind, facts, span: written.span })
}

fn named(
    known: &Known<'_>,
    making: &mut Making,
    of: &In<'_, '_>,
    name: &Name,
) -> Option<(Option<OutcomeId>, KindId)> {
    match known.names.find(of.scene.package, name, &[Sort::Outcome, Sort::Kind], &mut making.found)? {
        Thing::Outcome(outcome) => Some((Some(outcome), known.kind_of(outcome)?)),
        Thing::Kind(kind) => Some((None, kind)),
        _ => None,
    }
}

/// Where a rule has one source, its facts alone will do.
fn only_source(
    known: &Known<'_>,
    making: &mut Making,
    of: &In<'_, '_>,
    written: &ExampleAchievement,
) -> Option<(Option<OutcomeId>, KindId)> {
    if let Some(source) = the_source(known, making, of.rule) {
        return Some(source);
    }
    // Without a source there is nobody to have these facts; of one whose kind is missing, that has been said.
    if of.scene.plain == Plain::Nobody {
        if !of.scene.damaged {
            for (fact, _) in &written.facts {
                super::spot::no_source(making, &fact.name);
            }
        }
        return None;
    }
    let items = of.rule.sources.iter().flatten().flat_map(|slot| &slot.items);
    let classes = items.filter_map(|item| making.classes.list.get(item.class.index()));
    let unkind = classes.flat_map(|class| &class.outcomes).any(|outcome| known.kind_of(*outcome).is_none());
    if !of.scene.damaged && !unkind {
        let fact = written.facts.first().map_or("…", |(fact, _)| &*fact.name.text);
        let problem = Problem::new(Code::ExampleSource, written.span).say("fact", fact);
        making.found.push(problem.say("source", source_name(known, making, of)));
    }
    None
}

/// The one outcome or kind that a rule starts from, where it is one.
fn the_source(known: &Known<'_>, making: &Making, rule: &Rule) -> Option<(Option<OutcomeId>, KindId)> {
    let mut classes = rule.sources.iter().flatten().flat_map(|slot| &slot.items).map(|item| item.class);
    let only = classes.next().filter(|_| classes.next().is_none())?;
    let class = making.classes.list.get(only.index())?;
    match (class.outcomes.as_slice(), class.kinds.as_slice()) {
        ([outcome], []) => Some((Some(*outcome), known.kind_of(*outcome)?)),
        ([], [kind]) => Some((None, *kind)),
        _ => None,
    }
}

fn source_name(known: &Known<'_>, making: &Making, of: &In<'_, '_>) -> Box<str> {
    let class = of.rule.sources.iter().flatten().flat_map(|slot| &slot.items).next().map(|item| item.class);
    let class = class.and_then(|class| making.classes.list.get(class.index()));
    let first = class.and_then(|class| {
        class.outcomes.first().map(|o| Thing::Outcome(*o)).or(class.kinds.first().map(|k| Thing::Kind(*k)))
    });
    first.map_or("…", |thing| known.names.name_of(thing)).into()
}

fn expectation(
    known: &Known<'_>,
    making: &mut Making,
    of: &In<'_, '_>,
    written: &Expected,
) -> Option<Expectation> {
    // Whatever is named is looked up, whether or not another name stands for nothing.
    let effect_for = match &written.kind {
        ExpectedKind::Effect(give, _) => target_named(give),
        _ => None,
    };
    let effect_for = effect_for.map(|name| target(known, making, of, name));
    // A place for credits is no course: its amounts add up.
    let block = written.target.as_ref().and_then(|name| account(known, of, name));
    let first = match &written.target {
        None => None,
        Some(_) if block.is_some() => None,
        Some(name) => Some(target(known, making, of, name)?),
    };
    if effect_for == Some(None) {
        return None;
    }
    let mut also = Vec::with_capacity(written.also.len());
    for name in &written.also {
        also.push(target(known, making, of, name)?);
    }
    let package = of.scene.package;
    let mark_of = |making: &mut Making, written: &Option<tree::MarkRule>| match written {
        None => Some(None),
        Some(written) => mark(known, making, of.scene, written).map(Some),
    };
    let result = match &written.kind {
        ExpectedKind::Converts => ExpectedResult::Converts,
        ExpectedKind::Grant { amount, mark } => {
            let (value, unit) = grant(known, making, of, amount)?;
            ExpectedResult::Grant(value, unit, mark_of(making, mark)?)
        }
        ExpectedKind::Effect(give, mark) => ExpectedResult::Effect(effect(give)?, mark_of(making, mark)?),
        ExpectedKind::Deposit(amount) => {
            let (value, unit) = grant(known, making, of, amount)?;
            ExpectedResult::Deposit(value, unit)
        }
        ExpectedKind::Refused(reason) => ExpectedResult::Refused(reason.map(reason_of)),
        ExpectedKind::Conflict => ExpectedResult::Conflict,
        ExpectedKind::NoRule => ExpectedResult::NoRule,
        ExpectedKind::Refer(None) => ExpectedResult::Refer(None),
        ExpectedKind::Refer(Some(name)) => {
            match known.names.find(package, name, &[Sort::Body], &mut making.found)? {
                Thing::Body(body) => ExpectedResult::Refer(Some(body)),
                _ => return None,
            }
        }
        ExpectedKind::Unknown(None) => ExpectedResult::Unknown(None),
        ExpectedKind::Unknown(Some(fact)) => {
            ExpectedResult::Unknown(Some(unknown_fact(known, making, of, fact)?))
        }
        ExpectedKind::NotEstablished => ExpectedResult::NotEstablished,
        ExpectedKind::Nothing => ExpectedResult::Nothing,
    };
    let in_total = written.sharing == Some(tree::Sharing::InTotal);
    let mut carries = Vec::with_capacity(written.carries.len());
    for of_grant in &written.carries {
        let says = super::attributes::kind(known, making, of.scene, &of.rule.targets, of_grant)?;
        carries.push((says, of_grant.span));
    }
    Some(Expectation { target: first, block, also, in_total, result, carries, span: written.span })
}

/// The account that an example names, which is one that the rule sends to.
fn account(known: &Known<'_>, of: &In<'_, '_>, name: &Name) -> Option<BlockId> {
    let sent = |targets: &Targets, block| matches!(targets, Targets::Blocks { of, .. } if of.iter().any(|(other, _)| *other == block));
    match known.names.peek(of.scene.package, name, &[Sort::Block])? {
        Thing::Block(block) => {
            let lines = of.rule.lines.iter().map(|line| &line.targets);
            lines.chain([&of.rule.targets]).any(|targets| sent(targets, block)).then_some(block)
        }
        _ => None,
    }
}

fn unknown_fact(known: &Known<'_>, making: &mut Making, of: &In<'_, '_>, fact: &FactRef) -> Option<FactId> {
    let mut scene = circumstance_scene(of);
    if scene.plain == Plain::Nobody {
        scene.plain = Plain::Of(Holder::Itself);
    }
    if fact.of == FactOwner::Plain && known.learner_fact(&fact.name.text).is_some() {
        let has = scene.sources.iter().any(|&kind| known.kind_fact(kind, &fact.name.text).is_some());
        if !has {
            return known.learner_fact(&fact.name.text).map(|of| of.fact);
        }
    }
    spot(known, making, &scene, fact).map(|read| read.subject.fact)
}

/// The target that an example names, which must be one of the rule's.
fn target(known: &Known<'_>, making: &mut Making, of: &In<'_, '_>, name: &Name) -> Option<OutcomeId> {
    let thing = known.names.find(of.scene.package, name, &[Sort::Outcome], &mut making.found)?;
    let Thing::Outcome(outcome) = thing else { return None };
    let all = of.rule.targets.all();
    if all.iter().all(|target| target.outcome != outcome)
        && !of.scene.damaged
        && !matches!(of.rule.targets, Targets::Deposit)
    {
        let names = all.iter().map(|target| known.names.name_of(Thing::Outcome(target.outcome)));
        let problem = Problem::new(Code::ExampleTarget, name.span)
            .say("target", &*name.text)
            .say("rule", &*of.rule.name);
        making.found.push(with_nearest(problem, &name.text, names));
        return None;
    }
    Some(outcome)
}

/// An expected amount: without a unit, in the unit of what the rule gives.
fn grant(
    known: &Known<'_>,
    making: &mut Making,
    of: &In<'_, '_>,
    amount: &tree::Number,
) -> Option<(Ratio, Option<UnitId>)> {
    if amount.unit.is_none() && of.scene.unit.is_none() && !amount.percent {
        return Some((amount.value, None));
    }
    let (value, unit) = credits(known, making, of.scene, amount)?;
    Some((value, Some(unit)))
}

/// What an effect names as its own target.
fn target_named(give: &Give) -> Option<&Name> {
    match &give.kind {
        GiveKind::Access(to) | GiveKind::Placement(to) | GiveKind::Award(to) => Some(to),
        GiveKind::Entry(_, to) => Some(to),
        _ => None,
    }
}

pub(super) fn effect(give: &Give) -> Option<Effect> {
    Some(match &give.kind {
        GiveKind::NoCreditReduced => Effect::TotalReduced,
        GiveKind::NoCreditReplaced(_) => Effect::Replaced(Vec::new()),
        GiveKind::AttendanceOnly => Effect::AttendanceOnly,
        GiveKind::Completion => Effect::Completion,
        GiveKind::Access(_) => Effect::Access,
        GiveKind::Placement(_) => Effect::Placement,
        GiveKind::Entry(year, _) => Effect::Entry(u32::try_from(year.value.to_int()?).ok()?),
        GiveKind::Award(_) => Effect::Award,
        GiveKind::Amount(_) | GiveKind::Answer(_) | GiveKind::Unclear(_) => return None,
    })
}

pub(super) const fn reason_of(word: tree::ReasonWord) -> Reason {
    match word {
        tree::ReasonWord::ConditionNotMet => Reason::ConditionNotMet,
        tree::ReasonWord::Excluded => Reason::Excluded,
        tree::ReasonWord::NotYet => Reason::NotYet,
        tree::ReasonWord::Expired => Reason::Expired,
        tree::ReasonWord::AlreadyUsed => Reason::AlreadyUsed,
        tree::ReasonWord::OverLimit => Reason::OverLimit,
        tree::ReasonWord::NotInForce => Reason::NotInForce,
    }
}
