//! What grants give, and what of it counts in their places.

use super::super::expression::Expression;
use super::super::problem::{Award, Counts, Grant, Measured, Problem};
use super::super::program::Origin;
use super::Rows;

impl Rows {
    pub(super) fn amounts(&mut self, problem: &Problem) {
        for (at, application) in problem.applications.iter().enumerate() {
            let (mut awarded, mut counted) = (Vec::new(), Vec::new());
            for (nth, grant) in application.grants.iter().enumerate() {
                let taken = self.taken[at][nth].clone();
                let origin = Origin::Grant(at, nth);
                let amount = match &grant.award {
                    Award::Fixed(amount) => taken.times(*amount),
                    Award::Measured(measured) => self.measured(at, &taken, measured, grant.whole, origin),
                };
                let lumped = self.by_sets[at].is_some() && !grant.whole;
                counted.push(if lumped {
                    vec![None; grant.places.len()]
                } else if grant.whole && grant.places.len() == 1 {
                    vec![Some(amount.clone())]
                } else {
                    self.places(problem, grant, &amount, &taken, origin)
                });
                awarded.push(amount);
            }
            self.awarded.push(awarded);
            self.counted.push(counted);
        }
    }

    /// Spread over several places, or cut in one.
    fn places(
        &mut self,
        problem: &Problem,
        grant: &Grant,
        amount: &Expression,
        taken: &Expression,
        origin: Origin,
    ) -> Vec<Option<Expression>> {
        let most = self.program.most(amount).max(0);
        let mut counted = Vec::new();
        for &place in &grant.places {
            // A ceiling is one of credit.
            let room = if grant.counts == Counts::Credit { most.min(room(problem, place)) } else { most };
            counted.push(self.program.column(0, room.max(0)));
        }
        let sum = Expression::sum(counted.iter().map(|one| (one, 1)));
        if grant.whole && !counted.is_empty() {
            self.program.equal(&sum, amount, origin);
        } else {
            self.program.at_most(&sum, amount, origin);
            let rooms = self.program.most(&sum);
            if rooms < most && self.program.most(taken) == 1 {
                self.program.at_most(&sum, &taken.times(rooms), origin);
            }
        }
        counted.into_iter().map(Some).collect()
    }

    fn measured(
        &mut self,
        at: usize,
        taken: &Expression,
        by: &Measured,
        whole: bool,
        origin: Origin,
    ) -> Expression {
        let quantity = Expression::sum(self.used[at][by.slot].iter().zip(by.quantity.iter().copied()));
        let made = self.made[at].clone();
        let program = &mut self.program;
        let amount = program.column(0, by.at_most.max(0));
        program.at_most(&amount, &taken.times(by.at_most.max(0)), origin);
        program.at_most(taken, &amount, origin);
        let mut lines = Vec::new();
        for line in &by.lines {
            let plus = line.plus.saturating_add(by.round.addend(line.per));
            let value = quantity.times(line.times).and(&made, plus);
            // A grant that is not chosen asks nothing of what is measured.
            let less = program.least(&value).min(0).saturating_neg();
            let unless = made.and(taken, -1).times(less);
            program.at_most(&amount.times(line.per), &value.and(&unless, 1), origin);
            lines.push((line.per, value));
        }
        if whole {
            // One of the lines, or the cap, is met and not only kept.
            let met: Vec<Expression> = (0..=lines.len()).map(|_| program.column(0, 1)).collect();
            let sum = Expression::sum(met.iter().map(|one| (one, 1)));
            program.equal(&sum, taken, origin);
            for ((per, value), met) in lines.iter().zip(&met) {
                // per · amount >= value - (per - 1), where this line is met
                let least = value.and(&Expression::number(per - 1), -1);
                let most = program.most(&least).max(0);
                let unless = Expression::number(most).and(met, most.saturating_neg());
                program.at_most(&least.and(&unless, -1), &amount.times(*per), origin);
            }
            if let Some(met) = met.last() {
                program.at_most(&met.times(by.at_most.max(0)), &amount, origin);
            }
        }
        amount
    }
}

/// What a place can take at most: the least ceiling from it upwards, as far as no surplus goes out and nothing counts twice.
pub(in super::super) fn room(problem: &Problem, place: usize) -> i64 {
    let mut room = i64::MAX;
    let mut at = Some(place).filter(|_| problem.shares.is_empty());
    while let Some(block) = at.and_then(|at| problem.blocks.get(at)) {
        if block.surplus_to.is_none() {
            room = room.min(block.at_most.unwrap_or(i64::MAX));
        } else {
            break;
        }
        at = block.parent;
    }
    room
}
