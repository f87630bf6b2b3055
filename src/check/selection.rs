//! Selections that name nothing, or ask for more than there is.

use crate::diagnostic::{Code, Problem};
use crate::model::{Class, Model, SourceItem, SourceSlot, Take};
use crate::quantity::Ratio;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for slot in model.rules.iter().flat_map(|rule| rule.sources.iter().flatten()) {
        for item in slot.items.iter().filter(|item| is_empty(model, item)) {
            problems.push(Problem::new(Code::SelectEmpty, item.span));
        }
        too_many(model, slot, problems);
    }
    for item in
        model.bars.iter().flat_map(|bar| bar.from.iter().chain(&bar.to)).filter(|item| is_empty(model, item))
    {
        problems.push(Problem::new(Code::SelectEmpty, item.span));
    }
}

/// Whether an item names nothing, or nothing that is not taken out again.
fn is_empty(model: &Model, item: &SourceItem) -> bool {
    let none = Class::default();
    let of = |id: crate::model::ClassId| model.classes.get(id.index()).unwrap_or(&none);
    let class = of(item.class);
    let without = || item.except.iter().filter(|(_, bracket)| bracket.is_none()).map(|(class, _)| of(*class));
    class.outcomes.iter().all(|outcome| without().any(|class| class.outcomes.binary_search(outcome).is_ok()))
        && class.kinds.iter().all(|kind| without().any(|class| class.kinds.binary_search(kind).is_ok()))
}

/// `3 of { a, b }`.
fn too_many(model: &Model, slot: &SourceSlot, problems: &mut Vec<Problem>) {
    let Take::Exactly(wanted) = slot.take else { return };
    let classes = slot.items.iter().filter_map(|item| model.classes.get(item.class.index()));
    if classes.clone().any(|class| !class.kinds.is_empty()) {
        return;
    }
    let mut outcomes: Vec<_> = classes.flat_map(|class| &class.outcomes).collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    let there = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
    if wanted > there {
        let problem = Problem::new(Code::SelectTooMany, slot.span);
        problems.push(problem.say("wanted", Ratio::from(wanted)).say("there", Ratio::from(there)));
    }
}
