//! The examples of a package, run as the requests they are: what each says, what the rules give, and how far the rules are covered.
//!
//! An example is no second way of deciding: it is asked like any learner, on the first day on which its rule is in force.

mod compare;
mod report;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::answer::{Ask, Claim, Decision, Request, Verdict, decide};
use crate::diagnostic::Problem;
use crate::evaluate::{Achievement, Facts, Goal, HeldId, Judgement, NoAnswer, Origin, Record, Status};
use crate::graph::{ConversionGraph, goals_of};
use crate::model::{Example, Expectation, ExpectedResult, FactId, RuleId, SchemeId};
use crate::quantity::Date;
use crate::source::Sources;
use crate::space::State;

/// What became of the examples of a package.
#[derive(Debug)]
pub struct Run {
    /// How many examples there are, those of units, ratios, maps, comparisons and frameworks included.
    pub examples: u32,
    /// How many of them are what the rules give.
    pub passed: u32,
    /// One problem for each example that is not, in the order of the examples.
    pub problems: Vec<Problem>,
    /// How many rules there are.
    pub rules: u32,
    /// The rules without an example of their own, by id.
    pub uncovered: Vec<RuleId>,
}

impl Run {
    /// How many rules have an example.
    pub fn covered(&self) -> u32 {
        self.rules - short(self.uncovered.len())
    }
}

/// Runs all examples of a package.
pub fn run(graph: &ConversionGraph, sources: &Sources) -> Run {
    let model = graph.model();
    let mut problems = Vec::new();
    let mut frames: FxHashMap<SchemeId, ConversionGraph> = FxHashMap::default();
    for example in &model.examples {
        // What a frame says it says for itself: its members may ask for more.
        let scheme = model.rules.get(example.rule.index()).filter(|rule| !model.speaks(rule));
        let graph = match scheme.map(|rule| rule.scheme) {
            Some(frame) => &*frames
                .entry(frame)
                .or_insert_with(|| crate::graph::build(Arc::new(model.as_if_alone(frame)))),
            None => graph,
        };
        for expectation in &example.expected {
            let goals = goals(graph, example, expectation);
            let decision = decide(graph, &request(graph, example, &goals));
            let answers = decision.as_ref().map(|decision| answers(decision, &goals));
            let holds = match (&decision, &answers) {
                (Ok(decision), Ok(answers)) => compare::holds(graph, expectation, decision, answers),
                _ => false,
            };
            if !holds {
                // The first difference of an example is told; the next one shows when that is mended.
                problems.push(report::problem(graph, sources, example, expectation, decision.as_ref()));
                break;
            }
        }
    }
    let covered: FxHashSet<RuleId> = model.examples.iter().map(|example| example.rule).collect();
    // A rule that a member takes over unchanged is shown by its frame's examples.
    let is_covered = |rule: &RuleId| {
        let mut at = Some(*rule);
        while let Some(id) = at {
            if covered.contains(&id) {
                return true;
            }
            let delegated = model.rules.get(id.index()).and_then(|rule| rule.delegated.as_deref());
            at = delegated.filter(|delegated| delegated.amendment.is_none()).and_then(|of| of.from);
        }
        false
    };
    let all = (0u32..).map(RuleId).take(model.rules.len());
    Run {
        examples: short(model.examples.len()).saturating_add(model.worked_examples),
        passed: short(model.examples.len() - problems.len()).saturating_add(model.worked_examples),
        problems,
        rules: short(model.rules.len()),
        uncovered: all.filter(|rule| !is_covered(rule)).collect(),
    }
}

/// The targets that one expected result speaks of: the one it names, the account for a deposit, else all of the rule.
fn goals(graph: &ConversionGraph, example: &Example, expectation: &Expectation) -> Vec<Goal> {
    let rule = graph.model().rules.get(example.rule.index());
    match (expectation.target, &expectation.result, rule) {
        (Some(target), _, _) => {
            std::iter::once(target).chain(expectation.also.iter().copied()).map(Goal::Outcome).collect()
        }
        (None, ExpectedResult::Deposit(..), Some(rule)) => vec![Goal::Deposit(rule.scheme)],
        (None, _, Some(rule)) => goals_of(rule),
        (None, _, None) => Vec::new(),
    }
}

/// An example as a request.
fn request(graph: &ConversionGraph, example: &Example, goals: &[Goal]) -> Request {
    let facts = |facts: &[(crate::model::FactId, crate::space::Value)]| {
        Facts::new(facts.iter().map(|(fact, value)| (*fact, State::known(*value))))
    };
    let mut held = Vec::new();
    let mut judged = Vec::new();
    for of in &example.holds {
        for _ in 0..of.count {
            // What an example says of a judged fact, its judge has found.
            let id = HeldId(short(held.len()));
            let kind = graph.model().kinds.get(of.kind.index());
            let is_judged = |fact: FactId| {
                kind.is_some_and(|kind| kind.facts.iter().any(|of| of.fact == fact && of.judged.is_some()))
            };
            judged.extend(of.facts.iter().filter(|(fact, _)| is_judged(*fact)).map(|(fact, value)| {
                Judgement {
                    judge: None,
                    question: *fact,
                    of: vec![id],
                    target: None,
                    state: State::known(*value),
                    on: None,
                    document: None,
                }
            }));
            // Ids that sort as they are numbered.
            held.push(Achievement {
                id: format!("a{:06}", held.len() + 1).into(),
                outcome: of.outcome,
                kind: Some(of.kind),
                number: None,
                facts: facts(&of.facts),
                status: Status::Valid,
                origin: Origin::Original,
                evidence: Vec::new(),
            });
        }
    }
    let record = Record {
        learner: facts(&example.learner),
        plan: facts(&example.plan),
        dates: facts(&example.dates),
        held,
        judged,
        ..Record::default()
    };
    // `decided` is the day of asking, so an example that says it is asked on that day.
    let decided = example.dates.iter().find_map(|(fact, value)| {
        let of = graph.model().facts.get(fact.index())?;
        if of.built_in && &*of.name == "decided" { value.date() } else { None }
    });
    let as_of = decided
        .or(example.on)
        .or(graph.model().package.first_day)
        .or(Date::new(2000, 1, 1))
        .unwrap_or(Date::MIN);
    let asks = goals.iter().map(|goal| Ask { achievements: Vec::new(), target: Some(*goal) }).collect();
    Request { record, as_of, asks, choices: Vec::new(), programme: None }
}

/// For each target the claims of the first verdict that occurs there.
fn answers<'d>(decision: &'d Decision, goals: &[Goal]) -> Vec<(Verdict, Vec<&'d Claim>)> {
    let mut answers = Vec::with_capacity(goals.len());
    for goal in goals {
        let claims = || decision.claims.iter().filter(|claim| claim.target == Some(*goal));
        let verdict = claims().map(|claim| claim.verdict).min().unwrap_or(Verdict::NoRule);
        answers.push((verdict, claims().filter(|claim| claim.verdict == verdict).collect()));
    }
    answers
}

fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A decision, or that its numbers cannot be held.
type Decided<'d> = Result<&'d Decision, &'d NoAnswer>;
