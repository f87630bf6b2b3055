//! Amounts: how many credits, in which unit, and whether every amount that can come out is one that can be granted.
//!
//! A rule that lets an amount fall between two steps of its unit must say how it is rounded. Whether it can is decided on the
//! declared domain of what it measures, and an error shows the quantity for which it does.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    AmountRule, Conversion, ConversionWay, Credits, Measure, Piece, Subject, Targets, UnitId, ValueType,
};
use crate::quantity::{Mode, Ratio, Rounding};
use crate::source::Span;
use crate::space::{Numbers, Shape};
use crate::syntax::tree::{
    Amount, AmountKind, FactOwner, FactRef, JudgedRange, Less, Name, Number, RoundingMode, RoundingWord,
    Sharing, UnitRef, UnitWord,
};

use super::conditions::{amount_of, unit_word};
use super::conversions;
use super::grains::{Grain, check_rounding, check_steps};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::spot::{self, Plain, Scene, Spot, spot};
use super::tables;
use super::targets;
use super::values::unit_spelt;

/// A piece, its unit (none for the target's own), and what it can come to.
pub(super) struct Made {
    pub(super) piece: Piece,
    pub(super) unit: Option<UnitId>,
    pub(super) grains: Vec<Grain>,
}

/// An amount as a rule gives it.
pub(super) fn amount(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    written: &Amount,
) -> Option<AmountRule> {
    let Made { piece, mut unit, mut grains } = piece(known, making, scene, to, written)?;
    // Of several amounts each says for itself how it is shared.
    let is_target = matches!(piece, Piece::TargetCredits | Piece::Whichever { .. });
    let of_parts = match &piece {
        Piece::Whichever { amounts, .. } => amounts.iter().any(|amount| amount.in_total),
        _ => false,
    };
    let conversion = converted(known, making, scene, to, written, &mut unit, &mut grains)?;
    let several = targets::at_once(to) > 1;
    if several && !is_target && written.sharing.is_none() && !scene.damaged {
        let count = i64::try_from(targets::at_once(to)).map_or(Ratio::ZERO, Ratio::from_int);
        let amount = known.sources.snippet(written.span);
        making
            .found
            .push(Problem::new(Code::AmountSharing, written.span).say("amount", amount).say("count", count));
    }
    if let Piece::Constant(zero) = &piece
        && zero.is_zero()
    {
        making.found.push(Problem::new(Code::AmountZero, written.span));
    }
    let at_least = bound(known, making, scene, unit, written.at_least.as_deref());
    let at_most = bound(known, making, scene, unit, written.at_most.as_deref());
    if let (Some(least), Some(most)) = (at_least, at_most)
        && least > most
    {
        let problem = Problem::new(Code::AmountBounds, written.span);
        making.found.push(problem.say("least", least).say("most", most));
    }
    let rounding = written.rounding.as_deref();
    match rounding {
        None => check_steps(known, making, unit, &grains, written.span),
        Some(rounding) => check_rounding(known, making, unit, rounding),
    }
    Some(AmountRule {
        piece,
        unit,
        conversion,
        in_total: of_parts || written.sharing == Some(Sharing::InTotal),
        rounding: rounding.and_then(rounding_of),
        at_least,
        at_most,
        span: written.span,
    })
}

/// `in UNIT`, and what the piece then comes to. The outer `None` is a conversion that is wrong, which is said.
#[allow(clippy::option_option)]
fn converted(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    written: &Amount,
    unit: &mut Option<UnitId>,
    grains: &mut Vec<Grain>,
) -> Option<Option<Conversion>> {
    let Some(conversion) = &written.conversion else { return Some(None) };
    let Some(from) = unit.or_else(|| target_unit(known, to)) else {
        let amount = known.sources.snippet(written.span);
        making.found.push(Problem::new(Code::UnitNoUnit, written.span).say("amount", amount));
        return None;
    };
    let made = conversions::conversion(known, making, scene.package, scene.applied, from, conversion)?;
    *unit = Some(made.to);
    let mut scaled = Vec::with_capacity(grains.len());
    // What a body decides is granted by nobody here, so it may lie between two steps.
    let granted = |way: &&ConversionWay| made.conversion.refer.is_none() || way.least == way.most;
    for way in made.conversion.ways.iter().filter(granted) {
        for factor in [way.least, way.most] {
            for grain in grains.iter() {
                let slope = grain.slope.checked_mul(factor).ok()?;
                let offset = grain.offset.checked_mul(factor).ok()?;
                scaled.push(Grain { slope, offset, rate: None, ..grain.clone() });
            }
            if way.least == way.most {
                break;
            }
        }
    }
    *grains = scaled;
    making.rests.extend(made.rests);
    Some(Some(made.conversion))
}

/// The unit of `target credits`, where all targets share one.
fn target_unit(known: &Known<'_>, to: &Targets) -> Option<UnitId> {
    let mut units = to.all().iter().map(|target| {
        match known.model.outcomes.get(target.outcome.index()).map(|outcome| outcome.credits) {
            Some(Credits::Amount(_, unit)) => Some(unit),
            _ => None,
        }
    });
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

/// The piece of an amount before rounding.
pub(super) fn piece(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    written: &Amount,
) -> Option<Made> {
    let made = match &written.kind {
        AmountKind::Constant(number) => constant(known, making, scene, number),
        AmountKind::Fact(fact) if fact.of == FactOwner::Target => {
            target_credits(known, making, scene, to, fact)
        }
        AmountKind::Fact(fact) => fact_amount(known, making, scene, fact),
        AmountKind::Rate { earns, per, distinct } => {
            rate(known, making, scene, earns, per, *distinct, written.span)
        }
        AmountKind::Whichever { amounts, greater } => {
            whichever(known, making, scene, to, amounts, *greater, written.span)
        }
        AmountKind::Judged(written) => judged_amount(known, making, scene, written),
        AmountKind::Table { by, table } => {
            tables::lookup(known, making, scene, to, by, table, at_start(written.span))
        }
    }?;
    match &written.less {
        Some(less) => lessened(known, making, scene, made, less),
        None => Some(made),
    }
}

/// `3 credits or target credits, whichever is greater`: both of one unit.
fn whichever(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    written: &[Amount],
    greater: bool,
    span: Span,
) -> Option<Made> {
    let mut amounts = Vec::with_capacity(written.len());
    for one in written {
        if let Some(conversion) = &one.conversion {
            making.found.push(super::slots::later(known.sources.snippet(conversion.span), conversion.span));
            return None;
        }
        amounts.push(amount(known, making, scene, to, one)?);
    }
    let unit_of = |of: &AmountRule| of.unit.or_else(|| target_unit(known, to));
    let unit = amounts.iter().find_map(unit_of);
    if let Some(other) = amounts.iter().find(|of| unit_of(of) != unit) {
        let problem = Problem::new(Code::UnitMixedUnit, span)
            .say("fact", Said::Word("slot.give"))
            .say("unit", unit_name(known, unit))
            .say("value", known.sources.snippet(other.span))
            .say("other", unit_name(known, unit_of(other)));
        making.found.push(problem);
        return None;
    }
    let own = amounts.iter().find_map(|of| of.unit);
    Some(Made { piece: Piece::Whichever { amounts, greater }, unit: own, grains: Vec::new() })
}

/// The place where a text begins.
const fn at_start(span: Span) -> Span {
    Span::at(span.file, span.start)
}

/// A number of credits.
pub(super) fn constant(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    number: &Number,
) -> Option<Made> {
    let (value, unit) = credits(known, making, scene, number)?;
    let grains = vec![Grain {
        numbers: Numbers::new(Some(value), Some(value), None)?,
        slope: Ratio::ONE,
        offset: Ratio::ZERO,
        rate: None,
        span: number.span,
    }];
    Some(Made { piece: Piece::Constant(value), unit: Some(unit), grains })
}

/// A number of credits and their unit: the one written, else what bare `credits` means here.
pub(super) fn credits(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    number: &Number,
) -> Option<(Ratio, UnitId)> {
    if number.percent {
        let percent = known.sources.snippet(number.span);
        making.found.push(Problem::new(Code::AmountPercentWithoutBase, number.span).say("percent", percent));
        return None;
    }
    let unit = match &number.unit {
        Some(UnitRef::Named(name)) => {
            match known.names.find(scene.package, name, &[Sort::Unit], &mut making.found)? {
                Thing::Unit(unit) => unit,
                _ => return None,
            }
        }
        None | Some(UnitRef::Word(UnitWord::Credit, _)) => {
            let spelt = || match &number.unit {
                Some(UnitRef::Word(_, span)) => unit_spelt(known, scene.package, *span),
                _ => None,
            };
            let Some(unit) = scene.unit.or_else(spelt) else {
                if !scene.damaged {
                    let amount = known.sources.snippet(number.span);
                    making.found.push(Problem::new(Code::UnitNoUnit, number.span).say("amount", amount));
                }
                return None;
            };
            unit
        }
        Some(UnitRef::Word(_, span)) if unit_spelt(known, scene.package, *span).is_some() => {
            unit_spelt(known, scene.package, *span)?
        }
        Some(UnitRef::Word(_, span) | UnitRef::Hours(_, span)) => {
            let problem = Problem::new(Code::UnitMixedUnit, number.span)
                .say("fact", Said::Word("slot.give"))
                .say("unit", unit_name(known, scene.unit))
                .say("value", known.sources.snippet(number.span))
                .say("other", known.sources.snippet(*span));
            making.found.push(problem);
            return None;
        }
    };
    Some((number.value, unit))
}

fn unit_name(known: &Known<'_>, unit: Option<UnitId>) -> Said {
    let unit = unit.and_then(|unit| known.model.units.get(unit.index()));
    unit.map_or(Said::Word("fact.credits"), |unit| Said::Text(unit.name.clone()))
}

/// `target credits`: what each target says of itself.
fn target_credits(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    fact: &FactRef,
) -> Option<Made> {
    if super::builtin::canonical(&fact.name.text) != "credits" {
        making.found.push(Problem::new(Code::AmountNotANumber, fact.span).say("fact", &*fact.name.text));
        return None;
    }
    if matches!(to, Targets::Deposit | Targets::Blocks { .. }) {
        if !scene.damaged {
            making.found.push(Problem::new(Code::AmountNoTarget, fact.span));
        }
        return None;
    }
    for target in to.all().iter().filter(|target| !target.excluded) {
        let outcome = known.model.outcomes.get(target.outcome.index())?;
        if outcome.credits == Credits::Unstated {
            let problem = Problem::new(Code::AmountNoCredits, target.span).say("outcome", &*outcome.name);
            making.found.push(problem.label(outcome.span, "declared"));
        }
    }
    Some(Made { piece: Piece::TargetCredits, unit: None, grains: Vec::new() })
}

/// `0 to 2 credits judged by college`: what the judge finds of the first achievement that is used.
fn judged_amount(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &JudgedRange,
) -> Option<Made> {
    // Both ends are amounts of the rule's unit.
    let ends = [&written.least, &written.most];
    let end = ends.into_iter().find(|end| end.unit.is_some()).unwrap_or(&written.most);
    let (_, unit) = credits(known, making, scene, end)?;
    let fact = super::judged::fact(known, written)?;
    let plain = match &scene.plain {
        Plain::Several => Plain::Of(crate::model::Holder::Source(0)),
        Plain::Nobody => return None,
        plain => plain.clone(),
    };
    let scene = Scene { plain, unit: Some(unit), ..scene.clone() };
    let made = fact_amount(known, making, &scene, &fact)?;
    if spot(known, making, &scene, &fact)?.value_type() != Some(ValueType::Credits(unit)) {
        let amount = known.sources.snippet(written.span);
        making.found.push(Problem::new(Code::UnitNoUnit, written.span).say("amount", amount));
        return None;
    }
    Some(made)
}

/// `source credits`, `points`: a fact read as an amount.
fn fact_amount(known: &Known<'_>, making: &mut Making, scene: &Scene<'_>, fact: &FactRef) -> Option<Made> {
    let read = spot::measured(known, making, scene, fact)?;
    let unit = match (read.nature, read.value_type()) {
        (Some(super::builtin::Nature::Credits), _) => scene.unit,
        (_, Some(ValueType::Credits(unit))) => Some(unit),
        (_, Some(ValueType::Number)) => scene.unit,
        _ => {
            making.found.push(Problem::new(Code::AmountNotANumber, fact.span).say("fact", &*fact.name.text));
            return None;
        }
    };
    let Some(unit) = unit else {
        let amount = known.sources.snippet(fact.span);
        making.found.push(Problem::new(Code::UnitNoUnit, fact.span).say("amount", amount));
        return None;
    };
    // Credits of the catalogue lie on the step of their unit; a declared range says its own.
    let numbers = match read.nature {
        Some(_) => Numbers::new(
            Some(Ratio::ZERO),
            None,
            known.model.units.get(unit.index()).and_then(|unit| unit.step),
        )?,
        None => numbers(&read)?,
    };
    let grain = Grain { numbers, slope: Ratio::ONE, offset: Ratio::ZERO, rate: None, span: fact.span };
    Some(Made { piece: Piece::Fact(read.subject), unit: Some(unit), grains: vec![grain] })
}

fn numbers(read: &Spot<'_>) -> Option<Numbers> {
    let domain = read.domains.first()?;
    match &domain.domain.shape {
        Shape::Number(numbers) => Some(*numbers),
        Shape::Months { least, greatest } | Shape::Days { least, greatest } => {
            Numbers::whole(i64::from(*least), greatest.map(i64::from))
        }
        _ => None,
    }
}

/// `1 credit per 16 hours`, `per 6 times`, `per 3 distinct module`.
fn rate(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    earns: &Number,
    per: &Number,
    distinct: bool,
    span: Span,
) -> Option<Made> {
    let (earned, unit) = credits(known, making, scene, earns)?;
    let whole = Numbers::whole(0, None)?;
    let said = match amount_of(known, per) {
        Said::Amount(_, unit) => *unit,
        _ => Said::Word("unit.item"),
    };
    let (measure, numbers, size) = if distinct {
        (Measure::Distinct(distinct_fact(known, making, scene, per)?), whole, per.value)
    } else {
        match &per.unit {
            None
            | Some(UnitRef::Word(
                UnitWord::Times | UnitWord::Item | UnitWord::Course | UnitWord::Source,
                _,
            )) => (Measure::Times, whole, per.value),
            Some(unit) => {
                let (subject, numbers, factor) = measured(known, making, scene, unit, per)?;
                (Measure::Fact(subject), numbers, per.value.checked_mul(factor).ok()?)
            }
        }
    };
    if !size.is_positive() {
        making
            .found
            .push(Problem::new(Code::NumberStep, per.span).say("step", known.sources.snippet(per.span)));
        return None;
    }
    let slope = earned.checked_div(size).ok()?;
    let grain = Grain { numbers, slope, offset: Ratio::ZERO, rate: Some((earned, size, said)), span };
    Some(Made {
        piece: Piece::Rate { earns: earned, per: size, measure },
        unit: Some(unit),
        grains: vec![grain],
    })
}

/// The fact whose different values are counted; none for different outcomes.
fn distinct_fact(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    per: &Number,
) -> Option<Option<crate::model::FactId>> {
    let Some(UnitRef::Named(name)) = &per.unit else { return Some(None) };
    let is_fact = scene.sources.iter().any(|&kind| known.kind_fact(kind, &name.text).is_some());
    if !is_fact && known.names.has(scene.package, name, &[Sort::Kind, Sort::Set, Sort::Outcome]) {
        return Some(None);
    }
    let fact = FactRef { of: FactOwner::Each, name: Name::clone(name), span: name.span };
    spot(known, making, scene, &fact).map(|read| Some(read.subject.fact))
}

/// The fact that a rate measures, by its unit or its name; its numbers; and how many of them the unit is.
fn measured(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    unit: &UnitRef,
    per: &Number,
) -> Option<(Subject, Numbers, Ratio)> {
    let holder = match &scene.plain {
        Plain::Of(holder) => *holder,
        Plain::Several => {
            if !scene.damaged {
                let fact = known.sources.snippet(per.span);
                making.found.push(Problem::new(Code::SelectSeveral, per.span).say("fact", fact));
            }
            return None;
        }
        Plain::Person(_) | Plain::Nobody => {
            if !scene.damaged {
                making.found.push(no_measure(known, scene, per));
            }
            return None;
        }
    };
    let named = |making: &mut Making, name: &str, span: Span| {
        let name = crate::syntax::tree::Name {
            text: name.into(),
            bracket: crate::syntax::tree::Bracket::Bare,
            span,
        };
        spot::measured(known, making, scene, &FactRef { of: FactOwner::Plain, name, span })
    };
    let (wanted, factor): (fn(ValueType) -> bool, u32) = match unit {
        UnitRef::Named(name) => {
            let read = match known.names.peek(scene.package, name, &[Sort::Unit]) {
                Some(Thing::Unit(unit)) => {
                    let read = named(making, "credits", per.span)?;
                    if matches!(read.value_type(), Some(ValueType::Credits(own)) if own != unit) {
                        making.found.push(mixed(known, &read, per));
                        return None;
                    }
                    read
                }
                _ => named(making, &name.text, name.span)?,
            };
            let numbers = numbers_or_say(known, making, &read, per)?;
            return Some((read.subject, numbers, Ratio::ONE));
        }
        UnitRef::Hours(sort, _) => {
            let read = named(making, "hours", per.span)?;
            let fits = match sort {
                crate::syntax::tree::HoursSort::Contact => read.value_type() == Some(ValueType::ContactHours),
                crate::syntax::tree::HoursSort::Notional => {
                    read.value_type() == Some(ValueType::NotionalHours)
                }
            };
            if !fits {
                making.found.push(mixed(known, &read, per));
                return None;
            }
            return Some((read.subject, numbers_or_say(known, making, &read, per)?, Ratio::ONE));
        }
        UnitRef::Word(word, _) => match word {
            UnitWord::Hour => {
                (|of| matches!(of, ValueType::ContactHours | ValueType::NotionalHours | ValueType::Hours), 1)
            }
            UnitWord::Month => (|of| of == ValueType::Months, 1),
            UnitWord::Year => (|of| of == ValueType::Months, 12),
            UnitWord::Day => (|of| of == ValueType::Days, 1),
            UnitWord::Week => (|of| of == ValueType::Days, 7),
            UnitWord::Credit => {
                let read = named(making, "credits", per.span)?;
                let numbers = match read.nature {
                    Some(_) => Numbers::new(
                        Some(Ratio::ZERO),
                        None,
                        scene
                            .unit
                            .and_then(|unit| known.model.units.get(unit.index()))
                            .and_then(|unit| unit.step),
                    )?,
                    None => numbers_or_say(known, making, &read, per)?,
                };
                return Some((read.subject, numbers, Ratio::ONE));
            }
            UnitWord::Rank | UnitWord::Point => {
                let text = known.sources.snippet(per.span);
                let _ = text;
                (|of| of == ValueType::Number, 1)
            }
            UnitWord::Course | UnitWord::Item | UnitWord::Times | UnitWord::Source => return None,
        },
    };
    by_unit(known, making, scene, holder, wanted, per)
        .map(|(subject, numbers)| (subject, numbers, Ratio::from(factor)))
}

/// The one fact of the sources that is counted in a unit.
fn by_unit(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    holder: crate::model::Holder,
    wanted: fn(ValueType) -> bool,
    per: &Number,
) -> Option<(Subject, Numbers)> {
    let mut candidates: Option<Vec<crate::model::FactId>> = None;
    for &kind in scene.sources.iter() {
        let facts = known.model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.facts);
        let fitting = facts
            .iter()
            .filter(|of| of.domains.iter().any(|domain| wanted(domain.value_type)))
            .map(|of| of.fact);
        let mut fitting: Vec<_> = fitting.collect();
        let hours = known.built_in("hours");
        // The catalogue may state hours without a fact of the kind that says which.
        if fitting.is_empty() && wanted(ValueType::ContactHours) && known.kinds_with_hours.contains(&kind) {
            fitting.push(hours);
        }
        candidates = Some(match candidates {
            None => fitting,
            Some(before) => before.into_iter().filter(|fact| fitting.contains(fact)).collect(),
        });
    }
    let candidates = candidates?;
    let fact = match candidates.as_slice() {
        [one] => *one,
        // The built-in fact of that name goes before others counted in the same unit.
        several if several.contains(&known.built_in("hours")) => known.built_in("hours"),
        [] => {
            let damaged = scene.damaged
                || scene
                    .sources
                    .iter()
                    .any(|kind| known.damaged_kinds.get(kind.index()).copied().unwrap_or(false));
            if !damaged {
                making.found.push(no_measure(known, scene, per));
            }
            return None;
        }
        several => {
            let names: Vec<Said> =
                several.iter().map(|&fact| Said::Name(known.fact_name(fact).into())).collect();
            let text = known.sources.snippet(per.span);
            making
                .found
                .push(Problem::new(Code::NameAmbiguous, per.span).say("name", text).say("candidates", names));
            return None;
        }
    };
    let of = scene.sources.iter().find_map(|kind| {
        let facts = known.model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.facts);
        facts.iter().find(|of| of.fact == fact)
    });
    let numbers = match of.and_then(|of| of.domains.first()).map(|domain| &domain.domain.shape) {
        Some(Shape::Number(numbers)) => *numbers,
        Some(Shape::Months { least, greatest } | Shape::Days { least, greatest }) => {
            Numbers::whole(i64::from(*least), greatest.map(i64::from))?
        }
        _ => Numbers::new(Some(Ratio::ZERO), None, None)?,
    };
    Some((Subject { of: holder, fact }, numbers))
}

fn no_measure(known: &Known<'_>, scene: &Scene<'_>, per: &Number) -> Problem {
    let unit = match &per.unit {
        Some(UnitRef::Word(word, _)) => Said::Word(unit_word(*word)),
        Some(UnitRef::Named(name)) => Said::Text(name.text.clone()),
        Some(UnitRef::Hours(_, span)) => Said::Text(known.sources.snippet(*span).into()),
        None => Said::Word("unit.item"),
    };
    let kind = scene.sources.first().map_or("", |kind| known.names.name_of(Thing::Kind(*kind)));
    Problem::new(Code::AmountMeasure, per.span).say("unit", unit).say("source", kind)
}

fn mixed(known: &Known<'_>, read: &Spot<'_>, per: &Number) -> Problem {
    let unit = read
        .domains
        .first()
        .map_or(Said::Word("slot.hours"), |domain| super::fault::type_name(known, domain.value_type));
    let other = match &per.unit {
        Some(UnitRef::Hours(_, span) | UnitRef::Word(_, span)) => known.sources.snippet(*span),
        Some(UnitRef::Named(name)) => &name.text,
        None => "",
    };
    Problem::new(Code::UnitMixedUnit, per.span)
        .say("fact", known.fact_name(read.subject.fact))
        .say("unit", unit)
        .say("value", known.sources.snippet(per.span))
        .say("other", other)
}

fn numbers_or_say(known: &Known<'_>, making: &mut Making, read: &Spot<'_>, per: &Number) -> Option<Numbers> {
    let numbers = numbers(read);
    if numbers.is_none() {
        let fact = known.fact_name(read.subject.fact);
        making.found.push(Problem::new(Code::AmountNotANumber, per.span).say("fact", fact));
    }
    numbers
}

/// `less N per FACT after K`.
fn lessened(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    base: Made,
    less: &Less,
) -> Option<Made> {
    let (step, unit) = credits(known, making, scene, &less.amount)?;
    if base.unit.is_some_and(|of| of != unit) {
        let problem = Problem::new(Code::UnitMixedUnit, less.amount.span)
            .say("fact", Said::Word("slot.give"))
            .say("unit", unit_name(known, base.unit))
            .say("value", known.sources.snippet(less.amount.span))
            .say("other", unit_name(known, Some(unit)));
        making.found.push(problem);
        return None;
    }
    let read = spot(known, making, scene, &less.per)?;
    let Some(numbers) = numbers(&read).filter(|_| read.value_type() == Some(ValueType::Number)) else {
        making
            .found
            .push(Problem::new(Code::AmountNotANumber, less.per.span).say("fact", &*less.per.name.text));
        return None;
    };
    let start = less.after.value;
    let mut grains = base.grains;
    if let (Piece::Constant(base), Ok(slope)) = (&base.piece, step.checked_neg()) {
        let offset = step.checked_mul(start).and_then(|back| base.checked_add(back)).ok()?;
        let beyond = match numbers.at_or_above(start) {
            Ok(first) => Numbers::new(Some(first), numbers.greatest(), numbers.step()),
            Err(_) => Some(numbers),
        };
        if let Some(numbers) = beyond {
            grains.push(Grain { numbers, slope, offset, rate: None, span: less.span });
        }
    }
    let piece = Piece::Less { base: Box::new(base.piece), step, fact: read.subject, start };
    Some(Made { piece, unit: base.unit, grains })
}

fn bound(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    unit: Option<UnitId>,
    written: Option<&Number>,
) -> Option<Ratio> {
    let number = written?;
    let scene = Scene { unit: unit.or(scene.unit), ..scene.clone() };
    let (value, of) = credits(known, making, &scene, number)?;
    if unit.is_some_and(|unit| unit != of) {
        let problem = Problem::new(Code::UnitMixedUnit, number.span)
            .say("fact", Said::Word("slot.give"))
            .say("unit", unit_name(known, unit))
            .say("value", known.sources.snippet(number.span))
            .say("other", unit_name(known, Some(of)));
        making.found.push(problem);
        return None;
    }
    Some(value)
}

pub(super) const fn rounding_of(word: &RoundingWord) -> Option<Rounding> {
    let mode = match word.mode {
        RoundingMode::Down => Mode::Down,
        RoundingMode::Up => Mode::Up,
        RoundingMode::HalfUp => Mode::HalfUp,
        RoundingMode::HalfDown => Mode::HalfDown,
        RoundingMode::Exact => return None,
    };
    match &word.step {
        Some(step) => Some(Rounding { mode, step: step.value }),
        None => None,
    }
}
