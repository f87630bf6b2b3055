//! Frameworks: every level has a descriptor in every dimension, or says that it has none.

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Problem};
use crate::model::{Descriptors, Framework, Level, Model};
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
            }
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
