//! Whether waiting is all that is lacking: asked of the same achievements on a later day, with nothing else changed, a rule holds.
//!
//! An answer changes only on a day that the rule, one that may set it aside, or the record names, on one a span of theirs away from
//! it, or beside these; each is tried.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evaluate::{Case, Goal, Instance, NoAnswer, Way, instances_of, turning_days};
use crate::model::{FactId, Given, RuleId};
use crate::quantity::Date;
use crate::space::Set;

use super::asking::Asking;
use super::tested::Tested;

/// So many days are tried, the first to come first; beyond, a day is not what is lacking.
const MOST_DAYS: usize = 200;

/// The rules that may speak on a target, so that those of one rule are found without looking at the others.
pub(super) struct Later<'a, 'b> {
    asking: &'b Asking<'a>,
    goal: Goal,
    ways: Vec<Way>,
    /// The dates of the request that move with the day asked.
    moving: Vec<FactId>,
    /// Whether what a rule says, or what may set it aside says, changes with the day asked.
    changes: FxHashMap<RuleId, bool>,
}

impl<'a, 'b> Later<'a, 'b> {
    pub(super) fn new(asking: &'b Asking<'a>, goal: Goal) -> Later<'a, 'b> {
        let mut ways = asking.case.ways(goal);
        ways.sort_unstable_by_key(|way| (way.rule, way.alternative));
        let reader = &asking.case.reader;
        let built_in = reader.graph.built_in();
        let stated = |fact: &FactId| reader.record.dates.get(*fact).is_some();
        let applied = built_in.applied.filter(|applied| !stated(applied));
        let moving = applied.into_iter().chain(built_in.decided).collect();
        Later { asking, goal, ways, moving, changes: FxHashMap::default() }
    }

    /// Whether there is a day to come on which an instance that fails would hold.
    pub(super) fn comes(&mut self, instance: &Instance) -> Result<bool, NoAnswer> {
        let asking = self.asking;
        if !instance.active.is_false() || !self.may_change(instance.rule) {
            return Ok(false);
        }
        let rules = self.with_overriders(instance.rule);
        let days = self.days_to_come(&rules, instance);
        if days.is_empty() {
            return Ok(false);
        }
        let ways = self.ways_of(&rules);
        let mut case: Case<'_> = asking.case.clone();
        case.held = asking.by_id(&instance.named());
        for day in days {
            case.reader.as_of = day;
            let holds = |then: &Instance| {
                (then.rule, then.alternative) == (instance.rule, instance.alternative)
                    && then.key.singles == instance.key.singles
                    && then.named() == instance.named()
                    && then.active.is_true()
                    && then.bars.is_empty()
            };
            if instances_of(&case, &ways, self.goal, &mut ())?.iter().any(holds) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether what a rule says, or what may set it aside says, changes with the day asked; each rule is read once.
    fn may_change(&mut self, rule: RuleId) -> bool {
        let mut stack = vec![rule];
        while let Some(rule) = stack.last().copied() {
            if self.changes.contains_key(&rule) {
                stack.pop();
                continue;
            }
            let over = self.asking.case.reader.graph.overriders(rule);
            let unread = over.iter().copied().filter(|over| !self.changes.contains_key(over));
            let before = stack.len();
            stack.extend(unread);
            if stack.len() == before {
                let follows = over.iter().any(|over| self.changes.get(over) == Some(&true));
                let changes = follows || self.read(&[rule]).changes;
                self.changes.insert(rule, changes);
                stack.pop();
            }
        }
        self.changes.get(&rule) == Some(&true)
    }

    fn read(&self, rules: &[RuleId]) -> Tested<'a> {
        let mut tested = Tested::new(self.moving.clone());
        for rule in rules.iter().filter_map(|rule| self.asking.rule_toward(*rule, self.goal)) {
            tested.rule(rule);
        }
        tested
    }

    /// A rule and all that may set it aside, at once or by what they free.
    fn with_overriders(&self, rule: RuleId) -> Vec<RuleId> {
        let mut rules = vec![rule];
        let mut seen = FxHashSet::from_iter([rule]);
        let mut at = 0;
        while let Some(rule) = rules.get(at) {
            let over = self.asking.case.reader.graph.overriders(*rule).iter().copied();
            rules.extend(over.filter(|over| seen.insert(*over)));
            at += 1;
        }
        rules
    }

    fn ways_of(&self, rules: &[RuleId]) -> Vec<Way> {
        let of_rule = |rule: RuleId| {
            let first = self.ways.partition_point(|way| way.rule < rule);
            self.ways.iter().skip(first).take_while(move |way| way.rule == rule).copied()
        };
        let mut ways: Vec<Way> = rules.iter().copied().flat_map(of_rule).collect();
        ways.sort_unstable();
        ways
    }

    /// Every day after the day asked on which one of the rules may answer otherwise; the first to come first.
    fn days_to_come(&self, rules: &[RuleId], instance: &Instance) -> Vec<Date> {
        let reader = &self.asking.case.reader;
        let mut tested = self.read(rules);
        let named = instance.named();
        let used = named.iter().filter_map(|held| reader.held(*held));
        let around = if tested.looks_around { reader.record.held.as_slice() } else { &[] };
        let held: Vec<_> = used.chain(around).collect();
        let of_request =
            reader.record.learner.iter().chain(reader.record.plan.iter()).chain(reader.record.dates.iter());
        for (_, state) in held.iter().flat_map(|held| held.facts.iter()).chain(of_request) {
            tested.ends(&state.to_set());
        }
        let catalogue = held.iter().filter_map(|held| held.outcome).chain(match instance.goal {
            Goal::Outcome(outcome) => Some(outcome),
            Goal::Deposit(_) | Goal::Block(_) => None,
        });
        for outcome in catalogue.filter_map(|outcome| self.asking.model().outcomes.get(outcome.index())) {
            for (_, given) in &outcome.given {
                if let Given::Value(value) = given {
                    tested.ends(&Set::one(*value));
                }
            }
        }
        tested.days.sort_unstable();
        tested.days.dedup();
        let mut days = tested.days.clone();
        for day in &tested.days {
            for span in &tested.spans {
                days.extend(span.after(*day).ok());
                days.extend(day.earliest_within(*span));
            }
        }
        // A spell that still runs is a day longer each day.
        days.extend(tested.lasting.iter().filter_map(|test| turning_days(reader, test).ok()).flatten());
        let beside = |day: &Date| [day.add_days(-1).ok(), Some(*day), day.add_days(1).ok()];
        let mut days: Vec<Date> = days.iter().flat_map(beside).flatten().collect();
        days.retain(|day| *day > reader.as_of);
        days.sort_unstable();
        days.dedup();
        days.truncate(MOST_DAYS);
        days
    }
}
