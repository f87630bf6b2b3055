//! A mark of one scale as a mark of another, by one map.

use crate::model::{GradeMap, MapHow, Mapped, MarkRounding, Model, Scale, ScaleId, ScaleShape};
use crate::quantity::{Overflow, Ratio};
use crate::space::Value;

/// Why a map does not take a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMapped {
    /// The map is of another scale.
    OtherScale,
    /// The scale says neither its best mark nor what passes, which the map needs.
    NoPass,
    /// A number is beyond exact arithmetic.
    Overflow,
}

impl From<Overflow> for NotMapped {
    fn from(_: Overflow) -> NotMapped {
        NotMapped::Overflow
    }
}

/// What a map makes of a mark of a scale.
///
/// # Errors
///
/// Where the map does not take marks of that scale.
pub fn mapped(model: &Model, map: &GradeMap, from: ScaleId, mark: Value) -> Result<Mapped, NotMapped> {
    let scale = model.scales.get(from.index()).ok_or(NotMapped::OtherScale)?;
    let fits = match map.from {
        Some(of) => of == from,
        None => matches!(scale.shape, ScaleShape::Numeric { .. }),
    };
    if !fits {
        return Err(NotMapped::OtherScale);
    }
    if let (Some(below), Some(pass)) = (map.below_pass, scale.pass)
        && is_worse(scale, mark, pass)
    {
        return Ok(below);
    }
    let unnamed = map.otherwise.unwrap_or(Mapped::NotStated);
    match &map.how {
        MapHow::Table(rows) => {
            Ok(rows.iter().find(|row| row.marks.contains(mark)).map_or(unnamed, |row| row.to))
        }
        MapHow::Linear { best, pass } => {
            let (ScaleShape::Numeric { best: top, .. }, Some(Value::Number(passes)), Value::Number(mark)) =
                (&scale.shape, scale.pass, mark)
            else {
                return Err(NotMapped::NoPass);
            };
            let Some(target) = model.scales.get(map.to.index()) else { return Err(NotMapped::OtherScale) };
            let way = top.checked_sub(passes)?;
            if way.is_zero() {
                return Err(NotMapped::NoPass);
            }
            let share = mark.checked_sub(passes)?.checked_div(way)?;
            let exact = best.checked_sub(*pass)?.checked_mul(share)?.checked_add(*pass)?;
            let rounded = rounded(target, exact, map.rounding)?;
            Ok(if is_of(target, rounded) { Mapped::Value(Value::Number(rounded)) } else { unnamed })
        }
    }
}

/// A computed mark, rounded as its map says.
///
/// # Errors
///
/// Where a number is beyond exact arithmetic.
pub fn rounded(target: &Scale, mark: Ratio, rounding: Option<MarkRounding>) -> Result<Ratio, Overflow> {
    match (rounding, &target.shape) {
        (Some(MarkRounding::To(rounding)), _) => rounding.apply(mark),
        (Some(MarkRounding::NextBetter), ScaleShape::Numeric { worst, best, step: Some(step) }) => {
            if worst < best { mark.ceil_to(*step) } else { mark.floor_to(*step) }
        }
        _ => Ok(mark),
    }
}

/// Every mark of a scale, worst to best or best to worst, where there are no more than so many.
pub fn marks(scale: &Scale, most: usize) -> Option<Vec<Value>> {
    match &scale.shape {
        ScaleShape::Named(ranks) => {
            let last = u32::try_from(ranks.len()).ok().filter(|_| ranks.len() <= most)?;
            Some((0..last).map(Value::Rank).collect())
        }
        ScaleShape::Numeric { worst, best, step } => {
            let (mut at, last, step) = (*worst.min(best), *worst.max(best), (*step)?);
            let mut marks = Vec::new();
            while at <= last {
                if marks.len() == most {
                    return None;
                }
                marks.push(Value::Number(at));
                at = at.checked_add(step).ok()?;
            }
            Some(marks)
        }
    }
}

/// Whether a number is a mark of a scale.
pub fn is_of(scale: &Scale, mark: Ratio) -> bool {
    match &scale.shape {
        ScaleShape::Named(_) => false,
        ScaleShape::Numeric { worst, best, step } => {
            let (least, most) = if worst <= best { (*worst, *best) } else { (*best, *worst) };
            let on_step = |step: &Ratio| mark.checked_sub(least).is_ok_and(|way| way.is_multiple_of(*step));
            least <= mark && mark <= most && step.as_ref().is_none_or(on_step)
        }
    }
}

/// Whether one mark of a scale is worse than another.
pub fn is_worse(scale: &Scale, mark: Value, than: Value) -> bool {
    match (&scale.shape, mark, than) {
        (ScaleShape::Numeric { worst, best, .. }, Value::Number(mark), Value::Number(than)) => {
            if worst < best { mark < than } else { mark > than }
        }
        (ScaleShape::Named(_), Value::Rank(mark), Value::Rank(than)) => mark < than,
        _ => false,
    }
}
