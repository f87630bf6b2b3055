//! One question under one record: which achievements may be used, which cannot and why, and which bars stand in the way.

use rustc_hash::FxHashSet;

use crate::graph::{ConversionGraph, Row};
use crate::model::{Bar, BarId, OutcomeId, Reason, Rule, RuleId, Use};
use crate::quantity::{Date, Overflow};
use crate::space::{Set, Truth, Value};

use super::condition::{About, Sink, truth};
use super::facts::Reader;
use super::membership::{id, membership};
use super::{EntryState, Goal, HeldId, Origin, Owner, Record, Status, Trace};

/// A record, a day, and the achievements that may serve as evidence.
#[derive(Clone, Debug)]
pub(crate) struct Case<'a> {
    pub(crate) reader: Reader<'a>,
    /// The achievements asked about, by id.
    pub(crate) held: Vec<HeldId>,
    /// What the learner chose where a rule leaves a choice.
    pub(crate) chosen: Vec<(RuleId, Vec<OutcomeId>)>,
}

/// A way into a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Way {
    /// Its place in the order in which overriding rules come first.
    rank: u32,
    pub(crate) rule: RuleId,
    pub(crate) alternative: u32,
}

impl<'a> Case<'a> {
    /// A case about these achievements; about all that are held where none is named.
    pub(crate) fn new(
        graph: &'a ConversionGraph,
        record: &'a Record,
        as_of: Date,
        asked: &[HeldId],
    ) -> Case<'a> {
        let reader = Reader { graph, record, as_of, toward: None };
        let mut held: Vec<HeldId> = match asked {
            [] => (0u32..).zip(&record.held).map(|(place, _)| HeldId(place)).collect(),
            asked => asked.to_vec(),
        };
        held.sort_by(|a, b| id(&reader, *a).cmp(id(&reader, *b)).then(a.cmp(b)));
        held.dedup();
        Case { reader, held, chosen: Vec::new() }
    }

    /// The ways from one achievement into rules.
    fn rows(&self, held: HeldId) -> impl Iterator<Item = &'a [Row]> + '_ {
        let graph = self.reader.graph;
        self.classes(held).map(move |class| graph.rows(class))
    }

    fn classes(&self, held: HeldId) -> impl Iterator<Item = crate::model::ClassId> + use<'a> {
        let graph = self.reader.graph;
        let (by_outcome, by_kind) = match self.reader.held(held) {
            Some(held) => {
                let of_outcome = held.outcome.and_then(|outcome| graph.model().outcomes.get(outcome.index()));
                graph.classes(held.outcome, held.kind.or(of_outcome.map(|of| of.kind)))
            }
            None => (&[][..], &[][..]),
        };
        by_outcome.iter().chain(by_kind).copied()
    }

    /// Every goal that a rule names for some achievement of the case, or for which the learner has a right without any; sorted.
    pub(crate) fn reachable(&self) -> Vec<Goal> {
        let mut numbers: Vec<u32> =
            self.held.iter().flat_map(|held| self.rows(*held)).flatten().map(|row| row.goal).collect();
        numbers.extend(self.reader.graph.goals_of_rights());
        numbers.sort_unstable();
        numbers.dedup();
        let behind = |number: &u32| self.reader.graph.goals_behind(number).to_vec();
        let mut goals: Vec<u32> = numbers.iter().flat_map(behind).collect();
        goals.sort_unstable();
        goals.dedup();
        goals.into_iter().map(|goal| self.reader.graph.goal(goal)).collect()
    }

    /// The rules, and which alternative of each, that name an achievement's class, for a goal or for any; by rule.
    pub(crate) fn named_by(&self, held: HeldId, goal: Option<Goal>) -> Vec<(RuleId, u32)> {
        let goal = goal.map(|goal| self.reader.graph.goal_number(goal));
        let leads = |row: &&Row, goal: u32| {
            row.goal == goal || self.reader.graph.families_of(goal).contains(&row.goal)
        };
        let rows = self.rows(held).flatten().filter(|row| goal.is_none_or(|goal| leads(row, goal)));
        let mut named: Vec<(RuleId, u32)> = rows.map(|row| (row.rule, row.alternative)).collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// The ways into rules for a goal, overriding rules first.
    pub(crate) fn ways(&self, goal: Goal) -> Vec<Way> {
        let graph = self.reader.graph;
        let number = graph.goal_number(goal);
        let mut found: FxHashSet<(RuleId, u32)> = FxHashSet::default();
        for held in &self.held {
            for class in self.classes(*held) {
                for number in graph.numbers_of(number) {
                    found.extend(graph.rows_for(class, number).iter().map(|row| (row.rule, row.alternative)));
                }
            }
        }
        for number in graph.numbers_of(number) {
            found.extend(graph.rights_for(number).iter().copied());
        }
        let mut ways: Vec<Way> = found
            .into_iter()
            .map(|(rule, alternative)| Way { rank: graph.rank(rule), rule, alternative })
            .collect();
        ways.sort_unstable();
        ways
    }

    /// Why an achievement cannot be used by this rule, if it cannot; `Unknown` where its expiry is not known.
    pub(crate) fn inadmissible(&self, held: HeldId, rule: &Rule) -> (Truth, Option<Reason>) {
        let Some(achievement) = self.reader.held(held) else {
            return (Truth::True, Some(Reason::ConditionNotMet));
        };
        if self.is_spent(&achievement.id, rule) || achievement.origin == (Origin::Granted { onward: 0 }) {
            return (Truth::True, Some(Reason::AlreadyUsed));
        }
        if let Some(fact) = self.reader.graph.built_in().expires {
            let owner = Owner::Held(held);
            let declared = self.reader.declared(owner, fact).is_some();
            if declared || achievement.facts.get(fact).is_some() || achievement.outcome.is_some() {
                let seen = self.reader.state(owner, fact, Some(crate::model::ValueType::Date));
                let allowed = Set::at_least(Value::Date(self.reader.as_of)).union(&Set::none());
                // A certificate of which nobody says that it expires does not.
                let said = declared || seen.state.value().is_some() || achievement.facts.get(fact).is_some();
                match seen.state.test(&allowed) {
                    Truth::False => return (Truth::True, Some(Reason::Expired)),
                    Truth::Unknown if said => return (Truth::Unknown, Some(Reason::Expired)),
                    _ => {}
                }
            }
        }
        match achievement.status {
            Status::Valid => (Truth::False, None),
            Status::Withdrawn => (Truth::True, Some(Reason::ConditionNotMet)),
        }
    }

    /// Whether the ledger used an achievement where each counts once: by a rule of the scheme that counts it once too, or anywhere.
    fn is_spent(&self, achievement: &str, rule: &Rule) -> bool {
        let everywhere = match rule.achievements {
            Use::Once => false,
            Use::OnceEverywhere => true,
            Use::Unsaid | Use::Freely => return false,
        };
        let model = self.reader.graph.model();
        let scope = |of: &Rule| model.schemes.get(of.scheme.index()).map(|scheme| scheme.scope);
        let in_scope = |by: &Rule| {
            scope(by) == scope(rule) && matches!(by.achievements, Use::Once | Use::OnceEverywhere)
        };
        self.reader.record.granted.iter().any(|entry| {
            let by = entry.rule.and_then(|rule| model.rules.get(rule.index()));
            entry.state == EntryState::Standing
                && (everywhere || by.is_some_and(in_scope))
                && entry.achievements.iter().any(|used| **used == *achievement)
        })
    }

    /// Whether the ledger covers a target already: a course is covered once, an account never.
    pub(crate) fn is_covered(&self, goal: Goal) -> bool {
        let Goal::Outcome(wanted) = goal else { return false };
        let graph = self.reader.graph;
        self.reader.record.granted.iter().any(|entry| {
            let covers = |target| matches!(target, Some(Goal::Outcome(covered)) if graph.same_as(covered) == graph.same_as(wanted));
            entry.state == EntryState::Standing && covers(entry.target)
        })
    }

    /// Whether a bar stands against a goal and an achievement (or against a right that needs none).
    pub(crate) fn bar<T: Trace>(
        &self,
        bar: BarId,
        goal: Goal,
        held: Option<HeldId>,
        sink: &mut Sink<'_, T>,
    ) -> Result<Truth, Overflow> {
        let Some(of) = self.reader.graph.model().bars.get(bar.index()) else { return Ok(Truth::False) };
        let target = if let Goal::Outcome(outcome) = goal { Some(outcome) } else { None };
        let reader = self.reader.toward(target);
        let against = bar_names(&reader, of, goal, held, sink)?;
        if against.is_false() {
            return Ok(Truth::False);
        }
        let about = About { target, itself: held.map(Owner::Held), ..About::default() };
        Ok(against.and(truth(&reader, about, &of.guard, sink)?))
    }
}

/// Whether a bar names a goal and an achievement, its tests aside.
fn bar_names<T: Trace>(
    reader: &Reader<'_>,
    bar: &Bar,
    goal: Goal,
    held: Option<HeldId>,
    sink: &mut Sink<'_, T>,
) -> Result<Truth, Overflow> {
    let to = match (bar.to.as_slice(), goal) {
        ([], _) => Truth::True,
        (items, Goal::Outcome(outcome)) => membership(reader, items, Owner::Target(outcome), sink)?.truth,
        (_, Goal::Deposit(_) | Goal::Block(_)) => Truth::False,
    };
    if to.is_false() {
        return Ok(to);
    }
    let from = match (bar.from.as_slice(), held) {
        ([], _) => Truth::True,
        (items, Some(held)) => membership(reader, items, Owner::Held(held), sink)?.truth,
        (_, None) => Truth::False,
    };
    Ok(to.and(from))
}
