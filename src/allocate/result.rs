//! The allocation: from a problem to what is chosen, what it comes to, and the proof.

use super::expression::Expression;
use super::measure::{self, Chosen};
use super::narrow::narrow;
use super::problem::Problem;
use super::program::{Origin, Program};
use super::rows::{Rows, STAGES, build};
use super::sets::Sets;
use super::stages::{Stage, Stages};
use super::structure::Fault;

/// How much work an answer may take. It is counted in pivots and not in seconds, so that an answer is the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// How many pivots each objective may take, and the choice among equals; a pivot of a very large table counts as several.
    pub pivots: u64,
}

impl Default for Work {
    fn default() -> Self {
        Self { pivots: 50_000 }
    }
}

/// What is chosen, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// What is made, given, used and counted.
    pub chosen: Chosen,
    /// By application and grant, what is awarded, before any limit cuts.
    pub awarded: Vec<Vec<i64>>,
    /// What counts in each block.
    pub inside: Vec<i64>,
    /// What remains to be earned in each block.
    pub remaining: Vec<i64>,
    /// What each limit measures; where it has reached its number, the limit may have cut.
    pub limits: Vec<i64>,
    /// What is missing of each condition.
    pub short: Vec<i64>,
    /// Which averages are missed.
    pub below: Vec<bool>,
    /// The objectives in their order: least to be earned (or most counted, where nothing is asked), least missing of conditions on
    /// credit, least missing of those on courses and of averages, most effects without credit, fewest achievements used.
    pub stages: Vec<Stage>,
    /// Every objective is proved, and of equally good answers this one uses what comes first.
    pub proved: bool,
    /// The columns that the proofs speak of.
    pub(super) point: Vec<i64>,
}

/// Why there is no allocation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The problem says something impossible.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// What is pinned cannot all hold: these contradict each other, and no fewer of them do.
    #[error("what is pinned cannot all hold: {0:?}")]
    Clash(Vec<Origin>),
    /// No allocation was found with this much work.
    #[error("the work was not enough")]
    Spent,
}

/// The best allocation of a record, or why there is none.
///
/// # Errors
///
/// See [`Refusal`].
pub fn allocate(problem: &Problem, work: Work) -> Result<Allocation, Refusal> {
    if let Some(fault) = problem.fault() {
        return Err(fault.into());
    }
    let by_sets = sound(build(problem, &Sets::find(problem)))?;
    let mut stages = Stages::new(by_sets.program.clone(), work.pivots);
    stages.begin(&by_sets.first(problem));
    let mut reached = Vec::new();
    let mut reasons = Vec::new();
    for (number, objective) in by_sets.objectives.iter().enumerate() {
        let stage = stages.stage(number, objective, &mut reasons);
        reached
            .push(stage.map_err(|none| if none { clash(&by_sets.program, work) } else { Refusal::Spent })?);
    }
    let [choices, _] = by_sets.canonical(problem);
    stages.canonical(&choices).map_err(|_| Refusal::Spent)?;

    // What is made and used is settled. What counts where is asked of the rows as they are written, without sets.
    let plain = sound(build(problem, &Sets::none()))?;
    let mut amounts = Stages::new(plain.program.clone(), work.pivots);
    amounts.settled = stages.settled;
    let point = stages.point.clone().unwrap_or_default();
    let both = plain.decisions().into_iter().zip(by_sets.decisions());
    for (plain, by_sets) in both {
        amounts.set(&plain, by_sets.value(&point));
    }
    for (number, (objective, stage)) in plain.objectives.iter().zip(&reached).enumerate() {
        amounts.program.at_most(&Expression::number(stage.value), objective, Origin::Stage(number));
    }
    amounts.begin(&plain.guess(&by_sets, &point));
    let [_, order] = plain.canonical(problem);
    amounts.canonical(&order).map_err(|_| Refusal::Spent)?;
    let settled = amounts.settled && reached.iter().all(|stage| stage.proved);
    let point = amounts.point.unwrap_or_default();
    let mut allocation = plain.read(problem, &point, reached);
    allocation.proved = settled;
    allocation.point = lift(&by_sets, &allocation, &stages, work).unwrap_or_default();
    Ok(allocation)
}

fn sound(rows: Rows) -> Result<Rows, Refusal> {
    rows.program.too_fine.map_or(Ok(rows), |origin| Err(Fault::TooFine(origin).into()))
}

/// The point of the rows with sets that belongs to an allocation: what proofs speak of.
fn lift(by_sets: &Rows, allocation: &Allocation, stages: &Stages, work: Work) -> Option<Vec<i64>> {
    let mut lifted = Stages::new(by_sets.program.clone(), work.pivots);
    let point = stages.point.as_ref()?;
    for place in &by_sets.set_columns {
        let mut taken: Vec<usize> = place.iter().flat_map(|(_, members)| members.clone()).collect();
        taken.sort_unstable();
        taken.dedup();
        taken.retain(|at| allocation.chosen.made[*at] > 0);
        for (column, members) in place {
            let same = members.len() == taken.len() && members.iter().all(|member| taken.contains(member));
            lifted.set(column, i128::from(same));
        }
    }
    for decision in by_sets.decisions() {
        if decision.terms.len() <= 1 {
            lifted.set(&decision, decision.value(point));
        }
    }
    for (expression, value) in by_sets.settled_by(allocation) {
        lifted.set(&expression, i128::from(value));
    }
    for (number, (objective, stage)) in
        by_sets.objectives.iter().zip(&allocation.stages).enumerate().take(STAGES)
    {
        lifted.program.at_most(&Expression::number(stage.value), objective, Origin::Stage(number));
    }
    narrow(&lifted.program, &mut lifted.lower, &mut lifted.upper);
    lifted.canonical(&[]).ok()?;
    lifted.point
}

/// Which of the rows that a learner or an officer can change contradict each other.
fn clash(program: &Program, work: Work) -> Refusal {
    let mut kept = program.clone();
    let mut origins: Vec<Origin> = program.rows.iter().map(|row| row.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    let mut named = Vec::new();
    for origin in origins {
        let mut without = kept.clone();
        without.rows.retain(|row| row.origin != origin);
        match Stages::new(without.clone(), work.pivots).canonical(&[]) {
            Err(true) => kept = without,
            _ => named.push(origin),
        }
    }
    Refusal::Clash(named)
}

impl Rows {
    /// What is made, given and used: what is settled before amounts are.
    fn decisions(&self) -> Vec<Expression> {
        let used = self.used.iter().flatten().flatten();
        self.made.iter().chain(self.taken.iter().flatten()).chain(used).cloned().collect()
    }

    /// What may count where: as with sets, and what was lumped there is spread, the first first.
    fn guess(&self, by_sets: &Rows, point: &[i64]) -> Vec<(Expression, i64)> {
        let at = |of: &Expression| i64::try_from(of.value(point)).unwrap_or(i64::MAX);
        let mut guess = Vec::new();
        for (nth, grants) in self.counted.iter().enumerate() {
            for (which, places) in grants.iter().enumerate() {
                for (place, of) in places.iter().enumerate() {
                    if let (Some(of), Some(value)) = (of, &by_sets.counted[nth][which][place]) {
                        guess.push((of.clone(), at(value)));
                    }
                }
            }
        }
        for lump in &by_sets.lumps {
            let mut left = at(&lump.sum);
            for &(application, grant, place) in &lump.members {
                let mine = at(&by_sets.awarded[application][grant]).clamp(0, left);
                left -= mine;
                guess.extend(self.counted[application][grant][place].clone().map(|of| (of, mine)));
            }
        }
        let copies = self.shared.iter().flatten().zip(by_sets.shared.iter().flatten());
        guess.extend(copies.map(|(of, value)| (of.1.clone(), at(&value.1))));
        let over = self.surplus.iter().flatten().zip(by_sets.surplus.iter().flatten());
        guess.extend(over.map(|(of, value)| (of.clone(), at(value))));
        let chosen = self.chosen.iter().flatten().zip(by_sets.chosen.iter().flatten());
        guess.extend(chosen.map(|(of, value)| (of.clone(), at(value))));
        guess
    }

    /// What an allocation says about columns that sets do not decide.
    pub(super) fn settled_by(&self, allocation: &Allocation) -> Vec<(Expression, i64)> {
        let mut settled = Vec::new();
        let chosen = &allocation.chosen;
        for (counted, values) in
            self.counted.iter().flatten().flatten().zip(chosen.counted.iter().flatten().flatten())
        {
            settled.extend(counted.clone().map(|counted| (counted, *values)));
        }
        for lump in &self.lumps {
            let each = lump.members.iter().map(|spot| chosen.counted[spot.0][spot.1][spot.2]);
            settled.push((lump.sum.clone(), each.sum()));
        }
        for (copies, values) in self.shared.iter().zip(&chosen.shared) {
            settled.extend(copies.iter().zip(values).map(|(copy, value)| (copy.1.clone(), value.3)));
        }
        for (over, value) in self.surplus.iter().zip(&chosen.surplus) {
            settled.extend(over.clone().map(|over| (over, *value)));
        }
        for (one, value) in self.chosen.iter().flatten().zip(chosen.branches.iter().flatten()) {
            settled.push((one.clone(), i64::from(*value)));
        }
        settled
    }

    /// An allocation from a point of the rows as they are written.
    fn read(&self, problem: &Problem, point: &[i64], stages: Vec<Stage>) -> Allocation {
        let at = |of: &Expression| i64::try_from(of.value(point)).unwrap_or(i64::MAX);
        let list = |of: &Vec<Expression>| of.iter().map(at).collect::<Vec<i64>>();
        let chosen = Chosen {
            made: list(&self.made),
            given: self.taken.iter().map(list).collect(),
            used: self.used.iter().map(|slots| slots.iter().map(list).collect()).collect(),
            counted: self
                .counted
                .iter()
                .map(|grants| {
                    let places = |places: &Vec<Option<Expression>>| {
                        places.iter().map(|one| one.as_ref().map_or(0, at)).collect()
                    };
                    grants.iter().map(places).collect()
                })
                .collect(),
            shared: self
                .shared
                .iter()
                .map(|copies| copies.iter().map(|(spot, copy)| (spot.0, spot.1, spot.2, at(copy))).collect())
                .collect(),
            surplus: self.surplus.iter().map(|over| over.as_ref().map_or(0, at)).collect(),
            branches: self
                .chosen
                .iter()
                .map(|chosen| chosen.iter().map(|one| at(one) == 1).collect())
                .collect(),
        };
        let sums = |counted: &[super::problem::Counted]| measure::sum(problem, &chosen, counted);
        Allocation {
            awarded: measure::awards(problem, &chosen),
            inside: list(&self.inside),
            remaining: measure::remaining(problem, &chosen, &list(&self.inside)),
            limits: problem.limits.iter().map(|limit| sums(&limit.counted)).collect(),
            short: problem.conditions.iter().map(|one| (one.at_least - sums(&one.counted)).max(0)).collect(),
            below: problem
                .averages
                .iter()
                .map(|average| measure::margin(problem, &chosen, average) < 0)
                .collect(),
            stages,
            proved: false,
            point: Vec::new(),
            chosen,
        }
    }
}

impl Stages {
    /// Sets an expression to a value.
    pub(super) fn set(&mut self, of: &Expression, value: i128) {
        if let [(column, 1)] = of.terms[..] {
            let at = column as usize;
            let value = i64::try_from(value - of.plus).unwrap_or(i64::MAX);
            self.lower[at] = self.lower[at].max(value);
            self.upper[at] = self.upper[at].min(value);
        } else if !of.terms.is_empty() {
            let value = Expression::number(i64::try_from(value).unwrap_or(i64::MAX));
            self.program.equal(of, &value, Origin::Stage(usize::MAX));
        }
    }
}
