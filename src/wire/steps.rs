//! The words of a step: its slot, how it compares, what it found, what it lacks. Names for data, never sentences.

use super::decision::{Test, Value};
use super::values;
use crate::answer::SHOWN_OUTCOMES;
use crate::evaluate::Slot;
use crate::model::{Model, Order, RuleId};

/// A finding that compares nothing.
pub(super) fn bare(op: &str) -> Test {
    Test { op: op.to_owned(), ..Test::default() }
}

/// What would fill a slot that nothing held fills: the outcomes and kinds that it names. Of a rule with alternatives nobody can say
/// which was meant.
pub(super) fn lacking(model: &Model, rule: RuleId, slot: u32) -> Vec<Value> {
    let Some([only]) = model.rules.get(rule.index()).map(|rule| rule.sources.as_slice()) else {
        return Vec::new();
    };
    let items = only.get(slot as usize).map_or(&[][..], |slot| &slot.items);
    let mut lacking = Vec::new();
    for class in items.iter().filter_map(|item| model.classes.get(item.class.index())) {
        let outcomes = class.outcomes.iter().filter_map(|outcome| model.outcomes.get(outcome.index()));
        lacking.extend(outcomes.map(|outcome| (&outcome.name, &outcome.titles)));
        let kinds = class.kinds.iter().filter_map(|kind| model.kinds.get(kind.index()));
        lacking.extend(kinds.map(|kind| (&kind.name, &kind.titles)));
    }
    let shown = lacking.into_iter().take(SHOWN_OUTCOMES);
    shown.map(|(name, titles)| Value { value: name.to_string(), title: values::titles(titles) }).collect()
}

pub(super) const fn slot(slot: Slot) -> &'static str {
    match slot {
        Slot::From => "from",
        Slot::When => "when",
        Slot::InForce => "in_force",
        Slot::To => "to",
        Slot::Give => "give",
        Slot::Otherwise => "otherwise",
        Slot::Overrides => "overrides",
        Slot::Never => "never",
        Slot::Record => "record",
    }
}

pub(super) const fn compared(relation: Order, negated: bool, to_target: bool) -> &'static str {
    match (relation, negated, to_target) {
        (Order::AtLeast, false, true) | (Order::Under, true, true) => "target_at_least",
        (Order::AtMost, false, true) | (Order::Over, true, true) => "target_at_most",
        (Order::Over, false, true) | (Order::AtMost, true, true) => "target_over",
        (Order::Under, false, true) | (Order::AtLeast, true, true) => "target_under",
        (Order::Same, false, true) | (Order::Different, true, true) => "target_is",
        (Order::Different, false, true) | (Order::Same, true, true) => "target_is_not",
        (Order::AtLeast, false, false) | (Order::Under, true, false) => "at_least",
        (Order::AtMost, false, false) | (Order::Over, true, false) => "at_most",
        (Order::Over, false, false) | (Order::AtMost, true, false) => "over",
        (Order::Under, false, false) | (Order::AtLeast, true, false) => "under",
        (Order::Same, false, false) | (Order::Different, true, false) => "is",
        (Order::Different, false, false) | (Order::Same, true, false) => "is_not",
    }
}
