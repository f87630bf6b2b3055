//! Limits, conditions and averages: what is measured of an allocation.

use super::super::expression::Expression;
use super::super::measure;
use super::super::problem::{Counted, Measure, Part, Problem, When};
use super::super::program::Origin;
use super::Rows;

impl Rows {
    pub(super) fn measures(&mut self, problem: &Problem) {
        let own = measure::own_study(problem);
        for (at, limit) in problem.limits.iter().enumerate() {
            let origin = Origin::Limit(at);
            let sum = self.sum_of(problem, &limit.counted, origin);
            let alone = measure::sum(problem, &own, &limit.counted);
            let most = limit.at_most.max(0).max(alone);
            if self.program.most(&sum) > most {
                self.program.at_most(&sum, &Expression::number(most), origin);
            }
        }
        for (at, condition) in problem.conditions.iter().enumerate() {
            let origin = Origin::Condition(at);
            let sum = self.sum_of(problem, &condition.counted, origin);
            let lacks = Expression::number(condition.at_least).and(&sum, -1);
            let most = self.program.most(&lacks).max(0);
            let short = self.program.column(0, most);
            if most > 0 {
                self.program.at_most(&lacks, &short, origin);
            }
            self.short.push(short);
        }
        for (at, average) in problem.averages.iter().enumerate() {
            let mut margin = Expression::number(average.held);
            for (part, by) in &average.over {
                let amount = self.amount(problem, part, None, Origin::Average(at));
                margin = margin.and(&amount, *by);
            }
            let least = self.program.least(&margin);
            let below = self.program.column(0, 1);
            if least < 0 {
                self.program.at_most(
                    &Expression::default(),
                    &margin.and(&below, least.saturating_neg()),
                    Origin::Average(at),
                );
            }
            self.below.push(below);
        }
    }

    fn sum_of(&mut self, problem: &Problem, counted: &[Counted], origin: Origin) -> Expression {
        let parts: Vec<(Expression, i64)> =
            counted.iter().map(|one| (self.measure(problem, &one.measure, origin), one.factor)).collect();
        Expression::sum(parts.iter().map(|(part, by)| (part, *by)))
    }

    fn measure(&mut self, problem: &Problem, measure: &Measure, origin: Origin) -> Expression {
        let mut parts = Vec::new();
        match measure {
            Measure::Amount { of, within } => {
                parts.extend(of.iter().map(|part| self.amount(problem, part, *within, origin)));
            }
            Measure::Courses { of, within } => {
                parts.extend(of.iter().map(|part| self.given(problem, part, *within, origin)));
            }
            Measure::Sources { by, of } => {
                parts.extend(of.iter().map(|source| self.used_once(problem, by, *source, origin)));
            }
            Measure::Different { by, groups } => {
                for group in groups {
                    let each: Vec<Expression> = group
                        .iter()
                        .flat_map(|source| by.iter().flat_map(|at| self.uses_of(problem, *at, *source)))
                        .cloned()
                        .collect();
                    parts.push(self.any(&each, origin));
                }
            }
            Measure::Applications { of } => parts.extend(of.iter().map(|at| self.made[*at].clone())),
        }
        Expression::sum(parts.iter().map(|part| (part, 1)))
    }

    /// What counts of a grant, in a block or anywhere. Credit that is shared into the block counts in it too.
    fn amount(
        &mut self,
        problem: &Problem,
        part: &Part,
        within: Option<usize>,
        origin: Origin,
    ) -> Expression {
        let grant = &problem.applications[part.application].grants[part.grant];
        let mut sum = Vec::new();
        for (nth, &place) in grant.places.iter().enumerate() {
            if within.is_none_or(|block| problem.is_in(place, block)) {
                let spot = (part.application, part.grant, nth);
                // All members of a lump are measured alike, or it would be two: the first brings it.
                let lump = self.lumps.iter().find(|lump| lump.members.first() == Some(&spot));
                sum.extend(lump.map(|lump| lump.sum.clone()));
                sum.extend(self.counted[part.application][part.grant][nth].clone());
            } else if let Some(block) = within {
                for (share, copies) in problem.shares.iter().zip(&self.shared) {
                    let here = problem.is_in(share.to, block);
                    let copies =
                        copies.iter().filter(|copy| here && copy.0 == (part.application, part.grant, nth));
                    sum.extend(copies.map(|copy| copy.1.clone()));
                }
            }
        }
        let sum = Expression::sum(sum.iter().map(|one| (one, 1)));
        self.when(problem, part, sum, origin)
    }

    fn given(&mut self, problem: &Problem, part: &Part, within: Option<usize>, origin: Origin) -> Expression {
        let taken = self.taken[part.application][part.grant].clone();
        let grant = &problem.applications[part.application].grants[part.grant];
        let inside: Vec<usize> = (0..grant.places.len())
            .filter(|nth| within.is_none_or(|block| problem.is_in(grant.places[*nth], block)))
            .collect();
        let given = if within.is_none() || inside.len() == grant.places.len() {
            taken
        } else if inside.is_empty() {
            Expression::default()
        } else {
            let counted = &self.counted[part.application][part.grant];
            let here: Vec<&Expression> = inside.iter().filter_map(|nth| counted[*nth].as_ref()).collect();
            let here = Expression::sum(here.into_iter().map(|one| (one, 1)));
            let some = self.any(&[here], origin);
            // Given in the block as often as it is given, if anything of it counts there.
            self.product(&some, &taken, origin)
        };
        self.when(problem, part, given, origin)
    }

    fn when(&mut self, problem: &Problem, part: &Part, amount: Expression, origin: Origin) -> Expression {
        let (of, any) = match &part.when {
            When::Always => return amount,
            When::AnyUsed(of) => (of, true),
            When::NoneUsed(of) => (of, false),
        };
        let uses: Vec<Expression> =
            of.iter().flat_map(|source| self.uses_of(problem, part.application, *source)).cloned().collect();
        let some = self.any(&uses, origin);
        let holds = if any { some } else { Expression::number(1).and(&some, -1) };
        self.product(&holds, &amount, origin)
    }

    /// 1 where one of several is above 0, else 0.
    fn any(&mut self, of: &[Expression], origin: Origin) -> Expression {
        let sum = Expression::sum(of.iter().map(|one| (one, 1)));
        if self.program.most(&sum) <= 1 {
            return sum;
        }
        let some = self.program.column(0, 1);
        self.program.at_most(&some, &sum, origin);
        for one in of {
            let most = self.program.most(one);
            if most > 0 {
                self.program.at_most(one, &some.times(most), origin);
            }
        }
        some
    }

    /// An amount where something holds, else 0.
    fn product(&mut self, holds: &Expression, amount: &Expression, origin: Origin) -> Expression {
        if holds.terms.is_empty() {
            return if holds.is_zero() { Expression::default() } else { amount.clone() };
        }
        let most = self.program.most(amount).max(0);
        let product = self.program.column(0, most);
        self.program.at_most(&product, amount, origin);
        self.program.at_most(&product, &holds.times(most), origin);
        let least = amount.and(&Expression::number(1).and(holds, -1), most.saturating_neg());
        self.program.at_most(&least, &product, origin);
        product
    }

    /// How many of one achievement several applications use: as many as the one that uses most of it, unless they share out
    /// what there is.
    fn used_once(&mut self, problem: &Problem, by: &[usize], source: usize, origin: Origin) -> Expression {
        let could = |at: &&usize| {
            problem.applications[**at].slots.iter().any(|slot| slot.candidates().contains(&source))
        };
        let each: Vec<(usize, Expression)> = by
            .iter()
            .filter(could)
            .map(|at| {
                (*at, Expression::sum(self.uses_of(problem, *at, source).into_iter().map(|one| (one, 1))))
            })
            .collect();
        let scopes = |at: &usize| &problem.applications[*at].scopes;
        let apart =
            |one: &usize, other: &usize| scopes(one).iter().any(|scope| scopes(other).contains(scope));
        let all_apart =
            each.iter().enumerate().all(|(nth, one)| each[nth + 1..].iter().all(|two| apart(&one.0, &two.0)));
        if all_apart {
            return Expression::sum(each.iter().map(|(_, uses)| (uses, 1)));
        }
        let held = problem.achievements[source].count;
        let most = self.program.column(0, held);
        let which: Vec<Expression> = each.iter().map(|_| self.program.column(0, 1)).collect();
        let one = Expression::sum(which.iter().map(|one| (one, 1)));
        self.program.equal(&one, &Expression::number(1), origin);
        for ((_, uses), which) in each.iter().zip(&which) {
            self.program.at_most(uses, &most, origin);
            let slack = Expression::number(held).and(which, held.saturating_neg());
            self.program.at_most(&most, &uses.and(&slack, 1), origin);
        }
        most
    }
}
