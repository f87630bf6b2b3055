//! Which of the candidates of the slots that take several are used: as few as reach the award, the earliest first.
//!
//! A slot that takes a number of a set leaves a choice, and a rule holds where some choice passes the tests on the whole of what is
//! used. First the greatest award of such choices; then the least number of members that reaches it; then, in the order of
//! completion and id, the first choice of that number.

use std::cell::Cell;

use crate::model::{Bind, Cond, Gives, Piece, Rule, RuleId, SourceSlot, Take};
use crate::quantity::{Overflow, Ratio};
use crate::space::Truth;

use super::compare::days;
use super::condition::{About, Sink};
use super::facts::Reader;
use super::fewest::fewest;
use super::membership::id;
use super::no_answer::NoAnswer;
use super::search::{End, Search};
use super::value::{Value, value};
use super::{Asked, Goal, HeldId, Range};

/// The achievements in each slot of a rule.
pub(super) type Members = Vec<Vec<HeldId>>;

/// The slots of a rule that take several, and what is asked of what is used in them.
pub(super) struct Choosing<'c, 'a> {
    pub(super) reader: Reader<'a>,
    pub(super) rule: &'c Rule,
    pub(super) id: RuleId,
    pub(super) bundle: &'c [SourceSlot],
    /// The slots that take several.
    pub(super) pooled: &'c [usize],
    pub(super) goal: Goal,
    /// The tests on the whole: sums and latest dates.
    pub(super) totals: &'c [&'c Cond],
    /// How many partial choices were looked at so far.
    pub(super) trials: Cell<usize>,
}

/// The choice with the greatest award at its least; and that at its most, where it is another.
pub(super) struct Best {
    pub(super) least: Members,
    pub(super) most: Option<Members>,
}

impl Choosing<'_, '_> {
    pub(super) fn take(&self, slot: usize) -> Take {
        self.bundle.get(slot).map_or(Take::One, |slot| slot.take)
    }

    pub(super) fn bind(&self, slot: usize) -> Option<Bind> {
        self.bundle.get(slot).and_then(|slot| slot.bind)
    }

    /// Whether some slot leaves a choice of a number.
    pub(super) fn is_limited(&self) -> bool {
        self.pooled.iter().any(|slot| matches!(self.take(*slot), Take::Exactly(_) | Take::UpTo(_)))
    }

    /// Whether all members of the slots are used as they are, but for those that add nothing.
    fn is_plain(&self) -> bool {
        self.totals.is_empty() && self.pooled.iter().all(|slot| self.take(*slot) == Take::Together)
    }

    /// Whether some choice passes the tests on the whole: surely with sure members, or as far as is known with all.
    pub(super) fn usable(&self, sure: &Members, possible: &Members) -> Result<Truth, NoAnswer> {
        if Search::new(self, sure, true, End::Least)?.any()?.is_some() {
            return Ok(Truth::True);
        }
        let all = together(sure, possible);
        let possible = Search::new(self, &all, false, End::Most)?.any()?;
        Ok(if possible.is_some() { Truth::Unknown } else { Truth::False })
    }

    /// What the greatest award rests on; all members where no choice passes the tests, or none is left.
    pub(super) fn best(&self, members: &Members) -> Result<Best, NoAnswer> {
        // A slot that takes any number is worth what all its members are.
        if self.is_limited() {
            for surely in [true, false] {
                if let Some(least) = Search::new(self, members, surely, End::Least)?.greatest()? {
                    let most = match is_flat(self.rule) {
                        true => None,
                        false => Search::new(self, members, surely, End::Most)?.greatest()?,
                    };
                    return Ok(Best { most: most.filter(|most| *most != least), least });
                }
            }
        }
        Ok(Best { least: members.clone(), most: None })
    }

    /// The first of the smallest choices that come to the award of the best one.
    pub(super) fn earliest(&self, members: &Members, best: Members) -> Result<Members, NoAnswer> {
        let wanted = self.award(&best)?.least;
        if self.is_plain() {
            return Ok(fewest(self, members, wanted)?);
        }
        for surely in [true, false] {
            if let Some(found) = Search::new(self, members, surely, End::Least)?.reaching(wanted)? {
                return Ok(found);
            }
        }
        Ok(best)
    }

    /// What the rule gives for these members: 0 for what is no amount.
    pub(super) fn award(&self, members: &Members) -> Result<Range, Overflow> {
        let target = if let Goal::Outcome(outcome) = self.goal { Some(outcome) } else { None };
        let about = About { sure: members, possible: &[], target, itself: None };
        let nothing = &mut ();
        let mut quiet = Sink::new(nothing, Asked::Rule(self.id));
        Ok(match value(&self.reader, about, self.rule, self.goal, &mut quiet)? {
            Value::Credit { amount, .. } => amount,
            Value::Open => Range { least: Ratio::ZERO, most: None },
            _ => Range::exactly(Ratio::ZERO),
        })
    }

    /// Members in the order in which they are used: the first day on which they may have been completed, unknown days last.
    pub(super) fn in_order(&self, held: &[HeldId]) -> Vec<HeldId> {
        let fact = self.reader.graph.built_in().completed;
        let day = |held: HeldId| {
            let stated =
                fact.and_then(|fact| self.reader.held(held)?.facts.get(fact).map(|state| state.to_set()));
            match stated.as_ref().and_then(days) {
                Some((Some(first), _)) => (false, first.day_number()),
                _ => (true, 0),
            }
        };
        let mut held = held.to_vec();
        held.sort_by_cached_key(|held| (day(*held), id(&self.reader, *held)));
        held
    }
}

/// The sure and the possible members of each slot.
pub(super) fn together(sure: &[Vec<HeldId>], possible: &[Vec<HeldId>]) -> Members {
    let mut all = sure.to_vec();
    for (members, more) in all.iter_mut().zip(possible) {
        members.extend(more);
    }
    all
}

/// Whether what a rule gives does not depend on which members are used.
pub(super) fn is_flat(rule: &Rule) -> bool {
    match &rule.gives {
        Gives::Credit(amount) => matches!(amount.piece, Piece::Constant(_) | Piece::TargetCredits),
        Gives::Effect(_) | Gives::Answer(_) => true,
    }
}
