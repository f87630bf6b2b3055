//! `in UNIT`: how the amount of a rule becomes an amount of another unit, by exactly one declared way.
//!
//! An agreed ratio is used where nothing else is written, `by year` and `by hours` only where they are. The narrowest scope that
//! has a ratio goes before wider ones: the agreement's, then the body's, then the package's. Two ratios are never chained.

use crate::convert::{Way, apart, through, ways};
use crate::diagnostic::{Code, Problem, Said};
use crate::model::{BodyId, By, Cond, Conversion, ConversionWay, SchemeId, Status, UnitId};
use crate::source::Span;
use crate::syntax::tree::{self, HoursSort, TakeWord, WayBy, WayWord};

use super::conditions::window_atom;
use super::known::{Known, Making};
use super::merge::all;
use super::names::{Sort, Thing};
use super::units::body;

/// Whose ratios a rule may use.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Applied<'s> {
    pub(super) scheme: Option<SchemeId>,
    /// The body that applies the rule's scheme.
    pub(super) by: Option<BodyId>,
    /// The parties of its agreement.
    pub(super) parties: &'s [BodyId],
    /// The values that its frame leaves to members.
    pub(super) opens: &'s [super::opens::Opened<'s>],
}

/// A conversion as read, with what the rule rests on besides.
pub(super) struct Made {
    pub(super) conversion: Conversion,
    pub(super) to: UnitId,
    pub(super) rests: Vec<Way>,
}

/// How an amount of a unit becomes one of the unit written. `None` where there is no such way, which is said.
pub(super) fn conversion(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    applied: Applied<'_>,
    from: UnitId,
    written: &tree::Conversion,
) -> Option<Made> {
    let Thing::Unit(to) = known.names.find(package, &written.unit, &[Sort::Unit], &mut making.found)? else {
        return None;
    };
    let ways = ways(&known.model, from, to).ok()?;
    let chosen = match &written.way {
        None => agreed_ways(ways, applied),
        Some(way) => computed_ways(known, making, package, ways, way)?,
    };
    let chosen = one_a_day(chosen);
    if chosen.is_empty() {
        making.found.push(no_way(known, from, to, written));
        return None;
    }
    let take = written.take.as_ref();
    let refer = match take {
        Some(TakeWord::Refer(name, _)) => Some(body(known, making, package, name)?),
        _ => None,
    };
    let mut made = Vec::with_capacity(chosen.len());
    for way in &chosen {
        let (least, most) = match take {
            Some(TakeWord::Least(_)) => (way.least, way.least),
            Some(TakeWord::Most(_)) => (way.most, way.most),
            Some(TakeWord::Refer(..)) => (way.least, way.most),
            None if way.least == way.most => (way.least, way.most),
            None => {
                making.found.push(interval(known, way, from, to, written.span));
                return None;
            }
        };
        let guard = match all(way.windows.iter().filter_map(window_atom).collect::<Vec<_>>()) {
            made @ Cond::All(_) => made,
            one => Cond::All(vec![one]),
        };
        made.push(ConversionWay { guard, least, most });
    }
    let by = chosen.first().map_or(By::Agreed, |way| way.by);
    let conversion = Conversion { from, by, ways: made, refer, span: written.span };
    Some(Made { conversion, to, rests: chosen })
}

/// The agreed ratios of the narrowest scope that has one.
fn agreed_ways(ways: Vec<Way>, applied: Applied<'_>) -> Vec<Way> {
    let narrowness = |way: &Way| -> Option<u8> {
        if way.by != By::Agreed {
            return None;
        }
        let by = way.scope.by.map(|by| applied.by == Some(by) || applied.parties.contains(&by));
        match (way.scope.scheme, by) {
            (Some(scheme), _) if applied.scheme != Some(scheme) => None,
            (_, Some(false)) => None,
            (Some(_), Some(true)) => Some(0),
            (Some(_), None) => Some(1),
            (None, Some(true)) => Some(2),
            (None, None) => Some(3),
        }
    };
    let narrowest = ways.iter().filter_map(narrowness).min();
    ways.into_iter().filter(|way| narrowness(way).is_some() && narrowness(way) == narrowest).collect()
}

/// The ways by year, or by hours of one sort: by the figures of a body where one is named, else by those of the units.
fn computed_ways(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    ways: Vec<Way>,
    written: &WayWord,
) -> Option<Vec<Way>> {
    let at = match &written.at {
        None => None,
        Some(name) => Some(body(known, making, package, name)?),
    };
    let meant = |way: &Way| match (written.by, way.by) {
        (WayBy::Year, By::Year) | (WayBy::Hours(None), By::Hours { .. }) => true,
        (WayBy::Hours(Some(sort)), By::Hours { contact }) => contact == (sort == HoursSort::Contact),
        _ => false,
    };
    let here = |way: &Way| {
        let figures = [way.scope.from_at, way.scope.to_at];
        figures.iter().all(|figure| figure.is_none() || *figure == at)
            && (at.is_none() || figures.contains(&at))
    };
    let mut found: Vec<Way> = ways.into_iter().filter(|way| meant(way) && here(way)).collect();
    // Where both units have a figure of the body, both are meant.
    if found.iter().any(|way| way.scope.from_at.is_some() && way.scope.to_at.is_some()) {
        found.retain(|way| way.scope.from_at.is_some() && way.scope.to_at.is_some());
    }
    let sorts = |contact| found.iter().any(|way| way.by == By::Hours { contact });
    if sorts(true) && sorts(false) {
        let problem = Problem::new(Code::ConversionHoursSort, written.span);
        making.found.push(problem);
        return None;
    }
    Some(found)
}

/// Of ways that may hold on one day and say the same, the first; that they disagree has been said.
fn one_a_day(ways: Vec<Way>) -> Vec<Way> {
    let mut kept: Vec<Way> = Vec::with_capacity(ways.len());
    for way in ways {
        let known = |other: &Way| !apart(&other.windows, &way.windows);
        match kept.iter_mut().find(|other| known(other)) {
            Some(other) if other.status != Status::Verified && way.status == Status::Verified => *other = way,
            Some(_) => {}
            None => kept.push(way),
        }
    }
    kept
}

fn name(known: &Known<'_>, unit: UnitId) -> Said {
    Said::Text(known.names.name_of(Thing::Unit(unit)).into())
}

/// No declaration says how one unit becomes the other.
fn no_way(known: &Known<'_>, from: UnitId, to: UnitId, written: &tree::Conversion) -> Problem {
    let code = match written.way.as_ref().map(|way| way.by) {
        None => Code::RatioNone,
        Some(WayBy::Year) => Code::CreditYearMissing,
        Some(WayBy::Hours(_)) => Code::CreditHoursMissing,
    };
    let mut problem =
        Problem::new(code, written.span).say("from", name(known, from)).say("to", name(known, to));
    if code == Code::RatioNone {
        let via = through(&known.model, from, to);
        if !via.is_empty() {
            problem =
                problem.say("through", via.into_iter().map(|unit| name(known, unit)).collect::<Vec<_>>());
        }
        for ratio in &known.model.ratios {
            let names = |unit| ratio.terms.iter().any(|term| term.unit == unit);
            if names(from) || names(to) {
                problem = problem.label(ratio.span, "also");
            }
        }
        return problem;
    }
    for unit in [from, to] {
        let Some(of) = known.model.units.get(unit.index()) else { continue };
        let lacks = match code {
            Code::CreditYearMissing => of.years.is_empty(),
            _ => of.hours.is_empty(),
        };
        if lacks {
            return problem.say("unit", name(known, unit)).label(of.span, "declared");
        }
    }
    problem
}

/// One of the unit becomes between two ends of the other, and nothing says which is meant.
fn interval(known: &Known<'_>, way: &Way, from: UnitId, to: UnitId, at: Span) -> Problem {
    let mut problem = Problem::new(Code::AmountInterval, at)
        .say("from", name(known, from))
        .say("to", name(known, to))
        .say("least", way.least)
        .say("most", way.most);
    for &place in &way.places {
        problem = problem.label(place, "declared");
    }
    problem
}
