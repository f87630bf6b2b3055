//! The instances of rules: a rule with the achievements that fill its slots and one goal, and whether it holds.
//!
//! Single slots are filled one by one; a slot that takes several keeps its whole set of candidates, and no subset of it is ever
//! listed. A rule of which only some slots can be filled has one instance, which does not hold and says what is missing.

use crate::model::{BarId, Reason, Rule, RuleId, SourceSlot, Status as RuleStatus, Take, Targets};
use crate::quantity::Overflow;
use crate::space::Truth;

use super::case::{Case, Way};
use super::choose::choose;
use super::condition::{About, Open, Sink, conjuncts, is_about_members, is_about_totals, truth};
use super::membership::{fill, membership};
use super::value::{Value, value};
use super::{Asked, Evidence, Goal, HeldId, Owner, Slot, Step, Trace, Used, What};

/// So many ways of filling single slots are tried for one rule and goal; beyond, the question is too large to answer exactly.
const MOST_ASSIGNMENTS: usize = 100_000;

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
    /// What it gives.
    pub(crate) value: Value,
    /// Its steps in the derivation.
    pub(crate) steps: (u32, u32),
}

/// What makes evidence the same: the same achievements in single slots, and the same sets of candidates with the same number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) singles: Vec<HeldId>,
    pub(crate) sets: Vec<(u32, Vec<HeldId>)>,
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
    /// The reason for which it does not hold, the first in the order of reasons; "not yet" only where nothing else is missing.
    pub(crate) fn reason(&self) -> Option<Reason> {
        let only_later = self.failed.iter().all(|reason| *reason == Reason::NotYet);
        let reasons = self.failed.iter().map(|reason| match reason {
            Reason::NotYet if !only_later => Reason::ConditionNotMet,
            other => *other,
        });
        reasons.min()
    }
}

/// An achievement that a slot may take.
#[derive(Clone, Debug)]
struct Candidate {
    held: HeldId,
    meant: Truth,
    excluded: bool,
    bad: (Truth, Option<Reason>),
    open: Vec<Open>,
}

/// All instances for a goal, those that override before those that are overridden.
pub(crate) fn instances<T: Trace>(
    case: &Case<'_>,
    goal: Goal,
    trace: &mut T,
) -> Result<Vec<Instance>, Overflow> {
    let mut done: Vec<Instance> = Vec::new();
    for way in case.ways(goal) {
        of_way(case, way, goal, &mut done, trace)?;
    }
    Ok(done)
}

fn of_way<T: Trace>(
    case: &Case<'_>,
    way: Way,
    goal: Goal,
    done: &mut Vec<Instance>,
    trace: &mut T,
) -> Result<(), Overflow> {
    let Some(rule) = case.reader.graph.model().rules.get(way.rule.index()) else { return Ok(()) };
    let Some(bundle) = rule.sources.get(way.alternative as usize) else { return Ok(()) };
    if !is_chosen(case, way.rule, goal) {
        return Ok(());
    }
    let mut slots: Vec<Vec<Candidate>> = Vec::with_capacity(bundle.len());
    for slot in bundle {
        let mut candidates = Vec::new();
        for &held in &case.held {
            let nothing = &mut ();
            let mut sink = Sink::new(nothing, Asked::Rule(way.rule));
            let of = membership(&case.reader, &slot.items, Owner::Held(held), &mut sink)?;
            if !of.truth.is_false() || of.excluded {
                let bad = case.inadmissible(held, rule.scheme);
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
        let partial = building.partial(trace);
        done.push(partial);
        return Ok(());
    }
    let mut assignment: Vec<usize> = Vec::new();
    let mut tried = 0;
    // Odometer over the candidates of the single slots, in the order of ids; distinct achievements only.
    let singles: Vec<usize> = (0..bundle.len()).filter(|slot| bundle[*slot].take == Take::One).collect();
    let mut next = 0;
    loop {
        if assignment.len() == singles.len() {
            if let Some(instance) = building.full(&singles, &assignment, done, trace)? {
                done.push(instance);
            }
        } else {
            let slot = singles[assignment.len()];
            let taken = |held: HeldId| {
                assignment.iter().zip(&singles).any(|(place, slot)| slots[*slot][*place].held == held)
            };
            let found = (next..slots[slot].len()).find(|place| !taken(slots[slot][*place].held));
            if let Some(place) = found {
                tried += 1;
                if tried > MOST_ASSIGNMENTS {
                    return Err(Overflow);
                }
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

/// Whether the learner's choice among a rule's targets, where one was made, is this one.
fn is_chosen(case: &Case<'_>, rule: RuleId, goal: Goal) -> bool {
    case.chosen.iter().filter(|(of, _)| *of == rule).all(|(_, chosen)| match goal {
        Goal::Outcome(outcome) => chosen.contains(&outcome),
        Goal::Deposit(_) => true,
    })
}

/// What an instance is built from.
struct Building<'c, 'a> {
    case: &'c Case<'a>,
    rule: &'a Rule,
    way: Way,
    bundle: &'a [SourceSlot],
    slots: &'c [Vec<Candidate>],
    goal: Goal,
}

impl Building<'_, '_> {
    fn is_verified(&self) -> bool {
        let scheme = self.case.reader.graph.model().schemes.get(self.rule.scheme.index());
        self.rule.status == RuleStatus::Verified
            && scheme.is_none_or(|scheme| scheme.status == RuleStatus::Verified)
    }

    /// The one instance of a rule of which only some slots can be filled.
    fn partial<T: Trace>(&self, trace: &mut T) -> Instance {
        let from = trace.kept();
        let slots: Vec<Used> = self
            .slots
            .iter()
            .map(|slot| {
                let of = |wanted: Truth| {
                    slot.iter().filter(move |of| of.meant == wanted).map(|of| of.held).collect()
                };
                Used { sure: of(Truth::True), possible: of(Truth::Unknown) }
            })
            .collect();
        self.note_filled(&slots, trace);
        let mut singles: Vec<HeldId> = self.slots.iter().flatten().map(|of| of.held).collect();
        singles.sort_unstable();
        singles.dedup();
        Instance {
            rule: self.way.rule,
            alternative: self.way.alternative,
            goal: self.goal,
            used: singles.clone(),
            key: Key { singles, sets: Vec::new() },
            evidence: Evidence { slots },
            partial: true,
            verified: self.is_verified(),
            unpublished: false,
            active: Truth::False,
            bars: Vec::new(),
            set_aside: Vec::new(),
            failed: vec![Reason::ConditionNotMet],
            open: Vec::new(),
            value: Value::NotHere,
            steps: (from, trace.kept()),
        }
    }

    fn note_filled<T: Trace>(&self, slots: &[Used], trace: &mut T) {
        for (place, (slot, by)) in (0u32..).zip(self.bundle.iter().zip(slots)) {
            let needed = super::membership::least(slot.take) as usize;
            let truth = match (by.sure.len() >= needed, by.sure.len() + by.possible.len() >= needed) {
                (true, _) => Truth::True,
                (false, true) => Truth::Unknown,
                (false, false) => Truth::False,
            };
            trace.step(|| Step {
                rule: Asked::Rule(self.way.rule),
                slot: Slot::From,
                what: What::Filled { slot: place, by: by.clone() },
                truth,
                lines: vec![slot.span],
            });
        }
    }

    /// The instance with this choice for the single slots; nothing where the others then lack candidates.
    fn full<T: Trace>(
        &self,
        singles: &[usize],
        assignment: &[usize],
        done: &[Instance],
        trace: &mut T,
    ) -> Result<Option<Instance>, Overflow> {
        let reader = &self.case.reader;
        let taken: Vec<&Candidate> =
            singles.iter().zip(assignment).map(|(slot, place)| &self.slots[*slot][*place]).collect();
        let mut sure: Vec<Vec<HeldId>> = vec![Vec::new(); self.bundle.len()];
        let mut possible: Vec<Vec<HeldId>> = vec![Vec::new(); self.bundle.len()];
        for (slot, candidate) in singles.iter().zip(&taken) {
            sure[*slot].push(candidate.held);
        }
        let pooled: Vec<usize> = (0..self.bundle.len()).filter(|slot| !singles.contains(slot)).collect();
        let rest = |slot: usize| {
            self.slots[slot]
                .iter()
                .filter(|of| !taken.iter().any(|taken| taken.held == of.held))
                .collect::<Vec<_>>()
        };
        if !pooled.is_empty() {
            let mut all = sure.clone();
            for &slot in &pooled {
                all[slot] = rest(slot).iter().map(|of| of.held).collect();
            }
            if !fill(reader, self.bundle, &all, false)? {
                return Ok(None);
            }
        }

        let from = trace.kept();
        let mut sink = Sink::new(&mut *trace, Asked::Rule(self.way.rule));
        let mut holds = Truth::True;
        let mut bars: Vec<(BarId, Truth)> = Vec::new();
        let is_pooled = |slot: u32| pooled.contains(&(slot as usize));
        let (of_members, of_claim): (Vec<_>, Vec<_>) = match pooled.as_slice() {
            [] => (Vec::new(), conjuncts(&self.rule.guard).iter().collect()),
            _ => conjuncts(&self.rule.guard).iter().partition(|part| is_about_members(part, &is_pooled)),
        };
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };

        for candidate in &taken {
            holds = holds.and(candidate.meant);
            if candidate.meant.is_unknown() {
                candidate.open.iter().for_each(|open| sink.ask(open.clone()));
            }
            if candidate.excluded {
                let achievement = Some(candidate.held);
                sink.failed.push(Reason::Excluded);
                sink.step(Slot::From, || What::Excluded { achievement }, Truth::False, &[]);
            }
            holds = holds.and(self.admit(candidate, &mut sink));
        }
        let against: Vec<Option<HeldId>> = match (taken.is_empty(), pooled.is_empty()) {
            (true, true) => vec![None],
            _ => taken.iter().map(|of| Some(of.held)).collect(),
        };
        for held in against {
            self.note_bars(held, &mut bars, &mut sink)?;
        }

        // A slot that takes several: who of its candidates counts.
        let mut sets: Vec<(u32, Vec<HeldId>)> = Vec::new();
        let mut dropped: Vec<Reason> = Vec::new();
        // A bar drops members; only where it leaves too few does it stand against the claim.
        let mut member_bars: Vec<(BarId, Truth)> = Vec::new();
        let mut member_open: Vec<Open> = Vec::new();
        for &slot in &pooled {
            for candidate in rest(slot) {
                let (counts, why, open) =
                    self.member(slot, candidate, &of_members, target, &mut member_bars, done, &mut sink)?;
                match counts {
                    Truth::True => sure[slot].push(candidate.held),
                    Truth::Unknown => {
                        possible[slot].push(candidate.held);
                        member_open.extend(open);
                    }
                    Truth::False => dropped.extend(why),
                }
            }
            let mut set: Vec<HeldId> = sure[slot].iter().chain(&possible[slot]).copied().collect();
            if set.is_empty() {
                set = rest(slot).iter().map(|of| of.held).collect();
            }
            set.sort_unstable();
            let number = match self.bundle[slot].take {
                Take::Exactly(number) | Take::UpTo(number) => number,
                Take::One => 1,
                Take::Together | Take::Credits(_) => 0,
            };
            sets.push((number, set));
        }
        let used: Vec<Used> = sure
            .iter()
            .zip(&possible)
            .map(|(sure, possible)| Used { sure: sure.clone(), possible: possible.clone() })
            .collect();
        if !pooled.is_empty() {
            let surely = fill(reader, self.bundle, &sure, true)?;
            let all: Vec<Vec<HeldId>> = sure
                .iter()
                .zip(&possible)
                .map(|(sure, possible)| sure.iter().chain(possible).copied().collect())
                .collect();
            let filled = match (surely, fill(reader, self.bundle, &all, false)?) {
                (true, _) => Truth::True,
                (false, true) => Truth::Unknown,
                (false, false) => Truth::False,
            };
            match filled {
                Truth::Unknown => member_open.into_iter().for_each(|open| sink.ask(open)),
                Truth::False if dropped.is_empty() => sink.failed.push(Reason::ConditionNotMet),
                Truth::False => sink.failed.append(&mut dropped),
                Truth::True => {}
            }
            if filled.is_false() {
                member_bars.sort_unstable();
                member_bars.dedup();
                bars.append(&mut member_bars);
            }
            holds = holds.and(filled);
        }
        self.note_filled(&used, sink.trace);

        holds = holds.and(self.target_admits(&mut sink));
        let about = About { sure: &sure, possible: &possible, target, itself: None };
        for part in &of_claim {
            holds = holds.and(truth(reader, about, part, &mut sink)?);
        }

        let mut chosen = sure.clone();
        let mut verified = self.is_verified();
        let mut unpublished = false;
        let mut given = Value::Open;
        if !holds.is_false() {
            let totals: Vec<_> = of_claim.iter().copied().filter(|part| is_about_totals(part)).collect();
            for &slot in &pooled {
                choose(reader, self.rule, self.bundle, &mut chosen, slot, self.goal, &totals)?;
            }
            let none: Vec<Vec<HeldId>> = vec![Vec::new(); self.bundle.len()];
            let about = About { sure: &chosen, possible: &none, target, itself: None };
            let open = sink.open.len();
            given = value(reader, about, self.rule, self.goal, &mut sink)?;
            match &given {
                Value::Nothing | Value::NotHere => {
                    holds = Truth::False;
                    sink.failed.push(Reason::ConditionNotMet);
                }
                Value::Open => holds = holds.and(Truth::Unknown),
                Value::Credit { amount, .. } if amount.known().is_none() => holds = holds.and(Truth::Unknown),
                Value::Unpublished => (verified, unpublished) = (false, true),
                _ => sink.open.truncate(open),
            }
        }
        if holds.is_unknown() && !sink.open.is_empty() && sink.open.iter().all(|open| open.unpublished) {
            (verified, unpublished) = (false, true);
        }
        let Sink { open, failed, .. } = sink;
        let mut instance = Instance {
            rule: self.way.rule,
            alternative: self.way.alternative,
            goal: self.goal,
            key: key(taken.iter().map(|of| of.held), sets),
            evidence: Evidence { slots: used },
            used: sorted(chosen.into_iter().flatten()),
            partial: false,
            verified,
            unpublished,
            active: holds,
            bars,
            set_aside: Vec::new(),
            failed: if holds.is_false() { failed } else { Vec::new() },
            open: if holds.is_unknown() { open } else { Vec::new() },
            value: given,
            steps: (from, from),
        };
        self.defeat(&mut instance, done, trace);
        instance.steps.1 = trace.kept();
        Ok(Some(instance))
    }

    /// Whether the record lets an achievement be used.
    fn admit<T: Trace>(&self, candidate: &Candidate, sink: &mut Sink<'_, T>) -> Truth {
        let (bad, Some(reason)) = candidate.bad else { return Truth::True };
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
                    sink.ask(Open { of, fact, value_type, known, unpublished: false });
                }
            }
            Truth::False => {}
        }
        bad.not()
    }

    /// Whether the target may be given: it is not a published exclusion, and the ledger does not cover it.
    fn target_admits<T: Trace>(&self, sink: &mut Sink<'_, T>) -> Truth {
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
    fn note_bars<T: Trace>(
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
    #[allow(clippy::too_many_arguments)]
    fn member<T: Trace>(
        &self,
        slot: usize,
        candidate: &Candidate,
        tests: &[&crate::model::Cond],
        target: Option<crate::model::OutcomeId>,
        bars: &mut Vec<(BarId, Truth)>,
        done: &[Instance],
        sink: &mut Sink<'_, T>,
    ) -> Result<(Truth, Vec<Reason>, Vec<Open>), Overflow> {
        let mut of_member = Sink::new(&mut *sink.trace, sink.asked);
        let mut counts = candidate.meant;
        if candidate.meant.is_unknown() {
            of_member.open.extend(candidate.open.iter().cloned());
        }
        if candidate.excluded {
            of_member.failed.push(Reason::Excluded);
        }
        counts = counts.and(self.admit(candidate, &mut of_member));
        let mut alone: Vec<Vec<HeldId>> = vec![Vec::new(); self.bundle.len()];
        alone[slot].push(candidate.held);
        let about = About { sure: &alone, possible: &[], target, itself: None };
        for test in tests {
            counts = counts.and(truth(&self.case.reader, about, test, &mut of_member)?);
        }
        let mut stands = Vec::new();
        let barred = self.note_bars(Some(candidate.held), &mut stands, &mut of_member)?;
        if barred.is_true() {
            of_member.failed.push(Reason::Excluded);
        }
        bars.extend(stands.into_iter().filter(|_| barred.is_true()));
        counts = counts.and(barred.not());
        for over in self.overriding(done).filter(|over| over.key.all().contains(&candidate.held)) {
            counts = counts.and(over.active.not());
            if over.active.is_true() {
                of_member.failed.push(Reason::Excluded);
            } else {
                of_member.open.extend(over.open.iter().cloned());
            }
        }
        let Sink { failed, open, .. } = of_member;
        Ok((counts, failed, open))
    }

    /// The instances that may set this rule aside for the goal.
    fn overriding<'i>(&'i self, done: &'i [Instance]) -> impl Iterator<Item = &'i Instance> {
        let above = self.case.reader.graph.overriders(self.way.rule);
        done.iter().filter(move |over| {
            over.verified && !over.active.is_false() && above.binary_search(&over.rule).is_ok()
        })
    }

    /// Sets the instance aside where a rule that overrides its own holds on intersecting evidence.
    fn defeat<T: Trace>(&self, instance: &mut Instance, done: &[Instance], trace: &mut T) {
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
        }
    }
}

fn key(singles: impl Iterator<Item = HeldId>, mut sets: Vec<(u32, Vec<HeldId>)>) -> Key {
    sets.sort_unstable();
    Key { singles: sorted(singles), sets }
}

fn sorted(held: impl Iterator<Item = HeldId>) -> Vec<HeldId> {
    let mut held: Vec<HeldId> = held.collect();
    held.sort_unstable();
    held.dedup();
    held
}
