//! `load is credits / semester-credits : 0 to 2`: a quantity of a kind that is worked out from its other facts.

use crate::diagnostic::{Code, Problem};
use crate::model::{FactUse, KindId, Part, TypedDomain, ValueType, WorkedOut};
use crate::quantity::Ratio;
use crate::space::{Domain, Numbers};
use crate::syntax::tree::{Declaration, FactOwner, FactRef, Operand, QuantityLine};

use super::items::slots;
use super::known::{Known, Making};
use super::spot::{Scene, spot};
use super::titles::titles;
use super::{builtin, facts, frameworks};

/// The quantities of a declaration.
pub(super) fn lines(declaration: &Declaration) -> impl Iterator<Item = &QuantityLine> {
    slots(declaration.body.as_ref()).filter_map(|(_, slot)| match &slot.operand {
        Operand::Quantity(line) => Some(&**line),
        _ => None,
    })
}

/// A quantity as a fact that nobody states.
pub(super) fn fact_use(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    line: &QuantityLine,
) -> Option<FactUse> {
    let fact = known.fact(builtin::canonical(&line.name.text))?;
    let domain = match &line.domain {
        Some(written) => facts::domain(known, making, package, written)?,
        None => TypedDomain {
            value_type: ValueType::Number,
            domain: Domain::numbers(Numbers::new(Some(Ratio::ZERO), None, None)?),
        },
    };
    if !matches!(domain.value_type, ValueType::Number | ValueType::Credits(_)) {
        making.found.push(Problem::new(Code::AmountNotANumber, line.span).say("fact", &*line.name.text));
        return None;
    }
    let parts = line.parts.iter().filter_map(|part| {
        Some(Part {
            fact: known.fact(builtin::canonical(&part.fact.text))?,
            level: None,
            divides: part.divides,
        })
    });
    Some(FactUse {
        fact,
        titles: titles(&line.titles),
        domains: vec![domain],
        optional: false,
        only_if: None,
        otherwise: None,
        fixed: true,
        proof: None,
        judged: None,
        worked_out: Some(Box::new(WorkedOut { parts: parts.collect() })),
        span: Some(line.name.span),
    })
}

/// Each part is a number of the same kind, or its level where levels are numbers.
pub(super) fn check(
    known: &mut Known<'_>,
    making: &mut Making,
    kind: KindId,
    declaration: &Declaration,
    package: usize,
) {
    let mut made: Vec<(&QuantityLine, Vec<Part>)> = Vec::new();
    for line in lines(declaration) {
        let kinds = [kind];
        let scene = Scene::of_kind(known, package, &kinds);
        let mut parts = Vec::with_capacity(line.parts.len());
        for part in &line.parts {
            let of = FactRef { of: FactOwner::Plain, name: part.fact.clone(), span: part.fact.span };
            let Some(read) = spot(known, making, &scene, &of) else { continue };
            let level = match (read.nature, read.value_type()) {
                (Some(builtin::Nature::Level), _) => frameworks::only(known, making, package, part.fact.span),
                (_, Some(ValueType::Level(framework))) => Some(framework),
                (Some(_), _)
                | (
                    _,
                    Some(
                        ValueType::Number
                        | ValueType::Credits(_)
                        | ValueType::ContactHours
                        | ValueType::NotionalHours
                        | ValueType::Hours
                        | ValueType::Share
                        | ValueType::Months
                        | ValueType::Days,
                    ),
                ) => None,
                _ => {
                    let problem = Problem::new(Code::AmountNotANumber, part.fact.span);
                    making.found.push(problem.say("fact", &*part.fact.text));
                    continue;
                }
            };
            let named = level.and_then(|of| known.model.frameworks.get(of.index()));
            let unnumbered = named
                .and_then(|of| of.levels.as_ref())
                .is_some_and(|levels| levels.iter().any(|level| level.number.is_none()));
            if unnumbered {
                let problem = Problem::new(Code::AmountNotANumber, part.fact.span);
                making.found.push(problem.say("fact", &*part.fact.text));
                continue;
            }
            parts.push(Part { fact: read.subject.fact, level, divides: part.divides });
        }
        made.push((line, parts));
    }
    for (line, parts) in made {
        let fact = known.fact(builtin::canonical(&line.name.text));
        let of = known.model.kinds.get_mut(kind.index());
        let own = of.and_then(|of| of.facts.iter_mut().find(|of| Some(of.fact) == fact));
        if let Some(worked_out) = own.and_then(|of| of.worked_out.as_mut()) {
            worked_out.parts = parts;
        }
    }
}
