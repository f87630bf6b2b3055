//! Where a rule holds: its brackets, tests and cells, less what bars it and what sets it aside.

use crate::evaluate::{Asked, Owner, Sink, membership};
use crate::graph::{Goal, goals_of};
use crate::model::{AtomTest, Bar, Cond, Holder, Rule, RuleId, SourceItem, Status, Subject, Take, Targets};
use crate::space::{Partition, Set, Value};

use super::Reason;
use super::condition::form;
use super::form::{Bounds, Form, boxes};
use super::given::{Amount, Answered, Grant, given};
use super::scene::{Dim, Scene, Whose};

/// So many rules may override one another in a row.
const LONGEST_CHAIN: u32 = 16;

/// A way into a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Entry {
    pub(super) rule: RuleId,
    pub(super) alternative: u32,
}

/// A box in which a rule answers.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) entry: Entry,
    pub(super) bounds: Bounds,
    pub(super) answered: Answered,
}

/// Whether a rule may grant or answer anything for a goal: verified, and not excluded by name.
pub(super) fn speaks(scene_goal: Goal, graph: &crate::graph::ConversionGraph, rule: &Rule) -> bool {
    let scheme = graph.model().schemes.get(rule.scheme.index());
    let verified =
        rule.status == Status::Verified && scheme.is_none_or(|scheme| scheme.status == Status::Verified);
    verified
        && graph.model().speaks(rule)
        && goals_of(rule).contains(&scene_goal)
        && !is_excluded(rule, scene_goal)
}

fn is_excluded(rule: &Rule, goal: Goal) -> bool {
    match (&rule.targets, goal) {
        (
            Targets::Each(targets) | Targets::All(targets) | Targets::Choose { of: targets, .. },
            Goal::Outcome(outcome),
        ) => targets.iter().any(|target| target.outcome == outcome && target.excluded),
        _ => false,
    }
}

/// Where an achievement in a place is meant by a selection.
pub(super) fn items(scene: &mut Scene<'_>, items: &[SourceItem], place: u32) -> Form {
    let itself = Some(Whose::Held(place));
    let mut any = Vec::new();
    for item in items {
        if !scene.is_of_class(place, item.class) {
            continue;
        }
        let mut all = Vec::new();
        all.extend(item.bracket.as_ref().map(|bracket| form(scene, bracket, &[place], itself)));
        for (class, bracket) in &item.except {
            if scene.is_of_class(place, *class) {
                let out =
                    bracket.as_ref().map_or(Form::TRUE, |bracket| form(scene, bracket, &[place], itself));
                all.push(out.not(&scene.facts));
            }
        }
        any.push(Form::All(all));
    }
    Form::Any(any)
}

/// Where the achievements in their places pass a rule's brackets and tests, whatever it gives and whoever sets it aside.
pub(super) fn applies(scene: &mut Scene<'_>, rule: &Rule, alternative: u32, places: &[u32]) -> Form {
    let Some(bundle) = rule.sources.get(alternative as usize) else { return Form::FALSE };
    let mut all = Vec::with_capacity(places.len() + 1);
    for (slot, &place) in bundle.iter().zip(places) {
        all.push(items(scene, &slot.items, place));
        all.push(admissible(scene, place));
        // Several achievements may be worth what one is not.
        // Nor is what two achievements have in common a test of either.
        if matches!(slot.take, Take::Credits(_)) || slot.bind.is_some() {
            all.push(Form::Open(Reason::Pooled));
        }
    }
    let guard = form(scene, &rule.guard, places, None);
    // One achievement stands for several here: what they come to together is not told by it.
    let pools = bundle.iter().any(|slot| !matches!(slot.take, Take::One | Take::Exactly(1)));
    all.push(if pools && guard != Form::TRUE && adds_up(&rule.guard) {
        Form::Any(vec![guard, Form::Open(Reason::Several)])
    } else {
        guard
    });
    Form::All(all)
}

/// Whether a condition reads a sum or the latest of several achievements.
fn adds_up(cond: &Cond) -> bool {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(adds_up),
        Cond::Atom(atom) => {
            let of = |subject: &Subject| matches!(subject.of, Holder::Total | Holder::Latest);
            match &atom.test {
                AtomTest::In { subject, .. }
                | AtomTest::Target { subject, .. }
                | AtomTest::Differ { subject, .. } => of(subject),
                AtomTest::Dates { subject, other, .. } | AtomTest::Within { subject, other, .. } => {
                    of(subject) || of(other)
                }
                AtomTest::Level(_) | AtomTest::Covers(_) | AtomTest::Holds(_) | AtomTest::Lasting(_) => false,
            }
        }
    }
}

/// An achievement that expires must not have: told where the day is fixed.
fn admissible(scene: &mut Scene<'_>, place: u32) -> Form {
    let built_in = scene.graph.built_in();
    let (Some(expires), decided) = (built_in.expires, built_in.decided) else { return Form::TRUE };
    if !scene.declares(Whose::Held(place), expires) {
        return Form::TRUE;
    }
    let day = scene.pins.iter().find(|(fact, _)| Some(*fact) == decided).map(|(_, day)| *day);
    let Some(day) = day else { return Form::TRUE };
    let dim = scene.dim(Whose::Held(place), expires, crate::model::ValueType::Date);
    let allowed = Set::at_least(Value::Date(day)).union(&Set::none());
    scene.facts.get(&dim).map_or(Form::Never, |known| Form::test(dim, known, &allowed))
}

/// Where a rule holds and nothing sets it aside, with what it answers there.
pub(super) fn active(
    scene: &mut Scene<'_>,
    entry: Entry,
    places: &[u32],
) -> Result<Vec<(Form, Answered)>, Reason> {
    let Some(rule) = scene.rule(entry.rule) else { return Ok(Vec::new()) };
    let mut all = vec![applies(scene, rule, entry.alternative, places)];
    all.push(barred(scene, rule, places).not(&scene.facts));
    let aside = set_aside(scene, entry.rule, places, 0)?;
    all.push(aside.not(&scene.facts));
    let cells = given(scene, rule, places)?;
    let of = |(cell, answered)| {
        let mut parts = all.clone();
        parts.push(cell);
        (Form::All(parts), answered)
    };
    Ok(cells.into_iter().map(of).collect())
}

/// The boxes of a rule.
pub(super) fn regions(scene: &mut Scene<'_>, entry: Entry, places: &[u32]) -> Result<Vec<Region>, Reason> {
    let cells = active(scene, entry, places)?;
    let mut regions = Vec::new();
    for (form, answered) in cells {
        // Facts that exist only if another holds: noted while the formulas were made.
        let form = Form::All(vec![form, scene.existence()]);
        for bounds in boxes(&form).ok_or(Reason::Budget)? {
            let answered = settled(&answered, &bounds);
            regions.push(Region { entry, bounds, answered });
        }
    }
    Ok(regions)
}

/// An answer whose amount is measured by a fact that has one value in the box: that amount.
fn settled(answered: &Answered, bounds: &Bounds) -> Answered {
    if let Answered::Grant(grant) = answered
        && let Amount::Measured(measured) = &grant.amount
        && let Some(value) = measured.dim().and_then(|dim| bounds.get(dim)).and_then(Set::singleton)
        && let Some(amount) = measured.at(value)
    {
        return Answered::Grant(Box::new(Grant { amount: Amount::Exactly(amount), ..(**grant).clone() }));
    }
    answered.clone()
}

/// Takes the single values that some test singles out from boxes whose amount is measured by that fact: there it is a number, which
/// compares with other numbers.
pub(super) fn carve(scene: &Scene<'_>, regions: Vec<Region>) -> Vec<Region> {
    let measured = |region: &Region| match &region.answered {
        Answered::Grant(grant) => match &grant.amount {
            Amount::Measured(measured) => measured.dim(),
            Amount::None | Amount::Exactly(_) => None,
        },
        Answered::Refusal | Answered::Referral(_) => None,
    };
    let mut dims: Vec<Dim> = regions.iter().filter_map(measured).collect();
    dims.sort_unstable();
    dims.dedup();
    let singled_out = |dim: Dim| -> Vec<Value> {
        let Some(known) = scene.facts.get(&dim) else { return Vec::new() };
        let sets = regions.iter().filter_map(|region| region.bounds.get(dim));
        let cells = Partition::of(&known.full, sets, |piece| known.snap(piece));
        (0..cells.len()).filter_map(|at| cells.cell(at)?.singleton()).collect()
    };
    let values: Vec<(Dim, Vec<Value>)> = dims.into_iter().map(|dim| (dim, singled_out(dim))).collect();
    if values.iter().all(|(_, values)| values.is_empty()) {
        return regions;
    }
    let mut carved = Vec::with_capacity(regions.len());
    for region in regions {
        let of = measured(&region).and_then(|dim| values.iter().find(|(of, _)| *of == dim));
        let Some((dim, values)) = of else {
            carved.push(region);
            continue;
        };
        let full = scene.facts.get(dim).map_or_else(Set::empty, |known| known.full.clone());
        let mut rest = region.bounds.get(*dim).cloned().unwrap_or(full);
        for value in values {
            if !rest.contains(*value) {
                continue;
            }
            let one = Set::one(*value);
            rest = rest.minus(&one);
            let mut bounds = region.bounds.clone();
            if bounds.limit(*dim, &one) {
                let answered = settled(&region.answered, &bounds);
                carved.push(Region { entry: region.entry, bounds, answered });
            }
        }
        let mut bounds = region.bounds.clone();
        if !rest.is_empty() && bounds.limit(*dim, &rest) {
            carved.push(Region { bounds, ..region });
        }
    }
    carved
}

/// Where a bar stands against the achievements of a rule.
pub(super) fn barred(scene: &mut Scene<'_>, rule: &Rule, places: &[u32]) -> Form {
    let model = scene.model();
    let bars: Vec<&Bar> =
        scene.graph.bars(rule.scheme).filter_map(|bar| model.bars.get(bar.index())).collect();
    let mut any = Vec::new();
    for bar in bars {
        if !names_goal(scene, bar) {
            continue;
        }
        if places.is_empty() && bar.from.is_empty() {
            any.push(form(scene, &bar.guard, &[], None));
        }
        for &place in places {
            let from = if bar.from.is_empty() { Form::TRUE } else { items(scene, &bar.from, place) };
            let guard = form(scene, &bar.guard, &[], Some(Whose::Held(place)));
            any.push(Form::All(vec![from, guard]));
        }
    }
    Form::Any(any)
}

/// Whether a bar surely names the goal.
fn names_goal(scene: &Scene<'_>, bar: &Bar) -> bool {
    match (bar.to.as_slice(), scene.goal) {
        ([], _) => true,
        (items, Goal::Outcome(outcome)) => {
            let nothing = &mut ();
            let mut sink = Sink::new(nothing, Asked::Rule(RuleId(0)));
            let found = membership(&scene.reader(), items, Owner::Target(outcome), &mut sink);
            found.is_ok_and(|found| found.truth.is_true())
        }
        (_, Goal::Deposit(_) | Goal::Block(_)) => false,
    }
}

/// Where a rule that overrides this one holds on the same achievements.
fn set_aside(scene: &mut Scene<'_>, rule: RuleId, places: &[u32], depth: u32) -> Result<Form, Reason> {
    let overriders: Vec<RuleId> = scene.graph.overriders(rule).to_vec();
    let mut any = Vec::new();
    for over in overriders {
        let Some(above) = scene.model().rules.get(over.index()) else { continue };
        if !speaks(scene.goal, scene.graph, above) {
            continue;
        }
        if depth >= LONGEST_CHAIN {
            return Ok(Form::Open(Reason::Overrides));
        }
        for (alternative, bundle) in (0u32..).zip(&above.sources) {
            match bundle.as_slice() {
                [] if places.is_empty() => any.push(holds(scene, over, alternative, &[], depth)?),
                // A right of a person sets no claim on an achievement aside, nor the other way about.
                [] => {}
                _ if places.is_empty() => {}
                [slot] => {
                    for &place in places {
                        let one = holds(scene, over, alternative, &[place], depth)?;
                        any.push(match slot.take {
                            Take::Exactly(number) if number > 1 && places.len() == 1 => Form::FALSE,
                            Take::One | Take::Together | Take::UpTo(_) | Take::Exactly(1) => one,
                            Take::Exactly(_) | Take::Credits(_) => {
                                Form::All(vec![one, Form::Open(Reason::Overrides)])
                            }
                        });
                    }
                }
                several if several.len() > places.len() => {}
                _ => any.push(Form::Open(Reason::Overrides)),
            }
        }
    }
    Ok(Form::Any(any))
}

/// Where a rule holds, its own overriders considered.
fn holds(
    scene: &mut Scene<'_>,
    over: RuleId,
    alternative: u32,
    places: &[u32],
    depth: u32,
) -> Result<Form, Reason> {
    let Some(rule) = scene.rule(over) else { return Ok(Form::FALSE) };
    let applies = applies(scene, rule, alternative, places);
    if applies == Form::FALSE {
        return Ok(applies);
    }
    let cells = given(scene, rule, places)?.into_iter().map(|(form, _)| form).collect();
    let aside = set_aside(scene, over, places, depth + 1)?;
    Ok(Form::All(vec![applies, Form::Any(cells), aside.not(&scene.facts)]))
}
