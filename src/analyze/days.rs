//! The day asked: a scene for each day that tells another story.
//!
//! "Within 6 years before the application" relates two dates. For a fixed day of application it is a test of one date, and which of
//! the constants of a text it passes changes only on finitely many days: the constants, and the constants moved by the lengths. So
//! one day for each stretch between two of them decides all days.

use crate::graph::{ConversionGraph, Goal};
use crate::model::FactId;
use crate::quantity::{Date, Length};

use super::Reason;
use super::scene::{Relation, Scene, Source};

/// Which days an analysis speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Asked on this day, and applied for on it.
    On(Date),
    /// Asked on any day.
    All,
}

/// So many days are looked at.
const MOST_DAYS: usize = 400;

/// What is built in a scene, for each day that could matter.
pub(super) fn scenes<'g, T>(
    graph: &'g ConversionGraph,
    goal: Goal,
    sources: &[Source],
    days: Days,
    mut build: impl FnMut(&mut Scene<'g>) -> Result<T, Reason>,
) -> Result<Vec<(Scene<'g>, T)>, Reason> {
    let mut run = |pins: Vec<(FactId, Date)>| {
        let mut scene = Scene::new(graph, goal, sources.to_vec(), pins);
        let built = build(&mut scene)?;
        Ok((scene, built))
    };
    let built_in = graph.built_in();
    if let Days::On(day) = days {
        let pins = [built_in.applied, built_in.decided].into_iter().flatten().map(|fact| (fact, day));
        return Ok(vec![run(pins.collect())?]);
    }
    let (scene, built) = run(Vec::new())?;
    // Dates that are tied to each other are told as they are; a fixed day settles those of the request alone.
    let request = one_request(&scene.relations).filter(|_| !scene.is_linked);
    let Some(request) = request else { return Ok(vec![(scene, built)]) };
    critical(graph, &scene)?.into_iter().map(|day| run(vec![(request, day)])).collect()
}

/// The one date of the request that all relations speak of, where they can be settled by it.
fn one_request(relations: &[Relation]) -> Option<FactId> {
    let request = relations.first()?.request;
    let settles = relations.iter().all(|relation| {
        let same = relations.iter().filter(|other| other.other == relation.other);
        // Months and days on one date: their order changes from month to month.
        let mixed = same.filter_map(|other| other.length).any(|length| {
            relation
                .length
                .is_some_and(|ours| std::mem::discriminant(&ours) != std::mem::discriminant(&length))
        });
        relation.request == request && !mixed
    });
    settles.then_some(request)
}

/// One day for each stretch of days on which all is the same.
fn critical(graph: &ConversionGraph, scene: &Scene<'_>) -> Result<Vec<Date>, Reason> {
    let named = scene.facts.values().flat_map(|known| {
        let settled = if known.settled { known.full.singleton() } else { None };
        known.named.iter().copied().chain(settled)
    });
    let constants: Vec<Date> = named.filter_map(crate::space::Value::date).collect();
    let lengths: Vec<Length> = scene.relations.iter().filter_map(|relation| relation.length).collect();
    let mut days: Vec<Date> = vec![anchor(graph)];
    let mut add = |day: Date| {
        days.push(day);
        days.extend([day.add_days(1).ok(), day.add_days(-1).ok()].into_iter().flatten());
    };
    for &constant in &constants {
        add(constant);
        for &length in &lengths {
            length.after(constant).into_iter().for_each(&mut add);
            constant.earliest_within(length).into_iter().for_each(&mut add);
        }
    }
    days.sort_unstable();
    days.dedup();
    if days.len() > MOST_DAYS { Err(Reason::Budget) } else { Ok(days) }
}

/// A day for records of which no test asks for a day.
pub(super) fn anchor(graph: &ConversionGraph) -> Date {
    graph.model().package.first_day.or(Date::new(2000, 1, 1)).unwrap_or(Date::MIN)
}
