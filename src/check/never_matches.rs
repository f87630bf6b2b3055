//! Rules that can never apply: two tests of one fact that exclude each other, or one that no value passes.
//!
//! Only tests of one fact are compared here; whether two facts exclude each other is for the analyses.

use crate::diagnostic::{Code, Problem};
use crate::model::{AtomTest, Cond, Model, Rule};

use super::domains::{full, lines, snapped};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for rule in model.rules.iter().flat_map(lines) {
        look(model, rule, &rule.guard, problems);
    }
}

/// The tests that must all hold. Inside `any of`, one impossible alternative leaves the others.
fn look(model: &Model, rule: &Rule, cond: &Cond, problems: &mut Vec<Problem>) {
    let Cond::All(parts) = cond else { return };
    for part in parts {
        let Cond::Atom(atom) = part else { continue };
        let AtomTest::In { subject, value_type, set } = &atom.test else { continue };
        // A test of many values is possible unless the domain is small, and then it is decided.
        let possible = match full(model, rule, *subject, *value_type) {
            Some((_, domains)) => !snapped(&domains, set).is_empty(),
            None => !set.is_empty(),
        };
        if possible {
            continue;
        }
        let Some((&first, others)) = atom.lines.split_first() else { continue };
        let fact = model.facts.get(subject.fact.index()).map_or("", |fact| &fact.name);
        let at = others.last().copied().unwrap_or(first);
        let mut problem = Problem::new(Code::RuleNever, at).say("rule", &*rule.name).say("fact", fact);
        for &other in atom.lines.iter().filter(|&&line| line != at) {
            problem = problem.label(other, "also");
        }
        problems.push(problem);
    }
}
