//! Scales: the marks, what passes, and the literal marks.

use crate::diagnostic::{Code, Problem};
use crate::model::{CountsAs, Scale, ScaleId, ScaleMark, ScaleShape};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::space::Value;
use crate::syntax::tree::{self, Number, Operand};

use super::facts;
use super::fault;
use super::items::{is_damaged, slots};
use super::known::{Known, Making};
use super::once::Once;
use super::titles::titles;
use super::values::{self, Asked};

pub(super) fn positive(known: &Known<'_>, making: &mut Making, step: &Number) -> Option<Ratio> {
    if step.value.is_positive() && !step.percent {
        return Some(step.value);
    }
    // A step is written; that it is a wrong one is all there is to say.
    making
        .found
        .push(Problem::new(Code::NumberStep, step.span).say("step", known.sources.snippet(step.span)));
    Some(Ratio::ONE)
}

/// Reads all scales into the model.
pub(super) fn read(known: &mut Known<'_>, making: &mut Making) {
    for at in 0..known.items.scales.len() {
        let scale = scale(known, making, at);
        known.model.scales.extend(scale);
    }
    for at in 0..known.items.scales.len() {
        pass_and_marks(known, making, at);
    }
}

/// The marks themselves; what passes needs them to be known.
fn scale(known: &Known<'_>, making: &mut Making, at: usize) -> Option<Scale> {
    let item = known.items.scales.get(at)?;
    let declaration = item.declaration;
    let mut once = Once::default();
    let (mut range, mut names, mut step) = (None, None, None);
    for (_, slot) in slots(declaration.body.as_ref()) {
        match &slot.operand {
            Operand::Range(ends) => {
                let (worst, best) = &**ends;
                once.check(&mut making.found, "slot.range", slot.word_span);
                range = Some((worst, best));
            }
            Operand::LowToHigh(list) => {
                once.check(&mut making.found, "slot.low-to-high", slot.word_span);
                names = Some(facts::ranks(list, &mut making.found));
            }
            Operand::Step(written) => {
                once.check(&mut making.found, "slot.step", slot.word_span);
                step = positive(known, making, written);
            }
            Operand::Pass(_) | Operand::ScaleMark(_) => {}
            Operand::Distribution(_) => {
                once.check(&mut making.found, "slot.distribution", slot.word_span);
            }
            _ => making.found.misplaced(slot.word_span, "declaration.scale"),
        }
    }
    let shape = match (range, names) {
        (Some((worst, best)), None) => numeric(known, making, worst, best, step),
        (None, Some(names)) => ScaleShape::Named(names),
        (Some(_), Some(_)) => {
            making.found.misplaced(declaration.header, "declaration.scale");
            ScaleShape::Named(Vec::new())
        }
        (None, None) => {
            if !is_damaged(declaration.body.as_ref()) {
                let problem = Problem::new(Code::ScaleDirection, declaration.header);
                making.found.push(problem.say("scale", &*item.name));
            }
            ScaleShape::Named(Vec::new())
        }
    };
    Some(Scale {
        name: item.name.clone(),
        aliases: declaration.aliases.iter().map(|alias| alias.text.clone()).collect(),
        titles: titles(&declaration.titles),
        shape,
        pass: None,
        marks: Vec::new(),
        distribution: Vec::new(),
        span: declaration.header,
    })
}

fn numeric(
    known: &Known<'_>,
    making: &mut Making,
    worst: &tree::Value,
    best: &tree::Value,
    step: Option<Ratio>,
) -> ScaleShape {
    match (values::number_of(worst), values::number_of(best)) {
        (Some(worst), Some(best)) if worst.value != best.value => {
            ScaleShape::Numeric { worst: worst.value, best: best.value, step }
        }
        _ => {
            let span: Span = worst.span.join(best.span);
            let (start, end) = (known.sources.snippet(worst.span), known.sources.snippet(best.span));
            making.found.push(fault::reversed(start, end, span));
            ScaleShape::Numeric { worst: Ratio::ZERO, best: Ratio::from_int(100), step }
        }
    }
}

/// What passes, and the literal marks.
fn pass_and_marks(known: &mut Known<'_>, making: &mut Making, at: usize) {
    let Some(item) = known.items.scales.get(at) else { return };
    let (package, declaration) = (item.package, item.declaration);
    let scale_name = item.name.clone();
    let Ok(id) = u32::try_from(at).map(ScaleId) else { return };
    // Of what has no direction nothing passes; that it has none was told.
    if known
        .model
        .scales
        .get(at)
        .is_some_and(|of| matches!(&of.shape, ScaleShape::Named(names) if names.is_empty()))
    {
        return;
    }
    let Some(domain) = facts::scale_domain(known, id).map(|domain| [domain]) else { return };
    let mut once = Once::default();
    let mut pass = None;
    let mut marks: Vec<ScaleMark> = Vec::new();
    for (_, slot) in slots(declaration.body.as_ref()) {
        match &slot.operand {
            Operand::Pass(value) => {
                once.check(&mut making.found, "slot.pass", slot.word_span);
                let asked = Asked { package, fact: &scale_name, kind: None };
                pass = values::read(known, making, asked, &domain[0], value).ok().map(|(first, _)| first);
                if pass.is_none() {
                    let problem = Problem::new(Code::ScalePass, value.span)
                        .say("pass", known.sources.snippet(value.span))
                        .say("scale", &*scale_name)
                        .say("domain", fault::domain_values(known, &domain[0]));
                    making.found.push(problem);
                }
            }
            Operand::ScaleMark(mark) => {
                if let Some(first) = marks.iter().find(|first| first.name == mark.name.text) {
                    making.found.push(fault::duplicate(&mark.name.text, mark.name.span, first.span));
                    continue;
                }
                marks.push(ScaleMark {
                    name: mark.name.text.clone(),
                    titles: titles(&mark.titles),
                    counts_as: counts_as(
                        known,
                        making,
                        Asked { package, fact: &mark.name.text, kind: None },
                        &domain,
                        mark.counts_as.as_ref(),
                    ),
                    outside_average: mark.outside_average,
                    span: mark.name.span,
                });
            }
            _ => {}
        }
    }
    marks.sort_by(|a, b| a.name.cmp(&b.name));
    let written = slots(declaration.body.as_ref()).find_map(|(_, slot)| match &slot.operand {
        Operand::Distribution(written) => Some(&**written),
        _ => None,
    });
    let distribution = match (written, known.model.scales.get(at)) {
        (Some(written), Some(scale)) => {
            super::maps::distribution(known, making, package, scale, &domain[0], written)
        }
        _ => Vec::new(),
    };
    if let Some(scale) = known.model.scales.get_mut(at) {
        scale.pass = pass;
        scale.marks = marks;
        scale.distribution = distribution;
    }
}

/// What a literal mark counts as, on the scale of the mark.
pub(super) fn counts_as(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domain: &[crate::model::TypedDomain],
    written: Option<&tree::CountsAs>,
) -> Option<CountsAs> {
    match written? {
        tree::CountsAs::RequiredMinimum(_) => Some(CountsAs::RequiredMinimum),
        tree::CountsAs::Value(value) => {
            let (_, value): (_, Value) = values::single(known, making, asked, domain, value)?;
            Some(CountsAs::Value(value))
        }
    }
}
