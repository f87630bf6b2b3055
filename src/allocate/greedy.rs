//! A first answer, to begin from: applications one after another, each as far as it fits.
//!
//! It is rarely the best and never claimed to be. What it makes is tried against every row like any other point; where a construct
//! would need thought (bundles to choose from, branches, shares), it makes nothing.

use super::expression::Expression;
use super::measure;
use super::problem::{Award, Counted, Counts, Measure, Pin, Problem, Slot, When};
use super::rows::Rows;

/// What is left of everything that can run out.
struct Left<'p> {
    problem: &'p Problem,
    /// By scope and achievement.
    uses: Vec<Vec<i64>>,
    covered: Vec<bool>,
    /// By block.
    room: Vec<i64>,
    /// By limit.
    limits: Vec<i64>,
    /// By application: limits that see its amount, and limits that see it made, with factors.
    seen: Vec<Seen>,
}

/// The limits that see one application.
#[derive(Clone, Default)]
struct Seen {
    amount: Vec<(usize, i64)>,
    made: Vec<(usize, i64)>,
    /// One sees it in a way that needs thought.
    deep: bool,
}

/// By application, what counts of its one grant; nothing where it is not made.
fn made(problem: &Problem) -> Vec<Option<i64>> {
    let mut left = Left::new(problem);
    problem.applications.iter().enumerate().map(|(at, _)| left.make(at)).collect()
}

impl<'p> Left<'p> {
    fn new(problem: &'p Problem) -> Self {
        let spent = |scope: usize, held: usize| -> i64 {
            problem.scopes[scope].spent.iter().filter(|spent| spent.0 == held).map(|spent| spent.1).sum()
        };
        let uses = (0..problem.scopes.len()).map(|scope| {
            problem
                .achievements
                .iter()
                .enumerate()
                .map(|(held, one)| (one.count - spent(scope, held)).max(0))
                .collect()
        });
        let mut covered: Vec<bool> = problem.targets.iter().map(|target| target.covered).collect();
        let mut uses: Vec<Vec<i64>> = uses.collect();
        for application in
            problem.applications.iter().filter(|one| one.pin == Pin::Own || one.pin == Pin::Made)
        {
            for &held in application.slots.iter().flat_map(Slot::candidates) {
                application.scopes.iter().for_each(|scope| uses[*scope][held] -= 1);
            }
            application
                .grants
                .iter()
                .flat_map(|grant| &grant.covers)
                .for_each(|target| covered[*target] = true);
        }
        let own = measure::own_study(problem);
        let limits = problem.limits.iter().map(|limit| {
            let alone = measure::sum(problem, &own, &limit.counted);
            limit.at_most.max(0).max(alone) - alone
        });
        let mut seen = vec![Seen::default(); problem.applications.len()];
        for (at, limit) in problem.limits.iter().enumerate() {
            limit.counted.iter().for_each(|one| see(problem, &mut seen, at, one));
        }
        let room = (0..problem.blocks.len()).map(|at| {
            let held: i64 = (0..problem.blocks.len())
                .filter(|inner| problem.is_in(*inner, at))
                .map(|inner| problem.blocks[inner].held)
                .sum();
            problem.ceiling(at).map_or(i64::MAX, |most| most - held)
        });
        Self { problem, uses, covered, room: room.collect(), limits: limits.collect(), seen }
    }

    fn make(&mut self, at: usize) -> Option<i64> {
        let application = &self.problem.applications[at];
        let [grant] = application.grants.as_slice() else { return None };
        let (Award::Fixed(award), [place]) = (&grant.award, grant.places.as_slice()) else { return None };
        let singles = application.slots.iter().all(|slot| matches!(slot, Slot::One(_)));
        let branch = self
            .problem
            .branches
            .iter()
            .flat_map(|one| &one.blocks)
            .any(|block| self.problem.is_in(*place, *block));
        let plain = singles
            && application.pin == Pin::Free
            && application.choice.is_none()
            && grant.counts == Counts::Credit;
        if !plain || branch || self.seen[at].deep {
            return None;
        }
        let held: Vec<usize> = application.slots.iter().flat_map(Slot::candidates).copied().collect();
        let twice = held.iter().enumerate().any(|(nth, one)| held[..nth].contains(one));
        let free =
            application.scopes.iter().all(|scope| held.iter().all(|held| self.uses[*scope][*held] > 0));
        if twice || !free || grant.covers.iter().any(|target| self.covered[*target]) {
            return None;
        }
        let mut room = *award;
        let mut around = Some(*place);
        while let Some(block) = around {
            room = room.min(self.room[block]);
            around = self.problem.blocks[block].parent;
        }
        for &(limit, factor) in &self.seen[at].amount {
            room = room.min(self.limits[limit] / factor);
        }
        let fits = self.seen[at].made.iter().all(|(limit, factor)| self.limits[*limit] >= *factor);
        if !fits || room <= 0 || (grant.whole && room < *award) {
            return None;
        }
        for scope in &application.scopes {
            held.iter().for_each(|held| self.uses[*scope][*held] -= 1);
        }
        grant.covers.iter().for_each(|target| self.covered[*target] = true);
        let mut around = Some(*place);
        while let Some(block) = around {
            self.room[block] = self.room[block].saturating_sub(room);
            around = self.problem.blocks[block].parent;
        }
        for &(limit, factor) in &self.seen[at].amount {
            self.limits[limit] -= factor * room;
        }
        for &(limit, factor) in &self.seen[at].made {
            self.limits[limit] -= factor;
        }
        Some(room)
    }
}

fn see(problem: &Problem, seen: &mut [Seen], limit: usize, one: &Counted) {
    let factor = one.factor;
    match &one.measure {
        Measure::Amount { of, within } | Measure::Courses { of, within } => {
            let amount = matches!(one.measure, Measure::Amount { .. });
            for part in of {
                let places = &problem.applications[part.application].grants[part.grant].places;
                let inside =
                    places.iter().any(|place| within.is_none_or(|block| problem.is_in(*place, block)));
                let seen = &mut seen[part.application];
                seen.deep |= part.when != When::Always || (inside && factor <= 0);
                if inside && factor > 0 {
                    if amount { seen.amount.push((limit, factor)) } else { seen.made.push((limit, factor)) }
                }
            }
        }
        Measure::Sources { by, .. } | Measure::Different { by, .. } => {
            by.iter().for_each(|at| seen[*at].deep = true)
        }
        Measure::Applications { of } => {
            for &at in of {
                seen[at].deep |= factor <= 0;
                seen[at].made.push((limit, factor.max(0)));
            }
        }
    }
}

impl Rows {
    /// The first answer, as values of columns.
    pub(super) fn first(&self, problem: &Problem) -> Vec<(Expression, i64)> {
        let mut made = made(problem);
        let mut values = Vec::new();
        for place in &self.set_columns {
            let mut members: Vec<usize> = place.iter().flat_map(|(_, members)| members.clone()).collect();
            members.sort_unstable();
            members.dedup();
            let taken: Vec<usize> = members.iter().copied().filter(|at| made[*at].is_some()).collect();
            let mut found = false;
            for (column, of) in place {
                let same = of.len() == taken.len() && of.iter().all(|at| taken.contains(at));
                found |= same;
                values.push((column.clone(), i64::from(same)));
            }
            if !found {
                members.into_iter().for_each(|at| made[at] = None);
            }
        }
        for (at, counted) in made.iter().enumerate() {
            let Some(counted) = counted else { continue };
            values.push((self.made[at].clone(), 1));
            if let Some(Some(Some(of))) = self.counted[at].first().map(|grant| grant.first()) {
                values.push((of.clone(), *counted));
            }
        }
        for lump in &self.lumps {
            values.push((lump.sum.clone(), lump.members.iter().filter_map(|spot| made[spot.0]).sum()));
        }
        values
    }
}
