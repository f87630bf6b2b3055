//! A learner for a refutation: values from a box, made into a record and a request, and the answer to it asked for.
//!
//! Nothing is reported on the word of an analysis: the record goes through [`decide`] like any other, and what it answers is what
//! counts. Values that the text names are taken where they can be.

use crate::answer::{Ask, Claim, Decision, Request, Verdict, decide};
use crate::evaluate::{Facts, Judgement, Record};
use crate::graph::Goal;
use crate::model::{FactId, KindId, OutcomeId, Take, ValueType};
use crate::quantity::{Date, Ratio};
use crate::space::{End, Interval, Set, State, Value};

use super::Reason;
use super::days::anchor;
use super::form::{Bounds, Form, boxes};
use super::joint::{Joint, Passes, latest, left_for, passes};
use super::look::Look;
use super::scene::{Dim, Known, Scene, Source, Whose, achievement, held};

/// So many values of a fact are tried.
const MOST_TRIED: usize = 24;

/// A learner and what is answered.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The record and the question.
    pub request: Request,
    /// The answer.
    pub decision: Decision,
    /// The facts that the analysis chose, in order: whose, which, of which type, what.
    pub(crate) chosen: Vec<(Dim, ValueType, Value)>,
    /// What is held.
    pub(crate) sources: Vec<Source>,
}

impl Witness {
    /// The claim that was looked for: the first with its verdict.
    pub fn claim(&self) -> Option<&Claim> {
        self.decision.claims.iter().find(|claim| claim.verdict == self.decision.verdict)
    }
}

/// Values for the facts of a scene within a box; those given are kept.
pub(super) fn choose(
    scene: &Scene<'_>,
    bounds: &Bounds,
    given: &[(Dim, Value)],
) -> Option<Vec<(Dim, ValueType, Value)>> {
    let mut narrowed = bounds.clone();
    let tied: Vec<Dim> = bounds.joint.iter().flat_map(Joint::dims).collect();
    if !tied.is_empty() {
        for (dim, value) in given {
            narrowed.limit(*dim, &Set::one(*value));
        }
        if passes(&narrowed) == Passes::Never {
            return None;
        }
    }
    let mut chosen = Vec::new();
    for (dim, known) in &scene.facts {
        if known.settled || dim.whose == Whose::Record {
            continue;
        }
        let set = bounds.get(*dim).unwrap_or(&known.full);
        let value = match given.iter().find(|(of, _)| of == dim) {
            Some((_, value)) => *value,
            None if tied.contains(dim) => {
                let value = together(scene, known, &narrowed, *dim)?;
                narrowed.limit(*dim, &Set::one(value));
                value
            }
            None => *candidates(scene, known, set).first()?,
        };
        chosen.push((*dim, known.value_type, value));
    }
    (passes(&narrowed) != Passes::Never).then_some(chosen)
}

/// A value of a fact that leaves values to those it is tied to.
fn together(scene: &Scene<'_>, known: &Known, narrowed: &Bounds, dim: Dim) -> Option<Value> {
    let set = narrowed.get(dim).unwrap_or(&known.full);
    let mut tried = candidates(scene, known, set);
    if known.value_type == ValueType::Date {
        // A day of the package before the first and the last day of all.
        let day = Value::Date(anchor(scene.graph));
        if known.named.is_empty() && set.contains(day) {
            tried.insert(0, day);
        }
        let latest = latest(narrowed).ok().flatten().unwrap_or_default();
        tried.extend(latest.into_iter().filter(|(of, _)| *of == dim).map(|(_, day)| Value::Date(day)));
    } else {
        tried.extend(candidates(scene, known, &left_for(narrowed, dim)));
    }
    tried.into_iter().find(|value| {
        let mut one = narrowed.clone();
        one.limit(dim, &Set::one(*value)) && passes(&one) == Passes::Maybe
    })
}

/// Values of a set, those that the text names first.
pub(super) fn candidates(scene: &Scene<'_>, known: &Known, set: &Set) -> Vec<Value> {
    let set = known.snap(set);
    let mut found: Vec<Value> = Vec::new();
    let mut add = |value: Value| {
        if found.len() < MOST_TRIED && set.contains(value) && !found.contains(&value) {
            found.push(value);
        }
    };
    // A bound that a test names, before the ends of the domain; among them the one that just passes.
    let ends = |interval: Interval| [interval.least, interval.greatest];
    let closed = |end: End| if let End::Closed(value) = end { Some(value) } else { None };
    let at_ends: Vec<Value> = set.intervals().flat_map(ends).filter_map(closed).collect();
    at_ends.iter().copied().filter(|value| known.named.contains(value)).for_each(&mut add);
    known.named.iter().copied().for_each(&mut add);
    let (none, others): (Vec<Value>, Vec<Value>) = at_ends.into_iter().partition(|value| value.is_none());
    others.into_iter().for_each(&mut add);
    for interval in set.intervals() {
        inside(scene, known, interval).into_iter().for_each(&mut add);
    }
    none.into_iter().for_each(&mut add);
    found
}

/// Some values within a stretch that has no end that belongs.
fn inside(scene: &Scene<'_>, known: &Known, interval: Interval) -> Vec<Value> {
    let step = known.domains.iter().find_map(crate::space::Domain::step).unwrap_or(Ratio::ONE);
    let number = |end: End| match end {
        End::Closed(Value::Number(at)) | End::Open(Value::Number(at)) => Some(at),
        _ => None,
    };
    let at = |value: Result<Ratio, _>| value.ok().map(Value::Number);
    match interval.axis {
        crate::space::Axis::Number => match (number(interval.least), number(interval.greatest)) {
            (Some(least), Some(greatest)) => {
                let middle = least.checked_add(greatest).and_then(|sum| sum.checked_div(Ratio::from_int(2)));
                [at(middle), at(least.checked_add(step))].into_iter().flatten().collect()
            }
            (Some(least), None) => (1..4)
                .filter_map(|n| {
                    at(step.checked_mul(Ratio::from_int(n)).and_then(|way| least.checked_add(way)))
                })
                .collect(),
            (None, Some(greatest)) => at(greatest.checked_sub(step)).into_iter().collect(),
            (None, None) => vec![Value::Number(Ratio::ZERO)],
        },
        crate::space::Axis::Date => {
            let day = |end: End| match end {
                End::Closed(Value::Date(day)) | End::Open(Value::Date(day)) => Some(day),
                _ => None,
            };
            let near = day(interval.least).or(day(interval.greatest)).unwrap_or(anchor(scene.graph));
            let days = [Some(anchor(scene.graph)), Some(near), near.add_days(1).ok(), near.add_days(-1).ok()];
            days.into_iter().flatten().map(Value::Date).collect()
        }
        crate::space::Axis::Symbol => {
            // A name that nobody declares differs from all that are named.
            let count = u32::try_from(scene.model().symbols.len()).unwrap_or(u32::MAX - 1);
            vec![Value::Symbol(count)]
        }
        crate::space::Axis::Months => vec![Value::Months(0), Value::Months(1)],
        crate::space::Axis::Days => vec![Value::Days(0), Value::Days(1)],
        crate::space::Axis::Rank => vec![Value::Rank(0)],
        crate::space::Axis::Bool | crate::space::Axis::None => Vec::new(),
    }
}

/// The record of a choice of values, asked for the goal of the scene.
pub(super) fn request(scene: &Scene<'_>, chosen: &[(Dim, ValueType, Value)], bounds: &Bounds) -> Request {
    let graph = scene.graph;
    let built_in = graph.built_in();
    let of = |whose: Whose| -> Vec<(FactId, State)> {
        // What a body judges is no word of the record itself.
        let facts = chosen.iter().filter(|(dim, ..)| dim.whose == whose && scene.judge(*dim).is_none());
        facts.map(|(dim, _, value)| (dim.fact, State::known(*value))).collect()
    };
    let mut dates = of(Whose::Request);
    for (fact, day) in &scene.pins {
        dates.push((*fact, State::known(Value::Date(*day))));
    }
    let day_of = |fact: Option<FactId>| {
        let found = dates.iter().find(|(of, _)| Some(*of) == fact);
        found.and_then(|(_, state)| state.value()).and_then(Value::date)
    };
    let as_of: Date = day_of(built_in.decided).or(day_of(built_in.applied)).unwrap_or_else(|| anchor(graph));
    // `decided` is the day of asking, and so is `applied` unless the request says otherwise.
    dates.retain(|(fact, state)| {
        Some(*fact) != built_in.decided
            && !(Some(*fact) == built_in.applied && state.value() == Some(Value::Date(as_of)))
    });
    let mut achievements = Vec::new();
    for (at, source) in (0u32..).zip(&scene.sources) {
        let mut one = achievement(graph, at + 1, *source);
        let mut facts = of(Whose::Held(at));
        // A certificate that may expire is still valid on the day of asking.
        if let Some(expires) = built_in.expires.filter(|fact| scene.declares(Whose::Held(at), *fact))
            && !facts.iter().any(|(fact, _)| *fact == expires)
        {
            facts.push((expires, State::known(Value::Date(as_of))));
        }
        // What lapses after an event that nobody chose has not lapsed.
        let kind = source.kind(scene.model()).and_then(|kind| scene.model().kinds.get(kind.index()));
        for lapse in kind.map_or(&[][..], |kind| &kind.lapses) {
            if !facts.iter().any(|(fact, _)| *fact == lapse.after) {
                facts.push((lapse.after, State::known(Value::Date(as_of))));
            }
        }
        one.facts = Facts::new(facts);
        achievements.push(one);
    }
    let mut number = u32::try_from(achievements.len()).unwrap_or(0);
    let asked = (0..number).map(held).collect();
    for (dim, set) in &bounds.sets {
        let wanted = dim.whose == Whose::Record && set.contains(Value::Bool(true));
        let Some(looks) = scene.looks.get(dim.fact.index()).filter(|_| wanted) else { continue };
        for (source, facts) in needed(scene, looks, as_of) {
            number += 1;
            let mut one = achievement(graph, number, source);
            one.facts = Facts::new(facts);
            achievements.push(one);
        }
    }
    let judged = chosen.iter().filter_map(|(dim, _, value)| {
        let judge = scene.judge(*dim)?;
        let target = if let Goal::Outcome(outcome) = scene.goal { Some(outcome) } else { None };
        Some(Judgement {
            judge: Some(judge.by),
            question: dim.fact,
            of: if let Whose::Held(place) = dim.whose { vec![held(place)] } else { Vec::new() },
            target: target.filter(|_| judge.against_target),
            state: State::known(*value),
            on: None,
            document: None,
        })
    });
    let judged = judged.collect();
    let fresh = chosen.iter().any(|(.., value)| {
        matches!(value, Value::Symbol(symbol) if *symbol as usize >= scene.model().symbols.len())
    });
    let record = Record {
        learner: Facts::new(of(Whose::Learner)),
        plan: Facts::new(of(Whose::Plan)),
        dates: Facts::new(dates),
        held: achievements,
        judged,
        symbols: if fresh { vec!["another".into()] } else { Vec::new() },
        ..Record::default()
    };
    let asks = vec![Ask { achievements: asked, target: Some(scene.goal) }];
    Request { record, as_of, asks, choices: Vec::new(), programme: None }
}

/// Achievements that a look at the record asks for, with facts that pass its brackets.
fn needed(scene: &Scene<'_>, look: &Look, as_of: Date) -> Vec<(Source, Vec<(FactId, State)>)> {
    let mut all = Vec::new();
    let built_in = scene.graph.built_in();
    let (parts, days) = look.needed();
    let spell = days.and_then(|days| as_of.add_days(-i32::try_from(days).ok()?).ok());
    for slot in &parts {
        let number = match slot.take {
            Take::Exactly(number) => number as usize,
            Take::One | Take::UpTo(_) | Take::Together | Take::Credits(_) => 1,
        };
        let mut sources: Vec<Source> = Vec::new();
        for item in &slot.items {
            let Some(class) = scene.model().classes.get(item.class.index()) else { continue };
            sources.extend(class.outcomes.iter().map(|outcome: &OutcomeId| Source::Outcome(*outcome)));
            sources.extend(class.kinds.iter().map(|kind: &KindId| Source::Kind(*kind)));
        }
        let mut found = 0;
        for source in sources {
            if found == number {
                break;
            }
            let mut own = Scene::new(scene.graph, scene.goal, vec![source], scene.pins.clone());
            let meant = super::region::items(&mut own, &slot.items, 0);
            let meant = Form::All(vec![meant, own.existence()]);
            let Some(bounds) = boxes(&meant).and_then(|boxes| boxes.into_iter().next()) else { continue };
            let Some(chosen) = choose(&own, &bounds, &[]) else { continue };
            let facts = chosen.into_iter().filter(|(dim, ..)| dim.whose == Whose::Held(0));
            let mut facts: Vec<_> = facts.map(|(dim, _, value)| (dim.fact, State::known(value))).collect();
            for (fact, day) in [(built_in.started, spell), (built_in.ended, spell.map(|_| as_of))] {
                if let (Some(fact), Some(day)) = (fact, day) {
                    facts.retain(|(other, _)| *other != fact);
                    facts.push((fact, State::known(Value::Date(day))));
                }
            }
            all.push((source, facts));
            found += 1;
        }
    }
    all
}

/// Asks for the answer to a choice of values, and takes it where it is as wanted.
pub(super) fn replay(
    scene: &Scene<'_>,
    bounds: &Bounds,
    given: &[(Dim, Value)],
    wanted: impl Fn(&Decision) -> bool,
) -> Result<Witness, Reason> {
    let tied = bounds.joint.first().map(Joint::reason);
    let because = |fallback| bounds.open.first().copied().or(tied).unwrap_or(fallback);
    let chosen = choose(scene, bounds, given).ok_or(because(Reason::Replay))?;
    let request = request(scene, &chosen, bounds);
    let decision = decide(scene.graph, &request).map_err(|_| Reason::Overflow)?;
    if !wanted(&decision) {
        let looks = bounds.sets.iter().any(|(dim, _)| dim.whose == Whose::Record);
        return Err(because(if looks { Reason::Holds } else { Reason::Replay }));
    }
    Ok(Witness { request, decision, chosen, sources: scene.sources.clone() })
}

/// Whether two rules contradict each other in a decision.
pub(super) fn contradicts(
    decision: &Decision,
    one: crate::model::RuleId,
    other: crate::model::RuleId,
) -> bool {
    decision.claims.iter().any(|claim| {
        claim.verdict == Verdict::Conflict && claim.rules.contains(&one) && claim.rules.contains(&other)
    })
}
