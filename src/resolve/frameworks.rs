//! Qualifications frameworks: levels, dimensions and their descriptors, cell by cell.

use crate::diagnostic::{Code, Problem};
use crate::model::{
    Canonical, Descriptors, Dimension, Framework, FrameworkId, Level, Placement, Role, Titles, Track,
    TypedDomain, ValueType,
};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::{Domain, Shape};
use crate::syntax::tree::{
    self, Declaration, DeclarationWord, Levels, NameSlot, Operand, StatementKind, Table, ValueKind,
};

use super::builtin;
use super::documents::{citations, window};
use super::facts;
use super::fault;
use super::items::{Item, is_damaged, slots_among, statements};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks;
use super::spot::{Plain, Scene};
use super::titles::titles;
use super::values::{Misfit, number_of, text_of};

/// A framework has at most so many levels.
const MOST_LEVELS: i64 = 1_000;

/// Which of the four dimensions a word is.
pub(super) fn canonical_named(name: &str) -> Option<Canonical> {
    Canonical::ALL.into_iter().find(|canonical| builtin::spells(name, canonical.keyword()))
}

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
        placement: None,
        tracks: Vec::new(),
        axes: Vec::new(),
        title_rules: Vec::new(),
        title_examples: Vec::new(),
        readings: Vec::new(),
        notes: Vec::new(),
        span: declaration.header,
    };
    let mut once = Once::default();
    let mut tables: Vec<(Option<&tree::Name>, &Table)> = Vec::new();
    let mut titles_asked: Vec<&tree::TitleSlot> = Vec::new();
    let mut examples: Vec<&tree::TitleExample> = Vec::new();
    let mut renamed: Vec<(usize, &tree::Name)> = Vec::new();
    let body = declaration.body.as_ref();
    for statement in statements(body) {
        if let StatementKind::Declaration(inner) = &statement.kind
            && inner.word == DeclarationWord::Dimension
        {
            let before = made.dimensions.len();
            dimension(making, &mut made, inner);
            if let (true, Some(former)) = (made.dimensions.len() > before, inner.formerly()) {
                renamed.push((before, former));
            }
        }
    }
    let own = [DeclarationWord::Dimension];
    for slot in slots_among(body, "declaration.framework", &own, false, &mut making.found) {
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
            Operand::Placement(rule, _) => {
                once.check(&mut making.found, "slot.placement", at);
                made.placement = Some(match rule {
                    tree::PlacementRule::BestFit => Placement::BestFit,
                    tree::PlacementRule::EveryDimension => Placement::EveryDimension,
                });
            }
            Operand::Tracks(tracks) => {
                once.check(&mut making.found, "slot.tracks", at);
                for track in tracks {
                    if let Some(first) = tracks.iter().find(|other| other.name.text == track.name.text)
                        && first.name.span != track.name.span
                    {
                        making.found.push(fault::duplicate(
                            &track.name.text,
                            track.name.span,
                            first.name.span,
                        ));
                        continue;
                    }
                    made.tracks.push(Track { name: track.name.text.clone(), titles: titles(&track.titles) });
                }
            }
            Operand::Names(NameSlot::Axis, names) => {
                for name in names {
                    let thing = known.names.find(item.package, name, &[Sort::Set], &mut making.found);
                    made.axes.extend(thing.map(|thing| known.names.name_of(thing).into()));
                }
            }
            Operand::Title(slot) => titles_asked.push(slot),
            Operand::TitleExample(example) => examples.push(example),
            Operand::Levels(levels) => {
                once.check(&mut making.found, "slot.levels", at);
                made.levels = read_levels(known, making, levels);
            }
            Operand::Descriptors(written) => {
                let another_language = matches!(&**written, tree::Descriptors::Table(Some(_), _))
                    && tables.iter().all(|(tag, _)| tag.is_some())
                    && (tables.is_empty() || matches!(made.descriptors, Descriptors::Here(..)));
                if !another_language || tables.is_empty() {
                    once.check(&mut making.found, "slot.descriptors", at);
                }
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
                    tree::Descriptors::Table(tag, written) => {
                        tables.push((tag.as_ref(), written));
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
    // A table may stand before the levels and dimensions that it speaks of, and so may a title.
    if let Some((_, table)) = tables.first() {
        let cells = super::descriptors::cells(known, making, &made, &tables);
        made.descriptors = Descriptors::Here(cells, table.span);
    }
    for slot in titles_asked {
        let rule = super::title_rules::rule(known, making, item.package, &made, slot);
        made.title_rules.extend(rule);
    }
    for example in examples {
        let example = super::title_rules::example(known, making, &made, example);
        made.title_examples.extend(example);
    }
    for (at, former) in renamed {
        let name = former_dimension(known, making, &made, former);
        if let Some(dimension) = made.dimensions.get_mut(at) {
            dimension.formerly = name;
        }
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
    for target in declaration.maps_to() {
        let Some(mapped) = canonical_named(&target.text) else {
            let problem =
                Problem::new(Code::FrameworkDimensionUnknown, target.span).say("name", &*target.text);
            making.found.push(problem.say("framework", &*made.name));
            continue;
        };
        canonical.push(mapped);
    }
    if declaration.maps_to().is_empty() {
        let problem = Problem::new(Code::FrameworkDimensionUnmapped, declaration.header);
        making.found.push(problem.say("dimension", &*name.text));
    }
    canonical.sort_unstable();
    canonical.dedup();
    made.dimensions.push(Dimension {
        name: name.text.clone(),
        titles: titles(&declaration.titles),
        canonical,
        formerly: None,
        span: declaration.header,
    });
}

/// What a dimension is called in a framework that this one replaces; a name that none of them has is wrong.
fn former_dimension(
    known: &Known<'_>,
    making: &mut Making,
    framework: &Framework,
    former: &tree::Name,
) -> Option<Box<str>> {
    let replaced: Vec<&Item<'_>> =
        framework.replaces.iter().filter_map(|id| known.items.frameworks.get(id.index())).collect();
    let names =
        replaced.iter().flat_map(|item| statements(item.declaration.body.as_ref())).filter_map(|statement| {
            match &statement.kind {
                StatementKind::Declaration(inner) if inner.word == DeclarationWord::Dimension => {
                    inner.name.as_ref().map(|name| &*name.text)
                }
                _ => None,
            }
        });
    let names: Vec<&str> = names.collect();
    if names.contains(&&*former.text) {
        return Some(former.text.clone());
    }
    let of = replaced.first().map_or(&*framework.name, |item| &*item.name);
    let problem = Problem::new(Code::FrameworkDimensionUnknown, former.span).say("name", &*former.text);
    making.found.push(fault::with_nearest(problem.say("framework", of), &former.text, names));
    None
}

fn read_levels(known: &Known<'_>, making: &mut Making, written: &Levels) -> Option<Vec<Level>> {
    match written {
        Levels::Unpublished(_) => None,
        Levels::Names(list, numbers) => {
            let ranks = facts::ranks(list, &mut making.found);
            let first = ranks.into_iter().filter_map(|equals| equals.into_iter().next());
            let mut levels: Vec<Level> =
                first.map(|level| Level { number: None, name: level.name, titles: level.titles }).collect();
            let above = numbers.as_ref().map(|numbers| numbered(known, making, numbers));
            levels.extend(above.into_iter().flatten());
            Some(levels)
        }
        Levels::Numbers(numbers) => Some(numbered(known, making, numbers)),
    }
}

/// `1 to 7 [step s]`, lowest first.
fn numbered(known: &Known<'_>, making: &mut Making, written: &tree::LevelNumbers) -> Vec<Level> {
    let tree::LevelNumbers { low, high, step } = written;
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
        return Vec::new();
    };
    let number = |k: i64| step.checked_mul(k.into()).and_then(|way| low.value.checked_add(way)).ok();
    let level = |number: Ratio| Level {
        number: Some(number),
        name: number.to_string().into(),
        titles: Titles::default(),
    };
    (0..=count).filter_map(number).map(level).collect()
}

/// The rank of a level as written; a dotted name says its framework before the level.
pub(super) fn rank_of(framework: &Framework, written: &tree::Value) -> Option<u32> {
    let levels = framework.levels.as_ref()?;
    let number = match &written.kind {
        ValueKind::Level(_, number) => Some(&**number),
        _ => number_of(written),
    };
    let is = |level: &Level| match number {
        Some(number) => level.number == Some(number.value) && number.unit.is_none(),
        None => text_of(written).is_some_and(|text| is_called(level, text)),
    };
    let dotted = || {
        let name = text_of(written)?.rsplit_once('.')?.1;
        (0u32..).zip(levels).find(|(_, level)| is_called(level, name)).map(|(rank, _)| rank)
    };
    (0u32..).zip(levels).find(|(_, level)| is(level)).map(|(rank, _)| rank).or_else(dotted)
}

fn is_called(level: &Level, text: &str) -> bool {
    &*level.name == text || level.titles.0.iter().any(|(_, title)| &**title == text)
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
pub(super) fn level_cell(known: &Known<'_>, framework: &Framework, cell: &tree::Cell) -> Problem {
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
    if let ValueKind::Name(name) = &written.kind {
        if let Some((before, _)) = name.text.rsplit_once('.') {
            let prefix = tree::Name { text: before.into(), ..name.clone() };
            if let Some(Thing::Framework(framework)) = known.names.peek(package, &prefix, &[Sort::Framework])
            {
                return Some(framework);
            }
        }
        // A level's name says which framework is meant where only one has it.
        let mut having = own(known, package).filter(|id| {
            known.model.frameworks.get(id.index()).is_some_and(|of| rank_of(of, written).is_some())
        });
        if let (Some(one), None) = (having.next(), having.next()) {
            return Some(one);
        }
    }
    only(known, making, package, written.span)
}

/// The frameworks that a package declares.
fn own(known: &Known<'_>, package: usize) -> impl Iterator<Item = FrameworkId> {
    (0u32..)
        .zip(&known.items.frameworks)
        .filter(move |(_, item)| item.package == package)
        .map(|(id, _)| FrameworkId(id))
}

/// The only framework of a package, where levels do not say theirs.
pub(super) fn only(known: &Known<'_>, making: &mut Making, package: usize, at: Span) -> Option<FrameworkId> {
    let only = sole(known, package);
    if only.is_none() {
        making.found.push(Problem::new(Code::LevelFramework, at));
    }
    only
}

/// The only framework of a package, if it has one and no other.
fn sole(known: &Known<'_>, package: usize) -> Option<FrameworkId> {
    let mut own = own(known, package);
    own.next().filter(|_| own.next().is_none())
}

/// The framework that `NAME 3` leaves to be understood, where the name is not a framework's: the only one there is. Where there are
/// several, a name that no dimension of theirs has was meant as a framework's.
pub(super) fn understood(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    name: &tree::Name,
    at: Span,
) -> Option<FrameworkId> {
    let of = |id: FrameworkId| known.model.frameworks.get(id.index());
    let is_dimension = || {
        own(known, package)
            .filter_map(of)
            .any(|framework| !super::levels::mapped(framework, &name.text).is_empty())
    };
    if sole(known, package).is_some() || is_dimension() {
        return only(known, making, package, at);
    }
    known.names.find(package, name, &[Sort::Framework], &mut making.found);
    None
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
