//! Titles: an outcome that bears one meets what its frameworks ask of it, and the examples of titles hold.

use crate::diagnostic::{Code, Problem};
use crate::model::{Bears, Credits, Framework, FrameworkId, Model, Outcome, TitleRule};
use crate::quantity::Ratio;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for framework in &model.frameworks {
        examples(framework, problems);
    }
    for outcome in &model.outcomes {
        if let Some((title, at)) = &outcome.bears {
            bears(model, outcome, title, *at, problems);
        }
    }
}

fn examples(framework: &Framework, problems: &mut Vec<Problem>) {
    for example in &framework.title_examples {
        let is_met = |rule: &&TitleRule| rule.met(example.level, example.credits) == Bears::Yes;
        let against: Vec<&TitleRule> =
            framework.rules_of_title(&example.title).filter(|rule| !is_met(rule)).collect();
        let allowed = against.is_empty();
        if allowed != example.allowed {
            let said = if allowed { "allowed" } else { "refused" };
            let problem =
                Problem::new(Code::FrameworkTitleExample, example.span).say("title", &*example.title);
            let problem = problem.say(said, "");
            problems.push(against.iter().fold(problem, |problem, rule| problem.label(rule.span, "rule")));
        }
    }
}

fn bears(
    model: &Model,
    outcome: &Outcome,
    title: &str,
    at: crate::source::Span,
    problems: &mut Vec<Problem>,
) {
    let credits: Option<Ratio> = match outcome.credits {
        Credits::Amount(amount, _) => Some(amount),
        Credits::Unpublished | Credits::Unstated => None,
    };
    for (id, framework) in (0u32..).map(FrameworkId).zip(&model.frameworks) {
        let own = outcome.levels.iter().filter(|level| level.framework == id);
        let Some(level) = own.clone().find(|level| level.dimension.is_none()) else { continue };
        for rule in framework.rules_of_title(title) {
            // What is not published may be enough.
            let met = rule.met(Some(level.rank), credits);
            let open = met == Bears::Unsaid && outcome.credits == Credits::Unpublished;
            if met != Bears::Yes && !open {
                problems.push(
                    Problem::new(Code::OutcomeTitle, at)
                        .say("outcome", &*outcome.name)
                        .say("title", title)
                        .say("framework", &*framework.name)
                        .label(rule.span, "declared"),
                );
            }
        }
    }
}
