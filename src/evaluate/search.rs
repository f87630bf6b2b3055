//! The search among the choices that slots leave: a choice is given up as soon as its best completion fails.
//!
//! For the number of members, each sum, each date and the award there is an order of the members by what they add; a partial choice
//! is completed by the first of that order, and where even that fails the aim, no completion reaches it. With one aim the first look
//! decides; with several, what is left is tried, up to a limit that is said.

use rustc_hash::FxHashSet;

use crate::model::{Atom, AtomTest, Cond, Gives, Holder, Measure, Piece, Take};
use crate::quantity::{Overflow, Ratio};
use crate::space::{Set, Truth};

use super::binding::{Different, different};
use super::choose::{Choosing, Members, is_flat};
use super::compare::numbers;
use super::condition::{About, Sink, truth};
use super::membership::credits;
use super::no_answer::{MOST_TRIALS, NoAnswer};
use super::{Asked, Goal, HeldId, Owner};

/// Which end of what is known counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

impl End {
    /// This end of a quantity; nothing where it has no bound.
    fn of(self, known: Option<(Ratio, Option<Ratio>)>) -> Option<Ratio> {
        let (least, most) = known.unwrap_or((Ratio::ZERO, Some(Ratio::ZERO)));
        if self == End::Least { Some(least) } else { most }
    }
}

/// A candidate in a slot.
struct Seat {
    held: HeldId,
    slot: usize,
    outcome: Different,
}

/// What a choice must come to.
#[derive(Clone, Copy)]
enum Aim<'c> {
    /// Enough members.
    Number,
    /// So many credits in a slot.
    Credits(usize, Ratio),
    /// A test on the whole.
    Test(&'c Cond),
    /// The award.
    Award,
}

/// One search among members.
pub(super) struct Search<'s, 'c, 'a> {
    choosing: &'s Choosing<'c, 'a>,
    members: &'s Members,
    /// Slot by slot, each in the order in which its members are used.
    seats: Vec<Seat>,
    /// Each aim with the seats in the order of what they add to it.
    aims: Vec<(Aim<'c>, Vec<usize>)>,
    /// Whether the tests must surely hold.
    surely: bool,
    end: End,
    /// The award to reach, or to pass where the flag is set.
    wanted: Option<(Ratio, bool)>,
    /// Achievements that the choice must use, in whichever slot.
    must: Vec<HeldId>,
}

/// How many members each slot takes, in the order of the slots.
type Numbers = Vec<(usize, usize)>;

impl<'s, 'c, 'a> Search<'s, 'c, 'a> {
    pub(super) fn new(
        choosing: &'s Choosing<'c, 'a>,
        members: &'s Members,
        surely: bool,
        end: End,
    ) -> Result<Search<'s, 'c, 'a>, Overflow> {
        let mut search = Search::among(choosing, members, surely, end);
        for &slot in choosing.pooled {
            if let Take::Credits(least) = choosing.take(slot) {
                let order = search.by_size(|seat| {
                    let mine = if seat.slot == slot { std::slice::from_ref(&seat.held) } else { &[] };
                    credits(&choosing.reader, mine, surely)
                })?;
                search.aims.push((Aim::Credits(slot, least), order));
            }
        }
        for &test in choosing.totals {
            if let Some(order) = search.by_test(test)? {
                search.aims.push((Aim::Test(test), order));
            }
        }
        if let Some(order) = search.by_award()? {
            search.aims.push((Aim::Award, order));
        }
        Ok(search)
    }

    /// A search with no aim but enough members.
    fn among(
        choosing: &'s Choosing<'c, 'a>,
        members: &'s Members,
        surely: bool,
        end: End,
    ) -> Search<'s, 'c, 'a> {
        let mut seats = Vec::new();
        for &slot in choosing.pooled {
            let held = choosing.in_order(members.get(slot).map_or(&[], Vec::as_slice));
            seats.extend(held.into_iter().map(|held| Seat {
                held,
                slot,
                outcome: different(&choosing.reader, choosing.bind(slot), held),
            }));
        }
        let aims = vec![(Aim::Number, (0..seats.len()).collect())];
        Search { choosing, members, seats, aims, surely, end, wanted: None, must: Vec::new() }
    }

    /// The seats by size, the largest first; no bound is the largest of all.
    fn by_size(
        &self,
        size: impl Fn(&Seat) -> Result<Option<Ratio>, Overflow>,
    ) -> Result<Vec<usize>, Overflow> {
        let sizes: Vec<(bool, Ratio)> = self
            .seats
            .iter()
            .map(|seat| Ok(size(seat)?.map_or((true, Ratio::ZERO), |size| (false, size))))
            .collect::<Result<_, Overflow>>()?;
        let mut order: Vec<usize> = (0..self.seats.len()).collect();
        order.sort_by(|a, b| sizes[*b].cmp(&sizes[*a]).then(a.cmp(b)));
        Ok(order)
    }

    /// The seats by what they add to a sum or a latest date that must be large enough; nothing for any other test.
    fn by_test(&self, test: &Cond) -> Result<Option<Vec<usize>>, Overflow> {
        let Cond::Atom(atom) = test else { return Ok(None) };
        let Atom { test: AtomTest::In { subject, value_type, set }, .. } = &**atom else { return Ok(None) };
        let from = set.least().and_then(|end| match end {
            crate::space::End::Closed(value) => Some(Set::at_least(value)),
            crate::space::End::Open(value) => Some(Set::more_than(value)),
            crate::space::End::Unbounded => None,
        });
        if from.as_ref() != Some(set) {
            return Ok(None);
        }
        let state = |seat: &Seat| {
            self.choosing.reader.state(Owner::Held(seat.held), subject.fact, Some(*value_type)).state
        };
        // What may hold is reached by what a member may be; whichever end of the award counts.
        let end = if self.surely { End::Least } else { End::Most };
        match subject.of {
            Holder::Total => self.by_size(|seat| Ok(end.of(numbers(&state(seat))))).map(Some),
            Holder::Latest => {
                let within = |seat: &Seat| match (state(seat).test(set), end) {
                    (Truth::True, _) | (Truth::Unknown, End::Most) => Ratio::ONE,
                    _ => Ratio::ZERO,
                };
                self.by_size(|seat| Ok(Some(within(seat)))).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The seats by what they add to the quantity that the amount measures; nothing where it is not one sum.
    fn by_award(&self) -> Result<Option<Vec<usize>>, Overflow> {
        let Gives::Credit(amount) = &self.choosing.rule.gives else { return Ok(None) };
        let times = self.choosing.reader.graph.built_in().times;
        let (of, fact) = match &amount.piece {
            Piece::Fact(subject) | Piece::Rate { measure: Measure::Fact(subject), .. } => {
                (subject.of, subject.fact)
            }
            Piece::Rate { measure: Measure::Times, .. } => match times {
                Some(times) => (Holder::Each, times),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.by_size(|seat| match of {
            Holder::Source(slot) if slot as usize != seat.slot => Ok(Some(Ratio::ZERO)),
            Holder::Source(_) | Holder::Each | Holder::Total => {
                let seen = self.choosing.reader.state(Owner::Held(seat.held), fact, None);
                Ok(self.end.of(numbers(&seen.state)))
            }
            _ => Ok(Some(Ratio::ZERO)),
        })
        .map(Some)
    }

    /// How few and how many members each slot may take.
    fn bounds(&self) -> Vec<(usize, usize, usize)> {
        let of_slot = |slot: usize| {
            let all = self.seats.iter().filter(|seat| seat.slot == slot).count();
            let (fewest, most) = match self.choosing.take(slot) {
                Take::Exactly(number) => (number as usize, number as usize),
                Take::UpTo(number) => (1, (number as usize).min(all)),
                Take::One | Take::Together | Take::Credits(_) => (1, all),
            };
            (slot, fewest, most)
        };
        self.choosing.pooled.iter().map(|slot| of_slot(*slot)).collect()
    }

    /// Tries numbers of members, the smallest or the largest first, until a choice is found.
    fn with_numbers(&self, smallest_first: bool) -> Result<Option<Vec<usize>>, NoAnswer> {
        let bounds = self.bounds();
        if bounds.iter().any(|(_, fewest, most)| fewest > most) {
            return Ok(None);
        }
        let start = |(slot, fewest, most): &(usize, usize, usize)| {
            (*slot, if smallest_first { *fewest } else { *most })
        };
        let mut numbers: Numbers = bounds.iter().map(start).collect();
        loop {
            if let Some(found) = self.in_order(&numbers)? {
                return Ok(Some(found));
            }
            // The next numbers: of the last slot first.
            let moved = numbers.iter().zip(&bounds).rposition(|((_, number), (_, fewest, most))| {
                if smallest_first { number < most } else { number > fewest }
            });
            let Some(moved) = moved else { return Ok(None) };
            if smallest_first {
                numbers[moved].1 += 1
            } else {
                numbers[moved].1 -= 1
            }
            for at in moved + 1..numbers.len() {
                numbers[at] = start(&bounds[at]);
            }
        }
    }

    /// The first choice of these numbers, in the order of the seats, that reaches every aim.
    fn in_order(&self, numbers: &Numbers) -> Result<Option<Vec<usize>>, NoAnswer> {
        if !self.may_complete(&[], 0, numbers)? {
            return Ok(None);
        }
        let slots: Vec<usize> =
            numbers.iter().flat_map(|(slot, number)| std::iter::repeat_n(*slot, *number)).collect();
        let mut chosen: Vec<usize> = Vec::with_capacity(slots.len());
        let mut next = 0;
        loop {
            match slots.get(chosen.len()) {
                None if self.fits(&chosen)? => return Ok(Some(chosen)),
                None => {}
                Some(slot) => {
                    let mut found = None;
                    for at in next..self.seats.len() {
                        if self.seats[at].slot != *slot || !self.is_free(&chosen, at) {
                            continue;
                        }
                        self.count()?;
                        chosen.push(at);
                        if self.may_complete(&chosen, at + 1, numbers)? {
                            found = Some(at);
                            break;
                        }
                        chosen.pop();
                    }
                    if let Some(at) = found {
                        next = at + 1;
                        continue;
                    }
                }
            }
            match chosen.pop() {
                Some(at) => next = at + 1,
                None => return Ok(None),
            }
        }
    }

    fn count(&self) -> Result<(), NoAnswer> {
        let trials = self.choosing.trials.get() + 1;
        self.choosing.trials.set(trials);
        if trials > MOST_TRIALS { Err(NoAnswer::TooManyChoices(self.choosing.id)) } else { Ok(()) }
    }

    /// Whether a seat may still be taken: its achievement is not used, nor, where a number of different outcomes counts, its outcome.
    fn is_free(&self, chosen: &[usize], at: usize) -> bool {
        let seat = &self.seats[at];
        let different = self.takes_different(seat.slot);
        !chosen.iter().map(|other| &self.seats[*other]).any(|other| {
            other.held == seat.held || (different && other.slot == seat.slot && other.outcome == seat.outcome)
        })
    }

    /// Whether for each aim alone some completion reaches it.
    fn may_complete(&self, chosen: &[usize], next: usize, numbers: &Numbers) -> Result<bool, NoAnswer> {
        if !self.may_use_all(chosen, next, numbers) {
            return Ok(false);
        }
        for (aim, order) in &self.aims {
            let Some(full) = self.complete(chosen, next, numbers, order) else { return Ok(false) };
            if !self.reaches(*aim, &self.at_places(&full))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Adds to a choice the first seats of an order that may still be taken, up to the numbers.
    fn complete(
        &self,
        chosen: &[usize],
        next: usize,
        numbers: &Numbers,
        order: &[usize],
    ) -> Option<Vec<usize>> {
        let mut lacking = numbers.clone();
        let mut outcomes = FxHashSet::default();
        let mut full = Vec::with_capacity(numbers.iter().map(|(_, number)| number).sum());
        let mut taken = vec![false; self.seats.len()];
        for &at in chosen.iter().chain(order) {
            let seat = &self.seats[at];
            let must = full.len() < chosen.len();
            let Some((_, lacks)) = lacking.iter_mut().find(|(slot, _)| *slot == seat.slot) else { continue };
            if *lacks == 0 || taken[at] || (at < next && !must) {
                continue;
            }
            if self.takes_different(seat.slot) && !outcomes.insert((seat.slot, seat.outcome)) {
                continue;
            }
            taken[at] = true;
            *lacks -= 1;
            full.push(at);
        }
        lacking.iter().all(|(_, lacks)| *lacks == 0).then_some(full)
    }

    fn takes_different(&self, slot: usize) -> bool {
        matches!(self.choosing.take(slot), Take::Exactly(_) | Take::UpTo(_))
    }

    fn at_places(&self, chosen: &[usize]) -> Members {
        let mut members = self.members.clone();
        for &slot in self.choosing.pooled {
            if let Some(place) = members.get_mut(slot) {
                let of_slot = chosen.iter().map(|at| &self.seats[*at]).filter(|seat| seat.slot == slot);
                *place = of_slot.map(|seat| seat.held).collect();
            }
        }
        members
    }

    fn reaches(&self, aim: Aim<'_>, members: &Members) -> Result<bool, Overflow> {
        Ok(match aim {
            Aim::Number => true,
            Aim::Credits(slot, wanted) => {
                let held = members.get(slot).map_or(&[][..], Vec::as_slice);
                credits(&self.choosing.reader, held, self.surely)?.is_none_or(|sum| sum >= wanted)
            }
            Aim::Test(test) => {
                let target =
                    if let Goal::Outcome(outcome) = self.choosing.goal { Some(outcome) } else { None };
                let about = About { sure: members, possible: &[], target, itself: None };
                let nothing = &mut ();
                let mut quiet = Sink::new(nothing, Asked::Rule(self.choosing.id));
                let answer = truth(&self.choosing.reader, about, test, &mut quiet)?;
                if self.surely { answer.is_true() } else { !answer.is_false() }
            }
            Aim::Award => match self.wanted {
                None => true,
                Some((wanted, more)) => {
                    let award = self.award(members)?;
                    award.is_none_or(|award| if more { award > wanted } else { award >= wanted })
                }
            },
        })
    }

    /// The end of the award that counts; nothing where it has no bound.
    fn award(&self, members: &Members) -> Result<Option<Ratio>, Overflow> {
        let award = self.choosing.award(members)?;
        Ok(if self.end == End::Least { Some(award.least) } else { award.most })
    }

    /// Whether a whole choice reaches every aim, those without an order among them.
    fn fits(&self, chosen: &[usize]) -> Result<bool, Overflow> {
        let members = self.at_places(chosen);
        for &slot in self.choosing.pooled {
            if let Take::Credits(least) = self.choosing.take(slot)
                && !self.reaches(Aim::Credits(slot, least), &members)?
            {
                return Ok(false);
            }
        }
        for &test in self.choosing.totals {
            if !self.reaches(Aim::Test(test), &members)? {
                return Ok(false);
            }
        }
        self.reaches(Aim::Award, &members)
    }

    /// Some choice that passes the tests.
    pub(super) fn any(&self) -> Result<Option<Members>, NoAnswer> {
        Ok(self.with_numbers(false)?.map(|found| self.at_places(&found)))
    }

    /// A choice with the greatest award.
    pub(super) fn greatest(&mut self) -> Result<Option<Members>, NoAnswer> {
        // The largest members first: where they pass the tests, nothing gives more.
        if let Some((_, order)) = self.aims.iter().find(|(aim, _)| matches!(aim, Aim::Award)) {
            let most: Numbers = self.bounds().into_iter().map(|(slot, _, most)| (slot, most)).collect();
            if let Some(full) = self.complete(&[], 0, &most, order)
                && full.iter().enumerate().all(|(nth, at)| self.is_free(&full[..nth], *at))
                && self.fits(&full)?
            {
                return Ok(Some(self.at_places(&full)));
            }
        }
        let mut best = None;
        while let Some(found) = self.any()? {
            let award = self.award(&found)?;
            best = Some(found);
            match award {
                Some(award) if !is_flat(self.choosing.rule) => self.wanted = Some((award, true)),
                _ => break,
            }
        }
        Ok(best)
    }

    /// Whether what must be used is, or still can be.
    fn may_use_all(&self, chosen: &[usize], next: usize, numbers: &Numbers) -> bool {
        if self.must.is_empty() {
            return true;
        }
        let is_used = |held: &HeldId| chosen.iter().any(|at| self.seats[*at].held == *held);
        let to_come = self.seats.get(next..).unwrap_or_default();
        let mut lacking = numbers.iter().map(|(_, number)| number).sum::<usize>() - chosen.len();
        for held in self.must.iter().filter(|held| !is_used(held)) {
            if lacking == 0 || !to_come.iter().any(|seat| seat.held == *held) {
                return false;
            }
            lacking -= 1;
        }
        true
    }

    /// The first of the smallest choices with at least this award: of sets beside each other the least number of achievements in
    /// all, and of those the ones learned first, whichever set they serve in.
    pub(super) fn reaching(&mut self, wanted: Ratio) -> Result<Option<Members>, NoAnswer> {
        self.wanted = Some((wanted, false));
        if self.choosing.pooled.len() < 2 {
            return Ok(self.with_numbers(true)?.map(|found| self.at_places(&found)));
        }
        let all = self.all_numbers()?;
        let mut found = None;
        for numbers in &all {
            found = self.in_order(numbers)?;
            if found.is_some() {
                break;
            }
        }
        let Some(mut found) = found else { return Ok(None) };
        let total = found.len();
        let mut held: Vec<HeldId> = self.seats.iter().map(|seat| seat.held).collect();
        held.sort_unstable();
        held.dedup();
        for next in self.choosing.in_order(&held) {
            if self.must.len() == total {
                break;
            }
            self.must.push(next);
            if self.must.iter().all(|held| found.iter().any(|at| self.seats[*at].held == *held)) {
                continue;
            }
            let mut better = None;
            for numbers in all.iter().filter(|numbers| sum_of(numbers) == total) {
                better = self.in_order(numbers)?;
                if better.is_some() {
                    break;
                }
            }
            match better {
                Some(better) => found = better,
                None => {
                    self.must.pop();
                }
            }
        }
        Ok(Some(self.at_places(&found)))
    }

    /// Every way to say how many each slot takes, the fewest in all first.
    fn all_numbers(&self) -> Result<Vec<Numbers>, NoAnswer> {
        let mut all: Vec<Numbers> = vec![Vec::new()];
        for (slot, fewest, most) in self.bounds() {
            let with = |numbers: &Numbers, number: usize| {
                let mut longer = numbers.clone();
                longer.push((slot, number));
                longer
            };
            all = all
                .iter()
                .flat_map(|numbers| (fewest..=most).map(move |number| with(numbers, number)))
                .collect();
            if all.len() > MOST_TRIALS {
                return Err(NoAnswer::TooManyChoices(self.choosing.id));
            }
        }
        all.sort_by_key(sum_of);
        Ok(all)
    }
}

fn sum_of(numbers: &Numbers) -> usize {
    numbers.iter().map(|(_, number)| number).sum()
}
