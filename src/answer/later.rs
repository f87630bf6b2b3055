//! Whether waiting is all that is lacking: asked of the same achievements on a later day, with nothing else changed, a rule no
//! longer fails.
//!
//! An answer changes only on a day that the rule or the record names, on one a span of the rule away from it, or beside these; each
//! is tried.

use rustc_hash::FxHashSet;

use crate::evaluate::{Case, Goal, Instance, NoAnswer, Way, instances_of, turning_days};
use crate::model::{AtomTest, Cond, Given, Lasting, Rule, RuleId};
use crate::quantity::{Date, Length};
use crate::space::{End, Set, Value};

use super::asking::Asking;

/// So many days are tried, the first to come first; beyond, a day is not what is lacking.
const MOST_DAYS: usize = 200;

/// The rules that may speak on a target, so that those of one rule are found without looking at the others.
pub(super) struct Later<'a, 'b> {
    asking: &'b Asking<'a>,
    goal: Goal,
    ways: Vec<Way>,
}

impl<'a, 'b> Later<'a, 'b> {
    pub(super) fn new(asking: &'b Asking<'a>, goal: Goal) -> Later<'a, 'b> {
        let mut ways = asking.case.ways(goal);
        ways.sort_unstable_by_key(|way| (way.rule, way.alternative));
        Later { asking, goal, ways }
    }

    /// Whether there is a day to come on which an instance that fails would not.
    pub(super) fn comes(&self, instance: &Instance) -> Result<bool, NoAnswer> {
        let asking = self.asking;
        let Some(rule) =
            asking.rule_toward(instance.rule, instance.goal).filter(|_| instance.active.is_false())
        else {
            return Ok(false);
        };
        let days = days_to_come(asking, rule, instance);
        if days.is_empty() {
            return Ok(false);
        }
        let ways = self.ways_over(instance.rule);
        let mut case: Case<'_> = asking.case.clone();
        case.held = asking.by_id(&instance.named());
        for day in days {
            case.reader.as_of = day;
            let holds = |then: &Instance| {
                (then.rule, then.alternative) == (instance.rule, instance.alternative)
                    && then.key.singles == instance.key.singles
                    && then.named() == instance.named()
                    && !then.active.is_false()
                    && !then.bars.iter().any(|(_, stands)| stands.is_true())
            };
            if instances_of(&case, &ways, self.goal, &mut ())?.iter().any(holds) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The ways of a rule and of all that may set it aside, those first that override.
    fn ways_over(&self, rule: RuleId) -> Vec<Way> {
        let mut rules = vec![rule];
        let mut seen = FxHashSet::from_iter([rule]);
        let mut ways = Vec::new();
        while let Some(rule) = rules.pop() {
            let first = self.ways.partition_point(|way| way.rule < rule);
            ways.extend(self.ways.iter().skip(first).take_while(|way| way.rule == rule).copied());
            rules.extend(
                self.asking.case.reader.graph.overriders(rule).iter().filter(|over| seen.insert(**over)),
            );
        }
        ways.sort_unstable();
        ways
    }
}

/// Every day after the day asked at which the rule may answer otherwise; none where it tests no day.
fn days_to_come(asking: &Asking<'_>, rule: &Rule, instance: &Instance) -> Vec<Date> {
    let mut tested = Tested::default();
    tested.read(&rule.guard);
    let lasting = std::mem::take(&mut tested.lasting);
    if !tested.any {
        return Vec::new();
    }
    let reader = &asking.case.reader;
    let held = instance.named();
    let facts = held.iter().filter_map(|held| reader.held(*held)).flat_map(|held| held.facts.iter());
    let of_request =
        reader.record.learner.iter().chain(reader.record.plan.iter()).chain(reader.record.dates.iter());
    for (_, state) in facts.chain(of_request) {
        tested.ends(&state.to_set());
    }
    let catalogue = held.iter().filter_map(|held| reader.held(*held)?.outcome).chain(match instance.goal {
        Goal::Outcome(outcome) => Some(outcome),
        Goal::Deposit(_) => None,
    });
    for outcome in catalogue.filter_map(|outcome| asking.model().outcomes.get(outcome.index())) {
        for (_, given) in &outcome.given {
            if let Given::Value(value) = given {
                tested.ends(&Set::one(*value));
            }
        }
    }
    let mut days = tested.days.clone();
    for day in &tested.days {
        for span in &tested.spans {
            days.extend(span.after(*day).ok());
            days.extend(day.earliest_within(*span));
        }
    }
    // A spell that still runs is a day longer each day.
    days.extend(lasting.iter().filter_map(|test| turning_days(reader, test).ok()).flatten());
    let beside = |day: &Date| [day.add_days(-1).ok(), Some(*day), day.add_days(1).ok()];
    let mut days: Vec<Date> = days.iter().flat_map(beside).flatten().collect();
    days.retain(|day| *day > reader.as_of);
    days.sort_unstable();
    days.dedup();
    days.truncate(MOST_DAYS);
    days
}

/// What a condition says of days.
#[derive(Default)]
struct Tested<'c> {
    any: bool,
    days: Vec<Date>,
    spans: Vec<Length>,
    lasting: Vec<&'c Lasting>,
}

impl<'c> Tested<'c> {
    fn read(&mut self, cond: &'c Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.read(part)),
            Cond::Atom(atom) => match &atom.test {
                AtomTest::In { set, .. } => self.any |= self.ends(set),
                AtomTest::Dates { .. } => self.any = true,
                AtomTest::Within { length, .. } => {
                    self.any = true;
                    self.spans.push(*length);
                }
                AtomTest::Lasting(test) => {
                    self.any = true;
                    self.lasting.push(test);
                }
                AtomTest::Covers(covers) => covers.only.iter().for_each(|only| self.read(only)),
                AtomTest::Target { .. }
                | AtomTest::Differ { .. }
                | AtomTest::Level(_)
                | AtomTest::Holds(_) => {}
            },
        }
    }

    /// Takes in the first and the last day of each stretch of a set; whether there was one.
    fn ends(&mut self, set: &Set) -> bool {
        let before = self.days.len();
        for interval in set.intervals() {
            for end in [interval.least, interval.greatest] {
                if let End::Closed(Value::Date(day)) | End::Open(Value::Date(day)) = end {
                    self.days.push(day);
                }
            }
        }
        self.days.len() > before
    }
}
