//! Ratios between credit units: what they say, where and when, and whether two of them disagree.

use crate::convert::{agreed, apart};
use crate::diagnostic::{Code, Problem};
use crate::model::{RatioTerm, SchemeId, UnitId, UnitRatio};
use crate::quantity::Ratio;
use crate::syntax::tree::{self, NameSlot, Operand, RatioHeader, UnitRef};

use super::documents::citations;
use super::items::{RatioItem, is_damaged, slots};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks::reading;
use super::schemes::status;
use super::units::{body, dated, ends};

/// Reads all ratios into the model, in the order of what they say.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let mut ratios: Vec<UnitRatio> = Vec::with_capacity(known.items.ratios.len());
    for item in &known.items.ratios {
        ratios.extend(ratio(known, making, item));
    }
    ratios.sort_by_cached_key(|ratio| {
        let terms: Vec<(UnitId, Ratio, Ratio)> =
            ratio.terms.iter().map(|term| (term.unit, term.least, term.most)).collect();
        let days: Vec<_> =
            ratio.windows.iter().map(|window| (window.days.from, window.days.to, window.by)).collect();
        (terms, ratio.is_one_way, ratio.scheme, ratio.by, days, ratio.status, ratio.span)
    });
    disagreeing(known, making, &ratios);
    known.model.ratios = ratios;
}

fn ratio(known: &Known<'_>, making: &mut Making, item: &RatioItem<'_>) -> Option<UnitRatio> {
    let (package, declaration) = (item.package, item.declaration);
    let header = declaration.ratio()?;
    let mut made = UnitRatio {
        terms: Vec::new(),
        is_one_way: header.is_one_way,
        scheme: item.scheme.and_then(|scheme| u32::try_from(scheme).ok()).map(SchemeId),
        by: None,
        windows: Vec::new(),
        status: status(None),
        cites: Vec::new(),
        readings: Vec::new(),
        span: declaration.header,
    };
    let mut once = Once::default();
    for (_, slot) in slots(declaration.body.as_ref()) {
        let at = slot.word_span;
        match &slot.operand {
            Operand::Cite(written) => {
                once.check(&mut making.found, "slot.cite", at);
                made.cites = citations(known, making, package, written);
            }
            Operand::InForce(written) => made.windows.extend(dated(known, making, written)),
            Operand::Status(word, _) => {
                once.check(&mut making.found, "slot.status", at);
                made.status = status(Some(*word));
            }
            Operand::Names(NameSlot::By, names) => {
                once.check(&mut making.found, "slot.by", at);
                made.by = names.first().and_then(|name| body(known, making, package, name));
            }
            Operand::Reading(text, cites) => {
                made.readings.push(reading(known, making, package, text, cites));
            }
            Operand::Note(_) | Operand::ConversionExample(_) => {}
            _ => making.found.misplaced(at, "declaration.ratio"),
        }
    }
    if !once.has("slot.cite") && !is_damaged(declaration.body.as_ref()) {
        let rule = known.sources.snippet(declaration.header);
        making.found.push(Problem::new(Code::SchemeCiteMissing, declaration.header).say("rule", rule));
    }
    made.terms = terms(known, making, package, header)?;
    Some(made)
}

/// The equal amounts, each of its own unit.
fn terms(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    header: &RatioHeader,
) -> Option<Vec<RatioTerm>> {
    let mut terms: Vec<RatioTerm> = Vec::with_capacity(header.terms.len());
    for written in &header.terms {
        let unit = unit_of(known, making, package, written)?;
        let (least, most) = ends(known, making, &written.low, written.high.as_ref(), written.span)?;
        if let Some(first) = terms.iter().find(|term| term.unit == unit) {
            let name = known.names.name_of(Thing::Unit(unit));
            let problem = Problem::new(Code::RatioTerms, written.span).say("unit", name);
            making.found.push(problem.label(first.span, "first"));
            return None;
        }
        terms.push(RatioTerm { least, most, unit, span: written.span });
    }
    Some(terms)
}

/// The declared unit of a term. A bare `credits` would not say which.
fn unit_of(known: &Known<'_>, making: &mut Making, package: usize, term: &tree::RatioTerm) -> Option<UnitId> {
    let number = term.high.as_ref().unwrap_or(&term.low);
    match &number.unit {
        Some(UnitRef::Named(name)) => {
            match known.names.find(package, name, &[Sort::Unit], &mut making.found)? {
                Thing::Unit(unit) => Some(unit),
                _ => None,
            }
        }
        written => {
            let spelt = match written {
                Some(UnitRef::Word(_, span)) => super::values::unit_spelt(known, package, *span),
                _ => None,
            };
            if spelt.is_none() {
                let amount = known.sources.snippet(term.span);
                making.found.push(Problem::new(Code::UnitNoUnit, term.span).say("amount", amount));
            }
            spelt
        }
    }
}

/// Two ratios of one scope that may hold on one day and say different things of one pair of units.
fn disagreeing(known: &Known<'_>, making: &mut Making, ratios: &[UnitRatio]) {
    for (at, one) in ratios.iter().enumerate() {
        for other in ratios.get(..at).unwrap_or_default() {
            let same_scope = (one.scheme, one.by) == (other.scheme, other.by);
            if same_scope && !apart(&one.windows, &other.windows) {
                pair_of(known, making, one, other);
            }
        }
    }
}

fn pair_of(known: &Known<'_>, making: &mut Making, one: &UnitRatio, other: &UnitRatio) {
    for from in &one.terms {
        for to in &one.terms {
            let (Ok(Some(ours)), Ok(Some(theirs))) =
                (agreed(one, 0, from.unit, to.unit), agreed(other, 0, from.unit, to.unit))
            else {
                continue;
            };
            if (ours.least, ours.most) != (theirs.least, theirs.most) {
                let (later, first) = if one.span > other.span { (one, other) } else { (other, one) };
                let mut problem = Problem::new(Code::RatioDisagree, later.span)
                    .say("from", known.names.name_of(Thing::Unit(from.unit)))
                    .say("to", known.names.name_of(Thing::Unit(to.unit)));
                if ours.least == ours.most && theirs.least == theirs.most {
                    let (here, there) = if one.span > other.span {
                        (ours.least, theirs.least)
                    } else {
                        (theirs.least, ours.least)
                    };
                    problem = problem.say("here", here).say("there", there);
                }
                making.found.push(problem.label(first.span, "first"));
                return;
            }
        }
    }
}
