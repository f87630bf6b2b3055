//! The ways from one unit to another.

use crate::model::{BodyId, By, Citation, Days, Model, Remark, SchemeId, Status, UnitId, UnitRatio, Window};
use crate::quantity::{Overflow, Ratio};
use crate::source::Span;

/// One way from a unit to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// By what.
    pub by: By,
    /// The ratio it is, by its place in the model, where it is an agreed one.
    pub ratio: Option<u32>,
    /// How much one of the unit becomes, at least.
    pub least: Ratio,
    /// And at most.
    pub most: Ratio,
    /// Where it holds.
    pub scope: Scope,
    /// When it holds: all of these.
    pub windows: Vec<Window>,
    /// Whether it may be used.
    pub status: Status,
    /// What it rests on.
    pub cites: Vec<Citation>,
    /// What the author read into the texts.
    pub readings: Vec<Remark>,
    /// Where it is declared: the ratio, or the two figures.
    pub places: Vec<Span>,
}

/// Where a way holds; nothing for everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// In this scheme or agreement only.
    pub scheme: Option<SchemeId>,
    /// Where this body applies it.
    pub by: Option<BodyId>,
    /// With the figure that this body has of its own for the unit before.
    pub from_at: Option<BodyId>,
    /// With the figure that this body has of its own for the unit after.
    pub to_at: Option<BodyId>,
}

impl Way {
    /// What an amount becomes: the least and the most.
    pub fn of(&self, amount: Ratio) -> Result<(Ratio, Ratio), Overflow> {
        Ok((amount.checked_mul(self.least)?, amount.checked_mul(self.most)?))
    }
}

/// A figure of a unit: hours of one credit or credits of a year.
struct Figure<'m> {
    least: Ratio,
    most: Ratio,
    at: Option<BodyId>,
    windows: &'m [Window],
    span: Span,
}

/// Every way from one unit to another: agreed ones first, then by year, then by hours.
pub fn ways(model: &Model, from: UnitId, to: UnitId) -> Result<Vec<Way>, Overflow> {
    if from == to {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for (ratio, at) in model.ratios.iter().zip(0u32..) {
        all.extend(agreed(ratio, at, from, to)?);
    }
    by_year(model, from, to, &mut all)?;
    for contact in [false, true] {
        by_hours(model, from, to, contact, &mut all)?;
    }
    Ok(all)
}

/// What a ratio says of two units: nothing where it does not name both, or runs the other way.
pub fn agreed(ratio: &UnitRatio, at: u32, from: UnitId, to: UnitId) -> Result<Option<Way>, Overflow> {
    let find = |unit| ratio.terms.iter().position(|term| term.unit == unit);
    let (Some(before), Some(after)) = (find(from), find(to)) else { return Ok(None) };
    if before == after || ratio.is_one_way && before > after {
        return Ok(None);
    }
    let (Some(before), Some(after)) = (ratio.terms.get(before), ratio.terms.get(after)) else {
        return Ok(None);
    };
    Ok(Some(Way {
        by: By::Agreed,
        ratio: Some(at),
        least: after.least.checked_div(before.most)?,
        most: after.most.checked_div(before.least)?,
        scope: Scope { scheme: ratio.scheme, by: ratio.by, ..Scope::default() },
        windows: ratio.windows.clone(),
        status: ratio.status,
        cites: ratio.cites.clone(),
        readings: ratio.readings.clone(),
        places: vec![ratio.span],
    }))
}

/// 120 credits of one are a year, and 60 of the other.
fn by_year(model: &Model, from: UnitId, to: UnitId, all: &mut Vec<Way>) -> Result<(), Overflow> {
    let figures = |unit: UnitId| {
        let years = model.units.get(unit.index()).map_or(&[][..], |unit| &unit.years);
        years.iter().map(|year| Figure {
            least: year.least,
            most: year.most,
            at: year.at,
            windows: &year.windows,
            span: year.span,
        })
    };
    for before in figures(from) {
        for after in figures(to) {
            let (least, most) =
                (after.least.checked_div(before.most)?, after.most.checked_div(before.least)?);
            all.push(computed(model, By::Year, [from, to], [&before, &after], least, most));
        }
    }
    Ok(())
}

/// One credit of one is ten hours, and one of the other twenty-five.
fn by_hours(
    model: &Model,
    from: UnitId,
    to: UnitId,
    contact: bool,
    all: &mut Vec<Way>,
) -> Result<(), Overflow> {
    let figures = |unit: UnitId| {
        let hours = model.units.get(unit.index()).map_or(&[][..], |unit| &unit.hours);
        hours.iter().filter(move |hours| hours.contact == contact).map(|hours| Figure {
            least: hours.least,
            most: hours.most,
            at: hours.at,
            windows: &hours.windows,
            span: hours.span,
        })
    };
    for before in figures(from) {
        for after in figures(to) {
            let (least, most) =
                (before.least.checked_div(after.most)?, before.most.checked_div(after.least)?);
            all.push(computed(model, By::Hours { contact }, [from, to], [&before, &after], least, most));
        }
    }
    Ok(())
}

fn computed(
    model: &Model,
    by: By,
    units: [UnitId; 2],
    [before, after]: [&Figure<'_>; 2],
    least: Ratio,
    most: Ratio,
) -> Way {
    let mut windows = before.windows.to_vec();
    windows.extend(after.windows.iter().filter(|window| !before.windows.contains(window)).cloned());
    let of = |unit: UnitId| model.units.get(unit.index());
    let mut cites: Vec<Citation> = Vec::new();
    for cite in units.iter().filter_map(|&unit| of(unit)).flat_map(|unit| &unit.cites) {
        let known = |other: &Citation| (other.document, &other.clause) == (cite.document, &cite.clause);
        if !cites.iter().any(known) {
            cites.push(cite.clone());
        }
    }
    Way {
        by,
        ratio: None,
        least,
        most,
        scope: Scope { scheme: None, by: None, from_at: before.at, to_at: after.at },
        windows,
        status: Status::Verified,
        cites,
        readings: units.iter().filter_map(|&unit| of(unit)).flat_map(|unit| unit.readings.clone()).collect(),
        places: vec![before.span, after.span],
    }
}

/// The units over which two agreed ratios would lead from one unit to another. No amount goes that way; it is told so that an
/// author sees what is missing.
pub fn through(model: &Model, from: UnitId, to: UnitId) -> Vec<UnitId> {
    let leads = |from, to| {
        model.ratios.iter().zip(0u32..).any(|(ratio, at)| matches!(agreed(ratio, at, from, to), Ok(Some(_))))
    };
    let units = (0u32..).map(UnitId).take(model.units.len());
    units.filter(|&via| via != from && via != to && leads(from, via) && leads(via, to)).collect()
}

/// Whether no day is in all windows of both.
pub fn apart(one: &[Window], other: &[Window]) -> bool {
    let mut days = one.iter().chain(other).map(|window| window.days);
    let Some(first) = days.next() else { return false };
    let common = days.fold(first, |all: Days, days: Days| Days {
        from: all.from.max(days.from),
        to: match (all.to, days.to) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        },
    });
    matches!((common.from, common.to), (Some(from), Some(to)) if from > to)
}
