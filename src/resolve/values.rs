//! What a written value is in the domain of a fact.
//!
//! A value never decides the type of a fact; the fact's declaration does. A number with the wrong unit, a name that is in no
//! list and a mark beyond its scale are each said as what they are.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{ScaleShape, TypedDomain, UnitId, ValueType};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::{Shape, Value};
use crate::syntax::tree::{self, HoursSort, Number, UnitRef, UnitWord, ValueKind};

use super::fault::{domain_values, type_name};
use super::known::{Known, Making};
use super::names::{Sort, Thing};

/// What is written, as one value or, for a month or a year, as the first and last of several.
pub(super) type Ends = (Value, Value);

/// Which fact a value is for, and in which package it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) package: usize,
    /// The fact as written, for messages.
    pub(super) fact: &'a str,
    /// The kind whose catalogue gives the value, where one does.
    pub(super) kind: Option<&'a str>,
}

/// Why a written value is not one of a domain.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Misfit {
    /// It is of another type: a name where a number belongs.
    Type,
    /// A number of another unit.
    Unit,
    /// Of the right type, but not one of the values that the domain has.
    Outside,
    /// It has been reported.
    Said,
}

/// The value in the first of the domains that has it, or a problem.
pub(super) fn value(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domains: &[TypedDomain],
    written: &tree::Value,
) -> Option<(ValueType, Ends)> {
    let mut worst: Option<(usize, Misfit)> = None;
    for (at, domain) in domains.iter().enumerate() {
        match read(known, making, asked, domain, written) {
            Ok(ends) => return Some((domain.value_type, ends)),
            Err(misfit) => {
                let closer = worst.as_ref().is_none_or(|(_, before)| closeness(&misfit) > closeness(before));
                if closer {
                    worst = Some((at, misfit));
                }
            }
        }
    }
    let (at, misfit) = worst?;
    if let Some(domain) = domains.get(at) {
        report(known, making, asked, domain, written, misfit);
    }
    None
}

/// One value exactly: a day where a date is wanted.
pub(super) fn single(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domains: &[TypedDomain],
    written: &tree::Value,
) -> Option<(ValueType, Value)> {
    let (value_type, (first, last)) = value(known, making, asked, domains, written)?;
    if first != last {
        making
            .found
            .push(Problem::new(Code::DateDay, written.span).say("date", known.sources.snippet(written.span)));
        return None;
    }
    Some((value_type, first))
}

/// Of several domains, the one whose misfit says most about the mistake.
const fn closeness(misfit: &Misfit) -> u8 {
    match misfit {
        Misfit::Type => 0,
        Misfit::Unit => 1,
        Misfit::Outside => 2,
        Misfit::Said => 3,
    }
}

fn report(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domain: &TypedDomain,
    written: &tree::Value,
    misfit: Misfit,
) {
    let (value, fact) = (known.sources.snippet(written.span), asked.fact);
    let is_scale = matches!(domain.value_type, ValueType::Scale(_) | ValueType::Level(_));
    let mut problem = match misfit {
        Misfit::Said => return,
        Misfit::Type => Problem::new(Code::FactComparison, written.span)
            .say("fact", fact)
            .say("value", value)
            .say("domain", type_name(known, domain.value_type)),
        Misfit::Unit if is_scale => Problem::new(Code::UnitMixedScale, written.span)
            .say("fact", fact)
            .say("scale", type_name(known, domain.value_type))
            .say("value", value)
            .say("other", unit_of(known, written)),
        Misfit::Unit => Problem::new(Code::UnitMixedUnit, written.span)
            .say("fact", fact)
            .say("unit", type_name(known, domain.value_type))
            .say("value", value)
            .say("other", unit_of(known, written)),
        Misfit::Outside if other_scale(known, domain, written).is_some() => {
            Problem::new(Code::UnitMixedScale, written.span)
                .say("fact", fact)
                .say("scale", type_name(known, domain.value_type))
                .say("value", value)
                .say("other", other_scale(known, domain, written).unwrap_or_default())
        }
        Misfit::Outside if is_too_fine(domain, written) => Problem::new(Code::NumberTooFine, written.span)
            .say("number", value)
            .say("scale", scale_or_fact(known, domain, fact))
            .say("step", domain.domain.step().unwrap_or_default()),
        Misfit::Outside if asked.kind.is_some() && number_of(written).is_some() => {
            Problem::new(Code::FactContradicts, written.span)
                .say("fact", fact)
                .say("value", value)
                .say("other", domain_values(known, domain))
                .say("where", asked.kind.unwrap_or_default())
        }
        Misfit::Outside => Problem::new(Code::FactValueOutside, written.span)
            .say("value", value)
            .say("fact", fact)
            .say("domain", domain_values(known, domain)),
    };
    let unlabelled = matches!(problem.code, Code::NumberTooFine | Code::UnitMixedUnit);
    if let Some(declared) = declared(known, domain.value_type).filter(|_| !unlabelled) {
        problem = problem.label(declared, "declared");
    }
    making.found.push(problem);
}

/// Another scale that has a value of this name.
fn other_scale(known: &Known<'_>, domain: &TypedDomain, written: &tree::Value) -> Option<Box<str>> {
    let ValueType::Scale(own) = domain.value_type else { return None };
    let text = text_of(written)?;
    let mut scales = known.model.scales.iter().zip(0u32..).filter(|(_, id)| *id != own.0);
    scales.find_map(|(scale, _)| match &scale.shape {
        ScaleShape::Named(ranks) if super::known::ranks(ranks).contains_key(text) => Some(scale.name.clone()),
        _ => None,
    })
}

/// Whether a number lies within the bounds of a domain, only between its steps.
fn is_too_fine(domain: &TypedDomain, written: &tree::Value) -> bool {
    let Some(number) = number_of(written) else { return false };
    let Shape::Number(numbers) = &domain.domain.shape else { return false };
    numbers.least().is_none_or(|least| least <= number.value)
        && numbers.greatest().is_none_or(|greatest| number.value <= greatest)
        && !numbers.is_on_lattice(number.value)
}

fn scale_or_fact(known: &Known<'_>, domain: &TypedDomain, fact: &str) -> Said {
    match domain.value_type {
        ValueType::Scale(_) | ValueType::Credits(_) => type_name(known, domain.value_type),
        _ => Said::Text(fact.into()),
    }
}

/// What a value is counted in, as written.
fn unit_of(known: &Known<'_>, written: &tree::Value) -> Said {
    let number = match &written.kind {
        ValueKind::Level(name, _) => return Said::Text(name.text.clone()),
        ValueKind::Length(parts) => parts.first(),
        _ => number_of(written),
    };
    match number.and_then(|number| number.unit.as_ref()) {
        Some(UnitRef::Word(_, span) | UnitRef::Hours(_, span)) => {
            Said::Text(known.sources.snippet(*span).into())
        }
        Some(UnitRef::Named(name)) => Said::Text(name.text.clone()),
        None if number.is_some_and(|number| number.percent) => Said::Text("%".into()),
        None => Said::Word("slot.number"),
    }
}

/// Where a type is declared.
pub(super) fn declared(known: &Known<'_>, value_type: ValueType) -> Option<Span> {
    let model = &known.model;
    match value_type {
        ValueType::List(id) => model.lists.get(id.index()).map(|list| list.span),
        ValueType::Scale(id) => model.scales.get(id.index()).map(|scale| scale.span),
        ValueType::Credits(id) => model.units.get(id.index()).map(|unit| unit.span),
        ValueType::Level(id) => model.frameworks.get(id.index()).map(|framework| framework.span),
        _ => None,
    }
}

/// Reads a value in a domain.
pub(super) fn read(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domain: &TypedDomain,
    written: &tree::Value,
) -> Result<Ends, Misfit> {
    let one = |value: Value| Ok((value, value));
    if matches!(written.kind, ValueKind::None) {
        return if domain.domain.optional { one(Value::None) } else { Err(Misfit::Outside) };
    }
    let within = |value: Value| if domain.domain.contains(value) { one(value) } else { Err(Misfit::Outside) };
    match domain.value_type {
        ValueType::YesNo => match written.kind {
            ValueKind::Yes => one(Value::Bool(true)),
            ValueKind::No => one(Value::Bool(false)),
            _ => Err(Misfit::Type),
        },
        ValueType::List(list) => {
            let Some(text) = text_of(written) else { return Err(Misfit::Type) };
            match known.list_rank(list, text) {
                Some(rank) => one(Value::Rank(rank)),
                None => Err(Misfit::Outside),
            }
        }
        ValueType::Scale(scale) => {
            let Some(shape) = known.model.scales.get(scale.index()).map(|scale| &scale.shape) else {
                return Err(Misfit::Said);
            };
            match shape {
                // A scale that does not say its marks has been reported.
                ScaleShape::Named(ranks) if ranks.is_empty() => Err(Misfit::Said),
                ScaleShape::Named(ranks) => {
                    let Some(text) = text_of(written) else {
                        let spelt = known.sources.snippet(written.span);
                        let rank = super::known::ranks(ranks).get(spelt).copied();
                        return rank.map_or(Err(Misfit::Type), |rank| one(Value::Rank(rank)));
                    };
                    let names = super::known::ranks(ranks);
                    match names.get(&*crate::language::normal(text)) {
                        Some(&rank) => one(Value::Rank(rank)),
                        None => Err(Misfit::Outside),
                    }
                }
                ScaleShape::Numeric { .. } => {
                    let number = plain(written, &[UnitWord::Point])?;
                    within(Value::Number(number))
                }
            }
        }
        ValueType::Number => {
            let words = [UnitWord::Rank, UnitWord::Point, UnitWord::Times, UnitWord::Item, UnitWord::Course];
            within(Value::Number(plain(written, &words)?))
        }
        ValueType::Share => match number_of(written) {
            Some(number) if number.unit.is_none() && (number.percent || number.value <= Ratio::ONE) => {
                within(Value::Number(number.value))
            }
            Some(number) if number.unit.is_none() => Err(Misfit::Outside),
            Some(_) => Err(Misfit::Unit),
            None => Err(Misfit::Type),
        },
        ValueType::Credits(unit) => {
            let number = number_of(written).ok_or(Misfit::Type)?;
            if number.percent || !is_credit(known, making, asked.package, number, unit)? {
                return Err(Misfit::Unit);
            }
            within(Value::Number(number.value))
        }
        ValueType::ContactHours => within(Value::Number(hours(written, HoursSort::Contact)?)),
        ValueType::NotionalHours => within(Value::Number(hours(written, HoursSort::Notional)?)),
        ValueType::Hours => within(Value::Number(plain(written, &[UnitWord::Hour])?)),
        ValueType::Months => one(Value::Months(length(written, UnitWord::Year, 12, UnitWord::Month)?)),
        ValueType::Days => one(Value::Days(length(written, UnitWord::Week, 7, UnitWord::Day)?)),
        ValueType::Date => match &written.kind {
            ValueKind::Date(date) => Ok((Value::Date(date.first), Value::Date(date.last))),
            _ => Err(Misfit::Type),
        },
        ValueType::Name => match text_of(written) {
            Some(text) => within(Value::Symbol(making.symbols.intern(text))),
            None => match number_of(written).filter(|number| number.unit.is_none() && !number.percent) {
                Some(number) => one(Value::Symbol(making.symbols.intern(known.sources.snippet(number.span)))),
                None => Err(Misfit::Type),
            },
        },
        ValueType::Outcome(kind) => {
            let ValueKind::Name(name) = &written.kind else { return Err(Misfit::Type) };
            match known.names.find(asked.package, name, &[Sort::Outcome], &mut making.found) {
                Some(Thing::Outcome(outcome)) => {
                    let fits = kind.is_none_or(|kind| {
                        let of = known.kind_of(outcome).and_then(|kind| known.model.kinds.get(kind.index()));
                        of.is_none_or(|of| of.ancestors.contains(&kind))
                    });
                    let symbol = making.symbols.intern(known.names.name_of(Thing::Outcome(outcome)));
                    if fits { one(Value::Symbol(symbol)) } else { Err(Misfit::Outside) }
                }
                _ => Err(Misfit::Said),
            }
        }
        ValueType::Body(set) => {
            let ValueKind::Name(name) = &written.kind else { return Err(Misfit::Type) };
            match known.names.find(asked.package, name, &[Sort::Body], &mut making.found) {
                Some(thing @ Thing::Body(body)) => {
                    let symbol = making.symbols.intern(known.names.name_of(thing));
                    let set = set.and_then(|set| known.model.sets.get(set.index()));
                    let fits = set.is_none_or(|set| {
                        set.members.iter().any(|member| member.of == crate::model::Member::Body(body))
                    });
                    if fits { one(Value::Symbol(symbol)) } else { Err(Misfit::Outside) }
                }
                _ => Err(Misfit::Said),
            }
        }
        ValueType::Level(framework) => {
            super::frameworks::level(known, making, asked.package, framework, written)
                .map(|rank| (Value::Rank(rank), Value::Rank(rank)))
        }
    }
}

/// The declared unit whose name a unit word happens to be: `3 point` where `point` is a unit of credit.
pub(super) fn unit_spelt(known: &Known<'_>, package: usize, span: Span) -> Option<UnitId> {
    let text = known.sources.snippet(span);
    let named = |text: &str| {
        let name = tree::Name { text: text.into(), bracket: tree::Bracket::Bare, span };
        match known.names.peek(package, &name, &[Sort::Unit]) {
            Some(Thing::Unit(unit)) => Some(unit),
            _ => None,
        }
    };
    named(text).or_else(|| named(text.strip_suffix('s')?))
}

/// The text of a name or a text.
pub(super) fn text_of(written: &tree::Value) -> Option<&str> {
    match &written.kind {
        ValueKind::Name(name) => Some(&name.text),
        ValueKind::Text(text) => Some(&text.text),
        _ => None,
    }
}

/// The number written, if it is one.
pub(super) const fn number_of(written: &tree::Value) -> Option<&Number> {
    if let ValueKind::Number(number) = &written.kind { Some(number) } else { None }
}

/// A number without a unit or with one of these words.
fn plain(written: &tree::Value, words: &[UnitWord]) -> Result<Ratio, Misfit> {
    let number = number_of(written).ok_or(Misfit::Type)?;
    let fits = match &number.unit {
        None => true,
        Some(UnitRef::Word(word, _)) => words.contains(word),
        Some(_) => false,
    };
    if fits && !number.percent { Ok(number.value) } else { Err(Misfit::Unit) }
}

fn hours(written: &tree::Value, sort: HoursSort) -> Result<Ratio, Misfit> {
    let number = number_of(written).ok_or(Misfit::Type)?;
    let fits = match &number.unit {
        None | Some(UnitRef::Word(UnitWord::Hour, _)) => true,
        Some(UnitRef::Hours(other, _)) => *other == sort,
        Some(_) => false,
    };
    if fits && !number.percent { Ok(number.value) } else { Err(Misfit::Unit) }
}

/// A length in the smaller measure: years and months, or weeks and days; one of the two in each part.
fn length(written: &tree::Value, large: UnitWord, factor: u32, small: UnitWord) -> Result<u32, Misfit> {
    let parts = match &written.kind {
        ValueKind::Number(number) => std::slice::from_ref(number),
        ValueKind::Length(parts) => parts,
        _ => return Err(Misfit::Type),
    };
    let mut total = Ratio::ZERO;
    for part in parts {
        let factor = match part.unit {
            Some(UnitRef::Word(word, _)) if word == large => Ratio::from(factor),
            Some(UnitRef::Word(word, _)) if word == small => Ratio::ONE,
            _ => return Err(Misfit::Unit),
        };
        total = part
            .value
            .checked_mul(factor)
            .and_then(|part| total.checked_add(part))
            .map_err(|_| Misfit::Outside)?;
    }
    total.to_int().and_then(|whole| u32::try_from(whole).ok()).ok_or(Misfit::Outside)
}

/// Whether a number is one of credits of this unit.
pub(super) fn is_credit(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    number: &Number,
    unit: UnitId,
) -> Result<bool, Misfit> {
    Ok(match &number.unit {
        None | Some(UnitRef::Word(UnitWord::Credit, _)) => true,
        Some(UnitRef::Named(name)) => match known.names.find(package, name, &[Sort::Unit], &mut making.found)
        {
            Some(Thing::Unit(named)) => named == unit,
            _ => return Err(Misfit::Said),
        },
        Some(UnitRef::Word(_, span)) => unit_spelt(known, package, *span) == Some(unit),
        Some(UnitRef::Hours(..)) => false,
    })
}
