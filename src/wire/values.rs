//! Values, sets and domains as text, with the titles that the package gives them.
//!
//! It words nothing: a value is its id or its number, and who tells it to a reader chooses a title.

use crate::model::{Listed, Model, ScaleShape, ValueType};
use crate::quantity::{Length, Ratio};
use crate::space::Value;
use crate::space::{Axis, Domain, End, Set, Shape, State};

use super::decision::{self, Seen, Titles};

/// So many values of a set are listed one by one.
const LISTED: usize = 12;

/// Titles as a document carries them.
pub(super) fn titles(titles: &crate::model::Titles) -> Titles {
    titles.0.iter().map(|(tag, title)| (tag.to_string(), title.to_string())).collect()
}

/// A value, with its titles.
pub(super) fn value(
    model: &Model,
    symbols: &[Box<str>],
    value_type: ValueType,
    value: Value,
) -> decision::Value {
    let plain = |text: String| decision::Value { value: text, title: Titles::new() };
    let listed = |ranks: &[Vec<Listed>], rank: u32| {
        let listed = ranks.get(rank as usize).and_then(|equals| equals.first());
        listed.map(|listed| decision::Value { value: listed.name.to_string(), title: titles(&listed.titles) })
    };
    match value {
        Value::Number(share) if value_type == ValueType::Share => {
            plain(share.to_percent().map_or_else(|_| share.to_string(), |percent| format!("{percent}%")))
        }
        Value::Number(number) => plain(number.to_string()),
        Value::Date(day) => plain(day.to_string()),
        Value::Bool(yes) => said(if yes { "yes" } else { "no" }, if yes { "是" } else { "否" }),
        Value::None => said("none", "无"),
        Value::Months(months) => said(&format!("{months} months"), &format!("{months}个月")),
        Value::Days(days) => said(&format!("{days} days"), &format!("{days}天")),
        Value::Rank(rank) => {
            let found = match value_type {
                ValueType::List(list) => {
                    model.lists.get(list.index()).and_then(|list| listed(&list.ranks, rank))
                }
                ValueType::Scale(scale) => match model.scales.get(scale.index()).map(|scale| &scale.shape) {
                    Some(ScaleShape::Named(ranks)) => listed(ranks, rank),
                    _ => None,
                },
                ValueType::Level(framework) => {
                    let levels = model
                        .frameworks
                        .get(framework.index())
                        .and_then(|framework| framework.levels.as_ref());
                    levels.and_then(|levels| levels.get(rank as usize)).map(|level| decision::Value {
                        value: level.name.to_string(),
                        title: titles(&level.titles),
                    })
                }
                _ => None,
            };
            found.unwrap_or_else(|| plain(rank.to_string()))
        }
        Value::Symbol(symbol) => {
            let at = symbol as usize;
            let name = match model.symbols.get(at) {
                Some(name) => Some(name),
                None => symbols.get(at.saturating_sub(model.symbols.len())),
            };
            let name = name.map(|name| name.to_string()).unwrap_or_default();
            let title = symbol_titles(model, value_type, &name);
            decision::Value { value: name, title }
        }
    }
}

fn said(english: &str, chinese: &str) -> decision::Value {
    let title = [("en".to_owned(), english.to_owned()), ("zh".to_owned(), chinese.to_owned())].into();
    decision::Value { value: english.to_owned(), title }
}

/// The titles of the outcome or body of this name.
fn symbol_titles(model: &Model, value_type: ValueType, name: &str) -> Titles {
    let found = match value_type {
        ValueType::Body(_) => model.bodies.iter().find(|body| *body.name == *name).map(|body| &body.titles),
        ValueType::Outcome(_) => {
            model.outcomes.iter().find(|outcome| *outcome.name == *name).map(|outcome| &outcome.titles)
        }
        _ => None,
    };
    found.map(titles).unwrap_or_default()
}

/// What is allowed, as a comparison and its values.
pub(super) fn allowed(
    model: &Model,
    symbols: &[Box<str>],
    value_type: ValueType,
    set: &Set,
    domains: &[Domain],
) -> (&'static str, Vec<decision::Value>) {
    let show = |found: Value| value(model, symbols, value_type, found);
    // What the fact cannot be anyway is not worth saying.
    let full = domains.iter().fold(Set::empty(), |full, domain| full.union(&domain.full_set()));
    let set = &if full.is_empty() { set.clone() } else { set.intersect(&full) };
    let ends = |end: End, of: Option<End>| if Some(end) == of { End::Unbounded } else { end };
    if let Some(only) = set.singleton() {
        return ("is", vec![show(only)]);
    }
    let intervals: Vec<_> = set.intervals().collect();
    // Of two values the one that passes says more than the one that does not.
    if let Some(but) = full.minus(set).minus(&Set::none()).singleton()
        && full.values(3).is_none_or(|all| all.len() > 2)
    {
        return ("is_not", vec![show(but)]);
    }
    let worse = if is_falling(model, value_type) { "at_least" } else { "at_most" };
    let better = if is_falling(model, value_type) { "at_most" } else { "at_least" };
    if let [one] = intervals.as_slice()
        && !matches!(one.axis, Axis::Bool | Axis::Symbol | Axis::None)
        && domains.iter().all(Domain::is_ordered)
    {
        match (ends(one.least, full.least()), ends(one.greatest, full.greatest())) {
            (End::Closed(least), End::Closed(greatest)) => {
                return ("between", vec![show(least), show(greatest)]);
            }
            (End::Closed(least), End::Unbounded) => return (better, vec![show(least)]),
            (End::Unbounded, End::Closed(greatest)) => return (worse, vec![show(greatest)]),
            (End::Open(least), End::Unbounded) => return (strictly(better), vec![show(least)]),
            (End::Unbounded, End::Open(greatest)) => return (strictly(worse), vec![show(greatest)]),
            _ => {}
        }
    }
    match set.values(LISTED) {
        Some(values) => ("one_of", values.into_iter().map(show).collect()),
        None => (
            "one_of",
            intervals.iter().map(|interval| stretch(interval.least, interval.greatest, &show)).collect(),
        ),
    }
}

/// A length of time, in years where it is whole years.
pub(super) fn length(length: Length) -> decision::Value {
    match length {
        Length::Months(months) if months % 12 == 0 && months > 0 => {
            let years = months / 12;
            let english = if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
            said(&english, &format!("{years}年"))
        }
        Length::Months(months) => said(&length.to_string(), &format!("{months}个月")),
        Length::Days(days) => said(&length.to_string(), &format!("{days}天")),
        Length::Hours(hours) => said(&length.to_string(), &format!("{hours}小时")),
    }
}

fn strictly(comparison: &str) -> &'static str {
    if comparison == "at_least" { "over" } else { "under" }
}

/// `60 to 69`, `60 or more`, `under 50`: a stretch of values as one text.
fn stretch(least: End, greatest: End, show: &impl Fn(Value) -> decision::Value) -> decision::Value {
    let at = |value: Value| show(value).value;
    match (least, greatest) {
        (End::Closed(low), End::Closed(high)) if low == high => show(low),
        (End::Unbounded, End::Unbounded) => said("any", "任意"),
        (End::Unbounded, End::Closed(high)) => {
            said(&format!("{} or less", at(high)), &format!("不高于{}", at(high)))
        }
        (End::Unbounded, End::Open(high)) => {
            said(&format!("under {}", at(high)), &format!("低于{}", at(high)))
        }
        (End::Closed(low), End::Unbounded) => {
            said(&format!("{} or more", at(low)), &format!("不低于{}", at(low)))
        }
        (End::Open(low), End::Unbounded) => said(&format!("over {}", at(low)), &format!("超过{}", at(low))),
        (End::Closed(low) | End::Open(low), End::Closed(high) | End::Open(high)) => {
            let (over, chinese_over) =
                if matches!(least, End::Open(_)) { ("over ", "超过") } else { ("", "") };
            let (to, chinese_to) =
                if matches!(greatest, End::Open(_)) { ("to under", "至不足") } else { ("to", "至") };
            said(
                &format!("{over}{} {to} {}", at(low), at(high)),
                &format!("{chinese_over}{}{chinese_to}{}", at(low), at(high)),
            )
        }
    }
}

/// Whether smaller numbers are better.
fn is_falling(model: &Model, value_type: ValueType) -> bool {
    let ValueType::Scale(scale) = value_type else { return false };
    match model.scales.get(scale.index()).map(|scale| &scale.shape) {
        Some(ScaleShape::Numeric { worst, best, .. }) => best < worst,
        _ => false,
    }
}

/// What is known of a fact; nothing where it may have any value of its domains.
pub(super) fn seen(
    model: &Model,
    symbols: &[Box<str>],
    value_type: ValueType,
    state: &State,
    domains: &[Domain],
) -> Seen {
    let set = state.to_set();
    if state.is_contradiction() {
        return Seen { contradiction: true, ..Seen::default() };
    }
    if let Some(only) = set.singleton() {
        return Seen { value: Some(value(model, symbols, value_type, only)), ..Seen::default() };
    }
    if domains.iter().any(|domain| domain.full_set().is_subset(&set)) {
        return Seen::default();
    }
    let show = |found: Value| value(model, symbols, value_type, found);
    let possible = match set.values(LISTED) {
        Some(values) => values.into_iter().map(show).collect(),
        None => set.intervals().map(|interval| stretch(interval.least, interval.greatest, &show)).collect(),
    };
    Seen { possible, ..Seen::default() }
}

/// A state as one text: `424`, `2025-07-01 to 2025-07-31`; nothing where it may be anything.
pub(super) fn state(
    model: &Model,
    symbols: &[Box<str>],
    value_type: ValueType,
    state: &State,
) -> Option<decision::Value> {
    let set = state.to_set();
    let show = |found: Value| value(model, symbols, value_type, found);
    if let Some(only) = set.singleton() {
        return Some(show(only));
    }
    let mut intervals = set.intervals();
    match (intervals.next(), intervals.next()) {
        (Some(one), None) if one.least != End::Unbounded && one.greatest != End::Unbounded => {
            Some(stretch(one.least, one.greatest, &show))
        }
        _ => None,
    }
}

/// The values of a domain, for a message about a value that is none of them.
pub(super) fn domain(model: &Model, value_type: ValueType, domain: &Domain) -> String {
    let show = |found: Value| value(model, &[], value_type, found).value;
    let number = |number: Ratio| show(Value::Number(number));
    match &domain.shape {
        Shape::Bool => "yes or no".to_owned(),
        Shape::Date => "a day such as 2026-03-02, a month or a year".to_owned(),
        Shape::List { len, .. } => {
            let shown: Vec<String> = (0..(*len).min(12)).map(|rank| show(Value::Rank(rank))).collect();
            let more = if *len > 12 { ", …" } else { "" };
            format!("one of {}{more}", shown.join(", "))
        }
        Shape::Number(numbers) => {
            let step =
                numbers.step().map(|step| format!(", in steps of {}", number(step))).unwrap_or_default();
            match (numbers.least(), numbers.greatest()) {
                (Some(least), Some(greatest)) => format!("{} to {}{step}", number(least), number(greatest)),
                (Some(least), None) => format!("at least {}{step}", number(least)),
                (None, Some(greatest)) => format!("at most {}{step}", number(greatest)),
                (None, None) => format!("a number{step}"),
            }
        }
        Shape::Months { .. } => "a length such as 30 months or 2 years 6 months".to_owned(),
        Shape::Days { .. } => "a length such as 6 weeks or 30 days".to_owned(),
        Shape::Symbols(_) => "a name".to_owned(),
    }
}
