//! `accredit.conversion/1`: an amount in another unit, by each way that the package knows.

use serde::{Deserialize, Serialize};

use crate::answer::{Conversions, ConvertedBy};
use crate::graph::ConversionGraph;
use crate::model::{Model, Status};
use crate::source::{Sources, Span};

use super::amounts::{by, unit};
use super::decision::{Citation, Package, Place, Unit};
use super::values;

/// The name and version of this shape.
pub const SCHEMA: &str = "accredit.conversion/1";

/// An amount in another unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// `accredit.conversion/1`.
    pub schema: String,
    /// Which package was asked.
    pub package: Package,
    /// How much.
    pub amount: String,
    /// Of which unit.
    pub from: Unit,
    /// In which unit.
    pub to: Unit,
    /// The day asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub as_of: Option<String>,
    /// Each way; none is preferred.
    pub ways: Vec<Way>,
    /// Where no ratio is agreed: units over which two would lead there. Two are never chained.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub through: Vec<Unit>,
}

/// What one way makes of the amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// `agreed`, `year`, `contact_hours`, `notional_hours`.
    pub by: String,
    /// The least that comes of it.
    pub least: String,
    /// The most; equal where one figure is published.
    pub most: String,
    /// What one of the unit becomes, at least.
    pub factor_least: String,
    /// And at most.
    pub factor_most: String,
    /// The scheme or agreement that alone applies it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scheme: Option<String>,
    /// The body that alone applies it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
    /// The body whose own figure of the unit before it uses.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from_at: Option<String>,
    /// The body whose own figure of the unit after it uses.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to_at: Option<String>,
    /// When it holds: all of these.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub windows: Vec<Window>,
    /// Whether it holds on the day asked for, where it has windows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub in_force: Option<bool>,
    /// `unverified` or `under_review`: no rule grants by it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
    /// What it rests on.
    pub citations: Vec<Citation>,
    /// What the author decided where the text is silent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub readings: Vec<String>,
    /// Where it is declared.
    pub sources: Vec<Place>,
}

/// First and last day, and the date that is tested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<String>,
    /// The date that is tested.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
}

/// Writes conversions down.
pub fn conversion(graph: &ConversionGraph, sources: &Sources, found: &Conversions) -> Conversion {
    let model = graph.model();
    Conversion {
        schema: SCHEMA.to_owned(),
        package: package(model),
        amount: found.amount.to_string(),
        from: unit(model, found.from),
        to: unit(model, found.to),
        as_of: found.on.map(|day| day.to_string()),
        ways: found.ways.iter().map(|of| way(model, sources, of)).collect(),
        through: found.through.iter().map(|&of| unit(model, of)).collect(),
    }
}

pub(super) fn package(model: &Model) -> Package {
    let package = &model.package;
    Package {
        name: package.name.to_string(),
        version: package.version.to_string(),
        hash: package.hash.to_string(),
        title: values::titles(&package.titles),
    }
}

fn way(model: &Model, sources: &Sources, of: &ConvertedBy) -> Way {
    let way = &of.way;
    let body = |id: Option<crate::model::BodyId>| {
        id.and_then(|id| model.bodies.get(id.index())).map(|body| body.name.to_string())
    };
    let scheme = way.scope.scheme.and_then(|id| model.schemes.get(id.index()));
    Way {
        by: by(way.by).to_owned(),
        least: of.least.to_string(),
        most: of.most.to_string(),
        factor_least: way.least.to_string(),
        factor_most: way.most.to_string(),
        scheme: scheme.map(|scheme| scheme.name.to_string()),
        body: body(way.scope.by),
        from_at: body(way.scope.from_at),
        to_at: body(way.scope.to_at),
        windows: way.windows.iter().map(|of| window(model, of)).collect(),
        in_force: of.in_force,
        status: status(way.status),
        citations: citations(model, &way.cites),
        readings: way.readings.iter().map(|reading| reading.text.to_string()).collect(),
        sources: way.places.iter().map(|&at| place(sources, at)).collect(),
    }
}

pub(super) fn window(model: &Model, window: &crate::model::Window) -> Window {
    let by = window.by.and_then(|by| model.facts.get(by.fact.index()));
    Window {
        from: window.days.from.map(|day| day.to_string()),
        to: window.days.to.map(|day| day.to_string()),
        by: by.map(|fact| fact.name.to_string()),
    }
}

pub(super) fn status(status: Status) -> Option<String> {
    match status {
        Status::Verified => None,
        Status::Unverified => Some("unverified".to_owned()),
        // Only rules read what is left to members.
        Status::UnderReview | Status::Unstated => Some("under_review".to_owned()),
    }
}

pub(super) fn citations(model: &Model, cites: &[crate::model::Citation]) -> Vec<Citation> {
    cites.iter().enumerate().map(|(at, cited)| super::document::citation(model, at, cited)).collect()
}

pub(super) fn place(sources: &Sources, at: Span) -> Place {
    let file = sources.get(at.file).map(|source| source.path.clone()).unwrap_or_default();
    Place { file, line: sources.position(at).map_or(0, |position| position.line) }
}
