//! `of which 4 to ge-b2`: a part of what is granted, and where that part sits. It adds nothing to the amount.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Attribute, AttributeKind, Cond, Credits, Gives, OutcomeId, Piece, Targets, UnitId};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{Name, Number};

use super::amounts;
use super::fault::repeated;
use super::known::{Known, Making};
use super::names::{Sort, Thing};
use super::spot::Scene;
use super::targets::at_once;

/// What a part of an amount is.
pub(super) fn part(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    number: &Number,
    place: &Name,
) -> Option<AttributeKind> {
    // Blocks as places of parts come with their allocation.
    if let Some(Thing::Block(_)) = known.names.peek(scene.package, place, &[Sort::Block]) {
        making.found.later(place.span);
        return None;
    }
    let Thing::Outcome(outcome) =
        known.names.find(scene.package, place, &[Sort::Outcome], &mut making.found)?
    else {
        return None;
    };
    if let Some(same) = to.all().iter().find(|target| target.outcome == outcome) {
        making.found.push(repeated(Said::Word("slot.to"), place.span, same.span));
        return None;
    }
    let (value, unit) = whole_steps(known, making, scene, number)?;
    if value.is_zero() {
        making.found.push(Problem::new(Code::AmountZero, number.span));
        return None;
    }
    Some(AttributeKind::Part(outcome, value, unit))
}

/// A number of credits that is a whole number of steps of its unit, and that unit.
fn whole_steps(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    number: &Number,
) -> Option<(Ratio, UnitId)> {
    let made = amounts::constant(known, making, scene, number)?;
    super::grains::check_steps(known, making, made.unit, &made.grains, number.span);
    match made.piece {
        Piece::Constant(value) => Some((value, made.unit?)),
        _ => None,
    }
}

/// Whether what a line gives can have the parts that it says, and all of them at once where nothing says when.
pub(super) fn check(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    to: &Targets,
    gives: &Gives,
    attributes: &[Attribute],
) {
    let parts = || {
        attributes.iter().filter_map(|of| match of.kind {
            AttributeKind::Part(outcome, amount, unit) => Some((of, outcome, amount, unit)),
            _ => None,
        })
    };
    let Some((first, ..)) = parts().next() else { return };
    let amount = match gives {
        Gives::Credit(amount) if at_once(to) <= 1 || amount.in_total => amount,
        _ => {
            if !scene.damaged {
                making.found.push(Problem::new(Code::AttributePartOfNothing, first.span));
            }
            return;
        }
    };
    let Some(unit) = amount.unit.or_else(|| unit_of(known, to)) else { return };
    if let Some((of, _, _, other)) = parts().find(|(.., other)| *other != unit) {
        let name = |unit: UnitId| {
            let unit = known.model.units.get(unit.index());
            unit.map_or(Said::Word("fact.credits"), |unit| Said::Text(unit.name.clone()))
        };
        let problem = Problem::new(Code::UnitMixedUnit, of.span).say("fact", Said::Word("slot.give"));
        let problem = problem.say("unit", name(unit)).say("value", known.sources.snippet(of.span));
        making.found.push(problem.say("other", name(other)));
        return;
    }
    let Some(whole) = most(known, to, &amount.piece) else { return };
    let mut always = Ratio::ZERO;
    for (of, _, part, _) in parts() {
        let together = if of.guard == Cond::always() {
            let Ok(sum) = always.checked_add(part) else { return };
            always = sum;
            sum
        } else {
            part
        };
        if together > whole {
            making.found.push(too_large(together, whole, of.span));
            return;
        }
    }
}

fn too_large(parts: Ratio, whole: Ratio, at: Span) -> Problem {
    Problem::new(Code::AttributePartTooLarge, at).say("parts", parts).say("whole", whole)
}

/// What is given, where that is one number.
fn most(known: &Known<'_>, to: &Targets, piece: &Piece) -> Option<Ratio> {
    match (piece, to.all()) {
        (Piece::Constant(amount), _) => Some(*amount),
        (Piece::TargetCredits, [only]) => match known.model.outcomes.get(only.outcome.index())?.credits {
            Credits::Amount(amount, _) => Some(amount),
            _ => None,
        },
        _ => None,
    }
}

fn unit_of(known: &Known<'_>, to: &Targets) -> Option<UnitId> {
    let of = |outcome: OutcomeId| match known.model.outcomes.get(outcome.index())?.credits {
        Credits::Amount(_, unit) => Some(unit),
        _ => None,
    };
    to.all().iter().find_map(|target| of(target.outcome))
}
