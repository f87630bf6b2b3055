//! What counts in each block, what goes over, what is shared, which branches are asked, and what remains to be earned.

use super::super::expression::Expression;
use super::super::problem::{Counts, Problem};
use super::super::program::Origin;
use super::{Rows, Spot};

impl Rows {
    pub(super) fn blocks(&mut self, problem: &Problem) {
        self.shares(problem);
        self.branches(problem);
        let direct: Vec<Expression> =
            (0..problem.blocks.len()).map(|block| self.direct(problem, block, Counts::Credit)).collect();
        self.inside = vec![Expression::default(); problem.blocks.len()];
        self.surplus = vec![None; problem.blocks.len()];
        let copies: Vec<&Expression> = self.shared.iter().flatten().map(|(_, copy)| copy).collect();
        let all = Expression::sum(direct.iter().chain(copies).map(|one| (one, 1)));
        let held = problem.blocks.iter().map(|block| block.held).fold(0, i64::saturating_add);
        // No more can flow than there is.
        let all = self.program.most(&all).saturating_add(held);
        let flows: Vec<Option<(Expression, Expression)>> = problem
            .blocks
            .iter()
            .map(|block| block.surplus_to.map(|_| (self.program.column(0, all), self.program.column(0, 1))))
            .collect();
        for at in (0..problem.blocks.len()).rev() {
            let block = &problem.blocks[at];
            let mut parts = vec![(direct[at].clone(), 1), (Expression::number(block.held), 1)];
            parts.extend(problem.children(at).map(|child| (self.inside[child].clone(), 1)));
            for (share, copies) in problem.shares.iter().zip(&self.shared) {
                let sum = Expression::sum(copies.iter().map(|(_, copy)| (copy, 1)));
                if share.to == at {
                    parts.push((sum, 1));
                } else if problem.common(share.from, share.to) == Some(at) {
                    parts.push((sum, -1));
                }
            }
            for (from, flow) in problem.blocks.iter().zip(&flows) {
                if let (Some(to), Some((over, _))) = (from.surplus_to, flow) {
                    parts.extend((to == at).then(|| (over.clone(), 1)));
                }
            }
            let comes = Expression::sum(parts.iter().map(|(part, by)| (part, *by)));
            self.inside[at] = self.ceiling(problem, at, comes, flows[at].as_ref());
        }
        self.remain(problem);
    }

    fn ceiling(
        &mut self,
        problem: &Problem,
        at: usize,
        comes: Expression,
        flow: Option<&(Expression, Expression)>,
    ) -> Expression {
        let Some(most) = problem.ceiling(at) else { return comes };
        let origin = Origin::Block(at);
        let most = Expression::number(most);
        let Some((over, open)) = flow else {
            if self.program.most(&comes) > self.program.most(&most) {
                self.program.at_most(&comes, &most, origin);
            }
            return comes;
        };
        // Surplus goes out only of a block that is full.
        let inside = comes.and(over, -1);
        let reach = self.program.most(&comes).max(0);
        self.program.at_most(&inside, &most, origin);
        self.program.at_most(over, &open.times(reach), origin);
        self.program.at_most(&open.times(self.program.most(&most)), &inside, origin);
        self.surplus[at] = Some(over.clone());
        inside
    }

    /// What sits in a block itself, not in one inside it.
    fn direct(&self, problem: &Problem, block: usize, counts: Counts) -> Expression {
        let mut parts: Vec<&Expression> = Vec::new();
        for (application, counted) in problem.applications.iter().zip(&self.counted) {
            for (grant, counted) in application.grants.iter().zip(counted) {
                let here = grant
                    .places
                    .iter()
                    .zip(counted)
                    .filter(|(place, _)| **place == block && grant.counts == counts);
                parts.extend(here.filter_map(|(_, counted)| counted.as_ref()));
            }
        }
        for lump in &self.lumps {
            let grant = |&(application, grant, place): &Spot| {
                let grant = &problem.applications[application].grants[grant];
                grant.places[place] == block && grant.counts == counts
            };
            parts.extend(lump.members.first().is_some_and(grant).then_some(&lump.sum));
        }
        Expression::sum(parts.into_iter().map(|part| (part, 1)))
    }

    fn shares(&mut self, problem: &Problem) {
        for (at, share) in problem.shares.iter().enumerate() {
            let mut copies = Vec::new();
            for (nth, application) in problem.applications.iter().enumerate() {
                for (which, grant) in application.grants.iter().enumerate() {
                    for (place, &block) in grant.places.iter().enumerate() {
                        let Some(counted) = self.counted[nth][which][place].clone() else { continue };
                        if grant.counts == Counts::Credit && problem.is_in(block, share.from) {
                            let most =
                                self.program.most(&counted).min(share.at_most.unwrap_or(i64::MAX)).max(0);
                            let copy = self.program.column(0, most);
                            self.program.at_most(&copy, &counted, Origin::Share(at));
                            copies.push(((nth, which, place), copy));
                        }
                    }
                }
            }
            if let Some(most) = share.at_most {
                let sum = Expression::sum(copies.iter().map(|(_, copy)| (copy, 1)));
                self.program.at_most(&sum, &Expression::number(most), Origin::Share(at));
            }
            self.shared.push(copies);
        }
    }

    /// Some of several blocks: what sits in another is not counted.
    fn branches(&mut self, problem: &Problem) {
        for (at, branches) in problem.branches.iter().enumerate() {
            let origin = Origin::Branches(at);
            let chosen: Vec<Expression> = branches.blocks.iter().map(|_| self.program.column(0, 1)).collect();
            let sum = Expression::sum(chosen.iter().map(|one| (one, 1)));
            self.program.equal(&sum, &Expression::number(branches.number), origin);
            for (&block, chosen) in branches.blocks.iter().zip(&chosen) {
                let inner = (0..problem.blocks.len()).filter(|inner| problem.is_in(*inner, block));
                let mut parts = Vec::new();
                for inner in inner {
                    parts.push(self.direct(problem, inner, Counts::Credit));
                    parts.push(self.direct(problem, inner, Counts::Lowers));
                }
                let sum = Expression::sum(parts.iter().map(|part| (part, 1)));
                let most = self.program.most(&sum);
                self.program.at_most(&sum, &chosen.times(most), origin);
            }
            self.chosen.push(chosen);
        }
    }

    /// What remains of a block is what itself lacks, and at least what the blocks in it lack together.
    fn remain(&mut self, problem: &Problem) {
        self.remaining = vec![Expression::default(); problem.blocks.len()];
        let mut full = vec![0i64; problem.blocks.len()];
        let mut lowered = vec![Expression::default(); problem.blocks.len()];
        let simple = problem.shares.is_empty() && problem.branches.is_empty();
        for at in (0..problem.blocks.len()).rev() {
            let children: Vec<usize> = problem.children(at).collect();
            let below: i64 = children.iter().map(|child| full[*child]).fold(0, i64::saturating_add);
            let inner = Expression::sum(children.iter().map(|child| (&self.remaining[*child], 1)));
            let mine = self.direct(problem, at, Counts::Lowers);
            lowered[at] =
                Expression::sum(children.iter().map(|child| (&lowered[*child], 1)).chain([(&mine, 1)]));
            let Some(need) = problem.blocks[at].need else {
                full[at] = below;
                self.remaining[at] = inner;
                continue;
            };
            full[at] = below.max(need);
            let origin = Origin::Block(at);
            if simple && need <= below && problem.blocks[at].surplus_to.is_none() {
                // What it lacks itself is never more than what the blocks in it lack together.
                self.remaining[at] = inner;
                continue;
            }
            if simple
                && children.is_empty()
                && problem.ceiling(at).is_some_and(|most| most <= need)
                && lowered[at].is_zero()
            {
                // It cannot hold more than it asks.
                self.remaining[at] = Expression::number(need).and(&self.inside[at], -1);
                continue;
            }
            let remaining = self.program.column(0, full[at].max(0));
            let mut asked = Expression::number(need);
            for (branches, chosen) in problem.branches.iter().zip(&self.chosen) {
                for (_, chosen) in
                    branches.blocks.iter().zip(chosen).filter(|(block, _)| problem.is_in(at, **block))
                {
                    // Nothing is asked of a branch that is not chosen.
                    asked = asked.and(&Expression::number(1).and(chosen, -1), need.saturating_neg());
                }
            }
            let lacks = asked.and(&lowered[at], -1).and(&self.inside[at], -1);
            self.program.at_most(&lacks, &remaining, origin);
            if !children.is_empty() {
                self.program.at_most(&inner, &remaining, origin);
            }
            self.remaining[at] = remaining;
        }
    }
}
