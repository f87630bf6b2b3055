//! Amounts as a document writes them: what was converted, rounded and capped.

use crate::evaluate::Amounts;
use crate::model::{By, Model, UnitId};
use crate::quantity::Rounding;

use super::decision::{Amount, Converted, Unit};
use super::values;

/// How an amount came about.
pub(super) fn amount(model: &Model, amounts: &Amounts) -> Amount {
    let (rounding, step) = match amounts.rounding {
        Some(Rounding { mode, step }) => (Some(rounding(mode).to_owned()), Some(step.to_string())),
        None => (None, None),
    };
    let converted = amounts.converted.map(|converted| Converted {
        amount: range(converted.before),
        unit: unit(model, converted.from),
        by: by(converted.by).to_owned(),
    });
    Amount {
        converted,
        raw: range(amounts.raw),
        rounding,
        step,
        at_least: amounts.at_least.map(|amount| amount.to_string()),
        at_most: amounts.at_most.map(|amount| amount.to_string()),
        result: range(amounts.result),
    }
}

/// A unit with its titles.
pub(super) fn unit(model: &Model, unit: UnitId) -> Unit {
    let Some(unit) = model.units.get(unit.index()) else { return Unit::default() };
    Unit { id: unit.name.to_string(), title: values::titles(&unit.titles) }
}

/// An amount as far as it is known.
fn range(range: crate::evaluate::Range) -> String {
    match (range.known(), range.most) {
        (Some(known), _) => known.to_string(),
        (None, Some(most)) => format!("{} to {most}", range.least),
        (None, None) => format!("{} or more", range.least),
    }
}

/// By what one unit becomes another.
pub(super) const fn by(by: By) -> &'static str {
    match by {
        By::Agreed => "agreed",
        By::Year => "year",
        By::Hours { contact: true } => "contact_hours",
        By::Hours { contact: false } => "notional_hours",
    }
}

const fn rounding(mode: crate::quantity::Mode) -> &'static str {
    match mode {
        crate::quantity::Mode::Down => "down",
        crate::quantity::Mode::Up => "up",
        crate::quantity::Mode::HalfUp => "half_up",
        crate::quantity::Mode::HalfDown => "half_down",
    }
}
