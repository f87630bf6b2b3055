//! Whether a body is one of several: of a set, each member perhaps for some time only, or of the parties of an agreement.

use crate::diagnostic::{Code, Problem};
use crate::model::{BodyId, Cond, Member, ValueType, Window};
use crate::source::Span;
use crate::space::{Set, Value};
use crate::syntax::tree::{FactRef, Name};

use super::builtin::spells;
use super::compare::atom;
use super::conditions::days_set;
use super::known::{Known, Making, SetIs};
use super::merge::{all, any};
use super::names::{Sort, Thing};
use super::spot::{Scene, Spot, spot};

/// `issuer in accredited [on completed]`, `issuer in parties`, `issuer in here`; nothing where the name names no bodies.
#[allow(clippy::too_many_arguments)]
pub(super) fn within(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    tested: &Spot<'_>,
    name: &Name,
    on: Option<&FactRef>,
    negated: bool,
    line: Span,
) -> Option<Option<Cond>> {
    let value_type @ ValueType::Body(_) = tested.value_type()? else { return None };
    let symbol = |making: &mut Making, body: BodyId| {
        Value::Symbol(making.symbols.intern(known.names.name_of(Thing::Body(body))))
    };
    let is_parties = spells(&name.text, "slot.parties") && !scene.parties.is_empty();
    let mut always: Vec<Value> = Vec::new();
    let mut dated: Vec<(Value, &[Window])> = Vec::new();
    if spells(&name.text, "fact.here") {
        // Here is where the rule is applied.
        let Some(by) = scene.applied.by else {
            making.found.push(Problem::new(Code::FamilyHere, name.span));
            return Some(None);
        };
        always.push(symbol(making, by));
    } else if is_parties {
        always.extend(scene.parties.iter().map(|&body| symbol(making, body)));
    } else {
        let Some(Thing::Set(set)) = known.names.peek(scene.package, name, &[Sort::Set]) else { return None };
        let SetIs::Named(set) = known.set_is(set)? else {
            super::sets::not_values(known, making, set, name, &[Sort::Body]);
            return Some(None);
        };
        for member in &known.model.sets.get(set.index())?.members {
            let Member::Body(body) = member.of else { continue };
            let value = symbol(making, body);
            if member.windows.is_empty() { always.push(value) } else { dated.push((value, &member.windows)) }
        }
    }
    let domains = negated.then_some(&*tested.domains);
    let of = |set: Set| atom(tested.subject, value_type, set, domains, scene.role, line);
    let mut parts = vec![of(Set::of(always))];
    if !dated.is_empty() {
        let Some(on) = on else {
            making.found.push(Problem::new(Code::DateWindowUnnamed, line));
            return Some(None);
        };
        let Some(date) = spot(known, making, scene, on) else { return Some(None) };
        for (value, windows) in dated {
            let mut both = vec![of(Set::one(value))];
            for window in windows {
                let set = days_set(window);
                both.push(atom(
                    date.subject,
                    ValueType::Date,
                    set,
                    negated.then_some(&*date.domains),
                    scene.role,
                    line,
                ));
            }
            parts.push(if negated { any(both) } else { all(both) });
        }
    }
    Some(Some(if negated { all(parts) } else { any(parts) }))
}
