//! The facts of the learner, of the plan and of the request.

use crate::model::{FactUse, Holder, Role, TypedDomain, ValueType};

use super::builtin;
use super::facts;
use super::known::{Known, Making, fact_names};
use super::spot::{Plain, Scene};
use crate::syntax::tree::{Declaration, Operand};

/// The dates of every request.
const DATES: [&str; 4] = ["admitted", "applied", "decided", "enrolled"];

/// Reads the learner's and the plan's facts into the model, and the dates of the request.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let learners: Vec<(usize, &Declaration)> = known.items.learners.clone();
    let plans: Vec<(usize, &Declaration)> = known.items.plans.clone();
    let mut learner = holder(known, making, &learners, Holder::Learner);
    known.model.plan = holder(known, making, &plans, Holder::Plan);
    known.plan_facts = names(known, &known.model.plan);
    let mut request: Vec<FactUse> = DATES.iter().map(|name| date(known, name)).collect();
    // `fact enrolled` of the learner gives the request's date a title and a proof.
    learner.retain(|own| match request.iter_mut().find(|of| of.fact == own.fact) {
        Some(of) => {
            *of = FactUse { domains: of.domains.clone(), ..own.clone() };
            false
        }
        None => true,
    });
    request.sort_by_key(|of| of.fact);
    known.model.request = request;
    known.model.learner = learner;
    known.learner_facts = names(known, &known.model.learner);
    presence(known, making, &learners, Holder::Learner);
    presence(known, making, &plans, Holder::Plan);
}

fn holder(
    known: &Known<'_>,
    making: &mut Making,
    declarations: &[(usize, &Declaration)],
    holder: Holder,
) -> Vec<FactUse> {
    let word = if holder == Holder::Learner { "declaration.learner" } else { "declaration.plan" };
    for (_, declaration) in declarations {
        for (_, slot) in super::items::slots(declaration.body.as_ref()) {
            if !matches!(slot.operand, Operand::Fact(_)) {
                making.found.misplaced(slot.word_span, word);
            }
        }
    }
    let package = declarations.first().map_or(0, |(package, _)| *package);
    let all: Vec<&Declaration> = declarations.iter().map(|(_, declaration)| *declaration).collect();
    facts::uses(known, making, package, &all)
}

fn names(known: &Known<'_>, uses: &[FactUse]) -> rustc_hash::FxHashMap<Box<str>, u32> {
    fact_names(uses, |fact| {
        let fact = known.model.facts.get(fact.index());
        fact.map_or_else(Default::default, |fact| (fact.name.clone(), fact.aliases.clone()))
    })
}

fn date(known: &Known<'_>, name: &str) -> FactUse {
    FactUse {
        fact: known.built_in(name),
        titles: Default::default(),
        domains: vec![TypedDomain { value_type: ValueType::Date, domain: builtin::date(false) }],
        optional: false,
        only_if: None,
        otherwise: None,
        fixed: true,
        proof: None,
        judged: None,

        worked_out: None,
        span: None,
    }
}

/// `if` tests over the holder's own facts.
fn presence(
    known: &mut Known<'_>,
    making: &mut Making,
    declarations: &[(usize, &Declaration)],
    holder: Holder,
) {
    for (package, declaration) in declarations {
        let tests = {
            let scene = Scene {
                package: *package,
                plain: Plain::Person(holder),
                sources: (&[][..]).into(),
                targets: (&[][..]).into(),
                unit: known.package_units.get(*package).copied().flatten(),
                applied: Default::default(),
                parties: &[],
                role: Role::Condition,
                damaged: false,
            };
            facts::presence(known, making, &scene, &[declaration])
        };
        let uses = if holder == Holder::Learner { &mut known.model.learner } else { &mut known.model.plan };
        for (fact, cond) in tests {
            if let Some(of) = uses.iter_mut().find(|of| of.fact == fact) {
                of.only_if = Some(cond);
            }
        }
    }
}
