//! Small problems at random, with every construct in some of them.

use accredit::allocate::{
    Achievement, Application, Average, Award, Block, Branches, Choice, Condition, Counted, Counts, Grant,
    Limit, Line, Measure, Measured, Part, Pin, Problem, Round, Scope, Set, Share, Slot, Take, Target, Total,
    When,
};

/// Numbers that are the same each time.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end.max(1)
    }

    pub(crate) fn to(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(u64::try_from(high - low + 1).unwrap())).unwrap()
    }

    pub(crate) fn of(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count as u64)).unwrap()
    }

    /// In so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn some(&mut self, count: usize, percent: u64) -> Vec<usize> {
        (0..count).filter(|_| self.chance(percent)).collect()
    }
}

/// A problem small enough to try everything.
pub(crate) fn small(seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let mut problem = Problem::default();
    for _ in 0..dice.to(1, 5) {
        problem.achievements.push(Achievement { count: if dice.chance(15) { 2 } else { 1 } });
    }
    for _ in 0..dice.to(1, 2) {
        let spent = if dice.chance(10) { vec![(dice.of(problem.achievements.len()), 1)] } else { vec![] };
        problem.scopes.push(Scope { spent });
    }
    for _ in 0..dice.to(0, 2) {
        problem.targets.push(Target { covered: dice.chance(10) });
    }
    blocks(&mut dice, &mut problem);
    // Most problems are plain, so that places are taken by sets; the others have everything.
    let plain = dice.chance(45);
    for _ in 0..dice.to(1, if plain { 6 } else { 4 }) {
        let one = application(&mut dice, &problem, plain);
        problem.applications.push(one);
    }
    for _ in 0..dice.to(0, 2) {
        let counted = counted(&mut dice, &problem, plain);
        problem.limits.push(Limit { counted, at_most: dice.to(-1, 6) });
    }
    if dice.chance(30) {
        let counts = dice.chance(40);
        let counted = counted(&mut dice, &problem, plain);
        problem.conditions.push(Condition { counted, at_least: dice.to(0, 6), counts });
    }
    if dice.chance(10) {
        let over = parts(&mut dice, &problem, true).into_iter().map(|part| (part, dice.to(-3, 3))).collect();
        problem.averages.push(Average { over, held: dice.to(-2, 2) });
    }
    problem
}

/// One achievement that either of two applications would use.
pub(crate) fn two_for_one() -> Problem {
    let application = |credits| Application {
        slots: vec![Slot::One(0)],
        times: 1,
        grants: vec![Grant {
            covers: vec![],
            award: Award::Fixed(credits),
            counts: Counts::Credit,
            whole: true,
            places: vec![0],
            effect: None,
        }],
        choice: None,
        scopes: vec![0],
        pin: Pin::Free,
    };
    Problem {
        achievements: vec![Achievement { count: 1 }],
        scopes: vec![Scope::default()],
        applications: vec![application(3), application(4)],
        blocks: vec![Block::default()],
        ..Problem::default()
    }
}

fn blocks(dice: &mut Dice, problem: &mut Problem) {
    let count = usize::try_from(dice.to(1, 4)).unwrap();
    for at in 0..count {
        let mut block = Block { parent: (at > 0).then(|| dice.of(at)), ..Block::default() };
        block.need = dice.chance(if at == 0 { 60 } else { 70 }).then(|| dice.to(0, 6));
        block.at_most = dice.chance(50).then(|| dice.to(0, 6));
        block.held = if dice.chance(8) { dice.to(1, 3) } else { 0 };
        problem.blocks.push(block);
    }
    if dice.chance(12) {
        let from = dice.of(count);
        problem.blocks[from].surplus_to = Some(dice.of(count));
        if problem.blocks[from].at_most.is_none() {
            problem.blocks[from].at_most = Some(dice.to(0, 4));
        }
    }
    if dice.chance(10) && count > 2 {
        problem.shares.push(Share {
            from: dice.of(count),
            to: dice.of(count),
            at_most: dice.chance(60).then(|| dice.to(0, 3)),
        });
    }
    if dice.chance(10) && count > 2 {
        let leaves: Vec<usize> =
            (1..count).filter(|at| problem.blocks.iter().all(|block| block.parent != Some(*at))).collect();
        if leaves.len() > 1 {
            problem.branches.push(Branches { number: 1, blocks: leaves });
        }
    }
}

fn application(dice: &mut Dice, problem: &Problem, plain: bool) -> Application {
    let held = problem.achievements.len();
    let mut slots = Vec::new();
    let count = if plain { dice.to(1, 2).min(dice.to(1, 2)) } else { dice.to(0, 2) };
    let mut measured = None;
    for nth in 0..count {
        if plain || dice.chance(55) {
            slots.push(Slot::One(dice.of(held)));
        } else {
            slots.push(Slot::Set(set(dice, held)));
            measured = Some(usize::try_from(nth).unwrap());
        }
    }
    let choice = (!plain && dice.chance(12)).then(|| Choice { at_least: dice.to(1, 2), at_most: 2 });
    let grants = if plain { 1 } else { dice.to(if choice.is_some() { 2 } else { 1 }, 2) };
    let mut grants: Vec<Grant> = (0..grants).map(|_| grant(dice, problem, plain)).collect();
    let mut times = 1;
    if let (Some(slot), true) = (measured, dice.chance(60)) {
        let size = slots[slot].candidates().len();
        grants[0].award = Award::Measured(Measured {
            slot,
            quantity: (0..size).map(|_| dice.to(0, 5)).collect(),
            lines: (0..dice.to(1, 2))
                .map(|_| Line { times: dice.to(1, 2), plus: dice.to(-1, 2), per: dice.to(1, 3) })
                .collect(),
            round: [Round::Down, Round::Up, Round::HalfUp, Round::HalfDown][dice.of(4)],
            at_most: dice.to(1, 4),
        });
    } else if choice.is_none() && !plain && dice.chance(25) {
        times = 2;
    }
    let pin = match dice.below(if plain { 60 } else { 24 }) {
        0 => Pin::Made,
        1 => Pin::NotMade,
        2 if slots.iter().all(|slot| matches!(slot, Slot::One(_))) => Pin::Own,
        _ => Pin::Free,
    };
    if pin == Pin::Own {
        times = 1;
        for grant in &mut grants {
            grant.whole = false;
        }
    }
    Application {
        slots,
        times,
        grants,
        choice: if pin == Pin::Own { None } else { choice },
        scopes: dice.some(problem.scopes.len(), 75),
        pin,
    }
}

fn set(dice: &mut Dice, held: usize) -> Set {
    let mut of = dice.some(held, 70);
    if of.is_empty() {
        of.push(dice.of(held));
    }
    let size = of.len();
    let keys =
        |dice: &mut Dice| (0..size).map(|_| u32::try_from(dice.below(3)).unwrap()).collect::<Vec<u32>>();
    let take = match dice.below(4) {
        0 | 1 => Take::Exactly(dice.to(1, 2)),
        2 => Take::Different(dice.to(1, 2), keys(dice)),
        _ => Take::Any,
    };
    let one_of = dice.chance(20).then(|| keys(dice));
    let totals = if dice.chance(25) {
        vec![Total { quantity: (0..size).map(|_| dice.to(0, 4)).collect(), at_least: dice.to(1, 5) }]
    } else {
        Vec::new()
    };
    let some_of = if dice.chance(15) { vec![vec![of[dice.of(size)]]] } else { Vec::new() };
    Set { of, take, one_of, totals, some_of }
}

fn grant(dice: &mut Dice, problem: &Problem, plain: bool) -> Grant {
    let counts = match dice.below(if plain { 40 } else { 12 }) {
        0 => Counts::Lowers,
        1 => Counts::Volume,
        _ => Counts::Credit,
    };
    let mut places = Vec::new();
    for _ in 0..if plain || dice.chance(75) { 1 } else { dice.to(0, 2) } {
        let place = dice.of(problem.blocks.len());
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Grant {
        covers: if problem.targets.is_empty() || dice.chance(60) {
            vec![]
        } else {
            vec![dice.of(problem.targets.len())]
        },
        award: Award::Fixed(if dice.chance(8) { 0 } else { dice.to(1, 4) }),
        counts,
        whole: counts != Counts::Credit || dice.chance(45),
        places,
        effect: (!plain && dice.chance(15)).then(|| u32::try_from(dice.below(2)).unwrap()),
    }
}

fn parts(dice: &mut Dice, problem: &Problem, plain: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for (application, of) in problem.applications.iter().enumerate() {
        for grant in 0..of.grants.len() {
            if dice.chance(65) {
                let when = match dice.below(if plain { 30 } else { 8 }) {
                    0 => When::AnyUsed(dice.some(problem.achievements.len(), 40)),
                    1 => When::NoneUsed(dice.some(problem.achievements.len(), 40)),
                    _ => When::Always,
                };
                parts.push(Part { application, grant, when });
            }
        }
    }
    parts
}

fn counted(dice: &mut Dice, problem: &Problem, plain: bool) -> Vec<Counted> {
    let count = if dice.chance(15) { 2 } else { 1 };
    let mut all = Vec::new();
    for nth in 0..count {
        let within = dice.chance(25).then(|| dice.of(problem.blocks.len()));
        let by = dice.some(problem.applications.len(), 70);
        let held = problem.achievements.len();
        let measure = match dice.below(8) {
            0..=3 => Measure::Amount { of: parts(dice, problem, plain), within },
            4 => Measure::Courses { of: parts(dice, problem, plain), within },
            5 => Measure::Sources { by, of: dice.some(held, 70) },
            6 => Measure::Different { by, groups: vec![dice.some(held, 40), dice.some(held, 40)] },
            _ => Measure::Applications { of: by },
        };
        all.push(Counted { measure, factor: if nth == 0 { dice.to(1, 2) } else { -dice.to(1, 2) } });
    }
    all
}
