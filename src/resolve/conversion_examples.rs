//! Examples of units and ratios: `example 20 cats -> 10 ects`, worked out as any amount is.

use crate::convert::{Way, agreed, ways};
use crate::diagnostic::{Code, Problem, Said};
use crate::model::{By, UnitId};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{
    ConversionExample, ConversionResult, Declaration, HoursSort, Name, Number, Operand, UnitRef, WayBy,
};

use super::items::slots;
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::units::body;

/// Works out every example of a unit or a ratio. Where something else is wrong, only the names in them are looked up: what is
/// wrong elsewhere would make examples fail too.
pub(super) fn check(known: &Known<'_>, making: &mut Making, is_sound: bool) {
    for item in &known.items.units {
        for example in examples(item.declaration) {
            let asked = asked(known, making, item.package, example).filter(|_| is_sound);
            let Some(asked) = asked else { continue };
            let found = ways(&known.model, asked.from, asked.to).unwrap_or_default();
            settle(known, making, item.package, example, &asked, found);
        }
    }
    for item in &known.items.ratios {
        let ratios = known.model.ratios.iter().zip(0u32..);
        let ratio = ratios.into_iter().find(|(ratio, _)| ratio.span == item.declaration.header);
        for example in examples(item.declaration) {
            let asked = asked(known, making, item.package, example).filter(|_| is_sound);
            let (Some(asked), Some((ratio, at))) = (asked, ratio) else { continue };
            let found = agreed(ratio, at, asked.from, asked.to).ok().flatten();
            settle(known, making, item.package, example, &asked, found.into_iter().collect());
        }
    }
}

fn examples(declaration: &Declaration) -> impl Iterator<Item = &ConversionExample> {
    slots(declaration.body.as_ref()).filter_map(|(_, slot)| match &slot.operand {
        Operand::ConversionExample(example) => Some(&**example),
        _ => None,
    })
}

/// What an example asks and expects.
struct Asked {
    amount: Ratio,
    from: UnitId,
    to: UnitId,
    /// The two ends; nothing where no way leads there.
    expected: Option<(Ratio, Ratio)>,
}

fn asked(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    example: &ConversionExample,
) -> Option<Asked> {
    let from = unit(known, making, package, &example.given);
    let (to, expected) = match &example.result {
        ConversionResult::None(name) => (named(known, making, package, name), None),
        ConversionResult::Amount(low, high) => {
            let most = high.as_ref().unwrap_or(low);
            (unit(known, making, package, most), Some((low.value, most.value)))
        }
    };
    Some(Asked { amount: example.given.value, from: from?, to: to?, expected })
}

fn unit(known: &Known<'_>, making: &mut Making, package: usize, number: &Number) -> Option<UnitId> {
    match &number.unit {
        Some(UnitRef::Named(name)) => named(known, making, package, name),
        written => {
            let spelt = match written {
                Some(UnitRef::Word(_, span)) => super::values::unit_spelt(known, package, *span),
                _ => None,
            };
            if spelt.is_none() {
                let amount = known.sources.snippet(number.span);
                making.found.push(Problem::new(Code::UnitNoUnit, number.span).say("amount", amount));
            }
            spelt
        }
    }
}

fn named(known: &Known<'_>, making: &mut Making, package: usize, name: &Name) -> Option<UnitId> {
    match known.names.find(package, name, &[Sort::Unit], &mut making.found)? {
        Thing::Unit(unit) => Some(unit),
        _ => None,
    }
}

/// Whether one of the ways that the example means gives what it expects.
fn settle(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    example: &ConversionExample,
    asked: &Asked,
    found: Vec<Way>,
) {
    let way = example.way.as_ref();
    let at = match way.and_then(|way| way.at.as_ref()) {
        None => None,
        Some(name) => match body(known, making, package, name) {
            Some(body) => Some(body),
            None => return,
        },
    };
    let meant = |of: &Way| match (way.map(|way| way.by), of.by) {
        (None, By::Agreed) | (Some(WayBy::Year), By::Year) => true,
        (Some(WayBy::Hours(sort)), By::Hours { contact }) => {
            sort.is_none_or(|sort| contact == (sort == HoursSort::Contact))
        }
        _ => false,
    };
    let here = |of: &Way| of.scope.from_at.or(of.scope.to_at) == at;
    let results: Vec<(Ratio, Ratio)> =
        found.iter().filter(|of| meant(of) && here(of)).filter_map(|of| of.of(asked.amount).ok()).collect();
    let is_met = match asked.expected {
        None => results.is_empty(),
        Some(expected) => results.contains(&expected),
    };
    if !is_met {
        let result = results.first().map(|&(least, most)| said(known, least, most, asked.to));
        making.found.push(problem(known, example.span, result));
    }
}

fn said(known: &Known<'_>, least: Ratio, most: Ratio, unit: UnitId) -> Said {
    let name = known.names.name_of(Thing::Unit(unit));
    if least == most {
        return Said::Text(format!("{least} {name}").into());
    }
    Said::Text(format!("{least} – {most} {name}").into())
}

fn problem(known: &Known<'_>, at: Span, result: Option<Said>) -> Problem {
    let written = known.sources.snippet(at);
    let expected = written.split_once("->").or_else(|| written.split_once('→')).map_or(written, |(_, of)| of);
    let problem = Problem::new(Code::ExampleConversion, at).say("expected", expected.trim());
    result.into_iter().fold(problem, |problem, result| problem.say("result", result))
}
