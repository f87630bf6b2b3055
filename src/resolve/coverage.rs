//! `covers 80% of target statements`: how much of what the target teaches the sources teach, too.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{AtomTest, Canonical, Cond, CoverDimension, Covers, FrameworkId, Holder};
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::tree::{Coverage, Name, Number};

use super::compare::plain_atom;
use super::conditions::{self, Inlining};
use super::fault;
use super::frameworks;
use super::known::{Known, Making};
use super::spot::{Plain, Scene, no_source};

/// The test of a coverage.
pub(super) fn test(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &Coverage,
    negated: bool,
    line: Span,
    inlining: &mut Inlining,
) -> Option<Cond> {
    let of = match &scene.plain {
        Plain::Of(holder) => *holder,
        Plain::Several => Holder::Each,
        Plain::Person(_) | Plain::Nobody => {
            if !scene.damaged {
                let name = Name {
                    text: "statements".into(),
                    bracket: crate::syntax::tree::Bracket::Bare,
                    span: line,
                };
                no_source(making, &name);
            }
            return None;
        }
    };
    let share = share(known, making, &written.share)?;
    let dimension = match &written.dimension {
        Some(name) => Some(dimension(known, making, name)?),
        None => None,
    };
    let only = match &written.only {
        Some(test) => {
            let kinds = scene.sources.to_vec();
            let itself = Scene { plain: Plain::Of(Holder::Itself), sources: kinds.into(), ..scene.clone() };
            Some(conditions::test(known, making, &itself, test, false, inlining))
        }
        None => None,
    };
    let covers = Covers { of, share, dimension, by_weight: written.by_weight, only, negated };
    Some(plain_atom(AtomTest::Covers(Box::new(covers)), scene.role, line))
}

/// A share from above 0 to 1.
fn share(known: &Known<'_>, making: &mut Making, written: &Number) -> Option<Ratio> {
    let is_share = (written.percent || written.value < Ratio::ONE) && written.unit.is_none();
    if is_share && written.value.is_positive() && written.value <= Ratio::ONE {
        return Some(written.value);
    }
    let problem = Problem::new(Code::FactComparison, written.span)
        .say("fact", Said::Word("join.covers"))
        .say("value", known.sources.snippet(written.span))
        .say("domain", Said::Text("0% – 100%".into()));
    making.found.push(problem);
    None
}

/// One of the four dimensions, or a framework's own; one to which nothing is mapped covers nothing.
fn dimension(known: &Known<'_>, making: &mut Making, name: &Name) -> Option<CoverDimension> {
    let with_standards: Vec<FrameworkId> =
        known.model.standards.iter().filter_map(|standard| standard.under).collect();
    let all = || {
        (0u32..)
            .map(FrameworkId)
            .zip(&known.model.frameworks)
            .filter(|(id, _)| with_standards.is_empty() || with_standards.contains(id))
    };
    if let Some((id, at)) =
        all().find_map(|(id, of)| Some((id, frameworks::dimension_named(of, &name.text)?)))
    {
        return Some(CoverDimension::Own(id, at));
    }
    let canonical: Option<Canonical> = frameworks::canonical_named(&name.text);
    if let Some(canonical) = canonical {
        let is_mapped = all().any(|(_, of)| of.dimensions.iter().any(|d| d.canonical.contains(&canonical)));
        if is_mapped {
            return Some(CoverDimension::Canonical(canonical));
        }
    }
    let problem = Problem::new(Code::CoversDimension, name.span).say("dimension", &*name.text);
    let names: Vec<&str> =
        all().flat_map(|(_, of)| &of.dimensions).map(|dimension| &*dimension.name).collect();
    making.found.push(fault::with_nearest(problem, &name.text, names));
    None
}
