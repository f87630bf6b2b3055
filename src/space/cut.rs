//! Where a set begins or ends: between two neighbouring values, never on one.
//!
//! The one idea: all axes lie behind one another on one line, and a cut falls just before or just after a value.
//! On an axis of separate values, "after 3" is "before 4" and only the latter is used, so that a set has one
//! form.

use std::cmp::Ordering;

use super::{Axis, Value};
use crate::quantity::{Date, Ratio};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cut {
    pub(super) axis: Axis,
    pub(super) side: Side,
    pub(super) at: Ratio,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    /// Before every number.
    Start,
    /// Just before the value.
    Before,
    /// Just after the value; of numbers only.
    After,
    /// After every number.
    End,
}

impl Cut {
    pub(super) fn before(value: Value) -> Cut {
        Cut { axis: value.axis(), side: Side::Before, at: value.place() }
    }

    pub(super) fn after(value: Value) -> Cut {
        let axis = value.axis();
        match axis {
            Axis::Number => Cut { axis, side: Side::After, at: value.place() },
            // Separate values are 32-bit, so the next place always fits.
            _ => Cut { axis, side: Side::Before, at: next(value.place()) },
        }
    }

    /// Before all values of an axis.
    pub(super) fn start(axis: Axis) -> Cut {
        match axis {
            Axis::Number => Cut { axis, side: Side::Start, at: Ratio::ZERO },
            Axis::Date => Cut::before(Value::Date(Date::MIN)),
            _ => Cut { axis, side: Side::Before, at: Ratio::ZERO },
        }
    }

    /// After all values of an axis.
    pub(super) fn end(axis: Axis) -> Cut {
        match axis {
            Axis::Number => Cut { axis, side: Side::End, at: Ratio::ZERO },
            Axis::Date => Cut::after(Value::Date(Date::MAX)),
            Axis::Rank => Cut::after(Value::Rank(u32::MAX)),
            Axis::Symbol => Cut::after(Value::Symbol(u32::MAX)),
            Axis::Months => Cut::after(Value::Months(u32::MAX)),
            Axis::Days => Cut::after(Value::Days(u32::MAX)),
            Axis::Bool => Cut::after(Value::Bool(true)),
            Axis::None => Cut::after(Value::None),
        }
    }
}

fn next(place: Ratio) -> Ratio {
    place.checked_add(Ratio::ONE).unwrap_or(place)
}

impl Ord for Cut {
    fn cmp(&self, other: &Cut) -> Ordering {
        let stretch = |side: Side| match side {
            Side::Start => 0,
            Side::Before | Side::After => 1,
            Side::End => 2,
        };
        (self.axis.cmp(&other.axis))
            .then_with(|| stretch(self.side).cmp(&stretch(other.side)))
            .then_with(|| self.at.cmp(&other.at))
            .then_with(|| self.side.cmp(&other.side))
    }
}

impl PartialOrd for Cut {
    fn partial_cmp(&self, other: &Cut) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
