//! A comparison as a set of values.
//!
//! "At least" means at least as good: on a scale that falls from 5.0 to 1.0, `>= 2.5` is 2.5 or less. `none` passes no
//! comparison; only where the text denies a comparison does it belong to the set.

use crate::model::{Atom, AtomTest, Cond, Role, ScaleShape, Subject, TypedDomain, ValueType};
use crate::source::Span;
use crate::space::{Domain, Set, Value};
use crate::syntax::tree::Comparison;

use crate::diagnostic::{Code, Problem};

use super::known::Known;
use super::values::Ends;

/// Whether a smaller number is a better mark.
pub(super) fn is_falling(known: &Known<'_>, value_type: ValueType) -> bool {
    let ValueType::Scale(scale) = value_type else { return false };
    matches!(
        known.model.scales.get(scale.index()).map(|scale| &scale.shape),
        Some(ScaleShape::Numeric { worst, best, .. }) if best < worst
    )
}

/// The values that compare so with a value, or with a month or a year from its first to its last day.
pub(super) fn compared(comparison: Comparison, (first, last): Ends, falling: bool) -> Set {
    match (comparison, falling) {
        (Comparison::AtLeast, false) | (Comparison::AtMost, true) => Set::at_least(first),
        (Comparison::AtMost, false) | (Comparison::AtLeast, true) => Set::at_most(last),
        (Comparison::Over, false) | (Comparison::Under, true) => Set::more_than(last),
        (Comparison::Under, false) | (Comparison::Over, true) => Set::less_than(first),
        (Comparison::Is, _) => Set::between(first, last),
        (Comparison::IsNot, _) => Set::everything(first.axis()).minus(&Set::between(first, last)),
    }
}

/// The values from one to another, both in; on a falling scale the text may name the better or the worse first.
pub(super) fn ranged(low: Ends, high: Ends, open: bool) -> Set {
    let (low, high) = if low.0 <= high.0 { (low, high) } else { (high, low) };
    let upper = if open { Set::less_than(high.0) } else { Set::at_most(high.1) };
    Set::at_least(low.0).intersect(&upper)
}

/// Whether "at least" has a meaning in the domain.
pub(super) fn is_ordered(domain: &TypedDomain) -> bool {
    domain.domain.is_ordered()
}

/// All values of the domains, `none` included.
pub(super) fn everything(domains: &[TypedDomain]) -> Set {
    let all = domains.iter().map(|domain| Set::everything(domain.domain.axis()));
    all.fold(Set::none(), |all, axis| all.union(&axis))
}

/// All values that a fact may have, on their steps.
pub(super) fn full(domains: &[TypedDomain]) -> Set {
    let all = domains.iter().map(|domain| domain.domain.full_set());
    all.fold(Set::empty(), |all, set| all.union(&set))
}

/// The test of one fact against one set, or against what is not in it.
pub(super) fn atom(
    subject: Subject,
    value_type: ValueType,
    set: Set,
    negated: Option<&[TypedDomain]>,
    role: Role,
    line: Span,
) -> Cond {
    let set = match negated {
        Some(domains) => everything(domains).minus(&set),
        None => set,
    };
    plain_atom(AtomTest::In { subject, value_type, set }, role, line)
}

/// A test of its own.
pub(super) fn plain_atom(test: AtomTest, role: Role, line: Span) -> Cond {
    Cond::Atom(Box::new(Atom { test, role, lines: vec![line] }))
}

/// A yes/no domain.
pub(super) fn yes_or_no() -> TypedDomain {
    TypedDomain { value_type: ValueType::YesNo, domain: Domain::yes_or_no() }
}

/// `yes`.
pub(super) fn yes() -> Set {
    Set::one(Value::Bool(true))
}

/// The bounding word of a Chinese text, for the sentence that says it has no meaning.
pub(super) fn bound_in(text: &str) -> &str {
    ["以上", "以下", "以内", "不低于", "不高于"]
        .into_iter()
        .find(|word| text.contains(word))
        .unwrap_or("以上")
}

/// 以下 without （含） or （不含）.
pub(super) fn unclear(known: &Known<'_>, line: Span, bound: Span) -> Problem {
    let (text, bound) = (known.sources.snippet(line), known.sources.snippet(bound));
    Problem::new(Code::BoundUnclear, line).say("text", text).say("bound", bound)
}
