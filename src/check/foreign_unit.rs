//! In a block credits are of its unit; those of another come in only by a door that its programme opens.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{Counted, Home, Limit, Model, Scope, UnitId};

pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) {
    for (lines, word) in [(&model.limits, "declaration.limit"), (&model.requirements, "declaration.require")]
    {
        problems.extend(lines.iter().filter_map(|line| foreign(model, line, word)));
    }
}

fn foreign(model: &Model, line: &Limit, word: &'static str) -> Option<Problem> {
    let (Scope::Block(block), Counted::Credits(other)) = (line.scope, line.measure) else { return None };
    let block = model.blocks.get(block.index())?;
    let unit = block.unit.filter(|unit| *unit != other)?;
    let comes_in = match block.of {
        Home::Programme(id) => model
            .programmes
            .get(id.index())
            .is_some_and(|programme| programme.doors.iter().any(|door| door.conversion.from == other)),
        Home::Package | Home::Scheme(_) => false,
    };
    if comes_in {
        return None;
    }
    let name = |unit: UnitId| model.units.get(unit.index()).map_or("", |unit| &*unit.name);
    let problem = Problem::new(Code::UnitMixedUnit, line.span).say("fact", Said::Word(word));
    let problem = problem.say("unit", name(unit)).say("value", Said::Word("fact.credits"));
    Some(problem.say("other", name(other)))
}
