//! A credit unit needs a step: every amount that is counted is a multiple of it.

use crate::diagnostic::{Code, Problem};
use crate::model::Model;

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    let without = model.units.iter().filter(|unit| unit.step.is_none());
    problems.extend(
        without.map(|unit| Problem::new(Code::CreditStepMissing, unit.span).say("unit", &*unit.name)),
    );
}
