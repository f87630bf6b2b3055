//! `total length of work >= 6 years, of which >= 2 years (duty is management)`: how long spells of the record last.

use crate::diagnostic::{Code, Problem};
use crate::model::{AtomTest, Cond, KindId, Lasting, LongEnough, Order, Stretch};
use crate::source::Span;
use crate::syntax::tree::{self, Comparison, LastingPart, Number, UnitRef, UnitWord};

use super::compare::plain_atom;
use super::conditions::{Inlining, amount_of, bracket_scene, test as read_test};
use super::known::{Known, Making};
use super::merge::all;
use super::selections;
use super::spot::Scene;

/// The longest length that may be asked: a day number has no more.
const LONGEST: u32 = 3_652_059;

/// The test of a length.
pub(super) fn test(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &tree::Lasting,
    negated: bool,
    line: Span,
    inlining: &mut Inlining,
) -> Option<Cond> {
    let of = selections::items(known, making, scene, &written.of)?;
    let mut kinds: Vec<KindId> =
        of.iter().flat_map(|item| making.classes.kinds_of(item.class)).copied().collect();
    kinds.sort_unstable();
    kinds.dedup();
    for fact in ["started", "ended"] {
        if !is_dated(known, making, &kinds, fact, written.of.span) {
            return None;
        }
    }
    let inner = bracket_scene(scene, kinds);
    let mut parts: Vec<LongEnough> = Vec::with_capacity(written.parts.len());
    let mut sound = true;
    for part in &written.parts {
        let wanted = stretch(known, making, part);
        let tests: Vec<Cond> =
            part.tests.iter().map(|test| read_test(known, making, &inner, test, false, inlining)).collect();
        let only = (!tests.is_empty()).then(|| all(tests));
        let relation = match part.comparison {
            Comparison::AtMost => Order::AtMost,
            Comparison::Over => Order::Over,
            Comparison::Under => Order::Under,
            Comparison::AtLeast | Comparison::Is | Comparison::IsNot => Order::AtLeast,
        };
        let Some(wanted) = wanted else {
            sound = false;
            continue;
        };
        // A part that must be longer than the whole makes the whole say nothing.
        let at_least = |order: Order| matches!(order, Order::AtLeast | Order::Over);
        if let Some(whole) = parts.last()
            && at_least(relation)
            && wanted.in_days() > whole.wanted.in_days()
        {
            let problem = Problem::new(Code::LengthPart, part.span)
                .say("part", known.sources.snippet(part.span))
                .say("whole", known.sources.snippet(whole.span))
                .label(whole.span, "declared");
            making.found.push(problem);
            sound = false;
        }
        parts.push(LongEnough { only, relation, wanted, span: part.span });
    }
    let lasting = Lasting { of, parts, negated };
    sound.then(|| plain_atom(AtomTest::Lasting(Box::new(lasting)), scene.role, line))
}

/// Whether every kind that declares the fact declares it a date.
fn is_dated(known: &Known<'_>, making: &mut Making, kinds: &[KindId], fact: &str, at: Span) -> bool {
    for kind in kinds {
        let declared = known.kind_fact(*kind, fact);
        let Some(wrong) = declared
            .filter(|of| of.domains.iter().any(|domain| domain.value_type != crate::model::ValueType::Date))
        else {
            continue;
        };
        let problem =
            Problem::new(Code::FactComparison, at).say("fact", fact).say("value", known.sources.snippet(at));
        let is = wrong.domains.first().map(|domain| super::fault::type_name(known, domain.value_type));
        let problem = is.into_iter().fold(problem, |problem, is| problem.say("domain", is));
        making.found.push(wrong.span.into_iter().fold(problem, |problem, at| problem.label(at, "declared")));
        return false;
    }
    true
}

/// Years, months, weeks and days, in whole numbers, a day at least.
fn stretch(known: &Known<'_>, making: &mut Making, part: &LastingPart) -> Option<Stretch> {
    let mut made = Stretch { years: 0, months: 0, days: 0 };
    for number in &part.length {
        let count = number
            .value
            .to_int()
            .and_then(|count| u32::try_from(count).ok())
            .filter(|count| *count <= LONGEST);
        let (Some(count), Some(UnitRef::Word(word, _))) = (count, &number.unit) else {
            making.found.push(not_a_length(known, number));
            return None;
        };
        match word {
            UnitWord::Year => made.years = made.years.saturating_add(count),
            UnitWord::Month => made.months = made.months.saturating_add(count),
            UnitWord::Week => made.days = made.days.saturating_add(count.saturating_mul(7)),
            UnitWord::Day => made.days = made.days.saturating_add(count),
            _ => {
                making.found.push(not_a_length(known, number));
                return None;
            }
        }
    }
    if !(1..=LONGEST).contains(&made.in_days()) {
        if let Some(number) = part.length.first() {
            making.found.push(not_a_length(known, number));
        }
        return None;
    }
    Some(made)
}

fn not_a_length(known: &Known<'_>, number: &Number) -> Problem {
    Problem::new(Code::LengthMeasure, number.span).say("length", amount_of(known, number))
}
