//! A whole record: the best allocation is the one that trying everything finds, its proofs hold, and changed ones are refused.

mod enumerate;
#[allow(dead_code, reason = "the bench uses all of it")]
#[path = "../../../benches/learners/mod.rs"]
mod learners;
mod problems;

use accredit::allocate::{
    Allocation, Award, Block, Counted, Distrust, Fault, Limit, Measure, Origin, Part, Pin, Problem, Refusal,
    When, Work, allocate, certify,
};
use accredit::certificate::Node;

/// How many cases, from the environment or a number that takes a moment.
fn cases(of: u64) -> u64 {
    std::env::var("ACCREDIT_CASES").ok().and_then(|given| given.parse().ok()).unwrap_or(of)
}

#[test]
fn what_is_allocated_is_the_best_of_all() {
    let (mut tried, mut unsettled, mut clashes, mut faults) = (0u64, 0u64, 0u64, 0u64);
    let start: u64 = std::env::var("ACCREDIT_FROM").ok().and_then(|given| given.parse().ok()).unwrap_or(0);
    for seed in start..start + cases(400) {
        let problem = problems::small(seed);
        let allocation = match allocate(&problem, Work::default()) {
            Ok(allocation) => allocation,
            Err(Refusal::Fault(_)) => {
                faults += 1;
                continue;
            }
            Err(Refusal::Clash(named)) => {
                clashes += 1;
                if let Ok(best) = enumerate::best(&problem) {
                    assert!(best.is_none(), "seed {seed}: {named:?} is no clash: {problem:?}");
                }
                continue;
            }
            Err(Refusal::Spent) => panic!("seed {seed}: spent: {problem:?}"),
        };
        let Ok(best) = enumerate::best(&problem) else { continue };
        tried += 1;
        unsettled += u64::from(!allocation.proved);
        let came_to = enumerate::came_to(&problem, &allocation);
        assert_eq!(Some(&came_to), best.as_ref(), "seed {seed}: {problem:?}");
        match certify(&problem, &allocation) {
            Ok(()) => {}
            Err(Distrust::Open(_)) if !allocation.proved => {}
            Err(why) => panic!("seed {seed}: {why:?}: {problem:?}"),
        }
    }
    println!("{tried} cases, {unsettled} not proved, {clashes} clashes, {faults} faults");
    assert!(tried > cases(400) / 2, "{tried} cases tried, {clashes} clashes, {faults} faults");
    assert_eq!(unsettled, 0);
}

/// A proof, a choice, a total or a limit is changed in one place: it is refused, or what is left is still right, which trying
/// everything shows.
#[test]
fn what_is_tampered_with_is_refused() {
    let (mut refused, mut still_right) = (0u64, 0u64);
    let mut seed = 1_000_000;
    while refused + still_right < cases(120) {
        seed += 1;
        let problem = problems::small(seed);
        let Ok(allocation) = allocate(&problem, Work::default()) else { continue };
        let mut dice = problems::Dice::new(seed);
        let (mut problem, mut tampered) = (problem, allocation.clone());
        if !tamper(&mut dice, &mut problem, &mut tampered) || tampered == allocation {
            continue;
        }
        let Ok(best) = enumerate::best(&problem) else { continue };
        match certify(&problem, &tampered) {
            Err(_) => refused += 1,
            Ok(()) => {
                let values: Vec<i64> = tampered.stages.iter().map(|stage| stage.value).collect();
                assert_eq!(best.map(|best| best.objectives.to_vec()), Some(values), "seed {seed}");
                still_right += 1;
            }
        }
    }
    println!("{refused} refused, {still_right} still right");
    assert!(refused > still_right, "{refused} refused, {still_right} still right");
}

/// Changes one thing; false where there is nothing of that sort.
fn tamper(dice: &mut problems::Dice, problem: &mut Problem, allocation: &mut Allocation) -> bool {
    let by = if dice.chance(50) { 1 } else { -1 };
    let stage = dice.of(allocation.stages.len());
    match dice.below(10) {
        0 => {
            let lists = &mut allocation.stages[stage].tree.multipliers;
            let lists: Vec<_> = lists.iter_mut().flatten().collect();
            change(dice, lists, |entry| entry.1 = if by > 0 { entry.1 / 3 } else { -entry.1 })
        }
        1 => {
            let lists = &mut allocation.stages[stage].tree.multipliers;
            change(dice, lists.iter_mut().flatten().collect(), |entry| {
                entry.0 = entry.0.wrapping_add_signed(by)
            })
        }
        2 => {
            let cuts = &mut allocation.stages[stage].tree.cuts;
            change(dice, cuts.iter_mut().collect(), |cut| cut.row.at_most -= 1)
        }
        3 => {
            let nodes = &mut allocation.stages[stage].tree.nodes;
            change(dice, nodes.iter_mut().collect(), |node| {
                *node = match *node {
                    Node::Split { column, at, below, above } => {
                        Node::Split { column, at: at + i64::from(by), below, above }
                    }
                    Node::Leaf(which) => Node::Leaf(which + 1),
                };
            })
        }
        4 => {
            allocation.stages[stage].value += i64::from(by);
            allocation.stages[stage].bound += i64::from(by);
            true
        }
        5 => {
            let given = allocation.chosen.given.iter_mut().flatten().chain(&mut allocation.chosen.made);
            change(dice, given.collect(), |one| *one += i64::from(by))
        }
        6 => change(dice, allocation.chosen.used.iter_mut().flatten().flatten().collect(), |one| {
            *one += i64::from(by)
        }),
        7 => change(dice, allocation.chosen.counted.iter_mut().flatten().flatten().collect(), |one| {
            *one += i64::from(by)
        }),
        8 => {
            let totals =
                allocation.remaining.iter_mut().chain(&mut allocation.inside).chain(&mut allocation.limits);
            let totals = totals.chain(allocation.awarded.iter_mut().flatten());
            change(dice, totals.collect(), |one| *one += i64::from(by))
        }
        _ => {
            // The limit itself: what was allocated under it is no longer an answer to what is asked, or still is.
            let caps = problem.limits.iter_mut().map(|limit| &mut limit.at_most);
            let caps = caps.chain(problem.blocks.iter_mut().filter_map(|block| block.at_most.as_mut()));
            let changed = change(dice, caps.collect(), |cap| *cap = (*cap + i64::from(by)).max(0));
            // Not the allocation was changed: mark it, so that it counts.
            allocation.proved = false;
            changed
        }
    }
}

fn change<T>(dice: &mut problems::Dice, mut all: Vec<&mut T>, with: impl FnOnce(&mut T)) -> bool {
    let at = if all.is_empty() { return false } else { dice.of(all.len()) };
    with(all.remove(at));
    true
}

/// Limits, conditions, blocks' numbers and the names of scopes and targets stand in any order.
#[test]
fn order_does_not_matter() {
    let mut tried = 0;
    for seed in 2_000_000..2_000_000 + cases(120) {
        let problem = problems::small(seed);
        let Ok(allocation) = allocate(&problem, Work::default()) else { continue };
        let mut turned = problem.clone();
        turned.limits.reverse();
        turned.conditions.reverse();
        turned.averages.reverse();
        turned.scopes.reverse();
        turned.targets.reverse();
        for application in &mut turned.applications {
            for scope in &mut application.scopes {
                *scope = problem.scopes.len() - 1 - *scope;
            }
            application.scopes.reverse();
            for target in application.grants.iter_mut().flat_map(|grant| &mut grant.covers) {
                *target = problem.targets.len() - 1 - *target;
            }
        }
        let other = allocate(&turned, Work::default()).unwrap();
        assert_eq!(allocation.chosen, other.chosen, "seed {seed}: {problem:?}");
        tried += 1;
    }
    assert!(tried > cases(150) / 2, "{tried}");
}

/// What pins demand and cannot have is named.
#[test]
fn pins_that_clash_are_named() {
    let mut problem = problems::two_for_one();
    problem.applications[0].pin = Pin::Made;
    problem.applications[1].pin = Pin::Made;
    let named = vec![Origin::Application(0), Origin::Application(1), Origin::Use(0, 0)];
    assert_eq!(allocate(&problem, Work::default()), Err(Refusal::Clash(named)));
    problem.applications[1].pin = Pin::Free;
    let allocation = allocate(&problem, Work::default()).unwrap();
    assert_eq!(allocation.chosen.made, [1, 0]);
}

/// With too little work the answer stands, and says how far it may be from the best.
#[test]
fn too_little_work_is_told() {
    let mut open = 0;
    for seed in 3_000_000..3_000_400 {
        let problem = problems::small(seed);
        let Ok(best) = allocate(&problem, Work::default()) else { continue };
        let Ok(hasty) = allocate(&problem, Work { pivots: 6 }) else { continue };
        assert!(
            hasty.stages[0].value <= best.stages[0].value && best.stages[0].value <= hasty.stages[0].bound,
            "seed {seed}"
        );
        open += u64::from(!hasty.proved);
        assert!(
            hasty.proved
                || certify(&problem, &hasty).is_err()
                || hasty.stages.iter().all(|stage| stage.proved)
        );
    }
    assert!(open > 10, "{open}");
}

#[test]
fn what_cannot_be_asked_is_a_fault() {
    let mut problem = problems::two_for_one();
    problem.blocks.push(Block { parent: Some(0), at_most: Some(3), surplus_to: Some(0), ..Block::default() });
    assert_eq!(problem.blocks.len(), 2);
    problem.blocks[0] = Block { at_most: Some(3), surplus_to: Some(1), ..Block::default() };
    assert_eq!(allocate(&problem, Work::default()), Err(Refusal::Fault(Fault::Cycle(0))));
    let mut problem = problems::two_for_one();
    problem.blocks[0].surplus_to = Some(0);
    assert_eq!(allocate(&problem, Work::default()), Err(Refusal::Fault(Fault::NoCeiling(0))));
    let mut problem = problems::two_for_one();
    problem.applications[0].grants[0].places = vec![7];
    assert_eq!(allocate(&problem, Work::default()), Err(Refusal::Fault(Fault::Unknown(Origin::Grant(0, 0)))));
    let mut problem = problems::two_for_one();
    problem.applications[0].grants[0].award = Award::Fixed((1 << 30) - 1);
    problem.limits.push(Limit {
        counted: vec![Counted {
            measure: Measure::Amount {
                of: vec![Part { application: 0, grant: 0, when: When::Always }],
                within: None,
            },
            factor: 1 << 40,
        }],
        at_most: 5,
    });
    assert_eq!(allocate(&problem, Work::default()), Err(Refusal::Fault(Fault::TooFine(Origin::Limit(0)))));
}

/// What a foreign solver made of some learners with forty outcomes and thirty requirements: where both prove it, the same.
#[test]
fn a_foreign_solver_agrees() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/allocate.tsv");
    let kept = std::fs::read_to_string(file).unwrap();
    let mut agreed = 0;
    // Unoptimised, only what is solved at once.
    let quick = |line: &&str| !cfg!(debug_assertions) || line.starts_with("bundles, whole");
    for line in kept.lines().filter(|line| !line.starts_with('#')).filter(quick) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, seed, value, bound] = cells[..] else { panic!("{line}") };
        let (_, rules, whole) = learners::VARIANTS.into_iter().find(|variant| variant.0 == name).unwrap();
        let problem = learners::learner(seed.parse().unwrap(), rules, whole, 40, 30);
        let allocation = allocate(&problem, Work { pivots: 4_000 }).unwrap();
        let first = &allocation.stages[0];
        let (value, bound): (i64, i64) = (value.parse().unwrap(), bound.parse().unwrap());
        assert!(
            first.value <= bound && value <= first.bound,
            "{line}: {} of at most {}",
            first.value,
            first.bound
        );
        if first.proved && value == bound {
            assert_eq!(first.value, value, "{line}");
            agreed += 1;
        }
        if allocation.proved {
            certify(&problem, &allocation).unwrap();
        }
    }
    assert!(agreed >= if cfg!(debug_assertions) { 5 } else { 12 }, "{agreed}");
}
