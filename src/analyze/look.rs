//! What a test asks of the whole record: for an analysis one fact that the record says yes or no to.
//!
//! Two such questions are taken to be independent. Where they are not, a proof says no more than is true, and a refutation falls at its
//! replay.

use crate::model::{Cond, Holds, Lasting, Order, SourceItem, SourceSlot, Take};
use crate::source::Span;

/// A question to the record, whether it is to be answered yes or no and wherever it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Look {
    /// Whether achievements are held.
    Holds(Holds),
    /// Whether spells last so long.
    Lasting(Lasting),
}

impl Look {
    pub(super) fn holds(wanted: &Holds) -> Look {
        let mut looks = Holds { negated: false, ..wanted.clone() };
        for slot in looks.alternatives.iter_mut().flatten() {
            slot.span = Span::default();
            slot.items.iter_mut().for_each(unplaced);
        }
        Look::Holds(looks)
    }

    pub(super) fn lasting(wanted: &Lasting) -> Look {
        let mut looks = Lasting { negated: false, ..wanted.clone() };
        looks.of.iter_mut().for_each(unplaced);
        for part in &mut looks.parts {
            part.span = Span::default();
            part.only.iter_mut().for_each(clear);
        }
        Look::Lasting(looks)
    }

    /// What a record must hold for the answer to be yes, each slot filled; and how many days such a spell lasts.
    pub(super) fn needed(&self) -> (Vec<SourceSlot>, Option<u32>) {
        match self {
            Look::Holds(looks) => (looks.alternatives.first().cloned().unwrap_or_default(), None),
            // One spell that is of every part lasts for all of them; where none may last long, none is needed.
            Look::Lasting(looks) => {
                let at_least = |order: Order| matches!(order, Order::AtLeast | Order::Over);
                if !looks.parts.iter().all(|part| at_least(part.relation)) {
                    return (Vec::new(), None);
                }
                let tests = || looks.parts.iter().filter_map(|part| part.only.clone());
                let of_all = |item: &SourceItem| {
                    let all: Vec<Cond> = item.bracket.iter().cloned().chain(tests()).collect();
                    SourceItem { bracket: (!all.is_empty()).then_some(Cond::All(all)), ..item.clone() }
                };
                let items = looks.of.iter().map(of_all).collect();
                let longest = looks.parts.iter().map(|part| part.wanted.in_days()).max().unwrap_or(0);
                let slot = SourceSlot { items, take: Take::One, bind: None, span: Span::default() };
                (vec![slot], Some(longest.saturating_add(1)))
            }
        }
    }
}

fn unplaced(item: &mut SourceItem) {
    item.span = Span::default();
    let brackets = item.except.iter_mut().filter_map(|(_, bracket)| bracket.as_mut());
    brackets.chain(item.bracket.as_mut()).for_each(clear);
}

fn clear(cond: &mut Cond) {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts.iter_mut().for_each(clear),
        Cond::Atom(atom) => atom.lines.clear(),
    }
}
