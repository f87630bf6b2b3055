//! What applications use, once in each scope, and what they cover, once.

use super::super::expression::Expression;
use super::super::problem::{Problem, Set, Slot, Take};
use super::super::program::Origin;
use super::Rows;

impl Rows {
    pub(super) fn uses(&mut self, problem: &Problem) {
        for (at, application) in problem.applications.iter().enumerate() {
            let made = self.made[at].clone();
            let mut slots = Vec::new();
            for slot in &application.slots {
                slots.push(match slot {
                    Slot::One(_) => vec![made.clone()],
                    Slot::Set(set) => {
                        self.set(problem, set, &made, application.times, Origin::Application(at))
                    }
                });
            }
            self.used.push(slots);
            self.different_in_slots(problem, at);
        }
        for (scope, of) in problem.scopes.iter().enumerate() {
            for (achievement, held) in problem.achievements.iter().enumerate() {
                let spent =
                    of.spent.iter().filter(|spent| spent.0 == achievement).map(|spent| spent.1).sum::<i64>();
                let within = |at: &usize| problem.applications[*at].scopes.contains(&scope);
                let applications = (0..problem.applications.len()).filter(within);
                let all: Vec<&Expression> =
                    applications.flat_map(|at| self.uses_of(problem, at, achievement)).collect();
                let sum = Expression::sum(all.into_iter().map(|one| (one, 1)));
                let left = Expression::number((held.count - spent).max(0));
                if self.program.most(&sum) > self.program.most(&left) {
                    self.program.at_most(&sum, &left, Origin::Use(achievement, scope));
                }
            }
        }
    }

    /// How an application uses an achievement, slot by slot.
    pub(super) fn uses_of<'r>(
        &'r self,
        problem: &'r Problem,
        application: usize,
        achievement: usize,
    ) -> Vec<&'r Expression> {
        let slots = problem.applications[application].slots.iter().zip(&self.used[application]);
        let each = slots.flat_map(|(slot, used)| slot.candidates().iter().zip(used));
        each.filter(|(candidate, _)| **candidate == achievement).map(|(_, used)| used).collect()
    }

    /// The items of one bundle are different achievements.
    fn different_in_slots(&mut self, problem: &Problem, at: usize) {
        let slots = &problem.applications[at].slots;
        let mut all: Vec<usize> = slots.iter().flat_map(Slot::candidates).copied().collect();
        all.sort_unstable();
        let mut twice: Vec<usize> = all.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
        twice.dedup();
        for achievement in twice {
            let sum = Expression::sum(self.uses_of(problem, at, achievement).into_iter().map(|one| (one, 1)));
            let held = Expression::number(problem.achievements[achievement].count);
            self.program.at_most(&sum, &held, Origin::Application(at));
        }
    }

    fn set(
        &mut self,
        problem: &Problem,
        set: &Set,
        made: &Expression,
        times: i64,
        origin: Origin,
    ) -> Vec<Expression> {
        let program = &mut self.program;
        let mut used = Vec::new();
        for &candidate in &set.of {
            let held = problem.achievements[candidate].count;
            let most = match set.take {
                Take::Exactly(number) => held.min(number.saturating_mul(times)),
                Take::Different(..) | Take::Any => held,
            };
            let one = program.column(0, most.max(0));
            program.at_most(&one, &made.times(most), origin);
            used.push(one);
        }
        let of = |pick: &dyn Fn(usize) -> bool| {
            Expression::sum(used.iter().enumerate().filter(|(nth, _)| pick(*nth)).map(|(_, one)| (one, 1)))
        };
        let all = of(&|_| true);
        match &set.take {
            Take::Exactly(number) => program.equal(&all, &made.times(*number), origin),
            Take::Any => program.at_most(made, &all, origin),
            Take::Different(number, keys) => {
                let mut values = Vec::new();
                for key in distinct(keys) {
                    let value = program.column(0, 1);
                    program.at_most(&value, &of(&|nth| keys[nth] == key), origin);
                    values.push(value);
                }
                let sum = Expression::sum(values.iter().map(|one| (one, 1)));
                program.equal(&sum, &made.times(*number), origin);
            }
        }
        if let Some(keys) = &set.one_of {
            for key in distinct(keys) {
                program.at_most(&of(&|nth| keys[nth] == key), made, origin);
            }
        }
        for total in &set.totals {
            let sum = Expression::sum(used.iter().zip(total.quantity.iter().copied()));
            program.at_most(&made.times(total.at_least), &sum, origin);
        }
        for some in &set.some_of {
            program.at_most(made, &of(&|nth| some.contains(&set.of[nth])), origin);
        }
        used
    }

    pub(super) fn targets(&mut self, problem: &Problem) {
        for (at, target) in problem.targets.iter().enumerate() {
            let all = problem.applications.iter().zip(&self.taken);
            let grants = all.flat_map(|(one, taken)| one.grants.iter().zip(taken));
            let covering = grants.filter(|(grant, _)| grant.covers.contains(&at));
            let sum = Expression::sum(covering.map(|(_, taken)| (taken, 1)));
            let left = Expression::number(i64::from(!target.covered));
            if self.program.most(&sum) > self.program.most(&left) {
                self.program.at_most(&sum, &left, Origin::Target(at));
            }
        }
    }
}

fn distinct(keys: &[u32]) -> Vec<u32> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys
}
