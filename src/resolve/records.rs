//! `test NAME { … }`: whole records and what is expected of them.

use crate::diagnostic::{Code, Problem, Said};
use crate::language::normal;
use crate::model::{
    BlockId, BodyId, Effect, ExampleHeld, Expectation, ExpectedResult, FactId, Floor, Goal, Holder, Limit,
    LimitId, OutcomeId, ProgrammeId, RecordExpectation, RecordTest, RequirementId, Role, Scope,
    TestJudgement, TestLedgerEntry, TestWaived,
};
use crate::quantity::DateRange;
use crate::space::Value;
use crate::syntax::tree::{
    self, DateLiteral, ExampleAchievement, Expected, ExpectedKind, ExpectedTotal, FactRef, Name, Operand,
    TestExpect, TestGrant, TestJudged, TestWaiver, ValueKind,
};

use super::blocks::Blocks;
use super::conditions::domains_for;
use super::conversions::Applied;
use super::fault::{repeated, unknown, with_nearest};
use super::items::{Item, is_damaged, slots_among};
use super::known::{Known, Making};
use super::marks::mark;
use super::names::{Sort, Thing, is_boxed};
use super::once::Once;
use super::programmes::Places;
use super::spot::{Plain, Scene, spot};
use super::titles::titles;
use super::values::{self, Asked};

/// What a test may name.
struct About<'a, 't> {
    package: usize,
    blocks: &'a Blocks<'t>,
    places: &'a Places,
    programme: Option<ProgrammeId>,
}

impl About<'_, '_> {
    fn root(&self) -> Option<BlockId> {
        self.blocks.roots.get(self.programme?.index()).copied()
    }
}

/// Reads all tests.
pub(super) fn read(
    known: &Known<'_>,
    making: &mut Making,
    blocks: &Blocks<'_>,
    places: &Places,
) -> Vec<RecordTest> {
    let mut first: rustc_hash::FxHashMap<(usize, &str), crate::source::Span> = Default::default();
    for item in &known.items.tests {
        if let Some(name) = &item.declaration.name
            && let Some(before) = first.insert((item.package, &name.text), name.span)
        {
            making.found.push(super::fault::duplicate(&name.text, name.span, before));
        }
    }
    let tests = known.items.tests.iter();
    tests.map(|item| test(known, making, blocks, places, item)).collect()
}

fn test(
    known: &Known<'_>,
    making: &mut Making,
    blocks: &Blocks<'_>,
    places: &Places,
    item: &Item<'_>,
) -> RecordTest {
    let declaration = item.declaration;
    let mut made = RecordTest {
        name: item.name.clone(),
        titles: titles(&declaration.titles),
        on: None,
        programme: None,
        learner: Vec::new(),
        plan: Vec::new(),
        dates: Vec::new(),
        holds: Vec::new(),
        judged: Vec::new(),
        granted: Vec::new(),
        waived: Vec::new(),
        asks: Vec::new(),
        expected: Vec::new(),
        span: declaration.header,
    };
    let slots = slots_among(declaration.body.as_ref(), "declaration.test", &[], false, &mut making.found);
    let mut once = Once::default();
    // The programme says what the names of blocks mean, wherever it stands.
    for slot in &slots {
        if let Operand::TestPlan(plan) = &slot.operand
            && let Some(name) = &plan.programme
        {
            let found = known.names.find(item.package, name, &[Sort::Programme], &mut making.found);
            if let Some(Thing::Programme(programme)) = found {
                made.programme = Some(programme);
            }
        }
    }
    let about = About { package: item.package, blocks, places, programme: made.programme };
    let is_torn = is_damaged(declaration.body.as_ref());
    let scene = scene(known, &about, is_torn);
    for slot in &slots {
        let at = slot.word_span;
        match &slot.operand {
            Operand::On(day) => {
                once.check(&mut making.found, "slot.test-on", at);
                if day.first == day.last {
                    made.on = Some(day.first);
                } else {
                    let date = known.sources.snippet(day.span);
                    making.found.push(Problem::new(Code::DateDay, day.span).say("date", date));
                }
            }
            Operand::TestLearner(stated) => {
                for (fact, value) in stated {
                    circumstance(known, making, &scene, tree::FactOwner::Learner, (fact, value), &mut made);
                }
            }
            Operand::TestPlan(plan) => {
                once.check(&mut making.found, "declaration.plan", at);
                for (fact, value) in &plan.facts {
                    circumstance(known, making, &scene, tree::FactOwner::Plan, (fact, value), &mut made);
                }
            }
            Operand::TestHolds(list) => {
                for written in list {
                    let thing = held(known, making, &scene, written);
                    made.holds.extend(making.made(thing, written.span));
                }
            }
            Operand::TestAsks(names) => {
                for name in names {
                    made.asks.extend(goal(known, making, &about, name));
                }
            }
            Operand::Note(_)
            | Operand::TestJudged(_)
            | Operand::TestGranted(_)
            | Operand::TestWaived(_)
            | Operand::TestExpect(_) => {}
            _ => making.found.misplaced(at, "declaration.test"),
        }
    }
    for slot in &slots {
        match &slot.operand {
            Operand::TestJudged(of) => {
                let judgement = judged(known, making, &about, &scene, &made.holds, of);
                made.judged.extend(making.made(judgement, of.span));
            }
            Operand::TestGranted(of) => {
                let entry = granted(known, making, &about, &scene, of);
                made.granted.extend(making.made(entry, of.span));
            }
            Operand::TestWaived(of) => {
                let waiver = waived(known, making, &about, &scene, of);
                made.waived.extend(making.made(waiver, of.span));
            }
            Operand::TestExpect(of) => expected(known, making, &about, &scene, of, &mut made.expected),
            _ => {}
        }
    }
    made
}

fn scene<'s>(known: &Known<'_>, about: &About<'_, '_>, is_torn: bool) -> Scene<'s> {
    let root = about.root().and_then(|root| about.places.blocks.get(root.index()));
    Scene {
        package: about.package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: root.and_then(|root| root.unit).or(known.package_units.get(about.package).copied().flatten()),
        applied: Applied::default(),
        parties: &[],
        role: Role::Condition,
        damaged: is_torn,
    }
}

/// `learner F = v`, `plan (F = v)`, and dates of the request beside them.
fn circumstance(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    of: tree::FactOwner,
    (fact, value): (&FactRef, &tree::Value),
    made: &mut RecordTest,
) {
    let own = FactRef { of, ..fact.clone() };
    let Some(read) = spot(known, making, scene, &own) else { return };
    if matches!(value.kind, ValueKind::Unknown) {
        return;
    }
    let asked = Asked { package: scene.package, fact: &fact.name.text, kind: None };
    let domains = domains_for(known, making, scene, &read, value);
    let stated = domains.and_then(|domains| values::single(known, making, asked, &domains, value));
    let Some((_, value)) = making.made(stated, value.span) else { return };
    let list = match read.subject.of {
        Holder::Learner => &mut made.learner,
        Holder::Plan => &mut made.plan,
        _ => &mut made.dates,
    };
    if list.iter().any(|(other, _)| *other == read.subject.fact) {
        making.found.push(repeated(Said::Text(fact.name.text.clone()), fact.span, fact.span));
        return;
    }
    list.push((read.subject.fact, value));
}

/// What is held: an outcome or a kind, with facts, so many times.
fn held(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &ExampleAchievement,
) -> Option<ExampleHeld> {
    let name = written.of.as_ref()?;
    let found = known.names.find(scene.package, name, &[Sort::Outcome, Sort::Kind], &mut making.found)?;
    let (outcome, kind) = match found {
        Thing::Outcome(outcome) => (Some(outcome), known.kind_of(outcome)?),
        Thing::Kind(kind) => (None, kind),
        _ => return None,
    };
    super::examples::held_of(known, making, scene, (outcome, kind), written)
}

/// An outcome, or a block of the programme or an account.
fn goal(known: &Known<'_>, making: &mut Making, about: &About<'_, '_>, name: &Name) -> Option<Goal> {
    if let Some(block) = about.blocks.peek(known, about.root(), about.package, name) {
        return Some(Goal::Block(block));
    }
    match known.names.find(about.package, name, &[Sort::Outcome], &mut making.found)? {
        Thing::Outcome(outcome) => Some(Goal::Outcome(outcome)),
        _ => None,
    }
}

fn outcome(known: &Known<'_>, making: &mut Making, about: &About<'_, '_>, name: &Name) -> Option<OutcomeId> {
    match known.names.find(about.package, name, &[Sort::Outcome], &mut making.found)? {
        Thing::Outcome(outcome) => Some(outcome),
        _ => None,
    }
}

fn body(known: &Known<'_>, making: &mut Making, about: &About<'_, '_>, name: &Name) -> Option<BodyId> {
    match known.names.find(about.package, name, &[Sort::Body], &mut making.found)? {
        Thing::Body(body) => Some(body),
        _ => None,
    }
}

fn days(written: Option<&DateLiteral>) -> Option<DateRange> {
    written.and_then(|day| DateRange::new(day.first, day.last))
}

/// `judged similarity of a1 to calculus = 85% by panel`.
fn judged(
    known: &Known<'_>,
    making: &mut Making,
    about: &About<'_, '_>,
    scene: &Scene<'_>,
    holds: &[ExampleHeld],
    written: &TestJudged,
) -> Option<TestJudgement> {
    let all: u32 = holds.iter().map(|held| held.count).sum();
    let of = match &written.of {
        None => None,
        Some(name) => {
            let number = name.text.strip_prefix('a').and_then(|digits| digits.parse::<u32>().ok());
            let Some(number) = number.filter(|number| (1..=all).contains(number)) else {
                let last = format!("a{}", all.max(1));
                let problem = Problem::new(Code::TestAchievement, name.span).say("name", &*name.text);
                making.found.push(problem.say("last", &*last));
                return None;
            };
            Some(number)
        }
    };
    let names = [&*written.fact.text];
    let kinds: Vec<_> = match of {
        None => super::sentences::having(known, &[], &names).into_owned(),
        Some(number) => {
            let mut left = number;
            let at = holds.iter().find(|held| {
                let here = left <= held.count;
                left = left.saturating_sub(held.count);
                here
            });
            vec![at?.kind]
        }
    };
    let scene = Scene { plain: Plain::Of(Holder::Itself), sources: (&kinds[..]).into(), ..scene.clone() };
    let fact = FactRef { of: tree::FactOwner::Plain, name: written.fact.clone(), span: written.fact.span };
    if kinds.is_empty() {
        making.found.push(super::spot::undeclared(known, &written.fact));
        return None;
    }
    let read = spot(known, making, &scene, &fact)?;
    let asked = Asked { package: about.package, fact: &written.fact.text, kind: None };
    let domains = domains_for(known, making, &scene, &read, &written.value)?;
    let (_, value): (_, Value) = values::single(known, making, asked, &domains, &written.value)?;
    let target = match &written.to {
        None => None,
        Some(name) => Some(outcome(known, making, about, name)?),
    };
    let by = body(known, making, about, &written.by)?;
    let on = days(written.on.as_ref());
    let fact: FactId = read.subject.fact;
    Some(TestJudgement { fact, of, target, value, by, on, span: written.span })
}

/// `granted talks 0.5 credits by carried from 4 university-talk on 2018-12-31`.
fn granted(
    known: &Known<'_>,
    making: &mut Making,
    about: &About<'_, '_>,
    scene: &Scene<'_>,
    written: &TestGrant,
) -> Option<TestLedgerEntry> {
    let to = goal(known, making, about, &written.target)?;
    let (amount, unit) = super::amounts::credits(known, making, scene, &written.amount)?;
    let rule = match &written.rule {
        None => None,
        Some(name) => Some(super::sharing::rule_named(known, making, about.package, name)?),
    };
    let mut from = Vec::with_capacity(written.from.len());
    for thing in &written.from {
        from.push(held(known, making, scene, thing)?);
    }
    Some(TestLedgerEntry { to, amount, unit, rule, from, on: days(written.on.as_ref()), span: written.span })
}

/// `waived core 6 credits by board`.
fn waived(
    known: &Known<'_>,
    making: &mut Making,
    about: &About<'_, '_>,
    scene: &Scene<'_>,
    written: &TestWaiver,
) -> Option<TestWaived> {
    let what = floor(known, making, about, &written.requirement)?;
    let amount = match &written.amount {
        None => None,
        Some(number) => Some(super::amounts::credits(known, making, scene, number)?.0),
    };
    let by = body(known, making, about, &written.by)?;
    let because = written.because.as_ref().map(|because| because.text.clone());
    Some(TestWaived { what, amount, by, because, span: written.span })
}

/// The blocks that the programme's lines may stand in.
fn is_within(about: &About<'_, '_>, scope: Scope) -> bool {
    let Scope::Block(block) = scope else { return about.programme.is_none() };
    let root = about.blocks.all.get(block.index()).map(|block| block.root);
    about.root().is_none_or(|own| root == Some(own))
}

fn named<'l>(about: &About<'_, '_>, lines: &'l [Limit], name: &Name) -> Option<(u32, &'l Limit)> {
    let text = normal(&name.text);
    let is_called = |line: &Limit| {
        !line.name.is_empty()
            && (*line.name == *text || line.titles.0.iter().any(|(_, title)| normal(title) == text))
    };
    (0u32..).zip(lines).find(|(_, line)| is_within(about, line.scope) && is_called(line))
}

/// A requirement by its name, or a block, whose own need is meant.
fn floor(known: &Known<'_>, making: &mut Making, about: &About<'_, '_>, name: &Name) -> Option<Floor> {
    if let Some((id, _)) = named(about, &about.places.requirements, name) {
        return Some(Floor::Requirement(RequirementId(id)));
    }
    if let Some(block) = about.blocks.peek(known, about.root(), about.package, name) {
        return Some(Floor::Block(block));
    }
    if let Some(Thing::Programme(programme)) = known.names.peek(about.package, name, &[Sort::Programme]) {
        return about.blocks.roots.get(programme.index()).copied().map(Floor::Block);
    }
    let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.require"), name.span);
    let names = about.places.requirements.iter().map(|line| &*line.name).filter(|name| !name.is_empty());
    making.found.push(with_nearest(problem, &name.text, names));
    None
}

fn expected(
    known: &Known<'_>,
    making: &mut Making,
    about: &About<'_, '_>,
    scene: &Scene<'_>,
    written: &TestExpect,
    all: &mut Vec<RecordExpectation>,
) {
    match written {
        TestExpect::Fulfilled(span) => all.push(RecordExpectation::Fulfilled(*span)),
        TestExpect::Cut(amount, by, span) => {
            let Some((amount, _)) = super::amounts::credits(known, making, scene, amount) else { return };
            let by = match by {
                None => None,
                Some(name) => match limit(making, about, name) {
                    Some(limit) => Some(limit),
                    None => return,
                },
            };
            all.push(RecordExpectation::Cut(amount, by, *span));
        }
        TestExpect::Short(of, amount, span) => {
            let floor = match of {
                ExpectedTotal::Total(at) => {
                    let root = about.root().map(Floor::Block);
                    if root.is_none() {
                        making.found.push(Problem::new(Code::TestProgramme, *at));
                    }
                    root
                }
                ExpectedTotal::Named(name) => floor(known, making, about, name),
            };
            let amount = super::amounts::credits(known, making, scene, amount);
            if let (Some(floor), Some((amount, _))) = (floor, amount) {
                all.push(RecordExpectation::Short(floor, amount, *span));
            }
        }
        TestExpect::Results(list) => {
            for one in list {
                let result = result(known, making, about, scene, one);
                all.extend(making.made(result, one.span).map(RecordExpectation::Result));
            }
        }
    }
}

/// A limit of the programme, of a scheme or a rule, by its name.
fn limit(making: &mut Making, about: &About<'_, '_>, name: &Name) -> Option<LimitId> {
    let own = named(about, &about.places.limits, name);
    let any = || {
        let text = normal(&name.text);
        (0u32..).zip(&about.places.limits).find(|(_, line)| !line.name.is_empty() && *line.name == *text)
    };
    if let Some((id, _)) = own.or_else(any) {
        return Some(LimitId(id));
    }
    let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.limit"), name.span);
    let names = about.places.limits.iter().map(|line| &*line.name).filter(|name| !name.is_empty());
    making.found.push(with_nearest(problem, &name.text, names));
    None
}

/// A grant or a verdict that is expected of a target.
fn result(
    known: &Known<'_>,
    making: &mut Making,
    about: &About<'_, '_>,
    scene: &Scene<'_>,
    written: &Expected,
) -> Option<Expectation> {
    let (mut target, mut block) = (None, None);
    if let Some(name) = &written.target {
        match goal(known, making, about, name)? {
            Goal::Outcome(outcome) => target = Some(outcome),
            Goal::Block(of) => block = Some(of),
        }
    }
    let mut also = Vec::with_capacity(written.also.len());
    for name in &written.also {
        also.push(outcome(known, making, about, name)?);
    }
    let credits =
        |making: &mut Making, amount: &tree::Number| super::amounts::credits(known, making, scene, amount);
    let result = match &written.kind {
        ExpectedKind::Converts => ExpectedResult::Converts,
        ExpectedKind::Grant { amount, mark: with } => {
            let (value, unit) = credits(making, amount)?;
            let with = match with {
                None => None,
                Some(with) => Some(mark(known, making, scene, with)?),
            };
            ExpectedResult::Grant(value, Some(unit), with)
        }
        ExpectedKind::Deposit(amount) => {
            let (value, unit) = credits(making, amount)?;
            ExpectedResult::Deposit(value, Some(unit))
        }
        ExpectedKind::Effect(give, _) => {
            let effect: Effect = super::examples::effect(give)?;
            ExpectedResult::Effect(effect, None)
        }
        ExpectedKind::Refused(reason) => ExpectedResult::Refused(reason.map(super::examples::reason_of)),
        ExpectedKind::Conflict => ExpectedResult::Conflict,
        ExpectedKind::NoRule => ExpectedResult::NoRule,
        ExpectedKind::Refer(None) => ExpectedResult::Refer(None),
        ExpectedKind::Refer(Some(name)) => ExpectedResult::Refer(Some(body(known, making, about, name)?)),
        ExpectedKind::Unknown(None) => ExpectedResult::Unknown(None),
        ExpectedKind::Unknown(Some(fact)) => {
            let names = [&*fact.name.text];
            let kinds = super::sentences::having(known, &[], &names);
            let scene = Scene { plain: Plain::Of(Holder::Itself), sources: kinds, ..scene.clone() };
            ExpectedResult::Unknown(Some(spot(known, making, &scene, fact)?.subject.fact))
        }
        ExpectedKind::NotEstablished => ExpectedResult::NotEstablished,
        ExpectedKind::Nothing => ExpectedResult::Nothing,
    };
    let in_total = written.sharing == Some(tree::Sharing::InTotal);
    let mut carries = Vec::with_capacity(written.carries.len());
    let to = crate::model::Targets::Deposit;
    for of_grant in &written.carries {
        carries.push((super::attributes::kind(known, making, scene, &to, of_grant)?, of_grant.span));
    }
    Some(Expectation { target, block, also, in_total, result, carries, span: written.span })
}
