//! The problems that several subjects find, each said in one way.

use crate::diagnostic::{Code, Problem, Said, suggest};
use crate::model::{Level, TypedDomain, ValueType};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::Shape;

use super::known::Known;

/// The names nearest to a wrong one, as a list that a sentence may do without.
pub(super) fn with_nearest<'a>(
    problem: Problem,
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Problem {
    let near = suggest::nearest(wrong, names, 3);
    if near.is_empty() {
        return problem;
    }
    let near: Vec<Said> = near.into_iter().map(|name| Said::Name(name.into())).collect();
    problem.say("nearest", near)
}

/// A comparison that a test could read levels through.
pub(super) fn with_comparison(problem: Problem, name: &str) -> Problem {
    problem.say("comparison", Said::Text(name.into()))
}

/// A name that nothing has. A name of ASCII letters is an id, any other a title.
pub(super) fn unknown(name: &str, boxed: bool, kind: Said, at: Span) -> Problem {
    let slot = if name.is_ascii() && !boxed { "id" } else { "title" };
    Problem::new(Code::NameUnknown, at).say("kind", kind).say(slot, name)
}

/// A name declared twice in one space.
pub(super) fn duplicate(name: &str, at: Span, first: Span) -> Problem {
    Problem::new(Code::NameDuplicate, at).say("name", name).label(first, "first")
}

/// A single slot that stands a second time.
pub(super) fn repeated(slot: Said, at: Span, first: Span) -> Problem {
    Problem::new(Code::SlotRepeated, at).say("slot", slot).label(first, "first")
}

/// A range whose first end lies beyond its second.
pub(super) fn reversed(start: &str, end: &str, at: Span) -> Problem {
    Problem::new(Code::RangeReversed, at).say("start", start).say("end", end)
}

/// What a type is called: a declared name, or a word of the language.
pub(super) fn type_name(known: &Known<'_>, value_type: ValueType) -> Said {
    let model = &known.model;
    let text =
        |name: Option<&Box<str>>| name.map_or(Said::Text("…".into()), |name| Said::Text(name.clone()));
    match value_type {
        ValueType::YesNo => Said::Word("value.yes-or-no"),
        ValueType::List(id) => text(model.lists.get(id.index()).map(|list| &list.name)),
        ValueType::Scale(id) => text(model.scales.get(id.index()).map(|scale| &scale.name)),
        ValueType::Credits(id) => text(model.units.get(id.index()).map(|unit| &unit.name)),
        ValueType::Level(id) => text(model.frameworks.get(id.index()).map(|framework| &framework.name)),
        ValueType::Number => Said::Word("slot.number"),
        ValueType::ContactHours => Said::Word("value.contact-hours"),
        ValueType::NotionalHours => Said::Word("value.notional-hours"),
        ValueType::Share => Said::Text("0% – 100%".into()),
        ValueType::Date => Said::Word("value.date"),
        ValueType::Months => Said::Word("value.months"),
        ValueType::Days => Said::Word("value.days"),
        ValueType::Hours => Said::Word("slot.hours"),
        ValueType::Name => Said::Word("value.name"),
        ValueType::Outcome(_) => Said::Word("declaration.outcome"),
        ValueType::Body(_) => Said::Word("declaration.body"),
    }
}

/// The values of a domain as a sentence lists them: names, or the ends of a range.
pub(super) fn domain_values(known: &Known<'_>, domain: &TypedDomain) -> Said {
    let listed = |names: Vec<&str>| {
        let more = names.len() > 12;
        let mut said: Vec<Said> = names.into_iter().take(12).map(|name| Said::Text(name.into())).collect();
        if more {
            said.push(Said::Text("…".into()));
        }
        Said::List(said)
    };
    match domain.value_type {
        ValueType::List(id) => {
            let ranks = known.model.lists.get(id.index()).map_or(&[][..], |list| &list.ranks);
            listed(ranks.iter().flatten().map(|value| &*value.name).collect())
        }
        ValueType::Scale(id) => match known.model.scales.get(id.index()).map(|scale| &scale.shape) {
            Some(crate::model::ScaleShape::Named(ranks)) => {
                listed(ranks.iter().flatten().map(|value| &*value.name).collect())
            }
            Some(crate::model::ScaleShape::Numeric { worst, best, .. }) => ends(*worst, *best),
            None => type_name(known, domain.value_type),
        },
        ValueType::Level(id) => {
            let levels =
                known.model.frameworks.get(id.index()).and_then(|framework| framework.levels.as_deref());
            level_names(levels.unwrap_or_default())
        }
        _ => match &domain.domain.shape {
            Shape::Number(numbers) => match (numbers.least(), numbers.greatest()) {
                (Some(least), Some(greatest)) if domain.value_type == ValueType::Share => {
                    percents(least, greatest)
                }
                (Some(least), Some(greatest)) => ends(least, greatest),
                _ => type_name(known, domain.value_type),
            },
            _ => type_name(known, domain.value_type),
        },
    }
}

/// Two ends of a share, as an author writes them: 0% – 100%.
fn percents(first: Ratio, last: Ratio) -> Said {
    let percent = |share: Ratio| share.checked_mul(Ratio::from_int(100)).unwrap_or(share);
    Said::Text(format!("{}% – {}%", percent(first), percent(last)).into())
}

/// The levels of a framework: the first and the last where they are numbers, else all.
pub(super) fn level_names(levels: &[Level]) -> Said {
    match (levels.first().and_then(|level| level.number), levels.last().and_then(|level| level.number)) {
        (Some(first), Some(last)) => ends(first, last),
        _ => Said::List(levels.iter().map(|level| Said::Text(level.name.clone())).collect()),
    }
}

fn ends(first: Ratio, last: Ratio) -> Said {
    Said::Text(format!("{first} – {last}").into())
}
