//! Levels read in dimensions or through a comparison: `level >= hkqf 5 by nz-hk`, `level >= target level in every dimension`.

use crate::diagnostic::{Code, Problem};
use crate::model::{
    AtomTest, ComparisonId, Cond, Framework, FrameworkId, Holder, LevelBound, LevelTest, Order, ValueType,
};
use crate::source::Span;
use crate::space::Value;
use crate::syntax::tree::{self, Comparison, FactOwner, FactRef, LevelReading, ValueKind};

use super::builtin::Nature;
use super::compare::{compared, plain_atom};
use super::comparisons;
use super::conditions::window_atom;
use super::fault;
use super::frameworks;
use super::known::{Known, Making};
use super::merge::all;
use super::names::Sort;
use super::spot::{Scene, spot};

/// A comparison of a level as written.
pub(super) struct Asked<'t> {
    pub(super) fact: &'t FactRef,
    pub(super) comparison: Comparison,
    pub(super) value: &'t tree::Value,
    pub(super) reading: &'t LevelReading,
}

/// Whether the value before a number is no framework, so that it must be a dimension: `level >= skill 4`.
pub(super) fn names_dimension(known: &Known<'_>, package: usize, value: &tree::Value) -> bool {
    matches!(&value.kind, ValueKind::Level(name, _)
        if known.names.peek(package, name, &[Sort::Framework]).is_none()
            && (frameworks::canonical_named(&name.text).is_some()
                || known.model.frameworks.iter()
                    .any(|of| frameworks::dimension_named(of, &name.text).is_some())))
}

/// The test of a level.
pub(super) fn test(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    asked: Asked<'_>,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let tested = spot(known, making, scene, asked.fact)?;
    let declared = match (tested.nature, tested.value_type()) {
        (Some(Nature::Level), _) => None,
        (_, Some(ValueType::Level(framework))) => Some(framework),
        _ => {
            making.found.push(not_a_level(known, line));
            return None;
        }
    };
    if let Some(second) = &asked.reading.second {
        making.found.push(match asked.reading.by {
            Some(_) => Problem::new(Code::ComparisonChained, second.span).say("comparison", &*second.text),
            None => not_a_level(known, line),
        });
        return None;
    }
    let by = match &asked.reading.by {
        Some(name) => Some(comparisons::named(known, making, scene.package, name)?),
        None => None,
    };
    let in_dimension = asked.reading.dimension.is_some()
        || asked.reading.every_dimension.is_some()
        || names_dimension(known, scene.package, asked.value);
    let over_several = matches!(tested.subject.of, Holder::Total | Holder::Lowest | Holder::Latest);
    if in_dimension && by.is_some() || over_several {
        making.found.push(not_a_level(known, line));
        return None;
    }
    let framework = bound_framework(known, making, scene, &asked, declared, by)?;
    match by.and_then(|by| known.model.comparisons.get(by.index())) {
        Some(comparison) => {
            let fits = |other| declared.is_none_or(|declared| declared == other);
            if !comparison.other(framework).is_some_and(fits) {
                let at = asked.reading.by.as_ref().map_or(line, |name| name.span);
                let wrong = declared.filter(|of| comparison.other(*of).is_none()).unwrap_or(framework);
                making.found.push(comparisons::other_framework(known, comparison, wrong, at));
                return None;
            }
        }
        None => {
            if let Some(declared) = declared.filter(|declared| *declared != framework) {
                making.found.push(comparisons::mixed(known, declared, framework, line));
                return None;
            }
        }
    }
    let of = known.model.frameworks.get(framework.index())?;
    let dimensions = dimensions(known, making, &asked, of)?;
    let bound = bound(known, making, scene, &asked, of)?;
    let test = LevelTest { subject: tested.subject, framework, dimensions, by, bound, negated };
    let cond = plain_atom(AtomTest::Level(Box::new(test)), scene.role, line);
    Some(in_force(known, by, cond, negated))
}

/// The test, and the windows of the comparison that it rests on.
fn in_force(known: &Known<'_>, by: Option<ComparisonId>, cond: Cond, negated: bool) -> Cond {
    let windows = by.and_then(|by| known.model.comparisons.get(by.index())).map(|of| of.windows.as_slice());
    let atoms: Vec<Cond> = windows.unwrap_or_default().iter().filter_map(window_atom).collect();
    if atoms.is_empty() || negated {
        return cond;
    }
    let parts: Vec<Cond> = std::iter::once(cond).chain(atoms).collect();
    all(parts)
}

/// The framework of the bound.
fn bound_framework(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    asked: &Asked<'_>,
    declared: Option<FrameworkId>,
    by: Option<ComparisonId>,
) -> Option<FrameworkId> {
    let is_target = matches!(asked.value.kind, ValueKind::Fact(_));
    if !is_target && !names_dimension(known, scene.package, asked.value) {
        return frameworks::of_value(known, making, scene.package, asked.value);
    }
    if let (ValueKind::Level(name, _), None) = (&asked.value.kind, declared) {
        let mut having = (0u32..)
            .map(FrameworkId)
            .zip(&known.model.frameworks)
            .filter(|(_, of)| !mapped(of, &name.text).is_empty());
        if let (Some((one, _)), None) = (having.next(), having.next()) {
            return Some(one);
        }
    }
    let Some(comparison) = by.and_then(|by| known.model.comparisons.get(by.index())) else {
        return declared.or_else(|| frameworks::only(known, making, scene.package, asked.value.span));
    };
    // The targets' levels say on which side of the comparison they are.
    let has = |framework: FrameworkId| {
        known.model.outcomes.iter().any(|outcome| {
            scene.targets.contains(&outcome.kind)
                && outcome.levels.iter().any(|level| level.framework == framework)
        })
    };
    let side = declared.and_then(|declared| comparison.other(declared));
    Some(side.unwrap_or(if has(comparison.left) && !has(comparison.right) {
        comparison.left
    } else {
        comparison.right
    }))
}

/// The dimensions in which it must hold; none for the level overall.
fn dimensions(
    known: &Known<'_>,
    making: &mut Making,
    asked: &Asked<'_>,
    framework: &Framework,
) -> Option<Vec<u32>> {
    if let Some(at) = asked.reading.every_dimension {
        if framework.dimensions.is_empty() {
            making.found.push(unknown(framework, known.sources.snippet(at), at));
            return None;
        }
        return Some((0u32..).zip(&framework.dimensions).map(|(at, _)| at).collect());
    }
    let name = match (&asked.reading.dimension, &asked.value.kind) {
        (Some(name), _) => name,
        (None, ValueKind::Level(name, _))
            if frameworks::dimension_named(framework, &name.text).is_some()
                || frameworks::canonical_named(&name.text).is_some() =>
        {
            name
        }
        _ => return Some(Vec::new()),
    };
    let mapped = mapped(framework, &name.text);
    if mapped.is_empty() {
        making.found.push(unknown(framework, &name.text, name.span));
        return None;
    }
    Some(mapped)
}

/// A framework's own dimension of that name, or every dimension that is mapped to one of the four.
pub(super) fn mapped(framework: &Framework, name: &str) -> Vec<u32> {
    if let Some(own) = frameworks::dimension_named(framework, name) {
        return vec![own];
    }
    let Some(canonical) = frameworks::canonical_named(name) else { return Vec::new() };
    let of = (0u32..).zip(&framework.dimensions);
    of.filter(|(_, dimension)| dimension.canonical.contains(&canonical)).map(|(at, _)| at).collect()
}

/// A dimension that a framework does not have, and to which none of its own is mapped.
fn unknown(framework: &Framework, name: &str, at: Span) -> Problem {
    let problem = Problem::new(Code::FrameworkDimensionUnknown, at)
        .say("name", name)
        .say("framework", &*framework.name);
    fault::with_nearest(problem, name, framework.dimensions.iter().map(|dimension| &*dimension.name))
}

fn bound(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    asked: &Asked<'_>,
    framework: &Framework,
) -> Option<LevelBound> {
    if let ValueKind::Fact(fact) = &asked.value.kind {
        let other = spot(known, making, scene, fact)?;
        let is_level =
            other.nature == Some(Nature::Level) || matches!(other.value_type(), Some(ValueType::Level(_)));
        if fact.of != FactOwner::Target || !is_level {
            making.found.push(not_a_level(known, asked.value.span));
            return None;
        }
        return Some(LevelBound::Target(match asked.comparison {
            Comparison::AtLeast => Order::AtLeast,
            Comparison::AtMost => Order::AtMost,
            Comparison::Over => Order::Over,
            Comparison::Under => Order::Under,
            Comparison::Is => Order::Same,
            Comparison::IsNot => Order::Different,
        }));
    }
    let written = match &asked.value.kind {
        ValueKind::Level(_, number) => {
            tree::Value { span: asked.value.span, kind: ValueKind::Number((**number).clone()) }
        }
        _ => asked.value.clone(),
    };
    let Some(rank) = frameworks::rank_of(framework, &written) else {
        if framework.levels.as_ref().is_none_or(|levels| !levels.is_empty()) {
            making.found.push(frameworks::no_level(known, framework, asked.value.span));
        }
        return None;
    };
    let rank = Value::Rank(rank);
    Some(LevelBound::In(compared(asked.comparison, (rank, rank), false)))
}

/// `in`, `in every dimension` and `by` are said of levels only.
fn not_a_level(known: &Known<'_>, line: Span) -> Problem {
    Problem::new(Code::LevelReading, line).say("text", known.sources.snippet(line))
}
