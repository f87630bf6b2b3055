//! What a mark of one scale is on another: by each map that leads there, and none of them picked.

use crate::convert::{NotMapped, is_of, mapped};
use crate::graph::ConversionGraph;
use crate::model::{MapId, Mapped, ScaleId, ScaleShape};
use crate::quantity::{Date, Ratio};
use crate::space::Value;

/// A mark on another scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Grades {
    /// The mark.
    pub mark: Value,
    /// Its scale.
    pub from: ScaleId,
    /// The scale asked for.
    pub to: ScaleId,
    /// The day asked for.
    pub on: Option<Date>,
    /// Each map that leads there, by name.
    pub maps: Vec<GradedBy>,
}

/// What one map makes of a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct GradedBy {
    /// The map.
    pub map: MapId,
    /// What comes of it.
    pub result: Mapped,
    /// Whether it holds on the day asked for; nothing where no day is asked for, or no window stands.
    pub in_force: Option<bool>,
}

/// The mark of a scale that a text names: a number of a numeric one, a name of another.
pub fn mark(graph: &ConversionGraph, scale: ScaleId, written: &str) -> Option<Value> {
    let scale = graph.model().scales.get(scale.index())?;
    match &scale.shape {
        ScaleShape::Numeric { .. } => {
            let number = Ratio::parse(written).ok()?;
            is_of(scale, number).then_some(Value::Number(number))
        }
        ScaleShape::Named(ranks) => {
            let is = |listed: &crate::model::Listed| {
                &*listed.name == written || listed.titles.0.iter().any(|(_, title)| &**title == written)
            };
            let rank = ranks.iter().position(|equals| equals.iter().any(is))?;
            u32::try_from(rank).ok().map(Value::Rank)
        }
    }
}

/// What each map from one scale to the other makes of a mark; of one map alone where it is named.
///
/// # Errors
///
/// Where the map that is named does not lead from the one scale to the other, or a number is beyond exact arithmetic.
pub fn grade(
    graph: &ConversionGraph,
    mark: Value,
    from: ScaleId,
    to: ScaleId,
    by: Option<MapId>,
    on: Option<Date>,
) -> Result<Grades, NotMapped> {
    let model = graph.model();
    let mut maps = Vec::new();
    for (map, id) in model.maps.iter().zip((0u32..).map(MapId)) {
        if by.is_some_and(|by| by != id) {
            continue;
        }
        let result = if map.to == to { mapped(model, map, from, mark) } else { Err(NotMapped::OtherScale) };
        let result = match result {
            Ok(result) => result,
            Err(NotMapped::Overflow) => return Err(NotMapped::Overflow),
            Err(why) if by.is_some() => return Err(why),
            Err(_) => continue,
        };
        let holds = |day: Date| {
            map.windows.iter().all(|window| {
                window.days.from.is_none_or(|from| from <= day) && window.days.to.is_none_or(|to| day <= to)
            })
        };
        maps.push(GradedBy { map: id, result, in_force: on.filter(|_| !map.windows.is_empty()).map(holds) });
    }
    Ok(Grades { mark, from, to, on, maps })
}
