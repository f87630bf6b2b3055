//! Conditions that no rule uses: they are checked all the same, as far as that can be done without the learner's achievement.
//!
//! What a fact is depends on whom it is asked of, so of an unused condition only this is told: a fact that nothing declares,
//! and a circle of conditions. A condition that is used is read where it is used.

use crate::diagnostic::{Code, Problem, Said};
use crate::syntax::tree::{FactOwner, FactRef, Operand, Test, TestKind};

use super::items::slots;
use super::known::{Known, Making};
use super::spot::{is_declared, undeclared};

/// Checks the conditions that nothing has used.
pub(super) fn conditions(known: &Known<'_>, making: &mut Making) {
    let number = known.items.conditions.len();
    let uses: Vec<Vec<(usize, &FactRef)>> = (0..number)
        .map(|at| if making.used_conditions.contains(&at) { Vec::new() } else { bare(known, making, at) })
        .collect();
    // A walk with its own list: each condition is entered once, and one met again on the way closes a circle.
    let mut is_done = vec![false; number];
    for start in 0..number {
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        let mut on_way = std::collections::BTreeSet::from([start]);
        while let Some((at, next)) = way.last_mut() {
            if is_done.get(*at).copied().unwrap_or(true) {
                on_way.remove(at);
                way.pop();
                continue;
            }
            let Some(&(to, fact)) = uses.get(*at).and_then(|uses| uses.get(*next)) else {
                if let Some(done) = is_done.get_mut(*at) {
                    *done = true;
                }
                continue;
            };
            *next += 1;
            if on_way.contains(&to) {
                circle(known, making, &way, to, fact);
            } else {
                on_way.insert(to);
                way.push((to, 0));
            }
        }
    }
}

/// Tells of the provisions of the package itself that nothing applies: what a provision says holds nowhere then. Those of packages
/// that it uses may be meant for others.
pub(super) fn provisions(known: &Known<'_>, making: &mut Making) {
    for (at, item) in known.items.provisions.iter().enumerate() {
        if item.package == 0 && !making.used_provisions.contains(&at) {
            let problem = Problem::new(Code::ProvisionUnused, item.declaration.header);
            making.found.push(problem.say("provision", &*item.name));
        }
    }
}

/// Tells of a circle that closes with a fact.
fn circle(known: &Known<'_>, making: &mut Making, way: &[(usize, usize)], from: usize, fact: &FactRef) {
    const MOST: usize = 8;
    let around = way.iter().map(|&(at, _)| at).skip_while(|&at| at != from).take(MOST);
    let items: Vec<_> = around.filter_map(|at| known.items.conditions.get(at)).collect();
    let names: Vec<Said> = items.iter().map(|item| Said::Name(item.name.clone())).collect();
    let problem = Problem::new(Code::ConditionCycle, fact.span).say("names", names);
    let also = items.iter().map(|item| item.declaration.header);
    making.found.push(also.fold(problem, |problem, at| problem.label(at, "also")));
}

/// The conditions that a condition names; a fact that nothing declares is told.
fn bare<'t>(known: &Known<'t>, making: &mut Making, at: usize) -> Vec<(usize, &'t FactRef)> {
    let Some(item) = known.items.conditions.get(at) else { return Vec::new() };
    let mut facts = Vec::new();
    for (_, slot) in slots(item.declaration.body.as_ref()) {
        if let Operand::When(test) | Operand::Unless(test) = &slot.operand {
            facts_of(test, &mut facts);
        }
    }
    let mut conditions = Vec::new();
    for fact in facts.into_iter().filter(|fact| fact.of == FactOwner::Plain) {
        if let Some(other) = known.condition(item.package, &fact.name.text) {
            conditions.push((other, fact));
        } else if !known.damaged_kinds.contains(&true) && !is_declared(known, &fact.name.text) {
            making.found.push(undeclared(known, &fact.name));
        }
    }
    conditions
}

/// The facts that a test names; braces nest no deeper than texts may.
fn facts_of<'t>(test: &'t Test, facts: &mut Vec<&'t FactRef>) {
    match &test.kind {
        TestKind::Compare { fact, .. }
        | TestKind::Between { fact, .. }
        | TestKind::OneOf { fact, .. }
        | TestKind::Bare { fact, .. } => facts.push(fact),
        TestKind::Any(tests) | TestKind::All(tests) => {
            tests.iter().for_each(|test| facts_of(test, facts));
        }
        _ => {}
    }
}
