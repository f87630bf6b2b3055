//! What a rule gives: credits, an effect without credit, or an answer.

use crate::diagnostic::{Code, Problem};
use crate::model::{Effect, Gives, OutcomeId, Target, Targets};
use crate::syntax::tree::{Give, GiveKind, Name};

use super::amounts::amount;
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::remarks;
use super::selections;
use super::slots::Giving;
use super::spot::Scene;

/// What a rule gives. An effect that names an outcome of its own (`access to P`) brings its target with it.
pub(super) fn gives(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &mut Targets,
    written: &Giving<'_>,
) -> Option<Gives> {
    match written {
        Giving::Answer(answer, _) => remarks::answer(known, making, scene.package, answer).map(Gives::Answer),
        Giving::Give(give) => give_kind(known, making, scene, to, give),
    }
}

fn give_kind(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &mut Targets,
    give: &Give,
) -> Option<Gives> {
    let effect = match &give.kind {
        GiveKind::Amount(written) => return amount(known, making, scene, to, written).map(Gives::Credit),
        GiveKind::Answer(answer) => {
            return remarks::answer(known, making, scene.package, answer).map(Gives::Answer);
        }
        GiveKind::Unclear(word) => {
            making.found.push(Problem::new(Code::EffectUnclear, give.span).say("word", &**word));
            return None;
        }
        GiveKind::NoCreditReduced => Effect::TotalReduced,
        GiveKind::NoCreditReplaced(from) => {
            let items = match from {
                None => Vec::new(),
                Some(selection) => selections::items(known, making, scene, selection)?,
            };
            Effect::Replaced(items.into_iter().map(|item| item.class).collect())
        }
        GiveKind::AttendanceOnly => Effect::AttendanceOnly,
        GiveKind::Completion => Effect::Completion,
        GiveKind::Access(name) => own_target(known, making, scene, to, name, Effect::Access)?,
        GiveKind::Placement(name) => own_target(known, making, scene, to, name, Effect::Placement)?,
        GiveKind::Award(name) => own_target(known, making, scene, to, name, Effect::Award)?,
        GiveKind::Entry(year, name) => {
            let Some(year) =
                year.value.to_int().and_then(|year| u32::try_from(year).ok()).filter(|year| *year > 0)
            else {
                let number = making.found.written(year.span);
                making.found.push(selections::not_a_number(number, year.span));
                return None;
            };
            own_target(known, making, scene, to, name, Effect::Entry(year))?
        }
    };
    if matches!(to, Targets::Deposit) && !scene.damaged {
        making.found.push(Problem::new(Code::AmountNoTarget, give.span));
        return None;
    }
    Some(Gives::Effect(effect))
}

fn own_target(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &mut Targets,
    name: &Name,
    effect: Effect,
) -> Option<Effect> {
    let thing = known.names.find(scene.package, name, &[Sort::Outcome], &mut making.found)?;
    let Thing::Outcome(outcome): Thing = thing else { return None };
    let outcome: OutcomeId = outcome;
    if matches!(to, Targets::Deposit) {
        *to = Targets::Each(vec![Target { outcome, excluded: false, span: name.span }]);
    } else if to.all().iter().all(|target| target.outcome != outcome) && !scene.damaged {
        making.found.push(Problem::new(Code::EffectTarget, name.span).say("target", &*name.text));
        return None;
    }
    Some(effect)
}
