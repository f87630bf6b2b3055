//! `accredit.grade/1`: a mark on another scale, by each map that leads there.

use serde::{Deserialize, Serialize};

use crate::answer::{GradedBy, Grades};
use crate::graph::ConversionGraph;
use crate::model::{Mapped, Model, ScaleId, ValueType};
use crate::source::Sources;

use super::conversion::{Window, citations, package, place, status, window};
use super::decision::{Citation, Package, Place, Titles, Value};
use super::values;

/// The name and version of this shape.
pub const SCHEMA: &str = "accredit.grade/1";

/// A mark on another scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// `accredit.grade/1`.
    pub schema: String,
    /// Which package was asked.
    pub package: Package,
    /// The mark.
    pub mark: Value,
    /// Its scale.
    pub from: Scale,
    /// The scale asked for.
    pub to: Scale,
    /// The day asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub as_of: Option<String>,
    /// Each map; none is preferred.
    pub maps: Vec<Map>,
}

/// A scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its id.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "Titles::is_empty", default)]
    pub title: Titles,
}

/// What one map makes of the mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Map {
    /// Its id.
    pub id: String,
    /// Its titles.
    #[serde(skip_serializing_if = "Titles::is_empty", default)]
    pub title: Titles,
    /// `mark`, `none` (no counterpart), `not_stated`.
    pub result: String,
    /// The mark, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mark: Option<Value>,
    /// When it holds: all of these.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub windows: Vec<Window>,
    /// Whether it holds on the day asked for, where it has windows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub in_force: Option<bool>,
    /// `unverified` or `under_review`: no rule marks by it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
    /// What it rests on.
    pub citations: Vec<Citation>,
    /// What the author decided where the text is silent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub readings: Vec<String>,
    /// Where it is declared.
    pub source: Place,
}

/// Writes marks down.
pub fn grade(graph: &ConversionGraph, sources: &Sources, found: &Grades) -> Grade {
    let model = graph.model();
    Grade {
        schema: SCHEMA.to_owned(),
        package: package(model),
        mark: values::value(model, &[], ValueType::Scale(found.from), found.mark),
        from: scale(model, found.from),
        to: scale(model, found.to),
        as_of: found.on.map(|day| day.to_string()),
        maps: found.maps.iter().filter_map(|of| map(model, sources, found.to, of)).collect(),
    }
}

fn scale(model: &Model, scale: ScaleId) -> Scale {
    let Some(scale) = model.scales.get(scale.index()) else { return Scale::default() };
    Scale { id: scale.name.to_string(), title: values::titles(&scale.titles) }
}

fn map(model: &Model, sources: &Sources, to: ScaleId, of: &GradedBy) -> Option<Map> {
    let map = model.maps.get(of.map.index())?;
    let (result, mark) = match of.result {
        Mapped::Value(mark) => ("mark", Some(values::value(model, &[], ValueType::Scale(to), mark))),
        Mapped::None => ("none", None),
        Mapped::NotStated => ("not_stated", None),
    };
    Some(Map {
        id: map.name.to_string(),
        title: values::titles(&map.titles),
        result: result.to_owned(),
        mark,
        windows: map.windows.iter().map(|of| window(model, of)).collect(),
        in_force: of.in_force,
        status: status(map.status),
        citations: citations(model, &map.cites),
        readings: map.readings.iter().map(|reading| reading.text.to_string()).collect(),
        source: place(sources, map.span),
    })
}
