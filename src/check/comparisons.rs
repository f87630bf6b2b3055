//! Comparisons: their examples hold, and none that is for comparison only is all that a rule asks.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{AtomTest, Comparison, ComparisonStatus, Cond, Counterparts, Gives, Model, Role, Rule};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for comparison in &model.comparisons {
        examples(model, comparison, problems);
    }
    for rule in &model.rules {
        only_condition(model, rule, problems);
    }
}

fn examples(model: &Model, comparison: &Comparison, problems: &mut Vec<Problem>) {
    for (level, expected, at) in &comparison.examples {
        let found = comparison.counterparts(comparison.left, *level);
        if found != *expected {
            let names = |framework: crate::model::FrameworkId, rank: u32| {
                let levels = model.frameworks.get(framework.index()).and_then(|of| of.levels.as_ref());
                let level = levels.and_then(|levels| levels.get(rank as usize));
                Said::Text(level.map_or_else(Box::default, |level| level.name.clone()))
            };
            let said = match &found {
                Counterparts::Levels(levels) => {
                    Said::List(levels.iter().map(|rank| names(comparison.right, *rank)).collect())
                }
                Counterparts::None => Said::Word("value.none"),
                Counterparts::NotStated | Counterparts::Unnamed => Said::Word("value.not-stated"),
            };
            problems.push(
                Problem::new(Code::ComparisonExample, *at)
                    .say("level", names(comparison.left, *level))
                    .say("found", said),
            );
        }
    }
}

/// A grant whose only condition reads a level through a comparison that is published for comparison only.
fn only_condition(model: &Model, rule: &Rule, problems: &mut Vec<Problem>) {
    if matches!(rule.gives, Gives::Answer(_)) {
        return;
    }
    let mut found = Found::default();
    see(model, &rule.guard, &mut found);
    let brackets = rule.sources.iter().flatten().flat_map(|slot| &slot.items);
    let has_bracket = brackets.clone().any(|item| item.bracket.is_some());
    if let (Some((comparison, at)), false, false) = (found.only, found.others, has_bracket) {
        problems.push(
            Problem::new(Code::ComparisonOnlyCondition, at)
                .say("rule", &*rule.name)
                .say("comparison", &*comparison.name)
                .label(comparison.span, "declared"),
        );
    }
}

#[derive(Default)]
struct Found<'m> {
    only: Option<(&'m Comparison, crate::source::Span)>,
    others: bool,
}

/// Conditions nest no deeper than a text may.
fn see<'m>(model: &'m Model, cond: &Cond, found: &mut Found<'m>) {
    let atom = match cond {
        Cond::All(parts) | Cond::Any(parts) => {
            return parts.iter().for_each(|part| see(model, part, found));
        }
        Cond::Atom(atom) => atom,
    };
    let comparison = match &atom.test {
        AtomTest::Level(test) => test.by.and_then(|by| model.comparisons.get(by.index())),
        _ => None,
    };
    match comparison.filter(|of| of.status == ComparisonStatus::ComparisonOnly) {
        Some(comparison) => {
            found.only.get_or_insert((comparison, atom.lines.first().copied().unwrap_or(comparison.span)));
        }
        None => found.others |= atom.role == Role::Condition,
    }
}
