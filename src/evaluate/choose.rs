//! Which of the candidates of a slot that takes several are used: as few as reach the award of all, the earliest first.
//!
//! What is not needed stays free for other uses. First the award of all sure members; then the least number of members, largest
//! quantities first, that reaches it; then, in the order of completion and id, each member with which that number can still reach it.

use rustc_hash::FxHashSet;

use crate::model::{Cond, Gives, Measure, Piece, Rule, SourceSlot, Take};
use crate::quantity::{Overflow, Ratio};

use super::compare::days;
use super::condition::{About, Sink, truth};
use super::facts::Reader;
use super::membership::{credits, distinct, id};
use super::value::{Value, quantity, value};
use super::{Asked, Goal, HeldId, Owner};

/// So many choices are tried one by one.
const MOST_CHOICES: usize = 5_000;

/// Replaces the sure members of a slot by those that are used.
pub(super) fn choose(
    reader: &Reader<'_>,
    rule: &Rule,
    bundle: &[SourceSlot],
    members: &mut [Vec<HeldId>],
    slot: usize,
    goal: Goal,
    totals: &[&Cond],
) -> Result<(), Overflow> {
    let Some(take) = bundle.get(slot).map(|slot| slot.take) else { return Ok(()) };
    // What an earlier slot uses is no longer free.
    let used: Vec<HeldId> = members.iter().take(slot).flatten().copied().collect();
    let Some(place) = members.get_mut(slot) else { return Ok(()) };
    place.retain(|held| !used.contains(held));
    let mut order = std::mem::take(place);
    order.sort_by_key(|held| (completed(reader, *held), id(reader, *held)));
    let choosing = Choosing { reader, rule, slot, goal, totals, take, members: members.to_vec() };
    let chosen = choosing.run(&order)?.unwrap_or(order);
    if let Some(place) = members.get_mut(slot) {
        *place = chosen;
    }
    Ok(())
}

/// The first day on which an achievement may have been completed; unknown days last.
fn completed(reader: &Reader<'_>, held: HeldId) -> (bool, i32) {
    let fact = reader.graph.built_in().completed;
    let stated = fact.and_then(|fact| reader.held(held)?.facts.get(fact).map(|state| state.to_set()));
    match stated.as_ref().and_then(days) {
        Some((Some(first), _)) => (false, first.day_number()),
        _ => (true, 0),
    }
}

struct Choosing<'r, 'a> {
    reader: &'r Reader<'a>,
    rule: &'r Rule,
    slot: usize,
    goal: Goal,
    totals: &'r [&'r Cond],
    take: Take,
    members: Vec<Vec<HeldId>>,
}

/// A candidate, with all that the choice looks at.
struct Member {
    held: HeldId,
    size: Ratio,
    outcome: (u8, u32),
    counted: Option<Counted>,
}

/// What is counted once where different ones count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    Outcome((u8, u32)),
    Value(Option<crate::space::Value>),
}

impl Choosing<'_, '_> {
    /// The members used; nothing where the award is not known, and all are kept.
    fn run(&self, order: &[HeldId]) -> Result<Option<Vec<HeldId>>, Overflow> {
        let mut all: Vec<Member> = Vec::with_capacity(order.len());
        for &held in order {
            let size = self.size(held)?;
            all.push(Member {
                held,
                size,
                outcome: distinct(self.reader, held),
                counted: self.counted(held),
            });
        }
        let mut by_size: Vec<usize> = (0..all.len()).collect();
        by_size.sort_by(|a, b| all[*b].size.cmp(&all[*a].size).then(a.cmp(b)));
        let (fewest, most) = match self.take {
            Take::Exactly(number) => (number as usize, number as usize),
            Take::UpTo(number) => (1, number as usize),
            Take::One | Take::Together | Take::Credits(_) => (1, all.len()),
        };
        // Sums and latest dates over what is used, and credits beside another quantity, are no matter of one size: there every
        // choice is tried, the earliest first.
        if (!self.totals.is_empty() || matches!(self.take, Take::Credits(_)))
            && let Some(found) = self.search(&all, &by_size, fewest, most.min(all.len()))?
        {
            return Ok(Some(found));
        }
        let held = |places: &[usize]| places.iter().map(|place| all[*place].held).collect::<Vec<HeldId>>();
        let whole = self.complete(&all, &[], &by_size, most);
        let Some(wanted) = self.award(&held(&whole))? else { return Ok(None) };
        // More members never give less, so the least number that reaches the award is found by halving.
        let (mut too_few, mut enough) = (fewest.saturating_sub(1), whole.len());
        if enough < fewest || !self.reaches(&held(&whole), wanted)? {
            return Ok(Some(held(&whole)));
        }
        while too_few + 1 < enough {
            let middle = too_few.midpoint(enough);
            if self.reaches(&held(&whole[..middle]), wanted)? { enough = middle } else { too_few = middle }
        }
        let mut chosen: Vec<usize> = Vec::with_capacity(enough);
        for place in 0..all.len() {
            if chosen.len() == enough {
                break;
            }
            chosen.push(place);
            let full = self.complete(&all, &chosen, &by_size, enough);
            if full.len() < enough || !full.starts_with(&chosen) || !self.reaches(&held(&full), wanted)? {
                chosen.pop();
            }
        }
        Ok(Some(held(if chosen.len() == enough { &chosen } else { &whole })))
    }

    /// The first of the smallest choices that give what the best choice gives and pass the tests of the whole; nothing where none
    /// does or there are too many.
    fn search(
        &self,
        all: &[Member],
        by_size: &[usize],
        fewest: usize,
        most: usize,
    ) -> Result<Option<Vec<HeldId>>, Overflow> {
        let held = |places: &[usize]| places.iter().map(|place| all[*place].held).collect::<Vec<HeldId>>();
        let Some(wanted) = self.award(&held(&self.complete(all, &[], by_size, most)))? else {
            return Ok(None);
        };
        let different = matches!(self.take, Take::Exactly(_) | Take::UpTo(_));
        let mut tried = 0;
        for count in fewest..=most {
            // Places in the order of completion, the last of them moved first.
            let mut places: Vec<usize> = (0..count).collect();
            loop {
                tried += 1;
                if tried > MOST_CHOICES {
                    return Ok(None);
                }
                let repeats = |(at, place): (usize, &usize)| {
                    places[..at].iter().any(|other| all[*other].outcome == all[*place].outcome)
                };
                let fits = !different || !places.iter().enumerate().any(repeats);
                if fits && self.reaches(&held(&places), wanted)? {
                    return Ok(Some(held(&places)));
                }
                let Some(moved) = (0..count).rev().find(|at| places[*at] + count - at < all.len()) else {
                    break;
                };
                places[moved] += 1;
                for at in moved + 1..count {
                    places[at] = places[at - 1] + 1;
                }
            }
        }
        Ok(None)
    }

    /// Adds the largest of the others up to a number: first those that add something new, where only different ones count; of one
    /// outcome only one, where the slot takes different outcomes. A chosen one that repeats an outcome is left out.
    fn complete(&self, all: &[Member], chosen: &[usize], by_size: &[usize], number: usize) -> Vec<usize> {
        let different = matches!(self.take, Take::Exactly(_) | Take::UpTo(_));
        let mut full = Vec::with_capacity(number);
        let mut taken = vec![false; all.len()];
        let (mut outcomes, mut counted) = (FxHashSet::default(), FxHashSet::default());
        for fresh_only in [true, false] {
            let first = if fresh_only { chosen } else { &[] };
            for (at, &place) in first.iter().chain(by_size).enumerate() {
                let must = at < first.len();
                let member = &all[place];
                if full.len() == number || taken[place] {
                    continue;
                }
                let repeats = different && outcomes.contains(&member.outcome);
                let stale = member.counted.is_some_and(|value| counted.contains(&value));
                if repeats || (stale && fresh_only && !must) {
                    continue;
                }
                taken[place] = true;
                outcomes.insert(member.outcome);
                counted.extend(member.counted);
                full.push(place);
            }
        }
        full
    }

    /// What a member adds to an amount that counts different values; nothing where the amount does not count so.
    fn counted(&self, held: HeldId) -> Option<Counted> {
        let Gives::Credit(amount) = &self.rule.gives else { return None };
        let Piece::Rate { measure: Measure::Distinct(fact), .. } = &amount.piece else { return None };
        Some(match fact {
            None => Counted::Outcome(distinct(self.reader, held)),
            Some(fact) => Counted::Value(self.reader.state(Owner::Held(held), *fact, None).state.value()),
        })
    }

    fn size(&self, held: HeldId) -> Result<Ratio, Overflow> {
        if let Take::Credits(_) = self.take {
            return Ok(credits(self.reader, &[held], true)?.unwrap_or(Ratio::ZERO));
        }
        Ok(match &self.rule.gives {
            Gives::Credit(amount) => quantity(self.reader, &amount.piece, held),
            Gives::Effect(_) | Gives::Answer(_) => Ratio::ONE,
        })
    }

    /// What the rule gives for these members: a number, or 0 for what is no amount; nothing where it is not known.
    fn award(&self, chosen: &[HeldId]) -> Result<Option<Ratio>, Overflow> {
        let mut members = self.members.clone();
        if let Some(place) = members.get_mut(self.slot) {
            *place = chosen.to_vec();
        }
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        let about = About { sure: &members, possible: &[], target, itself: None };
        let nothing = &mut ();
        let mut quiet = Sink::new(nothing, Asked::Rule(crate::model::RuleId(0)));
        Ok(match value(self.reader, about, self.rule, self.goal, &mut quiet)? {
            Value::Credit { amount, .. } => amount.known(),
            Value::Open => None,
            _ => Some(Ratio::ZERO),
        })
    }

    fn reaches(&self, chosen: &[HeldId], wanted: Ratio) -> Result<bool, Overflow> {
        if self.award(chosen)?.is_none_or(|award| award < wanted) {
            return Ok(false);
        }
        if let Take::Credits(least) = self.take
            && credits(self.reader, chosen, true)?.is_some_and(|sum| sum < least)
        {
            return Ok(false);
        }
        let mut members = self.members.clone();
        if let Some(place) = members.get_mut(self.slot) {
            *place = chosen.to_vec();
        }
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        let about = About { sure: &members, possible: &[], target, itself: None };
        let nothing = &mut ();
        let mut quiet = Sink::new(nothing, Asked::Rule(crate::model::RuleId(0)));
        for total in self.totals {
            if !truth(self.reader, about, total, &mut quiet)?.is_true() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
