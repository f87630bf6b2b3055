//! A whole record: the best allocation is the one that trying everything finds, its proofs hold, and changed ones are refused.

mod enumerate;
mod problems;

use accredit::allocate::{Distrust, Refusal, Work, allocate, certify};

/// How many cases, from the environment or a number that takes a moment.
fn cases(of: u64) -> u64 {
    std::env::var("ACCREDIT_CASES").ok().and_then(|given| given.parse().ok()).unwrap_or(of)
}

#[test]
fn what_is_allocated_is_the_best_of_all() {
    let (mut tried, mut unsettled, mut clashes, mut faults) = (0u64, 0u64, 0u64, 0u64);
    let start: u64 = std::env::var("ACCREDIT_FROM").ok().and_then(|given| given.parse().ok()).unwrap_or(0);
    for seed in start..start + cases(600) {
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
    assert!(tried > cases(600) / 2, "{tried} cases tried, {clashes} clashes, {faults} faults");
    assert_eq!(unsettled, 0);
}
