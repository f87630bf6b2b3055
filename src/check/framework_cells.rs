//! Frameworks: every level has a descriptor in every dimension, or says that it has none.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Problem};
use crate::model::{Descriptor, Descriptors, Framework, Level, Model};
use crate::source::Span;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for framework in &model.frameworks {
        let Some(levels) = &framework.levels else { continue };
        match &framework.descriptors {
            Descriptors::Elsewhere(..) | Descriptors::Unpublished(_) => {}
            // Nothing is said of any: one line says it for the whole framework.
            Descriptors::Unsaid => {
                if let (Some(level), Some(dimension)) =
                    (levels.first(), (0u32..).zip(&framework.dimensions).next())
                {
                    problems.push(missing(framework, level, dimension.0, framework.span));
                }
            }
            Descriptors::Here(cells, table) => {
                let there: FxHashSet<(u32, u32)> =
                    cells.iter().map(|cell| (cell.level, cell.dimension)).collect();
                for (rank, level) in (0u32..).zip(levels) {
                    for (at, _) in (0u32..).zip(&framework.dimensions) {
                        if !there.contains(&(rank, at)) {
                            problems.push(missing(framework, level, at, *table));
                        }
                    }
                }
                translations(framework, levels, cells, problems);
            }
        }
    }
}

/// A cell that has a text in one of the languages of a framework has it in all of them.
fn translations(framework: &Framework, levels: &[Level], cells: &[Descriptor], problems: &mut Vec<Problem>) {
    let of_texts = cells.iter().flat_map(|cell| cell.texts.0.iter().map(|(language, _)| language));
    let languages: BTreeSet<&str> =
        cells.iter().flat_map(|cell| &cell.languages).chain(of_texts).map(|language| &**language).collect();
    for cell in cells.iter().filter(|cell| !cell.texts.0.is_empty()) {
        for language in languages.iter().filter(|language| cell.texts.get(language).is_none()) {
            let level = levels.get(cell.level as usize).map_or("", |level| &*level.name);
            let dimension = framework.dimensions.get(cell.dimension as usize);
            problems.push(
                Problem::new(Code::FrameworkTranslationMissing, cell.span)
                    .say("level", level)
                    .say("dimension", dimension.map_or("", |dimension| &*dimension.name))
                    .say("language", *language),
            );
        }
    }
}

fn missing(framework: &Framework, level: &Level, dimension: u32, at: Span) -> Problem {
    let problem = Problem::new(Code::FrameworkDescriptorMissing, at).say("level", &*level.name);
    match framework.dimensions.get(dimension as usize) {
        Some(dimension) => problem.say("dimension", &*dimension.name).label(dimension.span, "declared"),
        None => problem,
    }
}
