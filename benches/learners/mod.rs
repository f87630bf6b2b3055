//! Learners at random: forty outcomes held, thirty requirements, nested ceilings; with bundles, and with caps by issuer and group.

use accredit::allocate::{
    Achievement, Application, Award, Block, Counted, Counts, Grant, Limit, Measure, Part, Pin, Problem,
    Scope, Slot, When,
};

/// What makes a variant hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    /// One outcome for one requirement.
    Plain,
    /// Bundles of two or three for one, too.
    Bundles,
    /// Bundles, caps by issuer, and groups of rules with a cap.
    Groups,
}

/// The six variants: rules, and whether credit counts whole.
pub(crate) const VARIANTS: [(&str, Rules, bool); 6] = [
    ("plain, part", Rules::Plain, false),
    ("plain, whole", Rules::Plain, true),
    ("bundles, part", Rules::Bundles, false),
    ("bundles, whole", Rules::Bundles, true),
    ("groups, part", Rules::Groups, false),
    ("groups, whole", Rules::Groups, true),
];

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn to(&mut self, low: i64, high: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let range = u64::try_from(high - low + 1).unwrap();
        low + i64::try_from((self.0 >> 11) % range).unwrap()
    }

    fn of(&mut self, count: usize) -> usize {
        usize::try_from(self.to(0, i64::try_from(count).unwrap() - 1)).unwrap()
    }
}

/// A learner with so many outcomes for so many requirements.
pub(crate) fn learner(seed: u64, rules: Rules, whole: bool, outcomes: usize, requirements: usize) -> Problem {
    let mut dice = Dice((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    let mut problem = Problem {
        achievements: vec![Achievement { count: 1 }; outcomes],
        scopes: vec![Scope::default()],
        blocks: vec![Block::default()],
        ..Problem::default()
    };
    let credits: Vec<i64> = (0..outcomes).map(|_| dice.to(2, 6)).collect();
    let issuers: Vec<usize> = (0..outcomes).map(|_| dice.of(5)).collect();
    // Modules of five requirements; a module takes a little less than they ask together.
    let (mut total, mut requirement) = (0, Vec::new());
    for first in (0..requirements).step_by(5) {
        let module = problem.blocks.len();
        problem.blocks.push(Block { parent: Some(0), ..Block::default() });
        let mut sum = 0;
        for _ in first..requirements.min(first + 5) {
            let need = dice.to(3, 8);
            requirement.push(problem.blocks.len());
            problem.blocks.push(Block {
                parent: Some(module),
                need: Some(need),
                at_most: Some(need),
                ..Block::default()
            });
            sum += need;
        }
        problem.blocks[module].at_most = Some(sum - dice.to(0, sum / 5));
        total += sum;
    }
    problem.blocks[0].need = Some(total);
    problem.blocks[0].at_most = Some(total - dice.to(0, total / 10));
    for &place in &requirement {
        for _ in 0..dice.to(2, 5) {
            let mut uses = vec![dice.of(outcomes)];
            if rules != Rules::Plain && dice.to(0, 3) == 0 {
                for _ in 0..dice.to(1, 2) {
                    let other = dice.of(outcomes);
                    if !uses.contains(&other) {
                        uses.push(other);
                    }
                }
            }
            let award: i64 = uses.iter().map(|at| credits[*at]).sum();
            problem.applications.push(Application {
                slots: uses.iter().map(|at| Slot::One(*at)).collect(),
                times: 1,
                grants: vec![Grant {
                    covers: Vec::new(),
                    award: Award::Fixed(award),
                    counts: Counts::Credit,
                    whole,
                    places: vec![place],
                    effect: None,
                }],
                choice: None,
                scopes: vec![0],
                pin: Pin::Free,
            });
        }
    }
    if rules == Rules::Groups {
        for issuer in 0..5 {
            let held: i64 = (0..outcomes).filter(|at| issuers[*at] == issuer).map(|at| credits[at]).sum();
            let from = |application: &Application| {
                application.slots.iter().flat_map(Slot::candidates).any(|at| issuers[*at] == issuer)
            };
            let of = (0..problem.applications.len()).filter(|at| from(&problem.applications[*at])).collect();
            problem.limits.push(cap(of, held * dice.to(5, 8) / 10));
        }
        for _ in 0..6 {
            let of: Vec<usize> = (0..problem.applications.len()).filter(|_| dice.to(0, 5) == 0).collect();
            problem.limits.push(cap(of, dice.to(10, 30)));
        }
    }
    problem
}

fn cap(of: Vec<usize>, at_most: i64) -> Limit {
    let of = of.into_iter().map(|application| Part { application, grant: 0, when: When::Always }).collect();
    Limit { counted: vec![Counted { measure: Measure::Amount { of, within: None }, factor: 1 }], at_most }
}

/// The problem as a line that a foreign solver reads: what is used, what is awarded where, blocks, limits.
pub(crate) fn line(problem: &Problem) -> String {
    let numbers =
        |of: &mut dyn Iterator<Item = i64>| of.map(|one| one.to_string()).collect::<Vec<_>>().join(",");
    let applications: Vec<String> = problem
        .applications
        .iter()
        .map(|one| {
            let uses = one.slots.iter().flat_map(Slot::candidates).map(|at| i64::try_from(*at).unwrap());
            let Award::Fixed(award) = one.grants[0].award else { unreachable!() };
            let uses = numbers(&mut uses.into_iter());
            format!("[[{uses}],{award},{},{}]", one.grants[0].places[0], u8::from(one.grants[0].whole))
        })
        .collect();
    let or_null = |of: Option<i64>| of.map_or("null".to_owned(), |of| of.to_string());
    let blocks: Vec<String> = problem
        .blocks
        .iter()
        .map(|block| {
            let parent = or_null(block.parent.map(|at| i64::try_from(at).unwrap()));
            format!("[{parent},{},{}]", or_null(block.need), or_null(block.at_most))
        })
        .collect();
    let limits: Vec<String> = problem
        .limits
        .iter()
        .map(|limit| {
            let Measure::Amount { of, .. } = &limit.counted[0].measure else { unreachable!() };
            let of = numbers(&mut of.iter().map(|part| i64::try_from(part.application).unwrap()));
            format!("[[{of}],{}]", limit.at_most)
        })
        .collect();
    format!(
        "{{\"held\":{},\"applications\":[{}],\"blocks\":[{}],\"limits\":[{}]}}",
        problem.achievements.len(),
        applications.join(","),
        blocks.join(","),
        limits.join(",")
    )
}

/// What a tool gets that always takes the application that adds most to what is earned.
pub(crate) fn greedy(problem: &Problem) -> i64 {
    let mut used = vec![false; problem.achievements.len()];
    let mut made: Vec<(usize, i64)> = Vec::new();
    loop {
        let mut best = (0, usize::MAX);
        for (at, application) in problem.applications.iter().enumerate() {
            let free = application.slots.iter().flat_map(Slot::candidates).all(|held| !used[*held]);
            if free && made.iter().all(|(other, _)| *other != at) {
                let room = room(problem, &made, at);
                let Award::Fixed(award) = application.grants[0].award else { continue };
                let counts = if application.grants[0].whole && room < award { 0 } else { room.min(award) };
                if counts > best.0 {
                    best = (counts, at);
                }
            }
        }
        if best.1 == usize::MAX {
            break;
        }
        for held in problem.applications[best.1].slots.iter().flat_map(Slot::candidates) {
            used[*held] = true;
        }
        made.push((best.1, best.0));
    }
    made.iter().map(|one| one.1).sum()
}

fn room(problem: &Problem, made: &[(usize, i64)], application: usize) -> i64 {
    let inside = |mut block: usize, around: usize| loop {
        if block == around {
            return true;
        }
        match problem.blocks[block].parent {
            Some(parent) => block = parent,
            None => return false,
        }
    };
    let place = problem.applications[application].grants[0].places[0];
    let mut room = i64::MAX;
    for (at, block) in problem.blocks.iter().enumerate().filter(|(at, _)| inside(place, *at)) {
        let here = made.iter().filter(|one| inside(problem.applications[one.0].grants[0].places[0], at));
        room = room.min(block.at_most.map_or(i64::MAX, |most| most - here.map(|one| one.1).sum::<i64>()));
    }
    for limit in &problem.limits {
        let Measure::Amount { of, .. } = &limit.counted[0].measure else { continue };
        let sees = |at: usize| of.iter().any(|part| part.application == at);
        if sees(application) {
            let taken: i64 = made.iter().filter(|one| sees(one.0)).map(|one| one.1).sum();
            room = room.min(limit.at_most - taken);
        }
    }
    room.max(0)
}

/// A learner with two thousand achievements, of which five hundred are the same, sixty nested blocks and forty limits.
pub(crate) fn large(seed: u64) -> Problem {
    let mut dice = Dice((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x0B5E_55ED);
    let mut problem = Problem { scopes: vec![Scope::default()], ..Problem::default() };
    problem.achievements = vec![Achievement { count: 1 }; 1_500];
    problem.achievements.push(Achievement { count: 500 });
    problem.blocks.push(Block { need: Some(2_000), ..Block::default() });
    for at in 1..60 {
        let need = dice.to(20, 60);
        let parent = Some(if at < 10 { 0 } else { dice.of(at.min(20)) });
        problem.blocks.push(Block {
            parent,
            need: Some(need),
            at_most: Some(need + dice.to(0, 200)),
            ..Block::default()
        });
    }
    for held in 0..1_501 {
        for _ in 0..if held == 1_500 { 4 } else { 2 } {
            let times = problem.achievements[held].count;
            problem.applications.push(Application {
                slots: vec![Slot::One(held)],
                times,
                grants: vec![Grant {
                    covers: Vec::new(),
                    award: Award::Fixed(dice.to(1, 6)),
                    counts: Counts::Credit,
                    whole: false,
                    places: vec![dice.of(60)],
                    effect: None,
                }],
                choice: None,
                scopes: vec![0],
                pin: Pin::Free,
            });
        }
    }
    for _ in 0..40 {
        let of = (0..problem.applications.len()).filter(|_| dice.to(0, 9) == 0).collect();
        problem.limits.push(cap(of, dice.to(100, 600)));
    }
    problem
}
