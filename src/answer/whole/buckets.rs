//! `per issuer`, `per kr-year by ended`: what parts the credits that a limit counts, and into which parts something falls.

use crate::answer::asking::Asking;
use crate::evaluate::{Goal, HeldId, Owner};
use crate::model::{Holder, Key, Period, RuleId, Subject, ValueType};
use crate::quantity::Date;

use super::Bucket;

/// The parts that something falls into: of each key one; of a value that is not known, each.
pub(super) fn of(
    asking: &Asking<'_>,
    keys: &[Key],
    member: Option<HeldId>,
    target: Goal,
    rule: Option<RuleId>,
) -> Vec<Bucket> {
    keys.iter().map(|key| part(asking, *key, member, target, rule)).collect()
}

fn part(asking: &Asking<'_>, key: Key, member: Option<HeldId>, target: Goal, rule: Option<RuleId>) -> Bucket {
    let graph = asking.case.reader.graph;
    match key {
        Key::Achievement => member.map_or(Bucket::Unknown, Bucket::Achievement),
        Key::Outcome | Key::Same => match member.and_then(|held| asking.held(held)?.outcome) {
            Some(outcome) if key == Key::Same => Bucket::Outcome(graph.same_as(outcome)),
            Some(outcome) => Bucket::Outcome(outcome),
            None => member.map_or(Bucket::Unknown, Bucket::Achievement),
        },
        Key::Target => match target {
            Goal::Outcome(outcome) => Bucket::Outcome(graph.same_as(outcome)),
            _ => Bucket::Unknown,
        },
        Key::Rule => rule.map_or(Bucket::Unknown, Bucket::Rule),
        Key::Near => Bucket::Unknown,
        Key::Fact(subject) => match value(asking, subject, member, target, None) {
            Some((value_type, value)) => Bucket::Value(subject.fact, value_type, value),
            None => Bucket::Unknown,
        },
        Key::Period { body, period, by } => {
            let periods = asking.model().bodies.get(body.index()).map(|body| body.periods.as_slice());
            let day =
                value(asking, by, member, target, Some(ValueType::Date)).and_then(|(_, value)| value.date());
            match (periods.and_then(|all| all.get(period as usize)), day) {
                (Some(period), Some(day)) => begun(period, day).map_or(Bucket::Unknown, Bucket::Period),
                _ => Bucket::Unknown,
            }
        }
    }
}

fn value(
    asking: &Asking<'_>,
    subject: Subject,
    member: Option<HeldId>,
    target: Goal,
    value_type: Option<ValueType>,
) -> Option<(ValueType, crate::space::Value)> {
    let owner = match subject.of {
        Holder::Target => match target {
            Goal::Outcome(outcome) => Owner::Target(outcome),
            _ => return None,
        },
        Holder::Learner => Owner::Learner,
        Holder::Plan => Owner::Plan,
        Holder::Request => Owner::Request,
        _ => Owner::Held(member?),
    };
    let reader = &asking.case.reader;
    let declared = reader.declared(owner, subject.fact).and_then(|of| of.domains.first());
    let value_type = value_type.or(declared.map(|domain| domain.value_type)).unwrap_or(ValueType::Name);
    let value = reader.state(owner, subject.fact, Some(value_type)).state.value()?;
    Some((value_type, value))
}

/// The first day of the period that a day lies in.
fn begun(period: &Period, day: Date) -> Option<Date> {
    let starts = |year: i32| period.starts.iter().filter_map(move |start| start.in_year(year));
    let year = day.year();
    starts(year - 1).chain(starts(year)).filter(|start| *start <= day).max()
}
