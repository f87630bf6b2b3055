//! `6 credits of S`: what S is worth is one sum only where all of it is counted in one unit.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Credits, FactId, KindId, Model, SourceSlot, Take, UnitId, ValueType};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    let credits = model.facts.iter().position(|fact| fact.built_in && &*fact.name == "credits");
    let credits = credits.and_then(|at| u32::try_from(at).ok()).map(FactId);
    for slot in model.rules.iter().flat_map(|rule| &rule.sources).flatten() {
        if !matches!(slot.take, Take::Credits(_)) {
            continue;
        }
        let units = units(model, slot, credits);
        if let [first, other, ..] = units.as_slice() {
            let name = |unit: &UnitId| {
                let unit = model.units.get(unit.index());
                Said::Text(unit.map_or_else(Box::default, |unit| unit.name.clone()))
            };
            let problem = Problem::new(Code::UnitMixedSum, slot.span);
            problems.push(problem.say("unit", name(first)).say("other", name(other)));
        }
    }
}

/// The units in which the catalogue and the kinds count the credits of what a slot takes, in the order of their ids.
fn units(model: &Model, slot: &SourceSlot, credits: Option<FactId>) -> Vec<UnitId> {
    let mut units = Vec::new();
    let of_kind = |kind: KindId| {
        let facts = model.kinds.get(kind.index()).map_or(&[][..], |kind| &kind.facts);
        let domains = facts.iter().filter(|of| Some(of.fact) == credits).flat_map(|of| &of.domains);
        domains.filter_map(
            |domain| if let ValueType::Credits(unit) = domain.value_type { Some(unit) } else { None },
        )
    };
    for item in &slot.items {
        let Some(class) = model.classes.get(item.class.index()) else { continue };
        units.extend(class.kinds.iter().flat_map(|kind| of_kind(*kind)));
        let named = class.outcomes.iter().filter_map(|id| model.outcomes.get(id.index()));
        let of_kinds = model.outcomes.iter().filter(|outcome| {
            let kind = model.kinds.get(outcome.kind.index());
            kind.is_some_and(|kind| kind.ancestors.iter().any(|kind| class.kinds.contains(kind)))
        });
        for outcome in named.chain(of_kinds) {
            units.extend(of_kind(outcome.kind));
            if let Credits::Amount(_, unit) = outcome.credits {
                units.push(unit);
            }
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}
