//! The instances of rules: a rule with the achievements that fill its slots and one goal, and whether it holds.
//!
//! Single slots are filled one by one; a slot that takes several keeps its whole set of candidates, and no subset of it is ever
//! listed. A rule of which only some slots can be filled has one instance, which does not hold and says what is missing.

use crate::graph::toward;
use crate::model::{BarId, Gives, MarkKind, Piece, Reason, Rule, RuleId, Take};
use crate::quantity::Ratio;
use crate::space::Truth;

use super::binding::{Bound, meant};
use super::building::Building;
use super::case::{Case, Way};
use super::condition::{Open, Sink, is_about_one_slot};
use super::membership::fill;
use super::no_answer::{MOST_WAYS, NoAnswer};
use super::value::Value;
use super::{Asked, Evidence, Goal, HeldId, Trace};

/// A rule with evidence and a goal.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) rule: RuleId,
    pub(crate) alternative: u32,
    pub(crate) goal: Goal,
    pub(crate) key: Key,
    pub(crate) evidence: Evidence,
    /// The achievements that are used: all of single slots, the chosen ones of the others.
    pub(crate) used: Vec<HeldId>,
    /// Achievements that a slot names and that do not count there.
    pub(crate) passed_over: Vec<HeldId>,
    /// Whether only some of its slots can be filled.
    pub(crate) partial: bool,
    /// Whether its rule is verified and every number it reads is published.
    pub(crate) verified: bool,
    /// Why it is not, where a number is not published.
    pub(crate) unpublished: bool,
    /// Whether it holds and is not set aside.
    pub(crate) active: Truth,
    /// The bars that stand against it.
    pub(crate) bars: Vec<(BarId, Truth)>,
    /// Rules that set it aside.
    pub(crate) set_aside: Vec<(RuleId, Truth)>,
    /// Why it does not hold.
    pub(crate) failed: Vec<Reason>,
    /// What could still decide it.
    pub(crate) open: Vec<Open>,
    /// What could still decide whether a bar stands against it.
    pub(crate) asked_by_bars: Vec<Open>,
    /// What it gives.
    pub(crate) value: Value,
    /// Its steps in the derivation.
    pub(crate) steps: (u32, u32),
}

/// What makes evidence the same: the same achievements in single slots, and the same sets of candidates with the same number of
/// achievements or of credits.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) singles: Vec<HeldId>,
    pub(crate) sets: Vec<(Number, Vec<HeldId>)>,
}

/// How many of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Number {
    All,
    Achievements(u32),
    Credits(Ratio),
}

impl Number {
    pub(super) const fn of(take: Take) -> Number {
        match take {
            Take::One => Number::Achievements(1),
            Take::Exactly(number) | Take::UpTo(number) => Number::Achievements(number),
            Take::Together => Number::All,
            Take::Credits(least) => Number::Credits(least),
        }
    }
}

impl Key {
    /// All achievements of the evidence, sorted.
    pub(crate) fn all(&self) -> Vec<HeldId> {
        let mut all: Vec<HeldId> = self.singles.clone();
        all.extend(self.sets.iter().flat_map(|(_, set)| set));
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Instance {
    /// The reason for which it does not hold, the first in the order of reasons.
    pub(crate) fn reason(&self) -> Option<Reason> {
        self.failed.iter().copied().min()
    }

    /// The achievements that its slots name, those that do not count there among them.
    pub(crate) fn named(&self) -> Vec<HeldId> {
        let mut named = self.key.all();
        named.extend(&self.passed_over);
        named.sort_unstable();
        named.dedup();
        named
    }
}

/// Instances by their evidence, in its order.
pub(crate) fn by_evidence(all: &[Instance]) -> Vec<Vec<&Instance>> {
    let mut sorted: Vec<&Instance> = all.iter().collect();
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    sorted.chunk_by(|a, b| a.key == b.key).map(<[&Instance]>::to_vec).collect()
}

/// An achievement that a slot may take.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) held: HeldId,
    pub(super) meant: Truth,
    pub(super) excluded: bool,
    pub(super) bad: (Truth, Option<Reason>),
    pub(super) open: Vec<Open>,
}

/// All instances for a goal, those that override before those that are overridden.
pub(crate) fn instances<T: Trace>(
    case: &Case<'_>,
    goal: Goal,
    trace: &mut T,
) -> Result<Vec<Instance>, NoAnswer> {
    instances_of(case, &case.ways(goal), goal, trace)
}

/// The instances of these ways alone, which are in the order of their ranks.
pub(crate) fn instances_of<T: Trace>(
    case: &Case<'_>,
    ways: &[Way],
    goal: Goal,
    trace: &mut T,
) -> Result<Vec<Instance>, NoAnswer> {
    let mut done: Vec<Instance> = Vec::new();
    for way in ways {
        of_way(case, *way, goal, &mut done, trace)?;
    }
    Ok(done)
}

fn of_way<T: Trace>(
    case: &Case<'_>,
    way: Way,
    goal: Goal,
    done: &mut Vec<Instance>,
    trace: &mut T,
) -> Result<(), NoAnswer> {
    let Some(rule) = case.reader.graph.model().rules.get(way.rule.index()) else { return Ok(()) };
    let rule = toward(rule, goal);
    let Some(bundle) = rule.sources.get(way.alternative as usize) else { return Ok(()) };
    if !is_chosen(case, way.rule, goal) {
        return Ok(());
    }
    let outcome = if let Goal::Outcome(outcome) = goal { Some(outcome) } else { None };
    let reader = case.reader.toward(outcome);
    let mut slots: Vec<Vec<Candidate>> = Vec::with_capacity(bundle.len());
    for slot in bundle {
        let mut candidates = Vec::new();
        for &held in &case.held {
            // What is learnt does not convert to itself, whatever family names it on both sides.
            if outcome.is_some() && case.reader.held(held).is_some_and(|of| of.outcome == outcome) {
                continue;
            }
            let nothing = &mut ();
            let mut sink = Sink::new(nothing, Asked::Rule(way.rule));
            let of = meant(&reader, slot, held, &mut sink)?;
            if !of.truth.is_false() || of.excluded {
                let bad = case.inadmissible(held, rule);
                candidates.push(Candidate {
                    held,
                    meant: of.truth,
                    excluded: of.excluded,
                    bad,
                    open: sink.open,
                });
            }
        }
        slots.push(candidates);
    }
    if !bundle.is_empty() && slots.iter().all(Vec::is_empty) {
        return Ok(());
    }
    let building = Building { case, rule, way, bundle, slots: &slots, goal };
    let all: Vec<Vec<HeldId>> = slots.iter().map(|slot| slot.iter().map(|of| of.held).collect()).collect();
    if !fill(&case.reader, bundle, &all, false)? {
        let partial = building.partial(trace)?;
        done.push(partial);
        return Ok(());
    }
    // Of neighbouring slots that mean the same, the achievements are taken in one order only: the others say nothing else.
    let singles: Vec<usize> = (0..bundle.len()).filter(|slot| bundle[*slot].take == Take::One).collect();
    let is_alike = |at: usize| at > 0 && are_alike(&slots[singles[at - 1]], &slots[singles[at]]);
    let plain = !is_about_slots(rule);
    let alike = (0..singles.len()).map(|at| plain && is_alike(at)).collect();
    let bound = Bound::new(reader, bundle, &slots, &singles);
    let ways = Ways { slots: &slots, singles: &singles, alike, bound };
    let mut counted = 0;
    ways.each(|_| {
        counted += 1;
        if counted > MOST_WAYS { Err(NoAnswer::TooManyWays(way.rule)) } else { Ok(()) }
    })?;
    if counted == 0 {
        let partial = building.partial(trace)?;
        done.push(partial);
        return Ok(());
    }
    ways.each(|assignment| {
        if let Some(instance) = building.full(&singles, assignment, done, trace)? {
            done.push(instance);
        }
        Ok(())
    })
}

/// The ways of filling the single slots.
struct Ways<'s, 'a> {
    slots: &'s [Vec<Candidate>],
    /// The slots that take one.
    singles: &'s [usize],
    /// Which of them take their achievements in the order in which the slot before took its own.
    alike: Vec<bool>,
    /// What binds their achievements to each other.
    bound: Option<Bound<'s, 'a>>,
}

impl Ways<'_, '_> {
    /// Each way, in the order of ids: for each slot the place of its candidate, every achievement in one slot only.
    fn each(&self, mut take: impl FnMut(&[usize]) -> Result<(), NoAnswer>) -> Result<(), NoAnswer> {
        let held = |nth: usize, place: usize| self.slots[self.singles[nth]][place].held;
        let mut assignment: Vec<usize> = Vec::new();
        let mut next = 0;
        loop {
            let nth = assignment.len();
            if nth == self.singles.len() {
                take(&assignment)?;
            } else {
                let first = match assignment.last() {
                    Some(before) if self.alike[nth] => next.max(before + 1),
                    _ => next,
                };
                let is_free =
                    |place: &usize| (0..nth).all(|other| held(other, assignment[other]) != held(nth, *place));
                let place = match &self.bound {
                    Some(bound) => bound.next(&assignment, first, is_free),
                    None => (first..self.slots[self.singles[nth]].len()).find(is_free),
                };
                if let Some(place) = place {
                    assignment.push(place);
                    next = 0;
                    continue;
                }
            }
            match assignment.pop() {
                Some(place) => next = place + 1,
                None => return Ok(()),
            }
        }
    }
}

/// Whether two slots have the same candidates on the same terms.
fn are_alike(one: &[Candidate], other: &[Candidate]) -> bool {
    let terms = |of: &Candidate| (of.held, of.meant, of.excluded);
    one.iter().map(terms).eq(other.iter().map(terms))
}

/// Whether what a rule tests, gives or shows depends on which slot an achievement fills.
fn is_about_slots(rule: &Rule) -> bool {
    let amount = match &rule.gives {
        Gives::Credit(amount) => !matches!(amount.piece, Piece::Constant(_) | Piece::TargetCredits),
        Gives::Effect(_) | Gives::Answer(_) => false,
    };
    let mark = rule
        .mark
        .as_ref()
        .is_some_and(|mark| matches!(mark.kind, MarkKind::Carried(..) | MarkKind::Table(..)));
    amount || mark || is_about_one_slot(&rule.guard)
}

/// Whether the learner's choice among a rule's targets, where one was made, is this one.
fn is_chosen(case: &Case<'_>, rule: RuleId, goal: Goal) -> bool {
    case.chosen.iter().filter(|(of, _)| *of == rule).all(|(_, chosen)| match goal {
        Goal::Outcome(outcome) => chosen.contains(&outcome),
        Goal::Deposit(_) | Goal::Block(_) => true,
    })
}
