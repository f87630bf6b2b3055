//! What stands for or against an instance beside its own tests: the record, the target, bars, and rules that override it.

use crate::model::{BarId, Cond, Reason, Targets};
use crate::quantity::Overflow;
use crate::space::Truth;

use super::building::Building;
use super::condition::{About, Open, Sink, clash, truth};
use super::instance::{Candidate, Instance};
use super::lapse::lapsed;
use super::{Asked, Goal, HeldId, Owner, Slot, Step, Trace, What};

/// Whether a candidate counts, and what that rests on.
pub(super) struct Member {
    /// Whether it counts.
    pub(super) counts: Truth,
    /// Why not.
    pub(super) failed: Vec<Reason>,
    /// What could still decide it.
    pub(super) open: Vec<Open>,
    /// The bars that drop it.
    pub(super) bars: Vec<(BarId, Truth)>,
    /// Whether a test of it rests on something unpublished alone: then nothing that a learner states makes it count.
    pub(super) withheld: bool,
}

impl Building<'_, '_> {
    /// Whether the record lets an achievement be used.
    pub(super) fn admit<T: Trace>(
        &self,
        candidate: &Candidate,
        sink: &mut Sink<'_, T>,
    ) -> Result<Truth, Overflow> {
        let lapsed = lapsed(&self.case.reader, candidate.held, sink)?;
        let (bad, Some(reason)) = candidate.bad else { return Ok(lapsed.not()) };
        let achievement = candidate.held;
        sink.step(Slot::Record, || What::Inadmissible { achievement, reason }, bad.not(), &[]);
        match bad {
            Truth::True => sink.failed.push(reason),
            Truth::Unknown => {
                if let Some(fact) = self.case.reader.graph.built_in().expires {
                    let of = Owner::Held(achievement);
                    let seen = self.case.reader.state(of, fact, Some(crate::model::ValueType::Date));
                    let known = seen.state.into_owned();
                    let value_type = crate::model::ValueType::Date;
                    let (unpublished, judgement) = (false, false);
                    sink.ask(Open { of, fact, value_type, known, unpublished, judgement });
                }
            }
            Truth::False => {}
        }
        Ok(bad.or(lapsed).not())
    }

    /// Whether the target may be given: it is not a published exclusion, and the ledger does not cover it.
    pub(super) fn target_admits<T: Trace>(&self, sink: &mut Sink<'_, T>) -> Truth {
        let mut admits = Truth::True;
        if let (
            Targets::Each(targets) | Targets::All(targets) | Targets::Choose { of: targets, .. },
            Goal::Outcome(outcome),
        ) = (&self.rule.targets, self.goal)
        {
            let mut named = targets.iter().filter(|target| target.outcome == outcome);
            if let Some(target) = named.find(|target| target.excluded) {
                sink.failed.push(Reason::Excluded);
                sink.step(Slot::To, || What::Excluded { achievement: None }, Truth::False, &[target.span]);
                admits = Truth::False;
            }
        }
        if self.case.is_covered(self.goal) {
            sink.failed.push(Reason::AlreadyUsed);
            sink.step(Slot::Record, || What::Covered, Truth::False, &[]);
            admits = Truth::False;
        }
        admits
    }

    /// Adds the bars that stand, or may stand, against an achievement.
    pub(super) fn note_bars<T: Trace>(
        &self,
        held: Option<HeldId>,
        bars: &mut Vec<(BarId, Truth)>,
        sink: &mut Sink<'_, T>,
    ) -> Result<Truth, Overflow> {
        let mut stands = Truth::False;
        for bar in self.case.reader.graph.bars(self.rule.scheme) {
            let asked = std::mem::replace(&mut sink.asked, Asked::Bar(bar));
            let (open, failed) = (sink.open.len(), sink.failed.len());
            let against = self.case.bar(bar, self.goal, held, sink)?;
            sink.asked = asked;
            sink.failed.truncate(failed);
            if against.is_false() {
                sink.open.truncate(open);
                continue;
            }
            stands = stands.or(against);
            match bars.iter_mut().find(|(of, _)| *of == bar) {
                Some((_, before)) => *before = before.or(against),
                None => bars.push((bar, against)),
            }
        }
        Ok(stands)
    }

    /// Whether a candidate of a slot that takes several counts there, and if not, why.
    pub(super) fn member<T: Trace>(
        &self,
        slot: usize,
        candidate: &Candidate,
        tests: &[&Cond],
        done: &[Instance],
        sink: &mut Sink<'_, T>,
    ) -> Result<Member, Overflow> {
        let mut own = Sink::new(&mut *sink.trace, sink.asked);
        let mut counts = candidate.meant;
        if candidate.meant.is_unknown() {
            own.open.extend(candidate.open.iter().cloned());
        }
        if candidate.excluded {
            own.failed.push(Reason::Excluded);
        }
        counts = counts.and(self.admit(candidate, &mut own)?);
        let mut alone: Vec<Vec<HeldId>> = vec![Vec::new(); self.bundle.len()];
        alone[slot].push(candidate.held);
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        let about = About { sure: &alone, possible: &[], target, itself: None };
        let mut withheld = false;
        for test in tests {
            let before = own.open.len();
            let met = truth(&self.case.reader, about, test, &mut own)?;
            let asked = own.open.get(before..).unwrap_or_default();
            withheld |= met.is_unknown() && !asked.is_empty() && asked.iter().all(|open| open.unpublished);
            counts = counts.and(met);
        }
        if counts.is_unknown() && clash(&self.case.reader, about, tests)? {
            counts = Truth::False;
            own.failed.push(Reason::ConditionNotMet);
        }
        let mut bars = Vec::new();
        let barred = self.note_bars(Some(candidate.held), &mut bars, &mut own)?;
        if barred.is_true() {
            own.failed.push(Reason::Excluded);
        }
        bars.retain(|(_, stands)| stands.is_true());
        counts = counts.and(barred.not());
        for over in self.overriding(done).filter(|over| over.key.all().contains(&candidate.held)) {
            counts = counts.and(over.active.not());
            if over.active.is_true() {
                own.failed.push(Reason::Excluded);
            } else {
                own.open.extend(over.open.iter().cloned());
            }
        }
        let Sink { failed, open, .. } = own;
        Ok(Member { counts, failed, open, bars, withheld })
    }

    /// The instances that may set this rule aside for the goal.
    fn overriding<'i>(&'i self, done: &'i [Instance]) -> impl Iterator<Item = &'i Instance> {
        let above = self.case.reader.graph.overriders(self.way.rule);
        done.iter().filter(move |over| {
            over.verified && !over.active.is_false() && above.binary_search(&over.rule).is_ok()
        })
    }

    /// Sets the instance aside where a rule that overrides its own holds on intersecting evidence.
    pub(super) fn defeat<T: Trace>(&self, instance: &mut Instance, done: &[Instance], trace: &mut T) {
        if !instance.verified {
            return;
        }
        for over in self.overriding(done) {
            let theirs = over.key.all();
            let meet = instance.key.singles.iter().any(|held| theirs.contains(held))
                || (theirs.is_empty() && instance.key.singles.is_empty() && instance.key.sets.is_empty());
            if !meet || instance.active.is_false() {
                continue;
            }
            let (by, truth) = (over.rule, over.active);
            instance.active = instance.active.and(truth.not());
            instance.set_aside.push((by, truth));
            for open in &over.open {
                if instance.active.is_unknown() && !instance.open.contains(open) {
                    instance.open.push(open.clone());
                }
            }
            let rule = Asked::Rule(self.way.rule);
            trace.step(|| Step {
                rule,
                slot: Slot::Overrides,
                what: What::SetAside { by },
                truth: truth.not(),
                lines: vec![],
            });
        }
        if instance.active.is_false() {
            instance.open.clear();
            instance.asked_by_bars.clear();
        }
    }
}
