//! Qualifications frameworks: levels, dimensions and their descriptors, cell by cell.

use crate::diagnostic::{Code, Problem};
use crate::model::{
    Canonical, Descriptor, Descriptors, Dimension, Framework, FrameworkId, Level, Role, Titles, TypedDomain,
    ValueType,
};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::{Domain, Shape};
use crate::syntax::tree::{
    self, CellKind, Declaration, DeclarationWord, Levels, NameSlot, Operand, StatementKind, Table, ValueKind,
};

use super::builtin;
use super::documents::{citations, window};
use super::facts;
use super::fault;
use super::items::{Item, is_damaged, statements};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks;
use super::spot::{Plain, Scene};
use super::titles::titles;
use super::values::{Misfit, number_of, text_of};

/// A framework has at most so many levels.
const MOST_LEVELS: i64 = 1_000;

/// The canonical dimensions, by their ids in the keyword table.
const CANONICAL: [(&str, Canonical); 4] = [
    ("dimension.knowledge", Canonical::Knowledge),
    ("dimension.skill", Canonical::Skill),
    ("dimension.competence", Canonical::Competence),
    ("dimension.values", Canonical::Values),
];

/// Reads all frameworks into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let frameworks: Vec<Framework> =
        known.items.frameworks.iter().map(|item| framework(known, making, item)).collect();
    known.model.frameworks = frameworks;
}

fn framework(known: &Known<'_>, making: &mut Making, item: &Item<'_>) -> Framework {
    let declaration = item.declaration;
    let scene = Scene {
        package: item.package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: None,
        applied: Default::default(),
        parties: &[],
        role: Role::Window,
        damaged: false,
    };
    let mut made = Framework {
        name: item.name.clone(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        version: None,
        replaces: Vec::new(),
        cites: Vec::new(),
        windows: Vec::new(),
        unit: None,
        levels: None,
        dimensions: Vec::new(),
        descriptors: Descriptors::Unsaid,
        readings: Vec::new(),
        notes: Vec::new(),
        span: declaration.header,
    };
    let mut once = Once::default();
    let mut table: Option<&Table> = None;
    for statement in statements(declaration.body.as_ref()) {
        let slot = match &statement.kind {
            StatementKind::Slot(slot) => slot,
            StatementKind::Declaration(inner) if inner.word == DeclarationWord::Dimension => {
                dimension(making, &mut made, inner);
                continue;
            }
            StatementKind::Declaration(inner) => {
                making.found.misplaced(inner.word_span, "declaration.framework");
                continue;
            }
            StatementKind::Row(row) => {
                making.found.misplaced(row.span, "declaration.framework");
                continue;
            }
            _ => continue,
        };
        let at = slot.word_span;
        match &slot.operand {
            Operand::Version(version) => {
                once.check(&mut making.found, "slot.version", at);
                made.version = Some(version.text.clone());
            }
            Operand::Names(NameSlot::Replaces, names) => {
                for name in names {
                    let thing = known.names.find(item.package, name, &[Sort::Framework], &mut making.found);
                    if let Some(Thing::Framework(id)) = thing {
                        made.replaces.push(id);
                    }
                }
            }
            Operand::Names(NameSlot::Unit, names) => {
                once.check(&mut making.found, "slot.unit", at);
                made.unit = super::schemes::unit(known, making, item.package, names);
            }
            Operand::Cite(cites) => made.cites.extend(citations(known, making, item.package, cites)),
            Operand::InForce(written) => made.windows.extend(window(known, making, &scene, written)),
            Operand::Placement(..) => {
                once.check(&mut making.found, "slot.placement", at);
            }
            Operand::Levels(levels) => {
                once.check(&mut making.found, "slot.levels", at);
                made.levels = read_levels(known, making, levels);
            }
            Operand::Descriptors(written) => {
                once.check(&mut making.found, "slot.descriptors", at);
                made.descriptors = match &**written {
                    tree::Descriptors::Elsewhere(name, span) => {
                        let document = name.as_ref().and_then(|name| {
                            match known.names.find(
                                item.package,
                                name,
                                &[Sort::Document],
                                &mut making.found,
                            )? {
                                Thing::Document(document) => Some(document),
                                _ => None,
                            }
                        });
                        Descriptors::Elsewhere(document, *span)
                    }
                    tree::Descriptors::Unpublished(span) => Descriptors::Unpublished(*span),
                    tree::Descriptors::Table(written) => {
                        table = Some(written);
                        Descriptors::Here(Vec::new(), written.span)
                    }
                };
            }
            Operand::Reading(text, cites) => {
                made.readings.push(remarks::reading(known, making, item.package, text, cites));
            }
            Operand::Note(text) => made.notes.push(remarks::remark(text)),
            _ => making.found.misplaced(at, "declaration.framework"),
        }
    }
    if !once.has("slot.levels") && !is_damaged(declaration.body.as_ref()) {
        making.found.push(
            Problem::new(Code::FrameworkLevelsMissing, declaration.header).say("framework", &*item.name),
        );
        made.levels = Some(Vec::new());
    }
    // The table may stand before the levels and dimensions that it speaks of.
    if let Some(table) = table {
        made.descriptors = Descriptors::Here(cells(known, making, &made, table), table.span);
    }
    made
}

fn dimension(making: &mut Making, made: &mut Framework, declaration: &Declaration) {
    let Some(name) = &declaration.name else { return };
    if let Some(first) = made.dimensions.iter().find(|dimension| dimension.name == name.text) {
        making.found.push(fault::duplicate(&name.text, name.span, first.span));
        return;
    }
    let mut canonical = Vec::new();
    for target in &declaration.maps_to {
        let mapped = CANONICAL.iter().find(|(id, _)| builtin::spells(&target.text, id));
        let Some((_, mapped)) = mapped else {
            let problem =
                Problem::new(Code::FrameworkDimensionUnknown, target.span).say("name", &*target.text);
            making.found.push(problem.say("framework", &*made.name));
            continue;
        };
        canonical.push(*mapped);
    }
    if declaration.maps_to.is_empty() {
        let problem = Problem::new(Code::FrameworkDimensionUnmapped, declaration.header);
        making.found.push(problem.say("dimension", &*name.text));
    }
    canonical.sort_unstable();
    canonical.dedup();
    made.dimensions.push(Dimension {
        name: name.text.clone(),
        titles: titles(&declaration.titles),
        canonical,
        span: declaration.header,
    });
}

fn read_levels(known: &Known<'_>, making: &mut Making, written: &Levels) -> Option<Vec<Level>> {
    match written {
        Levels::Unpublished(_) => None,
        Levels::Names(list) => {
            let ranks = facts::ranks(list, &mut making.found);
            let first = ranks.into_iter().filter_map(|equals| equals.into_iter().next());
            Some(first.map(|level| Level { number: None, name: level.name, titles: level.titles }).collect())
        }
        Levels::Numbers { low, high, step } => {
            let step = step.as_ref().map_or(Ratio::ONE, |step| step.value);
            let span = low.span.join(high.span);
            let count = high.value.checked_sub(low.value).and_then(|way| way.checked_div(step)).ok();
            let count = count
                .filter(|_| step.is_positive())
                .and_then(Ratio::to_int)
                .filter(|count| (0..MOST_LEVELS).contains(count));
            let Some(count) = count else {
                let (start, end) = (known.sources.snippet(low.span), known.sources.snippet(high.span));
                making.found.push(fault::reversed(start, end, span));
                return Some(Vec::new());
            };
            let number = |k: i64| step.checked_mul(k.into()).and_then(|way| low.value.checked_add(way)).ok();
            let level = |number: Ratio| Level {
                number: Some(number),
                name: number.to_string().into(),
                titles: Titles::default(),
            };
            Some((0..=count).filter_map(number).map(level).collect())
        }
    }
}

/// The cells of a descriptor table: a level, then one column a dimension.
fn cells(known: &Known<'_>, making: &mut Making, framework: &Framework, table: &Table) -> Vec<Descriptor> {
    let Some((head, rows)) = table.rows.split_first() else { return Vec::new() };
    let mut columns: Vec<Option<u32>> = Vec::new();
    for cell in head.cells.iter().skip(1) {
        let name = super::tables::text_of_cell(cell).unwrap_or_default();
        let at = (0u32..).zip(&framework.dimensions).find(|(_, dimension)| {
            &*dimension.name == name || dimension.titles.0.iter().any(|(_, title)| &**title == name)
        });
        if at.is_none() {
            let problem = Problem::new(Code::FrameworkDimensionUnknown, cell.span)
                .say("name", known.sources.snippet(cell.span))
                .say("framework", &*framework.name);
            let names = framework.dimensions.iter().map(|dimension| &*dimension.name);
            making.found.push(fault::with_nearest(problem, name, names));
        }
        columns.push(at.map(|(at, _)| at));
    }
    let mut made = Vec::new();
    let mut seen: rustc_hash::FxHashMap<(u32, u32), Span> = Default::default();
    for row in rows {
        let Some((first, texts)) = row.cells.split_first() else { continue };
        let CellKind::Values(levels) = &first.kind else {
            making.found.push(level_cell(known, framework, first));
            continue;
        };
        for level in levels {
            let Some(rank) = rank_of(framework, level) else {
                making.found.push(no_level(known, framework, level.span));
                continue;
            };
            for (cell, dimension) in texts.iter().zip(&columns) {
                let Some(dimension) = *dimension else { continue };
                if let Some(first) = seen.insert((rank, dimension), cell.span) {
                    let level = known.sources.snippet(level.span);
                    let problem = Problem::new(Code::TableOverlap, cell.span).label(first, "first");
                    making
                        .found
                        .push(problem.say("shared", vec![crate::diagnostic::Said::Text(level.into())]));
                    continue;
                }
                let text = match &cell.kind {
                    CellKind::Values(values) => values.first().and_then(text_of).map(Into::into),
                    _ => None,
                };
                made.push(Descriptor { level: rank, dimension, text, span: cell.span });
            }
        }
        if row.cells.len() != head.cells.len() {
            making.found.push(super::tables::row_length(row, head));
        }
    }
    made.sort_by_key(|cell| (cell.level, cell.dimension));
    made
}

/// The rank of a level as written.
fn rank_of(framework: &Framework, written: &tree::Value) -> Option<u32> {
    let levels = framework.levels.as_ref()?;
    let number = match &written.kind {
        ValueKind::Level(_, number) => Some(&**number),
        _ => number_of(written),
    };
    let is = |level: &Level| match number {
        Some(number) => level.number == Some(number.value) && number.unit.is_none(),
        None => text_of(written).is_some_and(|text| {
            &*level.name == text || level.titles.0.iter().any(|(_, title)| &**title == text)
        }),
    };
    (0u32..).zip(levels).find(|(_, level)| is(level)).map(|(rank, _)| rank)
}

/// A level that its framework does not have.
pub(super) fn no_level(known: &Known<'_>, framework: &Framework, at: Span) -> Problem {
    Problem::new(Code::LevelUnknown, at)
        .say("level", known.sources.snippet(at))
        .say("framework", &*framework.name)
        .say("levels", fault::level_names(framework.levels.as_deref().unwrap_or_default()))
        .label(framework.span, "declared")
}

/// A cell that should name a level.
fn level_cell(known: &Known<'_>, framework: &Framework, cell: &tree::Cell) -> Problem {
    Problem::new(Code::TableCell, cell.span)
        .say("cell", known.sources.snippet(cell.span))
        .say("expected", fault::level_names(framework.levels.as_deref().unwrap_or_default()))
}

/// The rank of a written level in a framework.
pub(super) fn level(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    framework: FrameworkId,
    written: &tree::Value,
) -> Result<u32, Misfit> {
    let of = known.model.frameworks.get(framework.index()).ok_or(Misfit::Said)?;
    if let ValueKind::Level(name, _) = &written.kind {
        match known.names.find(package, name, &[Sort::Framework], &mut making.found) {
            Some(Thing::Framework(named)) if named == framework => {}
            Some(_) => return Err(Misfit::Unit),
            None => return Err(Misfit::Said),
        }
    }
    // A framework that does not say its levels has been reported.
    if of.levels.as_ref().is_some_and(Vec::is_empty) {
        return Err(Misfit::Said);
    }
    rank_of(of, written).ok_or_else(|| {
        making.found.push(no_level(known, of, written.span));
        Misfit::Said
    })
}

/// The framework that a written level names, or the only one there is.
pub(super) fn of_value(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    written: &tree::Value,
) -> Option<FrameworkId> {
    if let ValueKind::Level(name, _) = &written.kind {
        return match known.names.find(package, name, &[Sort::Framework], &mut making.found)? {
            Thing::Framework(framework) => Some(framework),
            _ => None,
        };
    }
    only(known, making, package, written.span)
}

/// The only framework of a package, where levels do not say theirs.
pub(super) fn only(known: &Known<'_>, making: &mut Making, package: usize, at: Span) -> Option<FrameworkId> {
    let own = || (0u32..).zip(&known.items.frameworks).filter(|(_, item)| item.package == package);
    let (first, second) = (own().next(), own().nth(1));
    match (first, second) {
        (Some((id, _)), None) => Some(FrameworkId(id)),
        _ => {
            making.found.push(Problem::new(Code::LevelFramework, at));
            None
        }
    }
}

/// The levels of a framework as a domain.
pub(super) fn domain(known: &Known<'_>, framework: FrameworkId) -> Option<TypedDomain> {
    let levels = known.model.frameworks.get(framework.index())?.levels.as_ref().map_or(0, Vec::len);
    let domain = Domain::of(Shape::List { len: u32::try_from(levels).ok()?, ordered: true });
    Some(TypedDomain { value_type: ValueType::Level(framework), domain })
}

/// The dimension of that name.
pub(super) fn dimension_named(framework: &Framework, name: &str) -> Option<u32> {
    let named = |dimension: &Dimension| {
        &*dimension.name == name || dimension.titles.0.iter().any(|(_, title)| &**title == name)
    };
    (0u32..).zip(&framework.dimensions).find(|(_, dimension)| named(dimension)).map(|(at, _)| at)
}
