//! Levels of outcomes: overall and by dimension they agree, and with the statements that the outcome rests on.

use crate::diagnostic::{Code, Problem};
use crate::model::{Framework, Model, Outcome, OutcomeLevel, Placement};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for outcome in &model.outcomes {
        for overall in outcome.levels.iter().filter(|level| level.dimension.is_none()) {
            let Some(framework) = model.frameworks.get(overall.framework.index()) else { continue };
            if framework.placement == Some(Placement::EveryDimension) {
                by_every_dimension(outcome, framework, overall, problems);
            }
            above_statements(model, outcome, framework, overall, problems);
        }
    }
}

fn name_of(framework: &Framework, rank: u32) -> &str {
    framework.levels.as_ref().and_then(|levels| levels.get(rank as usize)).map_or("", |level| &level.name)
}

fn by_every_dimension(
    outcome: &Outcome,
    framework: &Framework,
    overall: &OutcomeLevel,
    problems: &mut Vec<Problem>,
) {
    let own = outcome.levels.iter().filter(|level| level.framework == overall.framework);
    let lower = own.filter(|level| level.dimension.is_some() && level.rank < overall.rank);
    let Some(lower) = lower.min_by_key(|level| level.rank) else { return };
    let dimension = lower.dimension.and_then(|at| framework.dimensions.get(at as usize));
    problems.push(
        Problem::new(Code::OutcomePlacement, overall.span)
            .say("outcome", &*outcome.name)
            .say("level", name_of(framework, overall.rank))
            .say("framework", &*framework.name)
            .say("dimension", dimension.map_or("", |dimension| &*dimension.name))
            .say("lower", name_of(framework, lower.rank))
            .label(lower.span, "declared"),
    );
}

/// A unit teaches what its statements say: it does not lie above every one of them.
fn above_statements(
    model: &Model,
    outcome: &Outcome,
    framework: &Framework,
    overall: &OutcomeLevel,
    problems: &mut Vec<Problem>,
) {
    let statements = outcome.statements.iter().filter_map(|id| model.statements.get(id.index()));
    let of_framework = statements.filter(|statement| {
        let standard = model.standards.get(statement.standard.index());
        standard.and_then(|standard| standard.under) == Some(overall.framework)
    });
    let Some(highest) = of_framework.max_by_key(|statement| statement.level) else { return };
    if overall.rank > highest.level {
        problems.push(
            Problem::new(Code::OutcomeAboveStatements, overall.span)
                .say("outcome", &*outcome.name)
                .say("level", name_of(framework, overall.rank))
                .say("highest", name_of(framework, highest.level))
                .label(highest.span, "declared"),
        );
    }
}
