//! What is measured of a choice that has been made: plain sums, by their own code, not by the rows.

use super::problem::{Average, Award, Counted, Counts, Line, Measure, Measured, Part, Pin, Problem, When};

/// What has been chosen. An allocation holds it; a measure reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Chosen {
    /// How often each application is made.
    pub made: Vec<i64>,
    /// How often each of its grants is given.
    pub given: Vec<Vec<i64>>,
    /// What each of its slots takes of each candidate.
    pub used: Vec<Vec<Vec<i64>>>,
    /// What counts of each grant in each of its places.
    pub counted: Vec<Vec<Vec<i64>>>,
    /// By share, what counts twice of each grant in each of its places: application, grant, place, steps.
    pub shared: Vec<Vec<(usize, usize, usize, i64)>>,
    /// What goes out of each block over its ceiling.
    pub surplus: Vec<i64>,
    /// Which branches are asked.
    pub branches: Vec<Vec<bool>>,
}

/// Nothing but the learner's own study, and no credit of it.
pub(super) fn own_study(problem: &Problem) -> Chosen {
    let mut chosen = Chosen::default();
    for application in &problem.applications {
        let made = i64::from(application.pin == Pin::Own);
        chosen.made.push(made);
        chosen
            .given
            .push(vec![if application.choice.is_none() { made } else { 0 }; application.grants.len()]);
        chosen.counted.push(application.grants.iter().map(|grant| vec![0; grant.places.len()]).collect());
        let slots = application.slots.iter();
        chosen.used.push(
            slots
                .map(|slot| match slot {
                    super::problem::Slot::One(_) => vec![made],
                    super::problem::Slot::Set(set) => vec![0; set.of.len()],
                })
                .collect(),
        );
    }
    chosen
}

/// What a limit or a condition measures.
pub(super) fn sum(problem: &Problem, chosen: &Chosen, counted: &[Counted]) -> i64 {
    let each = counted.iter().map(|one| value(problem, chosen, &one.measure).saturating_mul(one.factor));
    each.fold(0, i64::saturating_add)
}

fn value(problem: &Problem, chosen: &Chosen, measure: &Measure) -> i64 {
    match measure {
        Measure::Amount { of, within } => of.iter().map(|part| amount(problem, chosen, part, *within)).sum(),
        Measure::Courses { of, within } => of.iter().map(|part| given(problem, chosen, part, *within)).sum(),
        Measure::Sources { by, of } => of.iter().map(|source| used_once(problem, chosen, by, *source)).sum(),
        Measure::Different { by, groups } => {
            let used = |group: &&Vec<usize>| {
                group.iter().any(|source| by.iter().any(|at| uses(problem, chosen, *at, *source) > 0))
            };
            i64::try_from(groups.iter().filter(used).count()).unwrap_or(i64::MAX)
        }
        Measure::Applications { of } => of.iter().map(|at| chosen.made[*at]).sum(),
    }
}

/// What counts of a part, in a block or anywhere.
pub(super) fn amount(problem: &Problem, chosen: &Chosen, part: &Part, within: Option<usize>) -> i64 {
    if !holds(problem, chosen, part) {
        return 0;
    }
    let grant = &problem.applications[part.application].grants[part.grant];
    let mut sum = 0;
    for (nth, &place) in grant.places.iter().enumerate() {
        match within {
            Some(block) if !problem.is_in(place, block) => {
                for (share, copies) in problem.shares.iter().zip(&chosen.shared) {
                    let here = copies
                        .iter()
                        .filter(|copy| (copy.0, copy.1, copy.2) == (part.application, part.grant, nth));
                    sum += if problem.is_in(share.to, block) { here.map(|copy| copy.3).sum() } else { 0 };
                }
            }
            _ => sum += chosen.counted[part.application][part.grant][nth],
        }
    }
    sum
}

fn given(problem: &Problem, chosen: &Chosen, part: &Part, within: Option<usize>) -> i64 {
    let grant = &problem.applications[part.application].grants[part.grant];
    let counted = &chosen.counted[part.application][part.grant];
    let inside = |nth: usize| within.is_none_or(|block| problem.is_in(grant.places[nth], block));
    let all = within.is_none() || (0..grant.places.len()).all(inside);
    let here = all || (0..grant.places.len()).any(|nth| inside(nth) && counted[nth] > 0);
    if here && holds(problem, chosen, part) { chosen.given[part.application][part.grant] } else { 0 }
}

fn holds(problem: &Problem, chosen: &Chosen, part: &Part) -> bool {
    let any = |of: &[usize]| of.iter().any(|source| uses(problem, chosen, part.application, *source) > 0);
    match &part.when {
        When::Always => true,
        When::AnyUsed(of) => any(of),
        When::NoneUsed(of) => !any(of),
    }
}

/// How many of an achievement an application uses.
pub(super) fn uses(problem: &Problem, chosen: &Chosen, application: usize, achievement: usize) -> i64 {
    let slots = problem.applications[application].slots.iter().zip(&chosen.used[application]);
    let each = slots.flat_map(|(slot, used)| slot.candidates().iter().zip(used));
    each.filter(|(candidate, _)| **candidate == achievement).map(|(_, used)| used).sum()
}

fn used_once(problem: &Problem, chosen: &Chosen, by: &[usize], source: usize) -> i64 {
    let could =
        |at: &&usize| problem.applications[**at].slots.iter().any(|slot| slot.candidates().contains(&source));
    let users: Vec<usize> = by.iter().filter(could).copied().collect();
    let apart = |one: usize, other: usize| {
        let scopes = &problem.applications[other].scopes;
        problem.applications[one].scopes.iter().any(|scope| scopes.contains(scope))
    };
    let all_apart =
        users.iter().enumerate().all(|(nth, one)| users[nth + 1..].iter().all(|other| apart(*one, *other)));
    let each = users.iter().map(|at| uses(problem, chosen, *at, source));
    if all_apart { each.sum() } else { each.max().unwrap_or(0) }
}

/// What each grant awards: before any limit cuts.
pub(super) fn awards(problem: &Problem, chosen: &Chosen) -> Vec<Vec<i64>> {
    let mut all = Vec::new();
    for (at, application) in problem.applications.iter().enumerate() {
        let each = application.grants.iter().enumerate().map(|(nth, grant)| {
            let given = chosen.given[at][nth];
            match &grant.award {
                Award::Fixed(amount) => amount.saturating_mul(given),
                Award::Measured(by) if given > 0 => by.amount(&chosen.used[at][by.slot]),
                Award::Measured(_) => 0,
            }
        });
        all.push(each.collect());
    }
    all
}

impl Measured {
    /// What comes of what is taken.
    pub(super) fn amount(&self, used: &[i64]) -> i64 {
        let quantity: i64 = used.iter().zip(&self.quantity).map(|(used, by)| used * by).sum();
        let line = |line: &Line| {
            let sum = quantity.saturating_mul(line.times).saturating_add(line.plus);
            sum.saturating_add(self.round.addend(line.per)).div_euclid(line.per)
        };
        self.lines.iter().map(line).fold(self.at_most, i64::min)
    }
}

/// What remains of each block.
pub(super) fn remaining(problem: &Problem, chosen: &Chosen, inside: &[i64]) -> Vec<i64> {
    let mut remaining = vec![0; problem.blocks.len()];
    let mut lowered = vec![0; problem.blocks.len()];
    for at in (0..problem.blocks.len()).rev() {
        for (application, counted) in problem.applications.iter().zip(&chosen.counted) {
            for (grant, counted) in application.grants.iter().zip(counted) {
                let here = grant.places.iter().zip(counted).filter(|(place, _)| **place == at);
                lowered[at] +=
                    if grant.counts == Counts::Lowers { here.map(|(_, counted)| counted).sum() } else { 0 };
            }
        }
        let below: i64 = problem.children(at).map(|child| remaining[child]).sum();
        lowered[at] += problem.children(at).map(|child| lowered[child]).sum::<i64>();
        let mut asked = true;
        for (branches, chosen) in problem.branches.iter().zip(&chosen.branches) {
            asked &= branches
                .blocks
                .iter()
                .zip(chosen)
                .all(|(block, chosen)| *chosen || !problem.is_in(at, *block));
        }
        let need = problem.blocks[at].need.filter(|_| asked).unwrap_or(0);
        remaining[at] = below.max(need - lowered[at] - inside[at]);
    }
    remaining
}

/// How far an average lies above what is asked, times the credit that counts.
pub(super) fn margin(problem: &Problem, chosen: &Chosen, average: &Average) -> i64 {
    average.over.iter().map(|(part, by)| by * amount(problem, chosen, part, None)).sum::<i64>() + average.held
}
