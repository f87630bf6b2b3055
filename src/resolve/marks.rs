//! `mark`: what the transcript shows, on the scale of the target where it has one.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{CountsAs, KindId, Mark, MarkKind, ScaleId, TypedDomain, ValueType};
use crate::space::Value;
use crate::syntax::tree::{self, FactOwner, FactRef, MarkRule, Name};

use super::facts::scale_domain;
use super::fault::{domain_values, type_name, with_nearest};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::spot::{Plain, Scene, spot};
use super::values::{number_of, read, text_of};

/// The mark of a rule or of an example.
pub(super) fn mark(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &MarkRule,
) -> Option<Mark> {
    if let Some(second) = written.by_second {
        let problem = Problem::new(Code::MapChained, second).say("map", known.sources.snippet(second));
        making.found.push(problem);
        return None;
    }
    let target = scale_of(known, &scene.targets);
    let target_domain = target.and_then(|scale| scale_domain(known, scale));
    let kind = match &written.kind {
        tree::MarkKind::Literal(text) => MarkKind::Literal(text.text.clone()),
        tree::MarkKind::Fixed(value) => match text_of(value) {
            // A name that the scale has no value for is one of its literal marks.
            Some(text) if !is_value(known, target, text) => {
                declared(known, making, scene, target, text, value.span)?
            }
            _ => MarkKind::Fixed(fixed(known, making, scene, target_domain.as_ref(), value)?, target),
        },
        tree::MarkKind::Named(name) => named(known, making, scene, target, name)?,
        tree::MarkKind::Judged(range) => judged(known, making, scene, target, range)?,
        tree::MarkKind::Table { by, table } => {
            let lookup = super::tables::marks(known, making, scene, by, table, target_domain.as_ref())?;
            MarkKind::Table(Box::new(lookup), target)
        }
        tree::MarkKind::Carried(fact) => {
            let mark = carried(known, making, scene, target, fact)?;
            by_map(known, making, scene, target, mark, written)?
        }
    };
    let of_mark = match &kind {
        MarkKind::Carried(_, _, Some(map)) => {
            known.model.maps.get(map.index()).and_then(|map| scale_domain(known, map.to))
        }
        MarkKind::Carried(_, Some(scale), None) => scale_domain(known, *scale),
        _ => target_domain.clone(),
    };
    let at_most =
        written.at_most.as_ref().and_then(|value| fixed(known, making, scene, of_mark.as_ref(), value));
    let counts_as = match &written.counts_as {
        None => None,
        Some(tree::CountsAs::RequiredMinimum(_)) => Some(CountsAs::RequiredMinimum),
        Some(tree::CountsAs::Value(value)) => {
            fixed(known, making, scene, target_domain.as_ref(), value).map(CountsAs::Value)
        }
    };
    Some(Mark {
        kind,
        at_most,
        counts_as,
        outside_average: written.outside_average,
        under_source_name: written.under_source_name,
        span: written.span,
    })
}

/// `85 to 90 judged by panel`: both ends lie on the scale of the target.
fn judged(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    target: Option<ScaleId>,
    written: &tree::JudgedRange,
) -> Option<MarkKind> {
    let domain = target.and_then(|scale| scale_domain(known, scale));
    for end in [&written.least, &written.most] {
        let end = tree::Value { span: end.span, kind: tree::ValueKind::Number(end.clone()) };
        fixed(known, making, scene, domain.as_ref(), &end)?;
    }
    let plain = match &scene.plain {
        Plain::Several => Plain::Of(crate::model::Holder::Source(0)),
        Plain::Nobody => return None,
        plain => plain.clone(),
    };
    let fact = super::judged::fact(known, written)?;
    let read = spot(known, making, &Scene { plain, ..scene.clone() }, &fact)?;
    Some(MarkKind::Carried(read.subject, target, None))
}

/// `grade by five-to-hundred`: the map must take the scale of the grade and lead to that of the target.
fn by_map(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    target: Option<ScaleId>,
    carried: MarkKind,
    written: &MarkRule,
) -> Option<MarkKind> {
    let Some(name) = &written.by else { return Some(carried) };
    let Thing::Map(id) = known.names.find(scene.package, name, &[Sort::Map], &mut making.found)? else {
        return None;
    };
    let map = known.model.maps.get(id.index())?;
    let MarkKind::Carried(subject, Some(from), _) = carried else {
        making.found.push(Problem::new(Code::MapScaleMissing, name.span).say("mark", &*name.text));
        return None;
    };
    let numeric = known
        .model
        .scales
        .get(from.index())
        .is_some_and(|scale| matches!(scale.shape, crate::model::ScaleShape::Numeric { .. }));
    let takes = map.from.map_or(numeric, |of| of == from);
    let wrong = if takes { target.filter(|to| *to != map.to) } else { Some(from) };
    if let Some(scale) = wrong {
        let problem = Problem::new(Code::MapScale, name.span)
            .say("map", &*map.name)
            .say("scale", known.names.name_of(Thing::Scale(scale)));
        making.found.push(problem.label(map.span, "declared"));
        return None;
    }
    making.maps.push(id);
    Some(MarkKind::Carried(subject, Some(from), Some(id)))
}

/// The one scale that the grades of some kinds are on.
fn scale_of(known: &Known<'_>, kinds: &[KindId]) -> Option<ScaleId> {
    let mut scales = kinds.iter().filter_map(|&kind| {
        let of = known.kind_fact(kind, "grade")?;
        match of.domains.first()?.value_type {
            ValueType::Scale(scale) => Some(scale),
            _ => None,
        }
    });
    let first = scales.next()?;
    scales.all(|scale| scale == first).then_some(first)
}

fn is_value(known: &Known<'_>, scale: Option<ScaleId>, text: &str) -> bool {
    let scale = scale.and_then(|scale| known.model.scales.get(scale.index()));
    match scale.map(|scale| &scale.shape) {
        Some(crate::model::ScaleShape::Named(ranks)) => super::known::ranks(ranks).contains_key(text),
        _ => false,
    }
}

/// A mark in figures or by the name of a rank; a bare number where no scale is known.
pub(super) fn fixed(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    domain: Option<&TypedDomain>,
    value: &tree::Value,
) -> Option<Value> {
    let Some(domain) = domain else {
        return number_of(value).map(|number| Value::Number(number.value));
    };
    let asked = super::values::Asked { package: scene.package, fact: "grade", kind: None };
    match read(known, making, asked, domain, value) {
        Ok((first, _)) => Some(first),
        Err(super::values::Misfit::Said) => None,
        Err(_) => {
            let problem = Problem::new(Code::MarkOutside, value.span)
                .say("mark", known.sources.snippet(value.span))
                .say("scale", type_name(known, domain.value_type))
                .say("domain", domain_values(known, domain));
            making.found.push(problem);
            None
        }
    }
}

/// `mark grade`: the source's own; or, under the same spelling, a literal mark.
fn carried(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    target: Option<ScaleId>,
    fact: &FactRef,
) -> Option<MarkKind> {
    let is_fact = scene.sources.iter().any(|&kind| known.kind_fact(kind, &fact.name.text).is_some());
    if !is_fact && matches!(fact.of, FactOwner::Plain) && place_of(known, target, &fact.name.text).is_some() {
        return declared(known, making, scene, target, &fact.name.text, fact.span);
    }
    let of = spot(known, making, scene, fact)?;
    let scale = match of.value_type() {
        Some(ValueType::Scale(scale)) => Some(scale),
        _ => None,
    };
    Some(MarkKind::Carried(of.subject, scale, None))
}

fn named(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    target: Option<ScaleId>,
    name: &Name,
) -> Option<MarkKind> {
    let is_fact = scene.sources.iter().any(|&kind| known.kind_fact(kind, &name.text).is_some());
    if is_fact && place_of(known, target, &name.text).is_none() && scene.plain != Plain::Nobody {
        let fact = FactRef { of: FactOwner::Plain, name: name.clone(), span: name.span };
        return carried(known, making, scene, target, &fact);
    }
    if is_value(known, target, &name.text) {
        let value = tree::Value { span: name.span, kind: tree::ValueKind::Name(name.clone()) };
        let domain = target.and_then(|scale| scale_domain(known, scale));
        return Some(MarkKind::Fixed(fixed(known, making, scene, domain.as_ref(), &value)?, target));
    }
    declared(known, making, scene, target, &name.text, name.span)
}

/// A literal mark that a scale declares: the target's, or the only one that has it.
fn declared(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    target: Option<ScaleId>,
    name: &str,
    at: crate::source::Span,
) -> Option<MarkKind> {
    if let Some((scale, place)) = place_of(known, target, name) {
        return Some(MarkKind::Declared(scale, place));
    }
    if scene.damaged {
        return None;
    }
    let of = target.and_then(|scale| known.model.scales.get(scale.index()));
    let scale = of.map_or(Said::Word("declaration.scale"), |scale| Said::Text(scale.name.clone()));
    let marks = of.map_or(&[][..], |scale| &scale.marks);
    let problem = Problem::new(Code::MarkUnknown, at).say("mark", name).say("scale", scale);
    making.found.push(with_nearest(problem, name, marks.iter().map(|mark| &*mark.name)));
    None
}

fn place_of(known: &Known<'_>, target: Option<ScaleId>, name: &str) -> Option<(ScaleId, u32)> {
    let in_scale = |scale: ScaleId| {
        let marks = &known.model.scales.get(scale.index())?.marks;
        let is = |mark: &crate::model::ScaleMark| {
            &*mark.name == name || mark.titles.0.iter().any(|(_, title)| &**title == name)
        };
        (0u32..).zip(marks).find(|(_, mark)| is(mark)).map(|(at, _)| (scale, at))
    };
    if let Some(scale) = target {
        return in_scale(scale);
    }
    let mut all = (0u32..).zip(&known.model.scales).filter_map(|(scale, _)| in_scale(ScaleId(scale)));
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
