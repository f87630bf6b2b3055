//! `a and b in one F`, `3 of s in distinct F`: the achievements of an application bound to each other by a fact.

use crate::model::{Bind, Holder, KindId, Role, SourceSlot, Take};
use crate::source::Span;
use crate::syntax::tree::{FactOwner, FactRef, Name};

use super::known::{Known, Making};
use super::slots::later;
use super::spot::{Plain, Scene, spot};

/// The alternatives, each bound. A bundle of single achievements has one value or as many as achievements; a number of a set has
/// as many values as the number says.
pub(super) fn bound(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    mut alternatives: Vec<Vec<SourceSlot>>,
    (distinct, fact): (bool, &Name),
    span: Span,
) -> Option<Vec<Vec<SourceSlot>>> {
    for bundle in &mut alternatives {
        let singles = bundle.len() > 1 && bundle.iter().all(|slot| slot.take == Take::One);
        let several =
            matches!(bundle.as_slice(), [only] if matches!(only.take, Take::Exactly(_) | Take::UpTo(_)));
        if !(singles || several && distinct) {
            making.found.push(later(known.sources.snippet(fact.span), span));
            return None;
        }
        let classes = bundle.iter().flat_map(|slot| &slot.items).map(|item| item.class);
        let mut kinds: Vec<KindId> =
            classes.flat_map(|class| making.classes.kinds_of(class).to_vec()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let inner = Scene {
            plain: Plain::Of(Holder::Itself),
            sources: kinds.into(),
            role: Role::Bracket,
            ..scene.clone()
        };
        let named = FactRef { of: FactOwner::Plain, name: fact.clone(), span: fact.span };
        let fact = spot(known, making, &inner, &named)?.subject.fact;
        bundle.iter_mut().for_each(|slot| slot.bind = Some(Bind { fact, distinct }));
    }
    Some(alternatives)
}
