//! Credit units: their step, the learning time of a credit, the credits of a year.

use crate::model::{BodyId, Holder, Subject, Unit, UnitHours, UnitYear, Window};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{CreditMeasure, HoursSort, InForce, Name, Number, Operand};

use super::documents::{citations, days};
use super::fault;
use super::found::Found;
use super::items::slots;
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks::reading;
use super::scales::positive;
use super::titles::titles;
use crate::diagnostic::{Code, Problem, Said};

/// Reads all credit units into the model; what they cite is read once documents are known.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    for item in &known.items.units {
        let declaration = item.declaration;
        let mut unit = Unit {
            name: item.name.clone(),
            aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
            titles: titles(&declaration.titles),
            step: None,
            hours: Vec::new(),
            years: Vec::new(),
            cites: Vec::new(),
            readings: Vec::new(),
            span: declaration.header,
        };
        let mut once = Once::default();
        for (_, slot) in slots(declaration.body.as_ref()) {
            match &slot.operand {
                Operand::Step(step) => {
                    once.check(&mut making.found, "slot.step", slot.word_span);
                    unit.step = positive(known, making, step);
                }
                Operand::CreditHours(hours) => {
                    if let Some(read) = unit_hours(known, making, item.package, hours) {
                        let same = |other: &&UnitHours| {
                            (other.contact, other.at) == (read.contact, read.at)
                                && !crate::convert::apart(&other.windows, &read.windows)
                        };
                        if let Some(first) = unit.hours.iter().find(same) {
                            repeated(&mut making.found, "slot.hours", slot.word_span, first.span);
                        } else {
                            unit.hours.push(read);
                        }
                    }
                }
                Operand::CreditYear(year) => {
                    if let Some(read) = unit_year(known, making, item.package, year) {
                        let same = |other: &&UnitYear| {
                            other.at == read.at && !crate::convert::apart(&other.windows, &read.windows)
                        };
                        if let Some(first) = unit.years.iter().find(same) {
                            repeated(&mut making.found, "slot.year", slot.word_span, first.span);
                        } else {
                            unit.years.push(read);
                        }
                    }
                }
                Operand::Cite(_) => {
                    once.check(&mut making.found, "slot.cite", slot.word_span);
                }
                Operand::Reading(..) | Operand::Note(_) | Operand::ConversionExample(_) => {}
                _ => making.found.misplaced(slot.word_span, "declaration.credit"),
            }
        }
        // In the order of what they say, whatever the order of the lines.
        unit.hours.sort_by_key(|hours| (hours.contact, hours.at, hours.least, hours.most));
        unit.years.sort_by_key(|year| (year.at, year.least, year.most));
        known.model.units.push(unit);
    }
}

/// Reads what the units cite, now that documents are known.
pub(super) fn cite(known: &mut Known<'_>, making: &mut Making) {
    for at in 0..known.items.units.len() {
        let Some(item) = known.items.units.get(at) else { continue };
        let (package, declaration) = (item.package, item.declaration);
        let (mut cites, mut readings) = (Vec::new(), Vec::new());
        for (_, slot) in slots(declaration.body.as_ref()) {
            match &slot.operand {
                Operand::Cite(written) => cites.extend(citations(known, making, package, written)),
                Operand::Reading(text, cites) => readings.push(reading(known, making, package, text, cites)),
                _ => {}
            }
        }
        if let Some(unit) = known.model.units.get_mut(at) {
            (unit.cites, unit.readings) = (cites, readings);
        }
    }
}

fn repeated(found: &mut Found, word: &'static str, at: Span, first: Span) {
    found.push(fault::repeated(Said::Word(word), at, first));
}

fn unit_hours(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &CreditMeasure,
) -> Option<UnitHours> {
    let (least, most) = ends(known, making, &written.low, written.high.as_ref(), written.span)?;
    let (at, windows) = measured_where(known, making, package, written)?;
    let contact = written.sort == Some(HoursSort::Contact);
    Some(UnitHours { least, most, contact, at, windows, span: written.span })
}

fn unit_year(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &CreditMeasure,
) -> Option<UnitYear> {
    let (least, most) = ends(known, making, &written.low, written.high.as_ref(), written.span)?;
    let (at, windows) = measured_where(known, making, package, written)?;
    Some(UnitYear { least, most, at, windows, span: written.span })
}

/// The body and the days of a figure.
fn measured_where(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &CreditMeasure,
) -> Option<(Option<BodyId>, Vec<Window>)> {
    let at = match &written.at {
        None => None,
        Some(name) => Some(body(known, making, package, name)?),
    };
    let windows = written.in_force.iter().filter_map(|written| dated(known, making, written)).collect();
    Some((at, windows))
}

/// The body that a name names.
pub(super) fn body(known: &Known<'_>, making: &mut Making, package: usize, name: &Name) -> Option<BodyId> {
    match known.names.find(package, name, &[Sort::Body], &mut making.found)? {
        Thing::Body(body) => Some(body),
        _ => None,
    }
}

/// Two ends, both above 0, the first not beyond the second.
pub(super) fn ends(
    known: &Known<'_>,
    making: &mut Making,
    low: &Number,
    high: Option<&Number>,
    span: Span,
) -> Option<(Ratio, Ratio)> {
    let high = high.unwrap_or(low);
    for number in [low, high] {
        if !number.value.is_positive() || number.percent {
            let step = known.sources.snippet(number.span);
            making.found.push(Problem::new(Code::NumberStep, number.span).say("step", step));
            return None;
        }
    }
    if low.value > high.value {
        let (start, end) = (known.sources.snippet(low.span), known.sources.snippet(high.span));
        making.found.push(fault::reversed(start, end, span));
        return None;
    }
    Some((low.value, high.value))
}

/// The window of a unit or a ratio. It holds for every rule, so the date that it tests is a built-in one: of the request, or of
/// each achievement used.
pub(super) fn dated(known: &Known<'_>, making: &mut Making, written: &InForce) -> Option<Window> {
    use super::builtin::{HeldBy, Nature, canonical, fact};
    if written.not_stated {
        return None;
    }
    let days = days(making, written)?;
    let Some(by) = &written.by else {
        making.found.push(Problem::new(Code::DateWindowUnnamed, written.span));
        return None;
    };
    let id = canonical(&by.name.text);
    let of = match fact(id) {
        Some((HeldBy::Request, _)) => Holder::Request,
        Some((_, Nature::Date | Nature::DateOrNone)) => Holder::Each,
        _ => {
            let problem = Problem::new(Code::FactUndeclared, by.span).say("fact", &*by.name.text);
            making.found.push(problem.say("kind", Said::Word("slot.in-force")));
            return None;
        }
    };
    Some(Window { days, by: Some(Subject { of, fact: known.fact(id)? }), span: written.span })
}
