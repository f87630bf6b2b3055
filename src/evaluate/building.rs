//! An instance built: its slots filled, its tests made, its value found.

use crate::model::{BarId, Cond, Gives, Reason, Rule, SourceSlot, Status as RuleStatus, Take};
use crate::quantity::Overflow;
use crate::space::Truth;

use super::binding::together as together_bound;
use super::case::{Case, Way};
use super::choose::{is_flat, together};
use super::condition::{
    About, Open, Sink, clash, conjuncts, is_about_evidence, is_about_members, is_about_totals, truth,
};
use super::instance::{Candidate, Instance, Key, Number};
use super::membership::{ask_credits, fill};
use super::no_answer::NoAnswer;
use super::value::Value;
use super::{Asked, Evidence, Goal, HeldId, Slot, Step, Trace, Used, What};

/// What an instance is built from.
pub(super) struct Building<'c, 'a> {
    pub(super) case: &'c Case<'a>,
    pub(super) rule: &'a Rule,
    pub(super) way: Way,
    pub(super) bundle: &'a [SourceSlot],
    pub(super) slots: &'c [Vec<Candidate>],
    pub(super) goal: Goal,
}

impl Building<'_, '_> {
    fn is_verified(&self) -> bool {
        let scheme = self.case.reader.graph.model().schemes.get(self.rule.scheme.index());
        self.rule.status == RuleStatus::Verified
            && scheme.is_none_or(|scheme| scheme.status == RuleStatus::Verified)
    }

    /// The one instance of a rule of which only some slots can be filled. What is missing is not all: where nothing held can be used
    /// either, or the rule fails whatever is held, that is said too.
    pub(super) fn partial<T: Trace>(&self, trace: &mut T) -> Result<Instance, Overflow> {
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
        let mut sink = Sink::new(&mut *trace, Asked::Rule(self.way.rule));
        let mut bars: Vec<(BarId, Truth)> = Vec::new();
        for slot in self.slots.iter().filter(|slot| !slot.is_empty()) {
            let (mut usable, mut barred) = (false, true);
            let mut against: Vec<(BarId, Truth)> = Vec::new();
            let before = sink.failed.len();
            for candidate in slot {
                let failed = sink.failed.len();
                if candidate.excluded {
                    sink.failed.push(Reason::Excluded);
                }
                self.admit(candidate, &mut sink)?;
                usable |= sink.failed.len() == failed;
                barred &= self.note_bars(Some(candidate.held), &mut against, &mut sink)?.is_true();
            }
            if usable {
                sink.failed.truncate(before);
            }
            if barred {
                bars.extend(against.into_iter().filter(|(_, stands)| stands.is_true()));
            }
        }
        bars.sort_unstable();
        bars.dedup();
        self.target_admits(&mut sink);
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        let about = About { target, ..About::default() };
        for part in conjuncts(&self.rule.guard).iter().filter(|part| !is_about_evidence(part)) {
            truth(&self.case.reader, about, part, &mut sink)?;
        }
        sink.failed.push(Reason::ConditionNotMet);
        // Where each slot has somebody, they do not go together.
        let first: Vec<HeldId> =
            self.slots.iter().filter_map(|slot| slot.first()).map(|of| of.held).collect();
        if first.len() == self.slots.len() {
            let asked = sink.open.len();
            together_bound(&self.case.reader, self.bundle, &first, &mut sink);
            sink.open.truncate(asked);
        }
        let failed = sink.failed;
        self.note_filled(&slots, &[], trace);
        self.not_reached(trace);
        let mut singles: Vec<HeldId> = self.slots.iter().flatten().map(|of| of.held).collect();
        singles.sort_unstable();
        singles.dedup();
        Ok(Instance {
            rule: self.way.rule,
            alternative: self.way.alternative,
            goal: self.goal,
            used: singles.clone(),
            key: Key { singles, sets: Vec::new() },
            evidence: Evidence { slots },
            passed_over: Vec::new(),
            partial: true,
            verified: self.is_verified(),
            unpublished: false,
            active: Truth::False,
            bars,
            set_aside: Vec::new(),
            failed,
            open: Vec::new(),
            asked_by_bars: Vec::new(),
            value: Value::NotHere,
            steps: (from, trace.kept()),
        })
    }

    /// Where the conditions do not hold, the amount is not looked at.
    fn not_reached<T: Trace>(&self, trace: &mut T) {
        if let Gives::Credit(amount) = &self.rule.gives {
            trace.step(|| Step {
                rule: Asked::Rule(self.way.rule),
                slot: Slot::Give,
                what: What::NotReached,
                truth: Truth::False,
                lines: vec![amount.span],
            });
        }
    }

    /// What fills each slot; of what `except` takes out that was said already.
    fn note_filled<T: Trace>(&self, slots: &[Used], excluded: &[HeldId], trace: &mut T) {
        for (place, (slot, by)) in (0u32..).zip(self.bundle.iter().zip(slots)) {
            if by.sure.iter().any(|held| excluded.contains(held)) {
                continue;
            }
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
    pub(super) fn full<T: Trace>(
        &self,
        singles: &[usize],
        assignment: &[usize],
        done: &[Instance],
        trace: &mut T,
    ) -> Result<Option<Instance>, NoAnswer> {
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
            holds = holds.and(self.admit(candidate, &mut sink)?);
        }
        let held: Vec<HeldId> = taken.iter().map(|of| of.held).collect();
        holds = holds.and(together_bound(reader, self.bundle, &held, &mut sink));
        let against: Vec<Option<HeldId>> = match (taken.is_empty(), pooled.is_empty()) {
            (true, true) => vec![None],
            _ => taken.iter().map(|of| Some(of.held)).collect(),
        };
        // What a bar still asks is the claim's own matter: it does not decide whether the rule holds, and so not what it overrides.
        let asked = sink.open.len();
        for held in against {
            self.note_bars(held, &mut bars, &mut sink)?;
        }
        let asked_by_bars = sink.open.split_off(asked);

        let pool = self.pool(&pooled, &rest, &mut sure, &mut possible, &of_members, done, &mut sink)?;
        holds = holds.and(pool.filled);
        // What is asked of each member is asked of the single achievements beside the set, too.
        let mut beside = sure.clone();
        for &slot in &pooled {
            beside[slot].clear();
        }
        let about_singles = About { sure: &beside, possible: &[], target, itself: None };
        for part in of_members.iter().filter(|_| !taken.is_empty()) {
            holds = holds.and(truth(reader, about_singles, part, &mut sink)?);
        }
        bars.extend(pool.bars);
        let used: Vec<Used> = sure
            .iter()
            .zip(&possible)
            .map(|(sure, possible)| Used { sure: sure.clone(), possible: possible.clone() })
            .collect();
        let excluded: Vec<HeldId> = taken.iter().filter(|of| of.excluded).map(|of| of.held).collect();
        self.note_filled(&used, &excluded, sink.trace);

        holds = holds.and(self.target_admits(&mut sink));
        let totals: Vec<&Cond> = of_claim.iter().copied().filter(|part| is_about_totals(part)).collect();
        let choosing = self.choosing(&pooled, &totals);
        let about = About { sure: &sure, possible: &possible, target, itself: None };
        // What rests on something unpublished alone no learner can state: then the rest need not be asked either.
        let mut withheld = pool.withheld;
        let rests_on_it = |asked: &[Open]| !asked.is_empty() && asked.iter().all(|open| open.unpublished);
        for part in of_claim.iter().filter(|part| !(choosing.is_limited() && is_about_totals(part))) {
            let before = sink.open.len();
            let met = truth(reader, about, part, &mut sink)?;
            withheld |= met.is_unknown() && rests_on_it(sink.open.get(before..).unwrap_or_default());
            if met.is_unknown() && is_about_totals(part) {
                // Whether more members count may decide it as well.
                pool.open.iter().for_each(|open| sink.ask(open.clone()));
            }
            holds = holds.and(met);
        }
        if choosing.is_limited() && !totals.is_empty() && !pool.filled.is_false() {
            let before = sink.open.len();
            let met = self.test_choices(&choosing, about, &pool.open, &mut sink)?;
            withheld |= met.is_unknown() && rests_on_it(sink.open.get(before..).unwrap_or_default());
            holds = holds.and(met);
        }
        if holds.is_unknown() && clash(reader, about, &of_claim)? {
            holds = Truth::False;
            sink.failed.push(Reason::ConditionNotMet);
        }

        let mut chosen = sure.clone();
        let mut verified = self.is_verified();
        let mut unpublished = false;
        let mut given = Value::Open;
        if !holds.is_false() {
            let open = sink.open.len();
            let settled = pool.filled.is_true() || is_flat(self.rule);
            let members = if settled { sure.clone() } else { together(&sure, &possible) };
            (given, chosen) = self.give(&choosing, members, &mut sink)?;
            match &given {
                // More members may count once more is known, and then it may come to something.
                Value::Nothing | Value::NotHere if !pool.open.is_empty() => {
                    holds = holds.and(Truth::Unknown);
                    pool.open.iter().for_each(|open| sink.ask(open.clone()));
                }
                Value::Nothing | Value::NotHere => {
                    holds = Truth::False;
                    sink.failed.push(Reason::ConditionNotMet);
                }
                Value::Open => holds = holds.and(Truth::Unknown),
                Value::Credit { amount, .. } if amount.known().is_none() => holds = holds.and(Truth::Unknown),
                Value::Unpublished => (verified, unpublished) = (false, true),
                _ => sink.open.truncate(open),
            }
            // Where it is open which members count, no amount of theirs is known.
            if !settled {
                chosen.clone_from(&sure);
                if matches!(given, Value::Credit { .. } | Value::CreditUnpublished) {
                    given = Value::Open;
                }
            }
        }
        let mut all_asked = sink.open.iter().chain(&asked_by_bars);
        withheld |= all_asked.clone().next().is_some() && all_asked.all(|open| open.unpublished);
        if holds.is_unknown() && withheld {
            (verified, unpublished) = (false, true);
        }
        if matches!(given, Value::Open) && holds.is_false() {
            self.not_reached(sink.trace);
        }
        let Sink { open, failed, .. } = sink;
        let mut instance = Instance {
            rule: self.way.rule,
            alternative: self.way.alternative,
            goal: self.goal,
            key: key(taken.iter().map(|of| of.held), pool.sets),
            evidence: Evidence { slots: used },
            used: sorted(chosen.into_iter().flatten()),
            passed_over: pool.passed_over,
            partial: false,
            verified,
            unpublished,
            active: holds,
            bars,
            set_aside: Vec::new(),
            failed: if holds.is_false() { failed } else { Vec::new() },
            open: if holds.is_unknown() { open } else { Vec::new() },
            asked_by_bars: if holds.is_unknown() { asked_by_bars } else { Vec::new() },
            value: given,
            steps: (from, from),
        };
        self.defeat(&mut instance, done, trace);
        instance.steps.1 = trace.kept();
        Ok(Some(instance))
    }

    /// Fills the slots that take several with those of their candidates that count.
    #[allow(clippy::too_many_arguments, reason = "what is known of a claim so far, each part by its name")]
    fn pool<'s, T: Trace>(
        &'s self,
        pooled: &[usize],
        rest: &impl Fn(usize) -> Vec<&'s Candidate>,
        sure: &mut [Vec<HeldId>],
        possible: &mut [Vec<HeldId>],
        tests: &[&Cond],
        done: &[Instance],
        sink: &mut Sink<'_, T>,
    ) -> Result<Pool, Overflow> {
        let mut pool = Pool {
            filled: Truth::True,
            sets: Vec::new(),
            passed_over: Vec::new(),
            bars: Vec::new(),
            open: Vec::new(),
            withheld: false,
        };
        if pooled.is_empty() {
            return Ok(pool);
        }
        let mut dropped: Vec<Reason> = Vec::new();
        let mut withheld: Vec<HeldId> = Vec::new();
        for &slot in pooled {
            for candidate in rest(slot) {
                let member = self.member(slot, candidate, tests, done, sink)?;
                match member.counts {
                    Truth::True => sure[slot].push(candidate.held),
                    Truth::Unknown => {
                        withheld.extend(member.withheld.then_some(candidate.held));
                        possible[slot].push(candidate.held);
                        pool.open.extend(member.open);
                    }
                    Truth::False => {
                        pool.passed_over.push(candidate.held);
                        dropped.extend(member.failed);
                        pool.bars.extend(member.bars);
                    }
                }
            }
            let mut set: Vec<HeldId> = sure[slot].iter().chain(&possible[slot]).copied().collect();
            if set.is_empty() {
                set = rest(slot).iter().map(|of| of.held).collect();
            }
            set.sort_unstable();
            pool.sets.push((Number::of(self.bundle[slot].take), set));
        }
        let reader = &self.case.reader;
        let surely = fill(reader, self.bundle, sure, true)?;
        let both = sure.iter().zip(&*possible);
        let all: Vec<Vec<HeldId>> =
            both.map(|(sure, may)| sure.iter().chain(may).copied().collect()).collect();
        pool.filled = match (surely, fill(reader, self.bundle, &all, false)?) {
            (true, _) => Truth::True,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::False,
        };
        if pool.filled.is_unknown() && !withheld.is_empty() {
            let rest: Vec<Vec<HeldId>> = all
                .iter()
                .map(|of| of.iter().filter(|held| !withheld.contains(held)).copied().collect())
                .collect();
            pool.withheld = !fill(reader, self.bundle, &rest, false)?;
        }
        match pool.filled {
            Truth::Unknown => {
                pool.open.iter().for_each(|open| sink.ask(open.clone()));
                for &slot in pooled.iter().filter(|slot| matches!(self.bundle[**slot].take, Take::Credits(_)))
                {
                    ask_credits(reader, all.get(slot).map_or(&[], Vec::as_slice), sink);
                }
            }
            Truth::False if dropped.is_empty() => sink.failed.push(Reason::ConditionNotMet),
            Truth::False => sink.failed.append(&mut dropped),
            Truth::True => {}
        }
        // A bar drops members; only where it leaves too few does it stand against the claim.
        if !pool.filled.is_false() {
            pool.bars.clear();
        }
        pool.bars.sort_unstable();
        pool.bars.dedup();
        Ok(pool)
    }
}

/// What became of the slots that take several.
struct Pool {
    /// Whether they can be filled.
    filled: Truth,
    /// The candidates of each, with the number it takes.
    sets: Vec<(Number, Vec<HeldId>)>,
    /// Those of them that do not count.
    passed_over: Vec<HeldId>,
    /// The bars that left too few.
    bars: Vec<(BarId, Truth)>,
    /// What decides whether more would count.
    open: Vec<Open>,
    /// Whether they can be filled only if something unpublished says so.
    withheld: bool,
}

fn key(singles: impl Iterator<Item = HeldId>, mut sets: Vec<(Number, Vec<HeldId>)>) -> Key {
    sets.sort_unstable();
    Key { singles: sorted(singles), sets }
}

fn sorted(held: impl Iterator<Item = HeldId>) -> Vec<HeldId> {
    let mut held: Vec<HeldId> = held.collect();
    held.sort_unstable();
    held.dedup();
    held
}
