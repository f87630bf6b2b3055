//! What an amount of one unit is in another: each way that the package knows, and none of them picked.

use crate::convert::{Way, through, ways};
use crate::graph::ConversionGraph;
use crate::model::UnitId;
use crate::quantity::{Date, Overflow, Ratio};

/// An amount in another unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversions {
    /// How much.
    pub amount: Ratio,
    /// Of which unit.
    pub from: UnitId,
    /// In which unit.
    pub to: UnitId,
    /// The day asked for.
    pub on: Option<Date>,
    /// Each way: agreed ones first, then by year, then by hours.
    pub ways: Vec<ConvertedBy>,
    /// Where no ratio is agreed: the units over which two would lead there. They are never chained.
    pub through: Vec<UnitId>,
}

/// What one way makes of an amount.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedBy {
    /// The way.
    pub way: Way,
    /// The least that comes of it.
    pub least: Ratio,
    /// The most; equal where the way is one figure.
    pub most: Ratio,
    /// Whether it holds on the day asked for; nothing where no day is asked for, or no window stands.
    pub in_force: Option<bool>,
}

/// Every way of an amount into another unit.
///
/// # Errors
///
/// Where a number is beyond exact arithmetic.
pub fn convert(
    graph: &ConversionGraph,
    amount: Ratio,
    from: UnitId,
    to: UnitId,
    on: Option<Date>,
) -> Result<Conversions, Overflow> {
    let model = graph.model();
    let mut all = Vec::new();
    for way in ways(model, from, to)? {
        let (least, most) = way.of(amount)?;
        let holds = |day: Date| {
            let open = |window: &crate::model::Window| {
                window.days.from.is_none_or(|from| from <= day) && window.days.to.is_none_or(|to| day <= to)
            };
            way.windows.iter().all(open)
        };
        let in_force = on.filter(|_| !way.windows.is_empty()).map(holds);
        all.push(ConvertedBy { least, most, in_force, way });
    }
    let is_agreed = |of: &ConvertedBy| of.way.ratio.is_some();
    let through = if all.iter().any(is_agreed) { Vec::new() } else { through(model, from, to) };
    Ok(Conversions { amount, from, to, on, ways: all, through })
}
