//! Comparisons of two frameworks: a table of levels, partial, many to many, with published holes.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    Comparison, ComparisonId, ComparisonRow, ComparisonStatus, Counterparts, Framework, FrameworkId, Role,
};
use crate::source::Span;
use crate::syntax::tree::{
    self, CellKind, ComparisonStatusWord, Counterpart, Name, Operand, Row, StatementKind, ValueKind,
};

use super::documents::{citations, window};
use super::fault;
use super::frameworks::{level_cell, no_level, rank_of};
use super::items::{Item, is_damaged, slots_among, statements};
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::once::Once;
use super::remarks;
use super::spot::{Plain, Scene};
use super::titles::titles;

/// Framework ids of sides that could not be found.
const NOBODY: FrameworkId = FrameworkId(u32::MAX);

/// Reads all comparisons into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let comparisons = known.items.comparisons.iter().map(|item| comparison(known, making, item)).collect();
    known.model.comparisons = comparisons;
}

fn comparison(known: &Known<'_>, making: &mut Making, item: &Item<'_>) -> Comparison {
    let declaration = item.declaration;
    let side = |making: &mut Making, name: &Name| match known.names.find(
        item.package,
        name,
        &[Sort::Framework],
        &mut making.found,
    ) {
        Some(Thing::Framework(framework)) => framework,
        _ => NOBODY,
    };
    let (left, right) = match declaration.between() {
        Some((left, right)) => (side(making, left), side(making, right)),
        None => {
            let problem = Problem::new(Code::SlotMissing, declaration.header).say("name", &*item.name);
            making.found.push(problem.say("slot", Said::Word("declaration.framework")));
            (NOBODY, NOBODY)
        }
    };
    let mut made = Comparison {
        name: item.name.clone(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        left,
        right,
        status: ComparisonStatus::Unverified,
        cites: Vec::new(),
        windows: Vec::new(),
        rows: Vec::new(),
        readings: Vec::new(),
        notes: Vec::new(),
        examples: Vec::new(),
        span: declaration.header,
    };
    let mut once = Once::default();
    let rows = statements(declaration.body.as_ref()).iter().filter_map(|statement| match &statement.kind {
        StatementKind::Row(row) => Some(&**row),
        _ => None,
    });
    let rows: Vec<&Row> = rows.collect();
    let mut examples: Vec<&tree::ComparisonExample> = Vec::new();
    let body = declaration.body.as_ref();
    for slot in slots_among(body, "declaration.comparison", &[], true, &mut making.found) {
        let at = slot.word_span;
        match &slot.operand {
            Operand::ComparisonStatus(word, _) => {
                once.check(&mut making.found, "slot.status", at);
                made.status = status(*word);
            }
            Operand::Cite(cites) => made.cites.extend(citations(known, making, item.package, cites)),
            Operand::InForce(written) => {
                let scene = nobody(item.package);
                made.windows.extend(window(known, making, &scene, written));
            }
            Operand::Reading(text, cites) => {
                made.readings.push(remarks::reading(known, making, item.package, text, cites));
            }
            Operand::Note(text) => made.notes.push(remarks::remark(text)),
            Operand::ComparisonExample(example) => examples.push(example),
            _ => making.found.misplaced(at, "declaration.comparison"),
        }
    }
    if !once.has("slot.status") && !is_damaged(declaration.body.as_ref()) {
        let problem = Problem::new(Code::ComparisonStatusMissing, declaration.header);
        making.found.push(problem.say("comparison", &*item.name));
    }
    let sides = (known.model.frameworks.get(left.index()), known.model.frameworks.get(right.index()));
    let (Some(of), Some(with)) = sides else {
        // A framework that is not known is not known in the head of the table either.
        rows.iter().take(1).flat_map(|head| &head.cells).for_each(|cell| {
            column(known, making, item, cell);
        });
        return made;
    };
    made.rows = table(known, making, item, (left, of), (right, with), &rows);
    for example in examples {
        made.examples.extend(self::example(known, making, of, with, example));
    }
    made
}

/// Where a window of a framework or a comparison stands: only dates of the request are known there.
fn nobody(package: usize) -> Scene<'static> {
    Scene {
        package,
        plain: Plain::Nobody,
        sources: (&[][..]).into(),
        targets: (&[][..]).into(),
        unit: None,
        parties: &[],
        role: Role::Window,
        applied: Default::default(),
        damaged: false,
    }
}

const fn status(word: ComparisonStatusWord) -> ComparisonStatus {
    match word {
        ComparisonStatusWord::Endorsed => ComparisonStatus::Endorsed,
        ComparisonStatusWord::ComparisonOnly => ComparisonStatus::ComparisonOnly,
        ComparisonStatusWord::Proposed => ComparisonStatus::Proposed,
        ComparisonStatusWord::NotEndorsed => ComparisonStatus::NotEndorsed,
        ComparisonStatusWord::Unverified => ComparisonStatus::Unverified,
        ComparisonStatusWord::UnderReview => ComparisonStatus::UnderReview,
    }
}

/// The rows: the first names the frameworks of the columns, in either order.
fn table(
    known: &Known<'_>,
    making: &mut Making,
    item: &Item<'_>,
    (left, of): (FrameworkId, &Framework),
    (right, with): (FrameworkId, &Framework),
    rows: &[&Row],
) -> Vec<ComparisonRow> {
    let Some((head, rows)) = rows.split_first() else {
        if !is_damaged(item.declaration.body.as_ref()) {
            making.found.push(Problem::new(Code::TableNoRows, item.declaration.header));
        }
        return Vec::new();
    };
    let columns: Vec<Option<FrameworkId>> =
        head.cells.iter().map(|cell| column(known, making, item, cell)).collect();
    let swapped = match columns.as_slice() {
        [Some(a), Some(b)] if (*a, *b) == (left, right) => false,
        [Some(a), Some(b)] if (*a, *b) == (right, left) => true,
        _ => {
            let problem = Problem::new(Code::ComparisonColumns, head.span);
            let names = [&of.name, &with.name].map(|name| Said::Name(name.clone()));
            making.found.push(problem.say("comparison", &*item.name).say("frameworks", names.to_vec()));
            return Vec::new();
        }
    };
    let mut made: Vec<ComparisonRow> = Vec::new();
    for row in rows {
        let [first, second] = row.cells.as_slice() else {
            making.found.push(super::tables::row_length(row, head));
            continue;
        };
        let (first, second) = if swapped { (second, first) } else { (first, second) };
        let (Some(ours), Some(theirs)) = (side(known, making, of, first), side(known, making, with, second))
        else {
            continue;
        };
        let both_empty = ours.levels.is_empty() && theirs.levels.is_empty();
        if both_empty {
            making.found.push(level_cell(known, of, first));
            continue;
        }
        made.push(ComparisonRow {
            left: ours.levels,
            right: theirs.levels,
            not_stated: ours.not_stated || theirs.not_stated,
            span: row.span,
        });
    }
    contradictions(making, of, &made, |row| (&row.left, &row.right));
    contradictions(making, with, &made, |row| (&row.right, &row.left));
    made
}

/// The framework that a column is headed by.
fn column(known: &Known<'_>, making: &mut Making, item: &Item<'_>, cell: &tree::Cell) -> Option<FrameworkId> {
    let CellKind::Values(values) = &cell.kind else { return None };
    let [tree::Value { kind: ValueKind::Name(name), .. }] = values.as_slice() else { return None };
    match known.names.find(item.package, name, &[Sort::Framework], &mut making.found)? {
        Thing::Framework(framework) => Some(framework),
        _ => None,
    }
}

/// A level that one row compares and another says has no counterpart.
fn contradictions<'r>(
    making: &mut Making,
    framework: &Framework,
    rows: &'r [ComparisonRow],
    sides: impl Fn(&'r ComparisonRow) -> (&'r Vec<u32>, &'r Vec<u32>),
) {
    let mut seen: std::collections::BTreeMap<u32, (bool, Span)> = Default::default();
    for row in rows {
        let (ours, theirs) = sides(row);
        for rank in ours {
            let is_empty = theirs.is_empty();
            match seen.get(rank) {
                Some((before, first)) if *before != is_empty || is_empty => {
                    let level = framework.levels.as_ref().and_then(|levels| levels.get(*rank as usize));
                    let name = level.map_or("", |level| &*level.name);
                    making.found.push(
                        Problem::new(Code::ComparisonContradicts, row.span)
                            .say("level", name)
                            .say("framework", &*framework.name)
                            .label(*first, "first"),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(*rank, (is_empty, row.span));
                }
            }
        }
    }
}

/// What a cell of a comparison says.
struct Side {
    levels: Vec<u32>,
    not_stated: bool,
}

fn side(known: &Known<'_>, making: &mut Making, framework: &Framework, cell: &tree::Cell) -> Option<Side> {
    let mut levels = Vec::new();
    match &cell.kind {
        CellKind::None | CellKind::Dash => {}
        CellKind::NotStated | CellKind::Unpublished => return Some(Side { levels, not_stated: true }),
        CellKind::Values(values) => {
            for value in values {
                match &value.kind {
                    ValueKind::None => {}
                    ValueKind::Unpublished => return Some(Side { levels, not_stated: true }),
                    ValueKind::Range(low, high, _) => {
                        let (low, high) =
                            (rank(known, making, framework, low)?, rank(known, making, framework, high)?);
                        levels.extend(low.min(high)..=low.max(high));
                    }
                    _ => levels.push(rank(known, making, framework, value)?),
                }
            }
        }
        _ => {
            making.found.push(level_cell(known, framework, cell));
            return None;
        }
    }
    levels.sort_unstable();
    levels.dedup();
    Some(Side { levels, not_stated: false })
}

fn rank(known: &Known<'_>, making: &mut Making, framework: &Framework, written: &tree::Value) -> Option<u32> {
    let rank = rank_of(framework, written);
    // A framework that does not say its levels has been reported.
    if rank.is_none() && framework.levels.as_ref().is_none_or(|levels| !levels.is_empty()) {
        making.found.push(no_level(known, framework, written.span));
    }
    rank
}

fn example(
    known: &Known<'_>,
    making: &mut Making,
    of: &Framework,
    with: &Framework,
    written: &tree::ComparisonExample,
) -> Option<(u32, Counterparts, Span)> {
    let level = rank(known, making, of, &written.level)?;
    let mut levels = Vec::new();
    let mut other = None;
    for counterpart in &written.counterparts {
        match counterpart {
            Counterpart::Level(value) => levels.push(rank(known, making, with, value)?),
            Counterpart::None(_) => other = Some(Counterparts::None),
            Counterpart::NotStated(_) => other = Some(Counterparts::NotStated),
        }
    }
    levels.sort_unstable();
    levels.dedup();
    Some((level, other.unwrap_or(Counterparts::Levels(levels)), written.span))
}

/// The comparison of that name.
pub(super) fn named(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    name: &Name,
) -> Option<ComparisonId> {
    match known.names.find(package, name, &[Sort::Comparison], &mut making.found)? {
        Thing::Comparison(comparison) => Some(comparison),
        _ => None,
    }
}

/// A comparison that does not compare the framework of a test.
pub(super) fn other_framework(
    known: &Known<'_>,
    comparison: &Comparison,
    framework: FrameworkId,
    at: Span,
) -> Problem {
    let name = |id: FrameworkId| {
        known.model.frameworks.get(id.index()).map_or_else(Box::default, |of| of.name.clone())
    };
    let both = [comparison.left, comparison.right].map(|id| Said::Name(name(id)));
    let problem = Problem::new(Code::ComparisonOtherFramework, at)
        .say("comparison", &*comparison.name)
        .say("framework", Said::Name(name(framework)))
        .say("frameworks", both.to_vec());
    problem.label(comparison.span, "declared")
}

/// Kept beside its siblings so that every message names levels in one way.
pub(super) fn mixed(known: &Known<'_>, ours: FrameworkId, theirs: FrameworkId, at: Span) -> Problem {
    let name = |of: FrameworkId| known.names.name_of(Thing::Framework(of)).to_owned();
    let problem = Problem::new(Code::LevelMixed, at).say("framework", name(ours)).say("other", name(theirs));
    let by = known.model.comparisons.iter().find(|comparison| comparison.other(ours) == Some(theirs));
    match by {
        Some(comparison) => fault::with_comparison(problem, &comparison.name),
        None => problem,
    }
}
