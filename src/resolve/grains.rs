//! What an amount can come to on the declared domain of what it measures, and whether that is what its unit counts in.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::UnitId;
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::Numbers;
use crate::space::lattice::{OffStep, image_on_step};
use crate::syntax::tree::RoundingWord;

use super::known::{Known, Making};

/// What a piece can come to: `slope · q + offset` for every q of some numbers.
#[derive(Clone, Debug)]
pub(super) struct Grain {
    pub(super) numbers: Numbers,
    pub(super) slope: Ratio,
    pub(super) offset: Ratio,
    /// The rate it comes from: what a step earns, the size of a step, and the unit of what is measured.
    pub(super) rate: Option<(Ratio, Ratio, Said)>,
    pub(super) span: Span,
}

/// What is rounded must come to rest on the steps of the unit.
pub(super) fn check_rounding(
    known: &Known<'_>,
    making: &mut Making,
    unit: Option<UnitId>,
    word: &RoundingWord,
) {
    let Some(to) = &word.step else { return };
    if !to.value.is_positive() {
        making
            .found
            .push(Problem::new(Code::NumberStep, to.span).say("step", known.sources.snippet(to.span)));
        return;
    }
    if let Some((unit, step)) = step_of(known, unit)
        && !to.value.is_multiple_of(step)
    {
        let problem = Problem::new(Code::RoundingStep, word.span).say("to", to.value);
        making.found.push(problem.say("unit", &*unit.name).say("step", step));
    }
}

/// Whether every amount is a multiple of the unit's step; if not, the first quantity for which it is not.
pub(super) fn check_steps(
    known: &Known<'_>,
    making: &mut Making,
    unit: Option<UnitId>,
    grains: &[Grain],
    span: Span,
) {
    let Some((unit, step)) = step_of(known, unit) else { return };
    for grain in grains {
        let Err(off) = image_on_step(grain.numbers, grain.slope, grain.offset, step) else { continue };
        let OffStep::At(quantity) = off else {
            making.found.push(Problem::new(Code::NumberOverflow, grain.span));
            return;
        };
        let amount = grain.slope.checked_mul(quantity).and_then(|way| way.checked_add(grain.offset));
        let Ok(amount) = amount else { return };
        if grain.numbers.least() == grain.numbers.greatest() && grain.rate.is_none() {
            let problem = Problem::new(Code::AmountStep, grain.span).say("amount", amount);
            making.found.push(problem.say("unit", &*unit.name).say("step", step));
            continue;
        }
        making.found.push(needs_rounding(grain, quantity, amount, step, span));
        return;
    }
}

fn needs_rounding(grain: &Grain, quantity: Ratio, amount: Ratio, step: Ratio, span: Span) -> Problem {
    let mut problem = Problem::new(Code::AmountRounding, span);
    problem = match &grain.rate {
        Some((earns, per, unit)) if *earns == Ratio::ONE => {
            problem.say("quantity", Said::Amount(quantity, Box::new(unit.clone()))).say("per", *per)
        }
        Some((earns, per, _)) => problem.say("working", format!("{quantity} ÷ {per} × {earns}")),
        None if grain.slope == Ratio::ONE => problem.say("working", quantity.to_string()),
        None if grain.offset.is_zero() => problem.say("working", format!("{quantity} × {}", grain.slope)),
        None => problem.say(
            "working",
            format!("{} − {quantity} × {}", grain.offset, grain.slope.checked_abs().unwrap_or(grain.slope)),
        ),
    };
    let rest = amount.floor_to(step).and_then(|whole| amount.checked_sub(whole)).unwrap_or_default();
    let half = step.checked_div(Ratio::from_int(2)).unwrap_or(step);
    let credit = || Box::new(Said::Word("unit.credit"));
    problem
        .say("amount", amount)
        .say("rest", Said::Part(rest))
        .say("step", step)
        .say("half", half)
        .say("unit", Said::Amount(step, credit()))
        .say("unit-name", Said::Word("unit.credit"))
}

fn step_of<'k>(known: &'k Known<'_>, unit: Option<UnitId>) -> Option<(&'k crate::model::Unit, Ratio)> {
    let unit = known.model.units.get(unit?.index())?;
    Some((unit, unit.step?))
}
