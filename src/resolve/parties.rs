//! The parties of an agreement: what one party issued converts to what another offers.

use crate::model::{AtomTest, BodyId, Cond, Holder, Order, Subject, Targets, ValueType};

use super::compare::plain_atom;
use super::known::{Known, Making};
use super::spot::{Plain, Scene};

/// In an agreement source and target belong to different parties: nothing is said between a body and itself. Told where every target is a
/// party's.
pub(super) fn apart(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    targets: &Targets,
) -> Option<Cond> {
    if scene.parties.len() < 2 || scene.sources.is_empty() {
        return None;
    }
    let of = match &scene.plain {
        Plain::Of(holder @ Holder::Source(_)) => *holder,
        Plain::Several => Holder::Each,
        _ => return None,
    };
    let mut named = targets.all().iter().filter(|target| !target.excluded).peekable();
    let first = named.peek()?.span;
    let issuer = |outcome: crate::model::OutcomeId| known.model.outcomes.get(outcome.index())?.issuer;
    let is_a_partys = |body: Option<BodyId>| body.is_some_and(|body| scene.parties.contains(&body));
    if !named.all(|target| is_a_partys(issuer(target.outcome))) {
        return None;
    }
    for &party in scene.parties {
        making.symbols.intern(known.names.name_of(super::names::Thing::Body(party)));
    }
    let fact = known.built_in("issuer");
    let test = AtomTest::Target {
        subject: Subject { of, fact },
        target: fact,
        value_type: ValueType::Body(None),
        relation: Order::Different,
        falling: false,
        negated: false,
    };
    Some(plain_atom(test, scene.role, first))
}
