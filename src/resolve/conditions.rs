//! `when` and `unless`: tests become formulas over atoms, each atom one fact against one set.
//!
//! A negation is carried down to the atoms, where it is the complement. A named condition stands for its tests, read where it
//! is used: the same `grade` may be of another scale there.

use crate::diagnostic::{Code, Problem, Said};
use crate::model::{AtomTest, Cond, Holds, Order, Role, Subject, TypedDomain, ValueType, Window};
use crate::quantity::Length;
use crate::source::Span;
use crate::space::{Set, Value};
use crate::syntax::tree::{
    self, Comparison, FactOwner, FactRef, LevelReading, Name, Number, Operand, RangeEnd, Selection, Side,
    Test, TestKind, UnitRef, UnitWord, ValueKind,
};

use super::builtin::Nature;
use super::compare::{atom, bound_in, compared, is_falling, is_ordered, plain_atom, ranged, unclear, yes};
use super::fault::type_name;
use super::known::{Known, Making, SetIs};
use super::merge::{all, any, of_some};
use super::names::{Sort, Thing};
use super::opens::{Stands, stands};
use super::selections;
use super::spot::{Plain, Scene, Spot, spot};
use super::values::{self, Asked};

/// The conditions being read, one inside another, and how many tests they may still come to.
#[derive(Debug)]
pub(super) struct Inlining {
    stack: Vec<usize>,
    budget: usize,
}

/// Conditions stand one inside another at most so deep.
const DEEPEST: usize = 32;

impl Inlining {
    /// For one rule.
    pub(super) const fn new() -> Inlining {
        Inlining { stack: Vec::new(), budget: 10_000 }
    }
}

/// The tests of a body: its `when` lines, and its `unless` lines denied.
pub(super) fn lines<'t>(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    operands: impl Iterator<Item = &'t Operand>,
    inlining: &mut Inlining,
) -> Vec<Cond> {
    let mut conds = Vec::new();
    for operand in operands {
        match operand {
            Operand::When(written) => conds.push(test(known, making, scene, written, false, inlining)),
            Operand::Unless(written) => conds.push(test(known, making, scene, written, true, inlining)),
            _ => {}
        }
    }
    conds
}

/// A test, or its denial. A test that is wrong is reported and holds.
pub(super) fn test(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    written: &Test,
    negated: bool,
    inlining: &mut Inlining,
) -> Cond {
    inlining.budget = inlining.budget.saturating_sub(1);
    let line = written.span;
    let made = match &written.kind {
        TestKind::Compare { fact, comparison, value, unclear_bound } => {
            if *unclear_bound {
                // `70分以下` or `不足70分`: the bound with its word, without the fact before it.
                let start = if line.end > value.span.end { value.span.start } else { fact.span.end };
                making.found.push(unclear(known, Span { start, ..line }, value.span));
                return Cond::always();
            }
            if super::levels::names_dimension(known, scene.package, value) {
                let (comparison, reading) = (*comparison, &LevelReading::default());
                let asked = super::levels::Asked { fact, comparison, value, reading };
                super::levels::test(known, making, scene, asked, negated, line)
            } else {
                compare(known, making, scene, fact, *comparison, value, negated, line)
            }
        }
        TestKind::Level(it) => {
            let (fact, comparison, value, reading) = (&it.fact, it.comparison, &it.value, &it.reading);
            let asked = super::levels::Asked { fact, comparison, value, reading };
            super::levels::test(known, making, scene, asked, negated, line)
        }
        TestKind::Between { fact, range } => between(known, making, scene, fact, range, negated, line),
        TestKind::OneOf { fact, values, negated: not, on } => {
            one_of(known, making, scene, fact, values, on.as_ref(), *not, negated, line)
        }
        TestKind::Covers(covers) => {
            super::coverage::test(known, making, scene, covers, negated, line, inlining)
        }
        TestKind::Lasting(it) => super::lasting::test(known, making, scene, it, negated, line, inlining),
        TestKind::Within { fact, length, side, of } => {
            within(known, making, scene, fact.as_ref(), length, *side, of.as_ref(), negated, line)
        }
        TestKind::Differ { fact, most, of } => differ(known, making, scene, fact, most, of, negated, line),
        TestKind::Similar { fact, judge } => {
            super::similar::similar(known, making, scene, fact, judge.as_ref(), negated, line)
        }
        TestKind::ValidOn(day) => valid_on(known, making, scene, day, negated, line),
        TestKind::Bare { fact, negated: not } => {
            bare(known, making, scene, fact, *not != negated, line, inlining)
        }
        TestKind::Holds { selection, negated: not } => {
            holds(known, making, scene, selection, *not != negated, line)
        }
        TestKind::Registered { selection } => {
            super::looking::registered(known, making, scene, selection, negated, line)
        }
        TestKind::Any(tests) | TestKind::All(tests) => {
            let conjunction = matches!(written.kind, TestKind::All(_)) != negated;
            let parts: Vec<Cond> =
                tests.iter().map(|part| test(known, making, scene, part, negated, inlining)).collect();
            Some(if conjunction { all(parts) } else { any(parts) })
        }
    };
    let leaf = !matches!(written.kind, TestKind::Any(_) | TestKind::All(_) | TestKind::Bare { .. });
    let made = if negated && leaf { made.map(of_some) } else { made };
    making.made(made, line).unwrap_or_else(Cond::always)
}

#[allow(clippy::too_many_arguments)]
fn compare(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
    comparison: Comparison,
    value: &tree::Value,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let tested = spot(known, making, scene, fact)?;
    if let Some(other) = other_fact(&tested, value) {
        return facts(known, making, scene, &tested, comparison, &other, negated, line);
    }
    if let (Some(ValueType::Level(own)), ValueKind::Level(name, _)) = (tested.value_type(), &value.kind)
        && let Some(Thing::Framework(other)) = known.names.peek(scene.package, name, &[Sort::Framework])
        && own != other
    {
        making.found.push(super::comparisons::mixed(known, own, other, line));
        return None;
    }
    let Stands::For(value, package) = stands(making, scene.package, scene.applied.opens, value) else {
        return Some(Cond::always());
    };
    let domains = domains_for(known, making, scene, &tested, value)?;
    let asked = Asked { package, fact: &fact.name.text, kind: None };
    let (value_type, ends) = values::value(known, making, asked, &domains, value)?;
    let ordering = !matches!(comparison, Comparison::Is | Comparison::IsNot);
    if ordering {
        let domain = domains.iter().find(|domain| domain.value_type == value_type)?;
        if !is_ordered(domain) || ends.0 == Value::None {
            unordered(known, making, value_type, fact, line);
            return None;
        }
    }
    let set = compared(comparison, ends, is_falling(known, value_type));
    Some(atom(tested.subject, value_type, set, negated.then_some(&*domains), scene.role, line))
}

/// The fact on the other side of a comparison, where one stands there.
fn other_fact(tested: &Spot<'_>, value: &tree::Value) -> Option<FactRef> {
    match &value.kind {
        ValueKind::Fact(fact) => Some(fact.clone()),
        // A name that a date is compared with is another date.
        ValueKind::Name(name) if tested.value_type() == Some(ValueType::Date) => {
            Some(FactRef { of: FactOwner::Plain, name: name.clone(), span: value.span })
        }
        _ => None,
    }
}

/// The domains a value is read in: a level is of the framework that the value names.
pub(super) fn domains_for<'k>(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    tested: &'k Spot<'_>,
    value: &tree::Value,
) -> Option<std::borrow::Cow<'k, [TypedDomain]>> {
    use std::borrow::Cow;
    match tested.nature {
        Some(Nature::Level) => {
            let framework = super::frameworks::of_value(known, making, scene.package, value)?;
            Some(Cow::Owned(vec![super::frameworks::domain(known, framework)?]))
        }
        Some(Nature::Credits) => {
            let unit = match values::number_of(value).and_then(|number| number.unit.as_ref()) {
                Some(UnitRef::Named(name)) => {
                    let thing = known.names.find(scene.package, name, &[Sort::Unit], &mut making.found);
                    if let Some(Thing::Unit(unit)) = thing { Some(unit) } else { return None }
                }
                _ => scene.unit,
            };
            let Some(unit) = unit else {
                making.found.push(
                    Problem::new(Code::UnitNoUnit, value.span)
                        .say("amount", known.sources.snippet(value.span)),
                );
                return None;
            };
            let domain = super::builtin::from_zero(None)?;
            Some(Cow::Owned(vec![TypedDomain { value_type: ValueType::Credits(unit), domain }]))
        }
        _ => Some(Cow::Borrowed(&tested.domains)),
    }
}

fn unordered(known: &Known<'_>, making: &mut Making, value_type: ValueType, fact: &FactRef, line: Span) {
    let text = known.sources.snippet(line);
    let mut problem = Problem::new(Code::OrderNone, line)
        .say("text", text)
        .say("list", &*fact.name.text)
        .say("bound", bound_in(text));
    if let Some(declared) = values::declared(known, value_type) {
        problem = problem.label(declared, "declared");
    }
    making.found.push(problem);
}

/// Two facts: of the source and the target, or two dates.
#[allow(clippy::too_many_arguments)]
fn facts(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    tested: &Spot<'_>,
    comparison: Comparison,
    other: &FactRef,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let relation = match comparison {
        Comparison::AtLeast => Order::AtLeast,
        Comparison::AtMost => Order::AtMost,
        Comparison::Over => Order::Over,
        Comparison::Under => Order::Under,
        Comparison::Is => Order::Same,
        Comparison::IsNot => Order::Different,
    };
    let other_spot = spot(known, making, scene, other)?;
    let value_type = shared_type(known, making, scene, tested, &other_spot, other, line)?;
    let ordering = !matches!(relation, Order::Same | Order::Different);
    let ordered = tested.domains.iter().find(|domain| domain.value_type == value_type).is_none_or(is_ordered);
    if ordering && !ordered {
        unordered(known, making, value_type, other, line);
        return None;
    }
    let (subject, falling) = (tested.subject, is_falling(known, value_type));
    let made = if other.of == FactOwner::Target {
        AtomTest::Target { subject, target: other_spot.subject.fact, value_type, relation, falling, negated }
    } else if value_type == ValueType::Date {
        AtomTest::Dates { subject, relation, other: other_spot.subject, negated }
    } else {
        making.found.push(Problem::new(Code::FactTwoFacts, line));
        return None;
    };
    Some(plain_atom(made, scene.role, line))
}

/// The type in which two facts can be compared.
fn shared_type(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    tested: &Spot<'_>,
    other_spot: &Spot<'_>,
    other: &FactRef,
    line: Span,
) -> Option<ValueType> {
    Some(match (tested.nature, other_spot.nature) {
        (Some(Nature::Level), _) | (_, Some(Nature::Level)) => {
            ValueType::Level(super::frameworks::only(known, making, scene.package, line)?)
        }
        (Some(Nature::Credits), Some(Nature::Credits)) => {
            let Some(unit) = scene.unit else {
                making
                    .found
                    .push(Problem::new(Code::UnitNoUnit, line).say("amount", known.sources.snippet(line)));
                return None;
            };
            ValueType::Credits(unit)
        }
        _ => {
            let types: Vec<ValueType> = other_spot.domains.iter().map(|domain| domain.value_type).collect();
            let shared = tested.domains.iter().map(|domain| domain.value_type).find(|of| types.contains(of));
            let Some(shared) = shared else {
                let (first, second) = (tested.domains.first()?, other_spot.domains.first()?);
                let value = known.sources.snippet(other.span);
                let problem = Problem::new(Code::UnitMixedUnit, line)
                    .say("fact", known.fact_name(tested.subject.fact))
                    .say("unit", type_name(known, first.value_type))
                    .say("value", value)
                    .say("other", type_name(known, second.value_type));
                making.found.push(problem);
                return None;
            };
            shared
        }
    })
}

/// `credits differ by at most 2 from target`.
#[allow(clippy::too_many_arguments)]
fn differ(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
    most: &Number,
    of: &FactRef,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let tested = spot(known, making, scene, fact)?;
    let other = spot(known, making, scene, of)?;
    let value_type = shared_type(known, making, scene, &tested, &other, of, line)?;
    let measured = match value_type {
        ValueType::Number | ValueType::Share | ValueType::Credits(_) => true,
        ValueType::ContactHours | ValueType::NotionalHours | ValueType::Hours => true,
        ValueType::Scale(scale) => {
            let scale = known.model.scales.get(scale.index());
            scale.is_some_and(|scale| matches!(scale.shape, crate::model::ScaleShape::Numeric { .. }))
        }
        _ => false,
    };
    // The bound is said in the unit of what is compared, or in none.
    let is_own = match (&most.unit, value_type) {
        (None, _) => true,
        (Some(UnitRef::Word(UnitWord::Credit, _)), ValueType::Credits(_)) => true,
        (Some(UnitRef::Word(UnitWord::Point, _)), ValueType::Scale(_)) => true,
        (
            Some(UnitRef::Word(UnitWord::Hour, _) | UnitRef::Hours(..)),
            ValueType::ContactHours | ValueType::NotionalHours | ValueType::Hours,
        ) => true,
        (Some(UnitRef::Named(name)), ValueType::Credits(unit)) => {
            let sorts = &[Sort::Unit];
            known.names.find(scene.package, name, sorts, &mut making.found) == Some(Thing::Unit(unit))
        }
        _ => false,
    };
    if !measured || !is_own || most.value.is_negative() {
        let problem = Problem::new(Code::FactComparison, line)
            .say("fact", &*fact.name.text)
            .say("value", known.sources.snippet(most.span))
            .say("domain", type_name(known, value_type));
        making.found.push(problem);
        return None;
    }
    let (subject, target) = (tested.subject, other.subject.fact);
    let made = AtomTest::Differ { subject, target, value_type, most: most.value, negated };
    Some(plain_atom(made, scene.role, line))
}

/// `valid on applied`: what expires before that day is not.
fn valid_on(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    day: &FactRef,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let name = Name { text: "expires".into(), bracket: tree::Bracket::Bare, span: day.span };
    let expires = FactRef { of: FactOwner::Plain, name, span: day.span };
    let expiry = spot(known, making, scene, &expires)?;
    let other = spot(known, making, scene, day)?;
    if other.value_type() != Some(ValueType::Date) {
        let problem = Problem::new(Code::FactComparison, day.span).say("fact", &*day.name.text);
        let problem = problem.say("value", known.sources.snippet(line));
        let is = other.domains.first().map(|domain| type_name(known, domain.value_type));
        making.found.push(is.into_iter().fold(problem, |problem, is| problem.say("domain", is)));
        return None;
    }
    let (subject, other) = (expiry.subject, other.subject);
    let lasts = AtomTest::Dates { subject, relation: Order::AtLeast, other, negated };
    let lasts = plain_atom(lasts, scene.role, line);
    let never =
        atom(subject, ValueType::Date, Set::none(), negated.then_some(&*expiry.domains), scene.role, line);
    Some(if negated { all(vec![lasts, never]) } else { any(vec![lasts, never]) })
}

fn between(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
    range: &tree::Value,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let tested = spot(known, making, scene, fact)?;
    let ValueKind::Range(low, _, _) = &range.kind else { return None };
    let domains = domains_for(known, making, scene, &tested, low)?;
    let (value_type, set) = range_set(
        known,
        making,
        Asked { package: scene.package, fact: &fact.name.text, kind: None },
        &domains,
        range,
    )?;
    Some(atom(tested.subject, value_type, set, negated.then_some(&*domains), scene.role, line))
}

/// The values of `a to b` or `a to under b`.
pub(super) fn range_set(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domains: &[TypedDomain],
    range: &tree::Value,
) -> Option<(ValueType, Set)> {
    let ValueKind::Range(low, high, end) = &range.kind else { return None };
    let (value_type, low_ends) = values::value(known, making, asked, domains, &with_unit_of(low, high))?;
    let of_type: Vec<TypedDomain> = domains.iter().filter(|d| d.value_type == value_type).cloned().collect();
    let (_, high_ends) = values::value(known, making, asked, &of_type, high)?;
    if !of_type.iter().all(is_ordered) {
        let text = known.sources.snippet(range.span);
        let problem = Problem::new(Code::OrderNone, range.span).say("text", text).say("list", asked.fact);
        making.found.push(problem.say("bound", "至"));
        return None;
    }
    let open = *end == RangeEnd::Excluded;
    let backwards =
        low_ends.0 > high_ends.0 && !is_falling(known, value_type) || open && low_ends.0 == high_ends.0;
    if backwards {
        let (start, end) = (known.sources.snippet(low.span), known.sources.snippet(high.span));
        making.found.push(super::fault::reversed(start, end, range.span));
        return None;
    }
    Some((value_type, ranged(low_ends, high_ends, open)))
}

/// `6 to 12 months`: the unit after the second number is that of both.
fn with_unit_of(low: &tree::Value, high: &tree::Value) -> tree::Value {
    match (&low.kind, &high.kind) {
        (ValueKind::Number(first), ValueKind::Number(second)) if first.unit.is_none() => {
            let number = Number { unit: second.unit.clone(), ..first.clone() };
            tree::Value { span: low.span, kind: ValueKind::Number(number) }
        }
        _ => low.clone(),
    }
}

#[allow(clippy::too_many_arguments)]
fn one_of(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
    written: &[tree::Value],
    on: Option<&FactRef>,
    not: bool,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let tested = spot(known, making, scene, fact)?;
    if let [only] = written
        && let ValueKind::Name(name) = &only.kind
    {
        if let Some(cond) =
            super::bodies::within(known, making, scene, &tested, name, on, not != negated, line)
        {
            return cond;
        }
        let set = known.names.peek(scene.package, name, &[Sort::Set]);
        if let (Some(Thing::Set(set)), Some(ValueType::List(list))) = (set, tested.value_type())
            && known.set_is(set) == Some(SetIs::List(list))
        {
            let set = super::compare::full(&tested.domains);
            return Some(atom(
                tested.subject,
                ValueType::List(list),
                set,
                (not != negated).then_some(&*tested.domains),
                scene.role,
                line,
            ));
        }
    }
    let domains = domains_for(known, making, scene, &tested, written.first()?)?;
    let (value_type, set) = list_set(
        known,
        making,
        Asked { package: scene.package, fact: &fact.name.text, kind: None },
        &domains,
        written,
    )?;
    // `is not one of` is a comparison, which `none` fails; denied, it passes.
    let set = if not { super::compare::everything(&domains).minus(&Set::none()).minus(&set) } else { set };
    Some(atom(tested.subject, value_type, set, negated.then_some(&*domains), scene.role, line))
}

/// The values of a list, ranges among them.
pub(super) fn list_set(
    known: &Known<'_>,
    making: &mut Making,
    asked: Asked<'_>,
    domains: &[TypedDomain],
    written: &[tree::Value],
) -> Option<(ValueType, Set)> {
    let mut list: Option<(ValueType, Set)> = None;
    let mut sound = true;
    for value in written {
        let read = if matches!(value.kind, ValueKind::Range(..)) {
            range_set(known, making, asked, domains, value)
        } else {
            let read = values::value(known, making, asked, domains, value);
            read.map(|(value_type, (first, last))| (value_type, Set::between(first, last)))
        };
        match (read, &mut list) {
            (Some(read), None) => list = Some(read),
            (Some((_, set)), Some((_, all))) => *all = all.union(&set),
            (None, _) => sound = false,
        }
    }
    list.filter(|_| sound)
}

/// The days of a window.
pub(super) fn days_set(window: &Window) -> Set {
    let from = window
        .days
        .from
        .map_or(Set::everything(crate::space::Axis::Date), |day| Set::at_least(Value::Date(day)));
    window.days.to.map_or(from.clone(), |day| from.intersect(&Set::at_most(Value::Date(day))))
}

#[allow(clippy::too_many_arguments)]
fn within(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: Option<&FactRef>,
    length: &[Number],
    side: Side,
    of: Option<&FactRef>,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let (Some(fact), Some(of)) = (fact, of) else {
        // 近6年内: the last piece of the phrase is no word of its own.
        let after = known.sources.get(line.file).and_then(|source| source.code().get(line.end as usize..));
        let inside = after.and_then(|after| after.chars().next()).filter(|next| matches!(next, '内' | '內'));
        let line = Span { end: line.end + inside.map_or(0, |inside| inside.len_utf8() as u32), ..line };
        let problem = Problem::new(Code::DateUnnamed, line).say("text", known.sources.snippet(line));
        let amount = length.first().map(|first| amount_of(known, first));
        making.found.push(amount.into_iter().fold(problem, |problem, amount| problem.say("length", amount)));
        return None;
    };
    let tested = spot(known, making, scene, fact)?;
    let other = spot(known, making, scene, of)?;
    for (spot, fact) in [(&tested, fact), (&other, of)] {
        if spot.value_type() != Some(ValueType::Date) {
            let problem = Problem::new(Code::FactComparison, fact.span).say("fact", &*fact.name.text);
            let problem = problem.say("value", known.sources.snippet(line));
            let is = spot.domains.first().map(|domain| type_name(known, domain.value_type));
            making.found.push(is.into_iter().fold(problem, |problem, is| problem.say("domain", is)));
            return None;
        }
    }
    let Some(length) = span_of(length) else {
        let problem = Problem::new(Code::FactComparison, line).say("fact", &*fact.name.text);
        let problem = problem.say("value", known.sources.snippet(line));
        making.found.push(problem.say("domain", type_name(known, ValueType::Date)));
        return None;
    };
    let made = AtomTest::Within {
        subject: tested.subject,
        length,
        before: side == Side::Before,
        other: other.subject,
        negated,
    };
    Some(plain_atom(made, scene.role, line))
}

/// A span of time in one measure: years and months, or weeks and days.
pub(super) fn span_of(parts: &[Number]) -> Option<Length> {
    let mut total: Option<Length> = None;
    for part in parts {
        let count = u32::try_from(part.value.to_int()?).ok()?;
        let Some(UnitRef::Word(word, _)) = part.unit else { return None };
        let length = match word {
            UnitWord::Year => Length::years(count).ok()?,
            UnitWord::Month => Length::Months(count),
            UnitWord::Week => Length::weeks(count).ok()?,
            UnitWord::Day => Length::Days(count),
            _ => return None,
        };
        total = Some(match (total, length) {
            (None, length) => length,
            (Some(Length::Months(a)), Length::Months(b)) => Length::Months(a.checked_add(b)?),
            (Some(Length::Days(a)), Length::Days(b)) => Length::Days(a.checked_add(b)?),
            _ => return None,
        });
    }
    total
}

/// A yes/no fact, or a condition by name.
fn bare(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    fact: &FactRef,
    negated: bool,
    line: Span,
    inlining: &mut Inlining,
) -> Option<Cond> {
    if fact.of == FactOwner::Plain
        && let Some(at) = known.condition(scene.package, &fact.name.text)
        && !scene.sources.iter().any(|&kind| known.kind_fact(kind, &fact.name.text).is_some())
    {
        return condition(known, making, scene, at, fact, negated, inlining);
    }
    let tested = spot(known, making, scene, fact)?;
    if tested.value_type() != Some(ValueType::YesNo) {
        let problem = Problem::new(Code::FactBare, fact.span).say("fact", &*fact.name.text);
        let declared = tested.value_type().and_then(|value_type| values::declared(known, value_type));
        making.found.push(declared.into_iter().fold(problem, |problem, at| problem.label(at, "declared")));
        return None;
    }
    let made =
        atom(tested.subject, ValueType::YesNo, yes(), negated.then_some(&*tested.domains), scene.role, line);
    Some(if negated { of_some(made) } else { made })
}

fn condition(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    at: usize,
    fact: &FactRef,
    negated: bool,
    inlining: &mut Inlining,
) -> Option<Cond> {
    let item = known.items.conditions.get(at)?;
    making.used_conditions.insert(at);
    if inlining.stack.contains(&at) {
        let around = inlining.stack.iter().skip_while(|&&other| other != at);
        let items: Vec<_> = around.filter_map(|&other| known.items.conditions.get(other)).collect();
        let names: Vec<Said> = items.iter().map(|item| Said::Name(item.name.clone())).collect();
        let problem = Problem::new(Code::ConditionCycle, fact.span).say("names", names);
        let also = items.iter().map(|item| item.declaration.header);
        making.found.push(also.fold(problem, |problem, at| problem.label(at, "also")));
        return None;
    }
    if inlining.stack.len() >= DEEPEST || inlining.budget == 0 {
        making.found.push(Problem::new(Code::ConditionLarge, fact.span).say("name", &*item.name));
        return None;
    }
    inlining.stack.push(at);
    let scene = Scene { package: item.package, ..scene.clone() };
    let operands = super::items::slots(item.declaration.body.as_ref()).map(|(_, slot)| &slot.operand);
    let mut parts = Vec::new();
    for operand in operands {
        let (written, denied) = match operand {
            Operand::When(written) => (written, negated),
            Operand::Unless(written) => (written, !negated),
            _ => continue,
        };
        parts.push(test(known, making, &scene, written, denied, inlining));
    }
    inlining.stack.pop();
    Some(if negated { any(parts) } else { all(parts) })
}

fn holds(
    known: &Known<'_>,
    making: &mut Making,
    scene: &Scene<'_>,
    selection: &Selection,
    negated: bool,
    line: Span,
) -> Option<Cond> {
    let alternatives = selections::sources(known, making, scene, selection)?;
    Some(plain_atom(
        AtomTest::Holds(Box::new(Holds { alternatives, negated, after: None })),
        scene.role,
        line,
    ))
}

/// The atom that a window is.
pub(super) fn window_atom(window: &Window) -> Option<Cond> {
    let subject: Subject = window.by?;
    let set = days_set(window);
    Some(atom(subject, ValueType::Date, set, None, Role::Window, window.span))
}

/// Whose facts a bracket reads: the item's own.
pub(super) fn bracket_scene<'s>(scene: &Scene<'s>, kinds: Vec<crate::model::KindId>) -> Scene<'s> {
    Scene {
        plain: Plain::Of(crate::model::Holder::Itself),
        sources: std::borrow::Cow::Owned(kinds),
        role: Role::Bracket,
        ..scene.clone()
    }
}

/// A number with its unit as a sentence says it.
pub(super) fn amount_of(known: &Known<'_>, number: &Number) -> Said {
    let unit = match &number.unit {
        None => return Said::Number(number.value),
        Some(UnitRef::Named(name)) => Said::Text(name.text.clone()),
        Some(UnitRef::Word(word, _)) => Said::Word(unit_word(*word)),
        Some(UnitRef::Hours(_, span)) => Said::Text(known.sources.snippet(*span).into()),
    };
    Said::Amount(number.value, Box::new(unit))
}

/// The keyword id of a unit word.
pub(super) const fn unit_word(word: UnitWord) -> &'static str {
    match word {
        UnitWord::Credit => "unit.credit",
        UnitWord::Hour => "unit.hour",
        UnitWord::Day => "unit.day",
        UnitWord::Week => "unit.week",
        UnitWord::Month => "unit.month",
        UnitWord::Year => "unit.year",
        UnitWord::Course => "unit.course",
        UnitWord::Item => "unit.item",
        UnitWord::Rank => "unit.rank",
        UnitWord::Point => "unit.point",
        UnitWord::Times => "unit.times",
        UnitWord::Source => "unit.source",
    }
}
