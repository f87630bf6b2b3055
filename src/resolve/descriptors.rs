//! Descriptor tables, cell by cell, in one language or several.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Problem};
use crate::model::{Descriptor, Framework, Titles};
use crate::source::Span;
use crate::syntax::tree::{self, CellKind, Table};

use super::fault;
use super::frameworks;
use super::known::{Known, Making};
use super::titles::language_of;
use super::values::text_of;

/// The cells of all descriptor tables of a framework; what several languages say of one cell stands together.
pub(super) fn cells(
    known: &Known<'_>,
    making: &mut Making,
    framework: &Framework,
    tables: &[(Option<&tree::Name>, &Table)],
) -> Vec<Descriptor> {
    let mut made = BTreeMap::new();
    let mut tags: Vec<&tree::Name> = Vec::new();
    for &(tag, table) in tables {
        if let Some(tag) = tag {
            if let Some(first) = tags.iter().find(|other| other.text == tag.text) {
                let slot = crate::diagnostic::Said::Word("slot.descriptors");
                making.found.push(fault::repeated(slot, tag.span, first.span));
                continue;
            }
            tags.push(tag);
        }
        take_in(known, making, framework, (tag, table), &mut made);
    }
    made.into_values().collect()
}

/// Takes in the cells of one table: a level, then one column a dimension.
fn take_in(
    known: &Known<'_>,
    making: &mut Making,
    framework: &Framework,
    (tag, table): (Option<&tree::Name>, &Table),
    made: &mut BTreeMap<(u32, u32), Descriptor>,
) {
    let Some((head, rows)) = table.rows.split_first() else { return };
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
    let mut seen: rustc_hash::FxHashMap<(u32, u32), Span> = Default::default();
    for row in rows {
        let Some((first, texts)) = row.cells.split_first() else { continue };
        let CellKind::Values(levels) = &first.kind else {
            making.found.push(frameworks::level_cell(known, framework, first));
            continue;
        };
        for level in levels {
            let Some(rank) = frameworks::rank_of(framework, level) else {
                making.found.push(frameworks::no_level(known, framework, level.span));
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
                let text: Option<Box<str>> = text;
                let descriptor = made.entry((rank, dimension)).or_insert_with(|| Descriptor {
                    level: rank,
                    dimension,
                    texts: Titles::default(),
                    languages: Vec::new(),
                    span: cell.span,
                });
                let language = tag.map(|tag| tag.text.clone());
                if let Some(text) = text {
                    let of = language.clone().unwrap_or_else(|| language_of(&text).into());
                    descriptor.texts.0.push((of, text));
                }
                descriptor.languages.extend(language);
            }
        }
        if row.cells.len() != head.cells.len() {
            making.found.push(super::tables::row_length(row, head));
        }
    }
}
