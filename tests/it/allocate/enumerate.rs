//! The best allocation of a small problem by trying everything, from the meaning of each construct and not from its rows.

use accredit::allocate::{
    Allocation, Application, Award, Counted, Counts, Measure, Part, Pin, Problem, Round, Slot, Take, When,
};

/// What the objectives come to, and what decides between equals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Best {
    pub(crate) objectives: [i64; 5],
    pub(crate) order: Vec<i64>,
}

/// Everything that is chosen.
#[derive(Clone, Debug, Default)]
struct Choice {
    made: Vec<i64>,
    given: Vec<Vec<i64>>,
    used: Vec<Vec<Vec<i64>>>,
    counted: Vec<Vec<Vec<i64>>>,
    shared: Vec<Vec<(Spot, i64)>>,
    surplus: Vec<i64>,
    branches: Vec<Vec<i64>>,
}

/// A grant in one of its places.
type Spot = (usize, usize, usize);

/// One way to make, or not to make, an application.
type Way = (i64, Vec<i64>, Vec<Vec<i64>>);

/// More steps than this are not tried.
const STEPS: u64 = 400_000;

/// The best of all, nothing where none is possible; an error where there are too many to try.
pub(crate) fn best(problem: &Problem) -> Result<Option<Best>, ()> {
    let ways: Vec<Vec<Way>> = problem.applications.iter().map(|one| ways(problem, one)).collect();
    let mut search = Search { problem, ways, best: None, steps: 0 };
    search.make(&mut Choice::default())?;
    Ok(search.best)
}

/// What an allocation came to, to be compared.
pub(crate) fn came_to(problem: &Problem, allocation: &Allocation) -> Best {
    let chosen = &allocation.chosen;
    let mut objectives = [0; 5];
    for (place, stage) in objectives.iter_mut().zip(&allocation.stages) {
        *place = stage.value;
    }
    let choice = Choice {
        made: chosen.made.clone(),
        given: chosen.given.clone(),
        used: chosen.used.clone(),
        counted: chosen.counted.clone(),
        shared: chosen
            .shared
            .iter()
            .map(|copies| copies.iter().map(|one| ((one.0, one.1, one.2), one.3)).collect())
            .collect(),
        surplus: chosen.surplus.clone(),
        branches: chosen
            .branches
            .iter()
            .map(|one| one.iter().map(|chosen| i64::from(*chosen)).collect())
            .collect(),
    };
    Best { objectives, order: order(problem, &choice) }
}

fn order(problem: &Problem, choice: &Choice) -> Vec<i64> {
    let mut order: Vec<i64> = choice.given.iter().flatten().copied().collect();
    for (application, used) in problem.applications.iter().zip(&choice.used) {
        for (slot, used) in application.slots.iter().zip(used) {
            if matches!(slot, Slot::Set(_)) {
                order.extend(used);
            }
        }
    }
    order.extend(choice.counted.iter().flatten().flatten());
    order.extend(choice.shared.iter().flatten().map(|copy| copy.1));
    order.extend(&choice.surplus);
    order.extend(choice.branches.iter().flatten());
    order
}

/// All vectors within these bounds.
fn vectors(most: &[i64]) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for &most in most {
        let longer = all.iter().flat_map(|start: &Vec<i64>| {
            (0..=most).map(|next| [start.as_slice(), &[next]].concat()).collect::<Vec<_>>()
        });
        all = longer.collect();
    }
    all
}

fn ways(problem: &Problem, application: &Application) -> Vec<Way> {
    let mut ways = Vec::new();
    let made = match application.pin {
        Pin::Free => 0..=application.times,
        Pin::Made => 1..=application.times,
        Pin::NotMade => 0..=0,
        Pin::Own => 1..=1,
    };
    for made in made {
        let given: Vec<Vec<i64>> = match application.choice {
            None => vec![vec![made; application.grants.len()]],
            Some(choice) => vectors(&vec![made.min(1); application.grants.len()])
                .into_iter()
                .filter(|given| {
                    let sum: i64 = given.iter().sum();
                    if made == 0 { sum == 0 } else { sum >= choice.at_least.max(1) && sum <= choice.at_most }
                })
                .collect(),
        };
        let mut used: Vec<Vec<Vec<i64>>> = vec![Vec::new()];
        for slot in &application.slots {
            let of_slot = slot_ways(problem, slot, made, application.times);
            used = used
                .iter()
                .flat_map(|start| {
                    of_slot
                        .iter()
                        .map(|one| [start.as_slice(), std::slice::from_ref(one)].concat())
                        .collect::<Vec<_>>()
                })
                .collect();
        }
        used.retain(|used| {
            (0..problem.achievements.len()).all(|held| {
                let slots = application.slots.iter().zip(used);
                let each = slots.flat_map(|(slot, used)| {
                    slot.candidates().iter().zip(used).filter(|(at, _)| **at == held)
                });
                each.map(|(_, used)| used).sum::<i64>() <= problem.achievements[held].count
            })
        });
        for given in &given {
            for used in &used {
                let worth = application.grants.iter().zip(given).all(|(grant, given)| match &grant.award {
                    Award::Measured(_) if *given > 0 => amount(&grant.award, 1, used) > 0,
                    _ => true,
                });
                if worth {
                    ways.push((made, given.clone(), used.clone()));
                }
            }
        }
    }
    ways
}

fn slot_ways(problem: &Problem, slot: &Slot, made: i64, times: i64) -> Vec<Vec<i64>> {
    let set = match slot {
        Slot::One(_) => return vec![vec![made]],
        Slot::Set(set) => set,
    };
    let counts: Vec<i64> =
        set.of.iter().map(|at| if made > 0 { problem.achievements[*at].count } else { 0 }).collect();
    let _ = times;
    let keyed = |keys: &[u32], used: &[i64], key: u32| {
        keys.iter().zip(used).filter(|(one, _)| **one == key).map(|(_, used)| *used).sum::<i64>()
    };
    let mut all = vectors(&counts);
    all.retain(|used| {
        let sum: i64 = used.iter().sum();
        let taken = match &set.take {
            Take::Exactly(number) => sum == number * made,
            Take::Any => sum >= made,
            Take::Different(number, keys) => {
                let mut values: Vec<u32> = keys.clone();
                values.sort_unstable();
                values.dedup();
                let different = values.iter().filter(|key| keyed(keys, used, **key) > 0).count();
                i64::try_from(different).unwrap() >= number * made
            }
        };
        let one_of =
            set.one_of.as_ref().is_none_or(|keys| keys.iter().all(|key| keyed(keys, used, *key) <= made));
        let totals = set.totals.iter().all(|total| {
            used.iter().zip(&total.quantity).map(|(used, by)| used * by).sum::<i64>() >= total.at_least * made
        });
        let some = set.some_of.iter().all(|some| {
            set.of.iter().zip(used).filter(|(at, _)| some.contains(at)).map(|(_, used)| used).sum::<i64>()
                >= made
        });
        taken && one_of && totals && some
    });
    all
}

fn amount(award: &Award, given: i64, used: &[Vec<i64>]) -> i64 {
    match award {
        Award::Fixed(amount) => amount * given,
        Award::Measured(_) if given == 0 => 0,
        Award::Measured(by) => {
            let quantity: i64 = used[by.slot].iter().zip(&by.quantity).map(|(used, one)| used * one).sum();
            let mut least = by.at_most;
            for line in &by.lines {
                let (over, per) = (quantity * line.times + line.plus, line.per);
                let (below, rest) = (over.div_euclid(per), over.rem_euclid(per));
                let up = match by.round {
                    Round::Down => false,
                    Round::Up => rest > 0,
                    Round::HalfUp => 2 * rest >= per,
                    Round::HalfDown => 2 * rest > per,
                };
                least = least.min(below + i64::from(up));
            }
            least
        }
    }
}

struct Search<'p> {
    problem: &'p Problem,
    ways: Vec<Vec<Way>>,
    best: Option<Best>,
    steps: u64,
}

impl Search<'_> {
    fn make(&mut self, choice: &mut Choice) -> Result<(), ()> {
        let at = choice.made.len();
        if at == self.problem.applications.len() {
            return self.count(choice);
        }
        for way in self.ways[at].clone() {
            choice.made.push(way.0);
            choice.given.push(way.1);
            choice.used.push(way.2);
            if self.once(choice) {
                self.make(choice)?;
            }
            choice.made.pop();
            choice.given.pop();
            choice.used.pop();
        }
        Ok(())
    }

    /// Nothing is used or covered more than once, so far.
    fn once(&self, choice: &Choice) -> bool {
        for (scope, of) in self.problem.scopes.iter().enumerate() {
            for (held, achievement) in self.problem.achievements.iter().enumerate() {
                let spent: i64 = of.spent.iter().filter(|spent| spent.0 == held).map(|spent| spent.1).sum();
                let users = (0..choice.made.len())
                    .filter(|at| self.problem.applications[*at].scopes.contains(&scope));
                let used: i64 = users.map(|at| uses(self.problem, choice, at, held)).sum();
                if used > (achievement.count - spent).max(0) {
                    return false;
                }
            }
        }
        self.problem.targets.iter().enumerate().all(|(target, of)| {
            let mut covered = i64::from(of.covered);
            for (application, given) in self.problem.applications.iter().zip(&choice.given) {
                for (grant, given) in application.grants.iter().zip(given) {
                    covered += if grant.covers.contains(&target) { *given } else { 0 };
                }
            }
            covered <= 1 || covered <= i64::from(of.covered)
        })
    }

    fn count(&mut self, choice: &mut Choice) -> Result<(), ()> {
        self.steps += 1;
        if self.steps > STEPS {
            return Err(());
        }
        let at = choice.counted.iter().flatten().count();
        let grants: Vec<(usize, usize)> = self
            .problem
            .applications
            .iter()
            .enumerate()
            .flat_map(|(at, one)| (0..one.grants.len()).map(move |nth| (at, nth)))
            .collect();
        let Some(&(application, nth)) = grants.get(at) else { return self.share(choice) };
        let grant = &self.problem.applications[application].grants[nth];
        let awarded = amount(&grant.award, choice.given[application][nth], &choice.used[application]);
        let all = vectors(&vec![awarded; grant.places.len()]);
        for counted in all {
            let sum: i64 = counted.iter().sum();
            if sum > awarded || (grant.whole && !grant.places.is_empty() && sum != awarded) {
                continue;
            }
            if nth == 0 {
                choice.counted.push(Vec::new());
            }
            choice.counted[application].push(counted);
            // Applications without a grant have an empty list.
            let mut empty = 0;
            while self
                .problem
                .applications
                .get(choice.counted.len())
                .is_some_and(|next| next.grants.is_empty())
            {
                choice.counted.push(Vec::new());
                empty += 1;
            }
            self.count(choice)?;
            choice.counted.truncate(choice.counted.len() - empty);
            choice.counted[application].pop();
            if nth == 0 {
                choice.counted.pop();
            }
        }
        Ok(())
    }

    fn share(&mut self, choice: &mut Choice) -> Result<(), ()> {
        let at = choice.shared.len();
        let Some(share) = self.problem.shares.get(at) else { return self.branch(choice) };
        let mut spots = Vec::new();
        let mut most = Vec::new();
        for (application, grants) in choice.counted.iter().enumerate() {
            for (nth, places) in grants.iter().enumerate() {
                let grant = &self.problem.applications[application].grants[nth];
                for (place, counted) in places.iter().enumerate() {
                    if grant.counts == Counts::Credit && inside(self.problem, grant.places[place], share.from)
                    {
                        spots.push((application, nth, place));
                        most.push(*counted);
                    }
                }
            }
        }
        for copies in vectors(&most) {
            if share.at_most.is_none_or(|most| copies.iter().sum::<i64>() <= most) {
                choice.shared.push(spots.iter().copied().zip(copies).collect());
                self.branch_or_share(choice)?;
                choice.shared.pop();
            }
        }
        Ok(())
    }

    fn branch_or_share(&mut self, choice: &mut Choice) -> Result<(), ()> {
        self.steps += 1;
        if self.steps > STEPS {
            return Err(());
        }
        self.share(choice)
    }

    fn branch(&mut self, choice: &mut Choice) -> Result<(), ()> {
        let at = choice.branches.len();
        let Some(branches) = self.problem.branches.get(at) else { return self.flow(choice) };
        for chosen in vectors(&vec![1; branches.blocks.len()]) {
            if chosen.iter().sum::<i64>() == branches.number {
                choice.branches.push(chosen);
                self.branch(choice)?;
                choice.branches.pop();
            }
        }
        Ok(())
    }

    fn flow(&mut self, choice: &mut Choice) -> Result<(), ()> {
        let total: i64 = choice.counted.iter().flatten().flatten().sum::<i64>()
            + choice.shared.iter().flatten().map(|copy| copy.1).sum::<i64>()
            + self.problem.blocks.iter().map(|block| block.held).sum::<i64>();
        let most: Vec<i64> = self
            .problem
            .blocks
            .iter()
            .map(|block| if block.surplus_to.is_some() { total } else { 0 })
            .collect();
        for surplus in vectors(&most) {
            self.steps += 1;
            if self.steps > STEPS {
                return Err(());
            }
            choice.surplus = surplus;
            self.judge(choice);
        }
        Ok(())
    }

    fn judge(&mut self, choice: &Choice) {
        let problem = self.problem;
        let blocks = problem.blocks.len();
        // What counts in each block.
        let mut counts = vec![0i64; blocks];
        let mut lowered = vec![0i64; blocks];
        for at in (0..blocks).rev() {
            counts[at] += problem.blocks[at].held;
            for (application, grants) in problem.applications.iter().zip(&choice.counted) {
                for (grant, places) in application.grants.iter().zip(grants) {
                    for (place, counted) in grant.places.iter().zip(places).filter(|(place, _)| **place == at)
                    {
                        debug_assert!(*place == at);
                        match grant.counts {
                            Counts::Credit => counts[at] += counted,
                            Counts::Lowers => lowered[at] += counted,
                            Counts::Volume => {}
                        }
                    }
                }
            }
            for (share, copies) in problem.shares.iter().zip(&choice.shared) {
                let sum: i64 = copies.iter().map(|copy| copy.1).sum();
                if share.to == at {
                    counts[at] += sum;
                } else if around(problem, share.from, share.to) == at {
                    counts[at] -= sum;
                }
            }
            for (from, over) in problem.blocks.iter().zip(&choice.surplus) {
                if from.surplus_to == Some(at) {
                    counts[at] += over;
                }
            }
            counts[at] -= choice.surplus[at];
            for child in 0..blocks {
                if problem.blocks[child].parent == Some(at) {
                    counts[at] += counts[child];
                    lowered[at] += lowered[child];
                }
            }
            if let Some(most) = problem.blocks[at].at_most {
                let held = (0..blocks)
                    .filter(|inner| inside(problem, *inner, at))
                    .map(|inner| problem.blocks[inner].held);
                let most = most.max(held.sum());
                if counts[at] > most || (choice.surplus[at] > 0 && counts[at] < most) {
                    return;
                }
            }
        }
        for (branches, chosen) in problem.branches.iter().zip(&choice.branches) {
            for (block, chosen) in branches.blocks.iter().zip(chosen) {
                for (application, grants) in problem.applications.iter().zip(&choice.counted) {
                    for (grant, places) in application.grants.iter().zip(grants) {
                        for (place, counted) in grant.places.iter().zip(places) {
                            let here = grant.counts != Counts::Volume && inside(problem, *place, *block);
                            if *chosen == 0 && here && *counted > 0 {
                                return;
                            }
                        }
                    }
                }
            }
        }
        let own = own(problem);
        for limit in &problem.limits {
            let most = limit.at_most.max(0).max(measured(problem, &own, &limit.counted));
            if measured(problem, choice, &limit.counted) > most {
                return;
            }
        }
        let mut remains = vec![0i64; blocks];
        for at in (0..blocks).rev() {
            let below: i64 = (0..blocks)
                .filter(|child| problem.blocks[*child].parent == Some(at))
                .map(|child| remains[child])
                .sum();
            let left_out = problem.branches.iter().zip(&choice.branches).any(|(branches, chosen)| {
                branches
                    .blocks
                    .iter()
                    .zip(chosen)
                    .any(|(block, chosen)| *chosen == 0 && inside(problem, at, *block))
            });
            let need = if left_out { 0 } else { problem.blocks[at].need.unwrap_or(0) };
            remains[at] = below.max(need - lowered[at] - counts[at]).max(0);
        }
        let asks = problem.blocks.iter().any(|block| block.need.is_some());
        let short = |counts: bool| {
            let each = problem.conditions.iter().filter(|one| one.counts == counts);
            each.map(|one| (one.at_least - measured(problem, choice, &one.counted)).max(0)).sum::<i64>()
        };
        let below = problem.averages.iter().filter(|average| {
            let margin: i64 =
                average.over.iter().map(|(part, by)| by * part_amount(problem, choice, part, None)).sum();
            margin + average.held < 0
        });
        let below = i64::try_from(below.count()).unwrap();
        let mut effects: Vec<u32> = Vec::new();
        let mut used = 0;
        for (at, application) in problem.applications.iter().enumerate() {
            let given = application.grants.iter().zip(&choice.given[at]).filter(|(_, given)| **given > 0);
            effects.extend(given.filter_map(|(grant, _)| grant.effect));
            if matches!(application.pin, Pin::Free | Pin::NotMade) {
                used += choice.used[at].iter().flatten().sum::<i64>();
            }
        }
        effects.sort_unstable();
        effects.dedup();
        let objectives = [
            if asks { -remains[0] } else { counts[0] },
            -short(false),
            -short(true) - below,
            i64::try_from(effects.len()).unwrap(),
            -used,
        ];
        let best = Best { objectives, order: order(problem, choice) };
        if self.best.as_ref().is_none_or(|other| best > *other) {
            self.best = Some(best);
        }
    }
}

fn inside(problem: &Problem, block: usize, around: usize) -> bool {
    block == around || problem.blocks[block].parent.is_some_and(|parent| inside(problem, parent, around))
}

fn around(problem: &Problem, one: usize, other: usize) -> usize {
    if inside(problem, other, one) {
        one
    } else {
        around(problem, problem.blocks[one].parent.unwrap(), other)
    }
}

fn uses(problem: &Problem, choice: &Choice, application: usize, held: usize) -> i64 {
    let mut sum = 0;
    for (slot, used) in problem.applications[application].slots.iter().zip(&choice.used[application]) {
        for (candidate, used) in slot.candidates().iter().zip(used) {
            sum += if *candidate == held { *used } else { 0 };
        }
    }
    sum
}

/// Only the learner's own study, without its credit.
fn own(problem: &Problem) -> Choice {
    let mut own = Choice::default();
    for application in &problem.applications {
        let made = i64::from(application.pin == Pin::Own);
        own.made.push(made);
        own.given.push(vec![if application.choice.is_some() { 0 } else { made }; application.grants.len()]);
        own.used.push(
            application
                .slots
                .iter()
                .map(|slot| match slot {
                    Slot::One(_) => vec![made],
                    Slot::Set(set) => vec![0; set.of.len()],
                })
                .collect(),
        );
        own.counted.push(application.grants.iter().map(|grant| vec![0; grant.places.len()]).collect());
    }
    own.shared = vec![Vec::new(); problem.shares.len()];
    own
}

fn measured(problem: &Problem, choice: &Choice, counted: &[Counted]) -> i64 {
    counted.iter().map(|one| one.factor * measure(problem, choice, &one.measure)).sum()
}

fn measure(problem: &Problem, choice: &Choice, measure: &Measure) -> i64 {
    match measure {
        Measure::Amount { of, within } => {
            of.iter().map(|part| part_amount(problem, choice, part, *within)).sum()
        }
        Measure::Courses { of, within } => {
            let courses = of.iter().map(|part| {
                let places = &problem.applications[part.application].grants[part.grant].places;
                let counted = &choice.counted[part.application][part.grant];
                let here = |nth: usize| within.is_none_or(|block| inside(problem, places[nth], block));
                let all = (0..places.len()).all(here);
                let some = (0..places.len()).any(|nth| here(nth) && counted[nth] > 0);
                let sees = sees(problem, choice, part) && (all || some);
                if sees { choice.given[part.application][part.grant] } else { 0 }
            });
            courses.sum()
        }
        Measure::Sources { by, of } => {
            let mut sum = 0;
            for held in of {
                let could = |at: &&usize| {
                    problem.applications[**at].slots.iter().any(|slot| slot.candidates().contains(held))
                };
                let users: Vec<&Application> =
                    by.iter().filter(could).map(|at| &problem.applications[*at]).collect();
                let exclusive = (0..users.len()).all(|one| {
                    (0..one)
                        .all(|two| users[one].scopes.iter().any(|scope| users[two].scopes.contains(scope)))
                });
                let each: Vec<i64> = by.iter().map(|at| uses(problem, choice, *at, *held)).collect();
                sum += if exclusive { each.iter().sum() } else { each.iter().copied().max().unwrap_or(0) };
            }
            sum
        }
        Measure::Different { by, groups } => {
            let had = groups.iter().filter(|group| {
                group.iter().any(|held| by.iter().any(|at| uses(problem, choice, *at, *held) > 0))
            });
            i64::try_from(had.count()).unwrap()
        }
        Measure::Applications { of } => of.iter().map(|at| choice.made[*at]).sum(),
    }
}

fn sees(problem: &Problem, choice: &Choice, part: &Part) -> bool {
    match &part.when {
        When::Always => true,
        When::AnyUsed(of) => of.iter().any(|held| uses(problem, choice, part.application, *held) > 0),
        When::NoneUsed(of) => of.iter().all(|held| uses(problem, choice, part.application, *held) == 0),
    }
}

fn part_amount(problem: &Problem, choice: &Choice, part: &Part, within: Option<usize>) -> i64 {
    if !sees(problem, choice, part) {
        return 0;
    }
    let places = &problem.applications[part.application].grants[part.grant].places;
    let mut sum = 0;
    for (nth, place) in places.iter().enumerate() {
        if within.is_none_or(|block| inside(problem, *place, block)) {
            sum += choice.counted[part.application][part.grant][nth];
        } else {
            for (share, copies) in problem.shares.iter().zip(&choice.shared) {
                for (spot, copy) in copies {
                    let mine = *spot == (part.application, part.grant, nth);
                    sum += if mine && inside(problem, share.to, within.unwrap()) { *copy } else { 0 };
                }
            }
        }
    }
    sum
}
