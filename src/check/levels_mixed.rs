//! Levels of two frameworks: a rule that compares a level of one with sources that have levels of another only.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{AtomTest, Cond, FrameworkId, Holder, Model, OutcomeId, Rule, ValueType};
use crate::source::Span;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for rule in &model.rules {
        let mut tests = Vec::new();
        see(&rule.guard, &mut tests);
        for (framework, at) in tests {
            if let Some(other) = elsewhere(model, rule, framework) {
                problems.push(mixed(model, other, framework, at));
            }
        }
    }
}

/// The frameworks that plain tests of a source's level name.
fn see(cond: &Cond, tests: &mut Vec<(FrameworkId, Span)>) {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| see(part, tests)),
        Cond::Atom(atom) => {
            let (subject, framework) = match &atom.test {
                AtomTest::In { subject, value_type: ValueType::Level(framework), .. }
                | AtomTest::Target { subject, value_type: ValueType::Level(framework), .. } => {
                    (subject, *framework)
                }
                AtomTest::Level(test) if test.by.is_none() => (&test.subject, test.framework),
                _ => return,
            };
            if matches!(subject.of, Holder::Source(_) | Holder::Each | Holder::Some | Holder::Lowest) {
                tests.extend(atom.lines.first().map(|line| (framework, *line)));
            }
        }
    }
}

/// Another framework, where some source has a level in it and none has one in the framework that is tested.
fn elsewhere(model: &Model, rule: &Rule, framework: FrameworkId) -> Option<FrameworkId> {
    let mut other = None;
    for item in rule.sources.iter().flatten().flat_map(|slot| &slot.items) {
        let class = model.classes.get(item.class.index())?;
        let of_kinds = |outcome: &crate::model::Outcome| {
            model
                .kinds
                .get(outcome.kind.index())
                .is_some_and(|kind| kind.ancestors.iter().any(|ancestor| class.kinds.contains(ancestor)))
        };
        let named = class.outcomes.iter().filter_map(|id: &OutcomeId| model.outcomes.get(id.index()));
        let all = named.chain(model.outcomes.iter().filter(|outcome| of_kinds(outcome)));
        for level in all.flat_map(|outcome| &outcome.levels) {
            if level.framework == framework {
                return None;
            }
            other = other.or(Some(level.framework));
        }
    }
    other
}

fn mixed(model: &Model, ours: FrameworkId, theirs: FrameworkId, at: Span) -> Problem {
    let said = |id: FrameworkId| {
        Said::Text(model.frameworks.get(id.index()).map_or_else(Box::default, |of| of.name.clone()))
    };
    let problem = Problem::new(Code::LevelMixed, at).say("framework", said(ours)).say("other", said(theirs));
    match model.comparisons.iter().find(|comparison| comparison.other(ours) == Some(theirs)) {
        Some(comparison) => problem.say("comparison", Said::Text(comparison.name.clone())),
        None => problem,
    }
}
