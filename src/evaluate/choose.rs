//! Which of the candidates of a slot that takes several are used: as few as reach the award of all, the earliest first.
//!
//! What is not needed stays free for other uses. First the award of all sure members; then the least number of members, largest
//! quantities first, that reaches it; then, in the order of completion and id, each member with which that number can still reach it.

use crate::model::{Cond, Gives, Measure, Piece, Rule, SourceSlot, Take};
use crate::quantity::{Overflow, Ratio};

use super::compare::days;
use super::condition::{About, Sink, truth};
use super::facts::Reader;
use super::membership::{credits, distinct, id};
use super::value::{Value, quantity, value};
use super::{Asked, Goal, HeldId, Owner};

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

impl Choosing<'_, '_> {
    /// The members used; nothing where the award is not known, and all are kept.
    fn run(&self, order: &[HeldId]) -> Result<Option<Vec<HeldId>>, Overflow> {
        let mut by_size: Vec<(Ratio, usize, HeldId)> = Vec::with_capacity(order.len());
        for (place, held) in order.iter().enumerate() {
            by_size.push((self.size(*held)?, place, *held));
        }
        by_size.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let by_size: Vec<HeldId> = by_size.into_iter().map(|(_, _, held)| held).collect();
        let (fewest, most) = match self.take {
            Take::Exactly(number) => (number as usize, number as usize),
            Take::UpTo(number) => (1, number as usize),
            Take::One | Take::Together | Take::Credits(_) => (1, order.len()),
        };
        let whole = self.complete(&[], &by_size, most);
        let Some(wanted) = self.award(&whole)? else { return Ok(None) };
        let mut number = None;
        for count in fewest..=most.min(order.len()) {
            if self.reaches(&self.complete(&[], &by_size, count), wanted)? {
                number = Some(count);
                break;
            }
        }
        let Some(number) = number else { return Ok(Some(whole)) };
        let mut chosen: Vec<HeldId> = Vec::with_capacity(number);
        for &held in order {
            if chosen.len() == number {
                break;
            }
            let mut with = chosen.clone();
            with.push(held);
            if self.repeats(&chosen, held) {
                continue;
            }
            if self.reaches(&self.complete(&with, &by_size, number), wanted)? {
                chosen = with;
            }
        }
        Ok(Some(if chosen.len() == number { chosen } else { whole }))
    }

    /// Adds the largest of the others up to a number.
    fn complete(&self, chosen: &[HeldId], by_size: &[HeldId], number: usize) -> Vec<HeldId> {
        let mut all = chosen.to_vec();
        // First those that add something new, where only different ones count; then any.
        for fresh_only in [true, false] {
            for &held in by_size {
                if all.len() >= number {
                    return all;
                }
                if !all.contains(&held)
                    && !self.repeats(&all, held)
                    && (!fresh_only || self.is_fresh(&all, held))
                {
                    all.push(held);
                }
            }
        }
        all
    }

    /// Whether a slot of different outcomes has this one already.
    fn repeats(&self, all: &[HeldId], held: HeldId) -> bool {
        matches!(self.take, Take::Exactly(_) | Take::UpTo(_))
            && all.iter().any(|other| distinct(self.reader, *other) == distinct(self.reader, held))
    }

    /// Whether a member adds to an amount that counts different values.
    fn is_fresh(&self, all: &[HeldId], held: HeldId) -> bool {
        let Gives::Credit(amount) = &self.rule.gives else { return true };
        let Piece::Rate { measure: Measure::Distinct(fact), .. } = &amount.piece else { return true };
        match fact {
            None => !all.iter().any(|other| distinct(self.reader, *other) == distinct(self.reader, held)),
            Some(fact) => {
                let read = |held: HeldId| self.reader.state(Owner::Held(held), *fact, None).state.value();
                read(held).is_some_and(|value| all.iter().all(|other| read(*other) != Some(value)))
            }
        }
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
            if truth(self.reader, about, total, &mut quiet)?.is_false() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
