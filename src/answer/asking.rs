//! One ask of a request: its achievements and target, and what everything about them is read from.

use crate::evaluate::{
    Achievement, Asked, Case, Goal, HeldId, Instance, NoAnswer, Open, Owner, Sink, id, instances, membership,
};
use crate::graph::{ConversionGraph, toward};
use crate::model::{BarId, Model, Rule, RuleId, SourceItem};
use crate::quantity::Overflow;
use crate::space::Truth;

use super::{Ask, Request};

/// What is asked, and under which package and record.
#[derive(Clone, Debug)]
pub(crate) struct Asking<'a> {
    pub(super) case: Case<'a>,
    pub(super) target: Option<Goal>,
    pub(super) named: bool,
}

impl<'a> Asking<'a> {
    pub(super) fn new(graph: &'a ConversionGraph, request: &'a Request, ask: &Ask) -> Asking<'a> {
        let mut case = Case::new(graph, &request.record, request.as_of, &ask.achievements);
        case.chosen = request.choices.iter().map(|choice| (choice.rule, choice.targets.clone())).collect();
        Asking { case, target: ask.target, named: !ask.achievements.is_empty() }
    }

    pub(super) fn model(&self) -> &'a Model {
        self.case.reader.graph.model()
    }

    pub(super) fn rule(&self, rule: RuleId) -> Option<&'a Rule> {
        self.model().rules.get(rule.index())
    }

    /// A rule as it stands to a goal.
    pub(super) fn rule_toward(&self, rule: RuleId, goal: Goal) -> Option<&'a Rule> {
        self.rule(rule).map(|rule| toward(rule, goal))
    }

    pub(super) fn held(&self, held: HeldId) -> Option<&'a Achievement> {
        self.case.reader.held(held)
    }

    /// Achievements in the order of their ids.
    pub(super) fn by_id(&self, held: &[HeldId]) -> Vec<HeldId> {
        let mut held = held.to_vec();
        held.sort_by(|a, b| id(&self.case.reader, *a).cmp(id(&self.case.reader, *b)));
        held
    }

    /// The ids of achievements, for sorting.
    pub(super) fn ids(&self, held: &[HeldId]) -> Vec<&'a str> {
        held.iter().map(|held| id(&self.case.reader, *held)).collect()
    }

    /// Where an owner of facts stands in a list: achievements by their ids, then the target, the learner, the plan, the request.
    pub(super) fn place_of(&self, of: Owner) -> (Owner, &'a str) {
        match of {
            Owner::Held(held) => (Owner::Held(HeldId(0)), id(&self.case.reader, held)),
            other => (other, ""),
        }
    }

    /// The goals asked about.
    pub(super) fn goals(&self) -> Vec<Goal> {
        match self.target {
            Some(target) => vec![target],
            None => self.case.reachable(),
        }
    }

    /// Whether the items of a selection mean an achievement or a target.
    pub(super) fn means(&self, items: &[SourceItem], of: Owner) -> Result<Truth, Overflow> {
        let nothing = &mut ();
        let mut quiet = Sink::new(nothing, Asked::Rule(RuleId(0)));
        Ok(membership(&self.case.reader, items, of, &mut quiet)?.truth)
    }

    /// The facts that decide whether a bar stands against an instance.
    pub(super) fn bar_questions(&self, bar: BarId, instance: &Instance) -> Vec<Open> {
        let nothing = &mut ();
        let mut sink = Sink::new(nothing, Asked::Bar(bar));
        let singles = &instance.key.singles;
        let against: Vec<Option<HeldId>> =
            if singles.is_empty() { vec![None] } else { singles.iter().map(|held| Some(*held)).collect() };
        for held in against {
            if self.case.bar(bar, instance.goal, held, &mut sink).is_err() {
                break;
            }
        }
        sink.open
    }

    /// The instances on a goal, without a derivation.
    pub(super) fn quiet(&self, goal: Goal) -> Result<Vec<Instance>, NoAnswer> {
        instances(&self.case, goal, &mut ())
    }
}
