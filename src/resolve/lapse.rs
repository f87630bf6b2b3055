//! `lapses 8 years after registered unless listed`: from when on achievements of a kind serve no more.

use crate::diagnostic::{Code, Problem};
use crate::model::{Cond, KindId, Lapse, ValueType};
use crate::syntax::tree::{Lapses, Operand};

use super::conditions::{Inlining, span_of, test};
use super::fault::type_name;
use super::items::slots;
use super::known::{Known, Making};
use super::merge::any;
use super::spot::{Scene, spot};

/// What each kind and those above it say of when its achievements lapse, and of what is impossible.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    let mut own: Vec<(Vec<Lapse>, Vec<Cond>)> = Vec::with_capacity(known.items.kinds.len());
    for (id, item) in (0u32..).zip(&known.items.kinds) {
        let (mut lapses, mut possible) = (Vec::new(), Vec::new());
        let kinds = [KindId(id)];
        let scene = Scene::of_kind(known, item.package, &kinds);
        let mut inlining = Inlining::new();
        for (_, slot) in slots(item.declaration.body.as_ref()) {
            match &slot.operand {
                Operand::Lapses(written) => lapses.extend(lapse(known, making, &scene, written)),
                Operand::Impossible(written) => {
                    possible.push(test(known, making, &scene, written, true, &mut inlining));
                }
                _ => {}
            }
        }
        own.push((lapses, possible));
    }
    if own.iter().all(|(lapses, possible)| lapses.is_empty() && possible.is_empty()) {
        return;
    }
    for kind in &mut known.model.kinds {
        // What holds of a kind holds of its sub-kinds.
        for above in kind.ancestors.iter().rev().filter_map(|above| own.get(above.index())) {
            kind.lapses.extend(above.0.iter().cloned());
            kind.possible.extend(above.1.iter().cloned());
        }
    }
}

/// One line of a kind.
fn lapse(known: &Known<'_>, making: &mut Making, scene: &Scene<'_>, written: &Lapses) -> Option<Lapse> {
    let event = spot(known, making, scene, &written.after)?;
    let mut inlining = Inlining::new();
    let kept: Vec<_> = written
        .unless
        .iter()
        .map(|written| test(known, making, scene, written, false, &mut inlining))
        .collect();
    let length = span_of(&written.length);
    let is_own = event.subject.of == crate::model::Holder::Itself;
    let (Some(length), true, Some(ValueType::Date)) = (length, is_own, event.value_type()) else {
        let problem = Problem::new(Code::FactComparison, written.span)
            .say("fact", &*written.after.name.text)
            .say("value", known.sources.snippet(written.span));
        let is = event.domains.first().map(|domain| type_name(known, domain.value_type));
        making.found.push(is.into_iter().fold(problem, |problem, is| problem.say("domain", is)));
        return None;
    };
    Some(Lapse { length, after: event.subject.fact, unless: any(kept), span: written.span })
}
