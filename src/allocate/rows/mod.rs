//! The rows of a problem: everything that an allocation must keep, as sums of whole numbers.
//!
//! Nothing is solved here and nothing is rounded. The one idea: each thing that may be chosen is a sum of columns, so that a place
//! whose claims are taken as whole sets ([`super::sets`]) looks to every row like any other.

mod amounts;
mod blocks;
mod measures;
mod uses;

use super::expression::Expression;
use super::problem::{Choice, Pin, Problem, Slot};
use super::program::{Origin, Program};
use super::sets::Sets;

/// The objectives that are certified, in their order.
pub(super) const STAGES: usize = 5;

/// A problem as an integer programme, and what its columns stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) program: Program,
    /// How often each application is made.
    pub(super) made: Vec<Expression>,
    /// How often each grant of it is given.
    pub(super) taken: Vec<Vec<Expression>>,
    /// What each slot takes of each of its candidates.
    pub(super) used: Vec<Vec<Vec<Expression>>>,
    /// What each grant gives.
    pub(super) awarded: Vec<Vec<Expression>>,
    /// What counts of it in each of its places; nothing where it is lumped with others.
    pub(super) counted: Vec<Vec<Vec<Option<Expression>>>>,
    /// What several grants count together in their one place.
    pub(super) lumps: Vec<Lump>,
    /// By share, what counts twice of each grant in each place.
    pub(super) shared: Vec<Vec<(Spot, Expression)>>,
    /// What goes out of each block over its ceiling.
    pub(super) surplus: Vec<Option<Expression>>,
    /// Which branches are chosen.
    pub(super) chosen: Vec<Vec<Expression>>,
    /// What counts in each block.
    pub(super) inside: Vec<Expression>,
    /// What remains to be earned in each block.
    pub(super) remaining: Vec<Expression>,
    /// What is missing of each condition.
    pub(super) short: Vec<Expression>,
    /// Which averages are missed.
    pub(super) below: Vec<Expression>,
    /// By place, the columns of its sets and the applications in each.
    pub(super) set_columns: Vec<Vec<(Expression, Vec<usize>)>>,
    /// The applications that sets of claims decide.
    pub(super) by_sets: Vec<Option<Expression>>,
    /// What is made as great as it can be, in turn.
    pub(super) objectives: [Expression; STAGES],
}

/// A grant in one of its places: application, grant, and which of its places.
pub(super) type Spot = (usize, usize, usize);

/// Grants that count together in one place.
#[derive(Clone, Debug)]
pub(super) struct Lump {
    pub(super) members: Vec<Spot>,
    pub(super) sum: Expression,
}

/// All rows of a problem, with sets of claims in the places that have them.
pub(super) fn build(problem: &Problem, sets: &Sets) -> Rows {
    let mut rows = Rows::default();
    rows.sets(problem, sets);
    rows.applications(problem);
    rows.uses(problem);
    rows.targets(problem);
    rows.amounts(problem);
    rows.blocks(problem);
    rows.measures(problem);
    rows.objectives(problem);
    rows
}

impl Rows {
    /// Applications that sets of claims do not decide, and the choice among their grants.
    fn applications(&mut self, problem: &Problem) {
        for (at, application) in problem.applications.iter().enumerate() {
            let origin = Origin::Application(at);
            let made = self.by_sets[at].clone().unwrap_or_else(|| match application.pin {
                Pin::Own => Expression::number(1),
                Pin::NotMade => Expression::number(0),
                Pin::Free | Pin::Made => self.program.column(0, problem.times(at)),
            });
            if application.pin == Pin::Made {
                self.program.at_most(&Expression::number(1), &made, origin);
            }
            let taken = match application.choice {
                None => vec![made.clone(); application.grants.len()],
                Some(choice) => self.choice(application.grants.len(), &made, choice, origin),
            };
            self.made.push(made);
            self.taken.push(taken);
        }
    }

    fn choice(
        &mut self,
        grants: usize,
        made: &Expression,
        choice: Choice,
        origin: Origin,
    ) -> Vec<Expression> {
        let taken: Vec<Expression> = (0..grants).map(|_| self.program.column(0, 1)).collect();
        for one in &taken {
            self.program.at_most(one, made, origin);
        }
        let sum = Expression::sum(taken.iter().map(|one| (one, 1)));
        self.program.at_most(&made.times(choice.at_least.max(1)), &sum, origin);
        self.program.at_most(&sum, &made.times(choice.at_most), origin);
        taken
    }

    /// What is made as great as it can be: less to be earned, less missing of conditions, more effects, fewer achievements.
    fn objectives(&mut self, problem: &Problem) {
        let needs = problem.blocks.iter().any(|block| block.need.is_some());
        let first = if needs {
            self.remaining.first().map(|all| all.times(-1))
        } else {
            self.inside.first().cloned()
        };
        let missing = |counts: bool| {
            let each = problem.conditions.iter().zip(&self.short);
            each.filter(move |(condition, _)| condition.counts == counts).map(|(_, short)| (short, -1))
        };
        let credit = Expression::sum(missing(false));
        let count = Expression::sum(missing(true).chain(self.below.iter().map(|one| (one, -1))));
        let mut effects = Vec::new();
        let mut numbers: Vec<u32> = problem
            .applications
            .iter()
            .flat_map(|one| &one.grants)
            .filter_map(|grant| grant.effect)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let all = problem.applications.iter().zip(&self.taken);
            let giving = all.flat_map(|(one, taken)| one.grants.iter().zip(taken));
            let giving = giving.filter(|(grant, _)| grant.effect == Some(number));
            let sum = Expression::sum(giving.map(|(_, taken)| (taken, 1)));
            if self.program.most(&sum) > 1 {
                let had = self.program.column(0, 1);
                self.program.at_most(&had, &sum, Origin::Stage(3));
                effects.push(had);
            } else {
                effects.push(sum);
            }
        }
        let mut used = Vec::new();
        for (application, slots) in problem.applications.iter().zip(&self.used) {
            if matches!(application.pin, Pin::Free | Pin::NotMade) {
                used.extend(slots.iter().flatten().map(|one| (one, -1)));
            }
        }
        let used = Expression::sum(used);
        let effects = Expression::sum(effects.iter().map(|one| (one, 1)));
        self.objectives = [first.unwrap_or_default(), credit, count, effects, used];
    }

    /// What is decided one after another where several answers are equally good, larger values first: what is given, then what
    /// set slots take, then what counts where, what is shared, what goes over, and which branches are asked.
    pub(super) fn canonical(&self, problem: &Problem) -> [Vec<Expression>; 2] {
        let mut choices: Vec<Expression> = self.taken.iter().flatten().cloned().collect();
        for (application, slots) in problem.applications.iter().zip(&self.used) {
            for (slot, used) in application.slots.iter().zip(slots) {
                if matches!(slot, Slot::Set(_)) {
                    choices.extend(used.iter().cloned());
                }
            }
        }
        let mut amounts: Vec<Expression> =
            self.counted.iter().flatten().flatten().flatten().cloned().collect();
        amounts.extend(self.shared.iter().flatten().map(|(_, shared)| shared.clone()));
        amounts.extend(self.surplus.iter().flatten().cloned());
        amounts.extend(self.chosen.iter().flatten().cloned());
        [choices, amounts]
    }
}
