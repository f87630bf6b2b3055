//! How the parts of a problem lie to one another: blocks in blocks, candidates in slots; and what no problem may say.

use super::problem::{Award, Measure, Part, Problem, Slot, Take, When};
use super::program::Origin;

/// Why a problem cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// It names something that it does not have.
    #[error("{0:?} names something that there is not")]
    Unknown(Origin),
    /// A block stands before the block around it.
    #[error("block {0} stands before its parent")]
    Order(usize),
    /// Surplus would come back to where it goes out.
    #[error("the surplus of block {0} comes back to it")]
    Cycle(usize),
    /// A block without a ceiling has no surplus.
    #[error("block {0} has a surplus and no ceiling")]
    NoCeiling(usize),
    /// A block would share credit with a block around it or inside it.
    #[error("share {0} lies inside itself")]
    Share(usize),
    /// An application that measures, or chooses, is made more than once.
    #[error("application {0} is made more than once and is not the same each time")]
    Repeated(usize),
    /// A number is below 0, or nothing divides by it.
    #[error("{0:?} has a number that is not possible")]
    Number(Origin),
    /// The numbers are too many or too long to be added up exactly.
    #[error("the numbers of {0:?} are too fine")]
    TooFine(Origin),
}

impl Slot {
    /// What it may take.
    #[must_use]
    pub fn candidates(&self) -> &[usize] {
        match self {
            Self::One(achievement) => std::slice::from_ref(achievement),
            Self::Set(set) => &set.of,
        }
    }
}

impl Problem {
    /// The blocks in a block.
    pub(super) fn children(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        let each = self.blocks.iter().enumerate();
        each.filter(move |(_, child)| child.parent == Some(block)).map(|(at, _)| at)
    }

    /// Whether a block is another, or inside it.
    pub(super) fn is_in(&self, block: usize, around: usize) -> bool {
        let mut at = Some(block);
        while let Some(here) = at {
            if here == around {
                return true;
            }
            // Parents stand before their blocks, so this ends.
            at = self.blocks.get(here).and_then(|block| block.parent).filter(|parent| *parent < here);
        }
        false
    }

    /// The least block that is around both.
    pub(super) fn common(&self, one: usize, other: usize) -> Option<usize> {
        let mut at = Some(one);
        while let Some(here) = at {
            if self.is_in(other, here) {
                return Some(here);
            }
            at = self.blocks.get(here).and_then(|block| block.parent).filter(|parent| *parent < here);
        }
        None
    }

    /// What a block counts at most; what the ledger has counted in it stands.
    pub(super) fn ceiling(&self, block: usize) -> Option<i64> {
        let most = self.blocks.get(block)?.at_most?;
        let inside = (0..self.blocks.len()).filter(|inner| self.is_in(*inner, block));
        Some(most.max(inside.map(|inner| self.blocks[inner].held).sum()))
    }

    /// How often an application can be made: no more often than there is of each achievement that it always uses.
    pub(super) fn times(&self, application: usize) -> i64 {
        let Some(of) = self.applications.get(application) else { return 0 };
        let held = of.slots.iter().filter_map(|slot| match slot {
            Slot::One(achievement) => self.achievements.get(*achievement).map(|one| one.count),
            Slot::Set(_) => None,
        });
        held.fold(of.times, i64::min).max(0)
    }

    /// What no problem may say.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.block_fault().or_else(|| self.application_fault()).or_else(|| self.measure_fault())
    }

    fn block_fault(&self) -> Option<Fault> {
        for (at, block) in self.blocks.iter().enumerate() {
            let first = (at == 0) == block.parent.is_none();
            if !first || block.parent.is_some_and(|parent| parent >= at) {
                return Some(Fault::Order(at));
            }
            let numbers = [Some(block.held), block.need, block.at_most];
            if numbers.into_iter().flatten().any(|number| !(0..1 << 30).contains(&number)) {
                return Some(Fault::Number(Origin::Block(at)));
            }
            if block.surplus_to.is_some() && block.at_most.is_none() {
                return Some(Fault::NoCeiling(at));
            }
            if block.surplus_to.is_some_and(|to| to >= self.blocks.len()) {
                return Some(Fault::Unknown(Origin::Block(at)));
            }
        }
        // Surplus flows to a block and to all around it: where it can come from there back to its origin, nothing is settled.
        for start in 0..self.blocks.len() {
            let mut reached = vec![false; self.blocks.len()];
            let mut waiting: Vec<usize> = self.blocks[start].surplus_to.into_iter().collect();
            while let Some(at) = waiting.pop() {
                if at == start {
                    return Some(Fault::Cycle(start));
                }
                if let Some(seen) = reached.get_mut(at).filter(|seen| !**seen) {
                    *seen = true;
                    waiting.extend(self.blocks[at].surplus_to);
                    waiting.extend(self.blocks[at].parent);
                }
            }
        }
        let known = |block: &usize| *block < self.blocks.len();
        for (at, share) in self.shares.iter().enumerate() {
            if !known(&share.from) || !known(&share.to) {
                return Some(Fault::Unknown(Origin::Share(at)));
            }
            if self.is_in(share.from, share.to) || self.is_in(share.to, share.from) {
                return Some(Fault::Share(at));
            }
            if share.at_most.is_some_and(|most| most < 0) {
                return Some(Fault::Number(Origin::Share(at)));
            }
        }
        for (at, branches) in self.branches.iter().enumerate() {
            if !branches.blocks.iter().all(known) {
                return Some(Fault::Unknown(Origin::Branches(at)));
            }
            if !(0..=i64::try_from(branches.blocks.len()).unwrap_or(i64::MAX)).contains(&branches.number) {
                return Some(Fault::Number(Origin::Branches(at)));
            }
        }
        None
    }

    fn application_fault(&self) -> Option<Fault> {
        let held = |achievement: &usize| *achievement < self.achievements.len();
        if let Some(at) = self.achievements.iter().position(|one| !(0..1 << 30).contains(&one.count)) {
            return Some(Fault::Number(Origin::Use(at, 0)));
        }
        if let Some(at) = self.scopes.iter().position(|scope| !scope.spent.iter().all(|spent| held(&spent.0)))
        {
            return Some(Fault::Unknown(Origin::Use(0, at)));
        }
        for (at, application) in self.applications.iter().enumerate() {
            let origin = Origin::Application(at);
            let slots = application.slots.iter().all(|slot| slot.candidates().iter().all(held));
            let scopes = application.scopes.iter().all(|scope| *scope < self.scopes.len());
            if !slots || !scopes {
                return Some(Fault::Unknown(origin));
            }
            let keys = application.slots.iter().all(|slot| match slot {
                Slot::One(_) => true,
                Slot::Set(set) => {
                    let size = set.of.len();
                    let different = match &set.take {
                        Take::Different(_, keys) => keys.len() == size,
                        Take::Exactly(_) | Take::Any => true,
                    };
                    different
                        && set.one_of.as_ref().is_none_or(|keys| keys.len() == size)
                        && set.totals.iter().all(|total| total.quantity.len() == size)
                }
            });
            if !keys || !(0..1 << 20).contains(&application.times) {
                return Some(Fault::Number(origin));
            }
            let measures = application.grants.iter().any(|grant| matches!(grant.award, Award::Measured(_)));
            if application.times > 1 && (measures || application.choice.is_some()) {
                return Some(Fault::Repeated(at));
            }
            for (nth, grant) in application.grants.iter().enumerate() {
                let origin = Origin::Grant(at, nth);
                let known = grant.covers.iter().all(|target| *target < self.targets.len())
                    && grant.places.iter().all(|block| *block < self.blocks.len());
                if !known {
                    return Some(Fault::Unknown(origin));
                }
                let possible = match &grant.award {
                    Award::Fixed(amount) => (0..1 << 30).contains(amount),
                    Award::Measured(by) => {
                        let lines = by.lines.iter().all(|line| line.per > 0 && line.times >= 0);
                        let size = application.slots.get(by.slot).map(|slot| slot.candidates().len());
                        lines && size == Some(by.quantity.len()) && (0..1 << 30).contains(&by.at_most)
                    }
                };
                let single =
                    grant.places.iter().enumerate().all(|(nth, one)| !grant.places[..nth].contains(one));
                if !possible || !single {
                    return Some(Fault::Number(origin));
                }
            }
        }
        None
    }

    fn measure_fault(&self) -> Option<Fault> {
        let limits = self.limits.iter().enumerate().map(|(at, limit)| (Origin::Limit(at), &limit.counted));
        let conditions = self.conditions.iter().enumerate();
        let conditions = conditions.map(|(at, condition)| (Origin::Condition(at), &condition.counted));
        for (origin, counted) in limits.chain(conditions) {
            if !counted.iter().all(|one| self.knows(&one.measure)) {
                return Some(Fault::Unknown(origin));
            }
        }
        let averages = self
            .averages
            .iter()
            .position(|average| !average.over.iter().all(|over| self.knows_part(&over.0)));
        averages.map(|at| Fault::Unknown(Origin::Average(at)))
    }

    fn knows(&self, measure: &Measure) -> bool {
        let block = |within: &Option<usize>| within.is_none_or(|block| block < self.blocks.len());
        let held = |of: &[usize]| of.iter().all(|at| *at < self.achievements.len());
        let made = |of: &[usize]| of.iter().all(|at| *at < self.applications.len());
        match measure {
            Measure::Amount { of, within } | Measure::Courses { of, within } => {
                block(within) && of.iter().all(|part| self.knows_part(part))
            }
            Measure::Sources { by, of } => made(by) && held(of),
            Measure::Different { by, groups } => made(by) && groups.iter().all(|group| held(group)),
            Measure::Applications { of } => made(of),
        }
    }

    fn knows_part(&self, part: &Part) -> bool {
        let grant = self.applications.get(part.application).and_then(|one| one.grants.get(part.grant));
        let when = match &part.when {
            When::Always => true,
            When::AnyUsed(of) | When::NoneUsed(of) => of.iter().all(|at| *at < self.achievements.len()),
        };
        grant.is_some() && when
    }
}
