//! Whether an allocation is what it says: its rows are built anew from the problem, and each objective's proof is walked.
//!
//! Nothing of the search is used. The checker itself ([`crate::certificate`]) knows sums and products only.

use super::expression::Expression;
use super::problem::Problem;
use super::program::{Origin, Program};
use super::result::Allocation;
use super::rows::build;
use super::sets::Sets;
use crate::certificate::{self, Inequality, Unproved, check_optimum};

/// Why an allocation is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// The problem itself cannot be asked.
    #[error("the problem cannot be asked")]
    Problem,
    /// What the allocation says does not fit the problem.
    #[error("the allocation does not fit the problem")]
    Misshapen,
    /// What it says of one thing does not follow from the rest.
    #[error("what is said of {0:?} does not follow")]
    Differs(Origin),
    /// An objective was not proved.
    #[error("objective {0} is not proved")]
    Open(usize),
    /// An objective's proof does not hold.
    #[error("the proof of objective {0} does not hold: {1}")]
    Proof(usize, Unproved),
}

/// Whether an allocation keeps every row, is worth what it says, and is proved to be the best.
///
/// # Errors
///
/// Where that does not follow from the problem.
pub fn certify(problem: &Problem, allocation: &Allocation) -> Result<(), Distrust> {
    if problem.fault().is_some() {
        return Err(Distrust::Problem);
    }
    let rows = build(problem, &Sets::find(problem));
    if rows.program.too_fine.is_some() {
        return Err(Distrust::Problem);
    }
    let point = &allocation.point;
    if point.len() != rows.program.lower.len() || !allocation.fits(problem) {
        return Err(Distrust::Misshapen);
    }
    let same = |of: &Expression, value: i64| of.value(point) == i128::from(value);
    let chosen = &allocation.chosen;
    for at in 0..problem.applications.len() {
        let made = same(&rows.made[at], chosen.made[at]);
        let given = rows.taken[at].iter().zip(&chosen.given[at]).all(|(of, value)| same(of, *value));
        let used = rows.used[at].iter().flatten().zip(chosen.used[at].iter().flatten());
        if !made || !given || !used.into_iter().all(|(of, value)| same(of, *value)) {
            return Err(Distrust::Differs(Origin::Application(at)));
        }
    }
    for (of, value) in rows.settled_by(allocation) {
        if !same(&of, value) {
            return Err(Distrust::Misshapen);
        }
    }
    allocation.follows(problem, &rows.inside.iter().map(|of| of.value(point)).collect::<Vec<_>>())?;
    let mut program = rows.program.clone();
    for (number, objective) in rows.objectives.iter().enumerate() {
        let stage = allocation.stages.get(number).ok_or(Distrust::Open(number))?;
        if !stage.proved || stage.bound != stage.value {
            return Err(Distrust::Open(number));
        }
        let plus = i64::try_from(objective.plus).map_err(|_| Distrust::Problem)?;
        let statement = statement(&program, objective);
        let value = stage.value.checked_sub(plus).ok_or(Distrust::Misshapen)?;
        check_optimum(&statement, point, value, &stage.tree).map_err(|why| Distrust::Proof(number, why))?;
        program.at_most(&Expression::number(stage.value), objective, Origin::Stage(number));
    }
    Ok(())
}

/// The programme as the checker knows it: a row that must be met is two.
fn statement(program: &Program, objective: &Expression) -> certificate::Program {
    let mut rows = Vec::new();
    for row in &program.rows {
        rows.push(Inequality { entries: row.entries.clone(), at_most: row.at_most });
        if row.equal {
            let entries = row.entries.iter().map(|(column, by)| (*column, -by)).collect();
            rows.push(Inequality { entries, at_most: -row.at_most });
        }
    }
    let objective =
        objective.terms.iter().map(|&(column, by)| (column, i64::try_from(by).unwrap_or(i64::MAX)));
    certificate::Program {
        lower: program.lower.clone(),
        upper: program.upper.clone(),
        rows,
        objective: objective.collect(),
    }
}

impl Allocation {
    /// Whether its lists are as long as those of the problem.
    fn fits(&self, problem: &Problem) -> bool {
        let own = super::measure::own_study(problem);
        let chosen = &self.chosen;
        let lengths = |lists: &[Vec<i64>]| lists.iter().map(Vec::len).collect::<Vec<_>>();
        let deep = |lists: &[Vec<Vec<i64>>]| lists.iter().map(|list| lengths(list)).collect::<Vec<_>>();
        chosen.made.len() == own.made.len()
            && lengths(&chosen.given) == lengths(&own.given)
            && deep(&chosen.used) == deep(&own.used)
            && deep(&chosen.counted) == deep(&own.counted)
            && chosen.shared.len() == problem.shares.len()
            && chosen.surplus.len() == problem.blocks.len()
            && chosen.branches.iter().map(Vec::len).eq(problem.branches.iter().map(|one| one.blocks.len()))
            && self.inside.len() == problem.blocks.len()
            && self.remaining.len() == problem.blocks.len()
    }

    /// Whether what it says beside its choice follows from the choice.
    fn follows(&self, problem: &Problem, inside: &[i128]) -> Result<(), Distrust> {
        use super::measure;
        if let Some(at) = inside.iter().zip(&self.inside).position(|(one, other)| *one != i128::from(*other))
        {
            return Err(Distrust::Differs(Origin::Block(at)));
        }
        let remaining = measure::remaining(problem, &self.chosen, &self.inside);
        if let Some(at) = remaining.iter().zip(&self.remaining).position(|(one, other)| one != other) {
            return Err(Distrust::Differs(Origin::Block(at)));
        }
        let awards = measure::awards(problem, &self.chosen);
        if let Some(at) = (0..awards.len()).find(|at| self.awarded.get(*at) != awards.get(*at)) {
            return Err(Distrust::Differs(Origin::Application(at)));
        }
        for (at, application) in problem.applications.iter().enumerate() {
            for (nth, grant) in application.grants.iter().enumerate() {
                let counted = &self.chosen.counted[at][nth];
                let sum: i128 = counted.iter().map(|one| i128::from(*one)).sum();
                let awarded = i128::from(awards[at][nth]);
                let spread = if grant.whole && !counted.is_empty() { sum == awarded } else { sum <= awarded };
                if !spread || counted.iter().any(|one| *one < 0) {
                    return Err(Distrust::Differs(Origin::Grant(at, nth)));
                }
            }
        }
        for (at, limit) in problem.limits.iter().enumerate() {
            if self.limits.get(at) != Some(&measure::sum(problem, &self.chosen, &limit.counted)) {
                return Err(Distrust::Differs(Origin::Limit(at)));
            }
        }
        for (at, condition) in problem.conditions.iter().enumerate() {
            let short = condition.at_least - measure::sum(problem, &self.chosen, &condition.counted);
            if self.short.get(at) != Some(&short.max(0)) {
                return Err(Distrust::Differs(Origin::Condition(at)));
            }
        }
        for (at, average) in problem.averages.iter().enumerate() {
            if self.below.get(at) != Some(&(measure::margin(problem, &self.chosen, average) < 0)) {
                return Err(Distrust::Differs(Origin::Average(at)));
            }
        }
        Ok(())
    }
}
