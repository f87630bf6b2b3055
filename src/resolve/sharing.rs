//! What schemes, rules, programmes and blocks say of each other's credits: what combines, excludes, shares, and where the
//! surplus goes.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{
    BlockId, Combine, CombineBy, Exclusion, Holder, RuleId, SchemeId, Scope, Share, Side, SurplusLine,
    UnitDoor, UnitId,
};
use crate::source::Span;
use crate::syntax::tree::{CombineHighest, CountIn, FactOwner, Name, ShareLine, SurplusWord};

use super::conversions::conversion;
use super::fault::{unknown, with_nearest};
use super::known::{Known, Making};
use super::names::{Sort, Thing, is_boxed};
use super::sentences::{Around, block, having, keys, surplus};
use super::spot::{Plain, spot};

/// `combine highest by M per K`.
pub(super) fn combine(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &CombineHighest,
) -> Option<Combine> {
    let by = match super::builtin::canonical(&written.by.name.text) {
        "credits" if written.by.of == FactOwner::Plain => CombineBy::Credits,
        "level" if written.by.of == FactOwner::Plain => CombineBy::Level,
        "grade" if written.by.of == FactOwner::Plain => CombineBy::Grade,
        name => {
            let kinds = having(known, around.kinds, &[name]);
            if kinds.is_empty() {
                making.found.push(super::spot::undeclared(known, &written.by.name));
                return None;
            }
            let scene = around.scene(Plain::Of(Holder::Itself), &kinds, &[]);
            CombineBy::Fact(spot(known, making, &scene, &written.by)?.subject.fact)
        }
    };
    let per = keys(known, making, around, (around.kinds, &[]), &written.per, None)?;
    Some(Combine { scope: around.scope, by, per, span: written.span })
}

/// `not both A and B`: rules of the scheme at hand first, then schemes, blocks and outcomes.
pub(super) fn exclusion(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    scheme: Option<usize>,
    written: &[Name],
    span: Span,
) -> Option<Exclusion> {
    let mut sides = Vec::with_capacity(written.len());
    for name in written {
        sides.push(side(known, making, around, scheme, name)?);
    }
    sides.sort_unstable();
    let before = sides.len();
    sides.dedup();
    if sides.len() < 2 || sides.len() < before {
        making.found.push(Problem::new(Code::ShareItself, span).say("text", known.sources.snippet(span)));
        return None;
    }
    Some(Exclusion { scope: around.scope, sides, span })
}

fn side(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    scheme: Option<usize>,
    name: &Name,
) -> Option<Side> {
    let text = crate::language::normal(&name.text);
    let is_called = |declaration: &crate::syntax::tree::Declaration| {
        declaration.name.iter().chain(&declaration.aliases).any(|other| *other.text == *text)
            || declaration.titles.iter().any(|title| crate::language::normal(&title.text.text) == text)
    };
    let own = (0u32..).map(RuleId).zip(&known.items.rules).find(|(_, rule)| {
        scheme.is_none_or(|scheme| rule.scheme == scheme)
            && rule.item.package == around.package
            && is_called(rule.item.declaration)
    });
    if let Some((rule, _)) = own {
        return Some(Side::Rule(rule));
    }
    if let Some(scheme) = scheme_named(known, around.package, name) {
        return Some(Side::Scheme(scheme));
    }
    if let Some(block) = around.blocks.peek(known, around.root, around.package, name) {
        return Some(Side::Block(block));
    }
    if let Some(Thing::Outcome(outcome)) = known.names.peek(around.package, name, &[Sort::Outcome]) {
        return Some(Side::Outcome(outcome));
    }
    let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.rule"), name.span);
    let rules = known.items.rules.iter().filter(|rule| rule.item.package == around.package);
    making.found.push(with_nearest(problem, &name.text, rules.map(|rule| &*rule.item.name)));
    None
}

/// A rule by its name, or its scheme's and its own.
pub(super) fn rule_named(
    known: &Known<'_>,
    making: &mut Making,
    package: usize,
    name: &Name,
) -> Option<RuleId> {
    let (scheme, text) = name.text.rsplit_once('.').map_or((None, &*name.text), |(a, b)| (Some(a), b));
    let text = crate::language::normal(text);
    let is_called = |declaration: &crate::syntax::tree::Declaration| {
        declaration.name.iter().chain(&declaration.aliases).any(|other| *other.text == *text)
            || declaration.titles.iter().any(|title| crate::language::normal(&title.text.text) == text)
    };
    let found = (0u32..).map(RuleId).zip(&known.items.rules).find(|(_, rule)| {
        let of = known.items.schemes.get(rule.scheme);
        rule.item.package == package
            && is_called(rule.item.declaration)
            && scheme.is_none_or(|scheme| of.is_some_and(|of| *of.item.name == *scheme))
    });
    if found.is_none() {
        let problem = unknown(&name.text, is_boxed(name), Said::Word("declaration.rule"), name.span);
        let rules = known.items.rules.iter().filter(|rule| rule.item.package == package);
        making.found.push(with_nearest(problem, &name.text, rules.map(|rule| &*rule.item.name)));
    }
    found.map(|(id, _)| id)
}

/// A scheme by its name or title, of this package or through a used one.
pub(super) fn scheme_named(known: &Known<'_>, package: usize, name: &Name) -> Option<SchemeId> {
    let (package, text) = known.names.split(package, &name.text).unwrap_or((package, &name.text));
    let text = crate::language::normal(text);
    let schemes = (0u32..).map(SchemeId).zip(&known.items.schemes);
    let mut called = schemes.filter(|(_, scheme)| {
        let declaration = scheme.item.declaration;
        let own = super::items::own_name(declaration);
        scheme.item.package == package
            && (own.is_some_and(|own| *own == *text)
                || declaration.aliases.iter().any(|alias| *alias.text == *text)
                || declaration.titles.iter().any(|title| crate::language::normal(&title.text.text) == text))
    });
    called.next().map(|(id, _)| id)
}

/// `share up to 6 credits with X`.
pub(super) fn shares(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    own: BlockId,
    written: &ShareLine,
) -> Vec<Share> {
    let scene = around.scene(Plain::Nobody, &[], &[]);
    let up_to = match &written.up_to {
        None => None,
        Some(number) => match super::amounts::credits(known, making, &scene, number) {
            None => return Vec::new(),
            Some((value, unit)) => {
                if let Some(other) = around.unit.filter(|other| *other != unit) {
                    making.found.push(of_another_unit(known, "slot.share", other, unit, number.span));
                    return Vec::new();
                }
                Some(value)
            }
        },
    };
    let mut shares = Vec::with_capacity(written.with.len());
    for name in &written.with {
        let Some(with) = block(known, making, around, name) else { continue };
        if with == own {
            let text = known.sources.snippet(written.span);
            making.found.push(Problem::new(Code::ShareItself, name.span).say("text", text));
            continue;
        }
        shares.push(Share { with, up_to, span: written.span });
    }
    shares
}

/// An amount that is of another unit than the place it stands in.
pub(super) fn of_another_unit(
    known: &Known<'_>,
    slot: &'static str,
    unit: UnitId,
    other: UnitId,
    at: Span,
) -> Problem {
    let name = |unit: UnitId| known.model.units.get(unit.index()).map_or("", |unit| &*unit.name);
    Problem::new(Code::UnitMixedUnit, at)
        .say("fact", Said::Word(slot))
        .say("unit", name(unit))
        .say("value", known.sources.snippet(at))
        .say("other", name(other))
}

/// `surplus …` as a line of its own.
pub(super) fn surplus_line(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &SurplusWord,
) -> Option<SurplusLine> {
    Some(SurplusLine { scope: around.scope, surplus: surplus(known, making, around, written)? })
}

/// `count us-quarter in us-semester, round down to 0.1 each`.
pub(super) fn door(
    known: &Known<'_>,
    making: &mut Making,
    around: &Around<'_, '_>,
    written: &CountIn,
) -> Option<UnitDoor> {
    let found = known.names.find(around.package, &written.unit, &[Sort::Unit], &mut making.found)?;
    let Thing::Unit(from) = found else { return None };
    let made = conversion(known, making, around.package, around.applied, from, &written.conversion)?;
    if let Some(unit) = around.unit.filter(|unit| *unit != made.to) {
        making.found.push(of_another_unit(known, "declaration.programme", unit, made.to, written.span));
        return None;
    }
    let rounding = written.rounding.as_ref().and_then(super::amounts::rounding_of);
    Some(UnitDoor { conversion: made.conversion, to: made.to, rounding, span: written.span })
}

/// Where a line of a rule or a scheme holds.
pub(super) fn of_scheme(scheme: usize) -> Scope {
    Scope::Scheme(SchemeId(u32::try_from(scheme).unwrap_or(u32::MAX)))
}
