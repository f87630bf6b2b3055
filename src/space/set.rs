//! Sets of values: intervals of numbers and days, lists of names, with "no value" in or out, all in one form.
//!
//! The one idea: a set is the sorted list of the cuts at which membership changes. Equal sets have equal lists,
//! and every operation is one walk along two lists.

use std::fmt;

use super::cut::{Cut, Side};
use super::{Axis, Domain, Value};
use crate::quantity::{DateRange, Ratio};

/// A set of values.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Set {
    /// Sorted, no two equal; the first is where the set begins, the next where that stretch ends, and so on.
    cuts: Vec<Cut>,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// There is no end.
    Unbounded,
    /// The value belongs.
    Closed(Value),
    /// The value does not belong; of numbers only, as separate values have a neighbour that does.
    Open(Value),
}

/// A stretch of neighbouring values of one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The kind of the values.
    pub axis: Axis,
    /// The lower end.
    pub least: End,
    /// The upper end.
    pub greatest: End,
}

impl Set {
    /// No value at all.
    pub const fn empty() -> Set {
        Set { cuts: Vec::new() }
    }

    /// Only [`Value::None`].
    pub fn none() -> Set {
        Set::one(Value::None)
    }

    /// Only this value.
    pub fn one(value: Value) -> Set {
        Set { cuts: vec![Cut::before(value), Cut::after(value)] }
    }

    /// These values.
    pub fn of(values: impl IntoIterator<Item = Value>) -> Set {
        let mut values: Vec<Value> = values.into_iter().collect();
        values.sort_unstable();
        values.dedup();
        Set::stretches(values.into_iter().map(|value| (Cut::before(value), Cut::after(value))))
    }

    /// Every value of an axis.
    pub fn everything(axis: Axis) -> Set {
        Set { cuts: vec![Cut::start(axis), Cut::end(axis)] }
    }

    /// The value and those above it.
    pub fn at_least(value: Value) -> Set {
        Set::stretch(Cut::before(value), Cut::end(value.axis()))
    }

    /// Those above the value.
    pub fn more_than(value: Value) -> Set {
        Set::stretch(Cut::after(value), Cut::end(value.axis()))
    }

    /// The value and those below it.
    pub fn at_most(value: Value) -> Set {
        Set::stretch(Cut::start(value.axis()), Cut::after(value))
    }

    /// Those below the value.
    pub fn less_than(value: Value) -> Set {
        Set::stretch(Cut::start(value.axis()), Cut::before(value))
    }

    /// From one value to another, both included; empty when the first is above the last or of another axis.
    pub fn between(first: Value, last: Value) -> Set {
        Set::interval(Interval { axis: first.axis(), least: End::Closed(first), greatest: End::Closed(last) })
    }

    /// The values between two ends; empty when an end is of another axis.
    pub fn interval(interval: Interval) -> Set {
        let axis = interval.axis;
        let start = match interval.least {
            End::Unbounded => Cut::start(axis),
            End::Closed(value) => Cut::before(value),
            End::Open(value) => Cut::after(value),
        };
        let end = match interval.greatest {
            End::Unbounded => Cut::end(axis),
            End::Closed(value) => Cut::after(value),
            End::Open(value) => Cut::before(value),
        };
        if start.axis == axis && end.axis == axis { Set::stretch(start, end) } else { Set::empty() }
    }

    /// The days of a range.
    pub fn dates(range: DateRange) -> Set {
        Set::between(Value::Date(range.first()), Value::Date(range.last()))
    }

    /// Whether the value belongs.
    pub fn contains(&self, value: Value) -> bool {
        let before = Cut::before(value);
        self.cuts.partition_point(|&cut| cut <= before) % 2 == 1
    }

    /// Whether no value belongs.
    pub fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    /// Whether "no value" belongs.
    pub fn has_none(&self) -> bool {
        self.contains(Value::None)
    }

    /// What belongs to both.
    #[must_use]
    pub fn intersect(&self, other: &Set) -> Set {
        self.combine(other, |ours, theirs| ours && theirs)
    }

    /// What belongs to one at least.
    #[must_use]
    pub fn union(&self, other: &Set) -> Set {
        self.combine(other, |ours, theirs| ours || theirs)
    }

    /// What belongs to this and not to the other.
    #[must_use]
    pub fn minus(&self, other: &Set) -> Set {
        self.combine(other, |ours, theirs| ours && !theirs)
    }

    /// The values of the domain that do not belong.
    #[must_use]
    pub fn complement_within(&self, domain: &Domain) -> Set {
        domain.snap(&domain.full_set().minus(self))
    }

    /// Whether all that belongs to this belongs to the other.
    pub fn is_subset(&self, other: &Set) -> bool {
        !self.meets(other, |ours, theirs| ours && !theirs)
    }

    /// Whether nothing belongs to both.
    pub fn is_disjoint(&self, other: &Set) -> bool {
        !self.meets(other, |ours, theirs| ours && theirs)
    }

    /// The only value, when there is exactly one.
    pub fn singleton(&self) -> Option<Value> {
        let &[start, end] = self.cuts.as_slice() else { return None };
        let value = start.axis.value_at(start.at).filter(|_| start.side == Side::Before)?;
        (end == Cut::after(value)).then_some(value)
    }

    /// The stretches in order, [`Value::None`] last as a stretch of its own.
    pub fn intervals(&self) -> impl DoubleEndedIterator<Item = Interval> + '_ {
        self.cuts.chunks_exact(2).filter_map(|ends| match *ends {
            [start, end] => Some(Interval { axis: start.axis, least: lower(start), greatest: upper(end) }),
            _ => None,
        })
    }

    /// The values one by one, when they are separate and no more than `limit`.
    pub fn values(&self, limit: usize) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        for ends in self.cuts.chunks_exact(2) {
            let &[start, end] = ends else { return None };
            let (first, after_last) = if start.axis == Axis::Number {
                let only = start.axis.value_at(start.at).filter(|&value| start == Cut::before(value))?;
                if end != Cut::after(only) {
                    return None;
                }
                values.push(only);
                (0, 0)
            } else {
                (start.at.to_int()?, end.at.to_int()?)
            };
            if usize::try_from(after_last - first).map_or(true, |more| more + values.len() > limit) {
                return None;
            }
            let places = (first..after_last).map(Ratio::from_int);
            values.extend(places.filter_map(|place| start.axis.value_at(place)));
        }
        Some(values)
    }

    /// The lower end of all but [`Value::None`]; nothing when there is no other value.
    pub fn least(&self) -> Option<End> {
        self.intervals().next().filter(|first| first.axis != Axis::None).map(|first| first.least)
    }

    /// The upper end of all but [`Value::None`]; nothing when there is no other value.
    pub fn greatest(&self) -> Option<End> {
        self.intervals().rev().find(|last| last.axis != Axis::None).map(|last| last.greatest)
    }

    /// The ends at which membership changes.
    pub(super) fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// What lies between two ends; empty where the first is not before the second.
    pub(super) fn from_cuts(start: Cut, end: Cut) -> Set {
        Set::stretch(start, end)
    }

    fn stretch(start: Cut, end: Cut) -> Set {
        Set { cuts: if start < end { vec![start, end] } else { Vec::new() } }
    }

    /// Stretches in order and apart; neighbours that touch become one.
    fn stretches(stretches: impl IntoIterator<Item = (Cut, Cut)>) -> Set {
        let mut cuts: Vec<Cut> = Vec::new();
        for (start, end) in stretches {
            if cuts.last() == Some(&start) {
                cuts.pop();
            } else {
                cuts.push(start);
            }
            cuts.push(end);
        }
        Set { cuts }
    }

    fn combine(&self, other: &Set, belongs: impl Fn(bool, bool) -> bool) -> Set {
        let mut cuts = Vec::with_capacity(self.cuts.len().max(other.cuts.len()));
        walk(&self.cuts, &other.cuts, |cut, ours, theirs| {
            if belongs(ours, theirs) != (cuts.len() % 2 == 1) {
                cuts.push(cut);
            }
            false
        });
        Set { cuts }
    }

    fn meets(&self, other: &Set, wanted: impl Fn(bool, bool) -> bool) -> bool {
        walk(&self.cuts, &other.cuts, |_, ours, theirs| wanted(ours, theirs))
    }
}

/// Goes along both lists and says at each cut whether what follows belongs to the one and to the other, until
/// `stop` answers true. Inside a stretch there is a value between any two cuts, so no answer is about nothing.
fn walk(ours: &[Cut], theirs: &[Cut], mut stop: impl FnMut(Cut, bool, bool) -> bool) -> bool {
    let (mut i, mut j) = (0, 0);
    loop {
        let cut = match (ours.get(i), theirs.get(j)) {
            (Some(&a), Some(&b)) => a.min(b),
            (Some(&cut), None) | (None, Some(&cut)) => cut,
            (None, None) => return false,
        };
        i += usize::from(ours.get(i) == Some(&cut));
        j += usize::from(theirs.get(j) == Some(&cut));
        if stop(cut, i % 2 == 1, j % 2 == 1) {
            return true;
        }
    }
}

fn lower(cut: Cut) -> End {
    match (cut.side, cut.axis.value_at(cut.at)) {
        (Side::Before, Some(value)) if value.axis() != Axis::Date || cut != Cut::start(cut.axis) => {
            End::Closed(value)
        }
        (Side::After, Some(value)) => End::Open(value),
        _ => End::Unbounded,
    }
}

fn upper(cut: Cut) -> End {
    if !matches!(cut.axis, Axis::Bool | Axis::None) && cut == Cut::end(cut.axis) {
        return End::Unbounded;
    }
    let value_at = |place| cut.axis.value_at(place);
    match (cut.side, cut.axis) {
        (Side::After, _) => value_at(cut.at).map_or(End::Unbounded, End::Closed),
        (_, Axis::Number) => value_at(cut.at).map_or(End::Unbounded, End::Open),
        _ => {
            let last = cut.at.checked_sub(Ratio::ONE).ok().and_then(value_at);
            last.map_or(End::Unbounded, End::Closed)
        }
    }
}

/// Written with brackets, for tests and traces: `[60, 100]`, `(2.5, …)`, `{yes}`; `{}` when empty.
impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("{}");
        }
        for (nth, interval) in self.intervals().enumerate() {
            if nth > 0 {
                f.write_str(" ∪ ")?;
            }
            match (interval.least, interval.greatest) {
                (End::Closed(only), End::Closed(last)) if only == last => write!(f, "{{{only}}}")?,
                (least, greatest) => {
                    match least {
                        End::Unbounded => f.write_str("(…")?,
                        End::Closed(value) => write!(f, "[{value}")?,
                        End::Open(value) => write!(f, "({value}")?,
                    }
                    match greatest {
                        End::Unbounded => f.write_str(", …)")?,
                        End::Closed(value) => write!(f, ", {value}]")?,
                        End::Open(value) => write!(f, ", {value})")?,
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Value {
        Value::Number(Ratio::parse(text).unwrap())
    }

    #[test]
    fn comparisons_are_sets() {
        let sixty = number("60");
        assert_eq!(Set::at_least(sixty).to_string(), "[60, …)");
        assert_eq!(Set::more_than(sixty).to_string(), "(60, …)");
        assert_eq!(Set::less_than(sixty).to_string(), "(…, 60)");
        assert_eq!(Set::at_most(sixty).to_string(), "(…, 60]");
        assert_eq!(Set::more_than(Value::Rank(2)), Set::at_least(Value::Rank(3)));
        assert!(Set::less_than(Value::Rank(0)).is_empty());
        assert!(Set::at_least(sixty).contains(sixty) && !Set::more_than(sixty).contains(sixty));
    }

    #[test]
    fn no_value_fails_every_comparison() {
        for set in [Set::at_least(number("0")), Set::at_most(number("0")), Set::everything(Axis::Number)] {
            assert!(!set.has_none());
            assert!(set.union(&Set::none()).has_none());
        }
    }

    #[test]
    fn two_axes_have_nothing_in_common() {
        let (numbers, ranks) = (Set::everything(Axis::Number), Set::everything(Axis::Rank));
        assert!(numbers.is_disjoint(&ranks) && numbers.intersect(&ranks).is_empty());
        assert!(numbers.is_subset(&numbers.union(&ranks)));
        assert!(Set::between(number("1"), Value::Rank(2)).is_empty());
        assert_eq!(numbers.union(&ranks).minus(&ranks), numbers);
    }

    #[test]
    fn a_month_is_its_days() {
        let august = Set::dates(DateRange::parse("2025-08").unwrap());
        assert_eq!(august.to_string(), "[2025-08-01, 2025-08-31]");
        assert_eq!(august.values(31).map(|days| days.len()), Some(31));
        assert_eq!(august.values(30), None);
        assert_eq!(Set::everything(Axis::Date).to_string(), "(…, …)");
    }

    #[test]
    fn a_single_value_is_recognised() {
        for value in [number("2.5"), Value::Rank(0), Value::Bool(true), Value::None, Value::Symbol(u32::MAX)]
        {
            assert_eq!(Set::one(value).singleton(), Some(value));
            assert_eq!(Set::one(value).values(1), Some(vec![value]));
        }
        for set in [
            Set::empty(),
            Set::at_least(number("1")),
            Set::everything(Axis::Bool),
            Set::of([number("1"), number("2")]),
            Set::one(number("1")).union(&Set::none()),
            Set::more_than(number("1")).intersect(&Set::at_most(number("2"))),
        ] {
            assert_eq!(set.singleton(), None, "{set}");
        }
        assert_eq!(Set::at_least(number("1")).values(99), None);
    }

    #[test]
    fn the_outermost_ends_leave_no_value_aside() {
        let marks = Set::of([number("1"), number("2")]).union(&Set::none());
        assert_eq!(
            (marks.least(), marks.greatest()),
            (Some(End::Closed(number("1"))), Some(End::Closed(number("2"))))
        );
        assert_eq!((Set::none().least(), Set::none().greatest()), (None, None));
        assert_eq!(Set::at_least(number("1")).greatest(), Some(End::Unbounded));
    }

    /// All values that tell the generated sets apart: their ends are halves from 0 to 7.5, and quarters lie between
    /// and beyond them.
    fn probes() -> Vec<Value> {
        let quarters = (-1i64..33).map(|n| Value::Number(Ratio::new(n, 4).unwrap()));
        let ranks = (0..8).map(Value::Rank);
        quarters.chain(ranks).chain([Value::Bool(false), Value::Bool(true), Value::None]).collect()
    }

    fn any_set() -> impl Strategy<Value = Set> {
        let half = |n: i64| Value::Number(Ratio::new(n, 2).unwrap());
        let piece = (0i64..12, 0i64..5, 0u32..9).prop_map(move |(from, width, form)| {
            let (a, b) = (half(from), half(from + width));
            let rank = Value::Rank(u32::try_from(from % 7).unwrap());
            match form {
                0 => Set::between(a, b),
                1 => Set::more_than(a).intersect(&Set::less_than(b)),
                2 => Set::one(a),
                3 => Set::at_least(a),
                4 => Set::less_than(b),
                5 => Set::one(rank),
                6 => Set::at_most(rank),
                7 => Set::one(Value::Bool(width > 2)),
                _ => Set::none(),
            }
        });
        proptest::collection::vec(piece, 0..6)
            .prop_map(|pieces| pieces.iter().fold(Set::empty(), |set, piece| set.union(piece)))
    }

    proptest! {
        #[test]
        fn every_operation_is_that_of_its_members(a in any_set(), b in any_set()) {
            let (both, either, less) = (a.intersect(&b), a.union(&b), a.minus(&b));
            for value in probes() {
                let (in_a, in_b) = (a.contains(value), b.contains(value));
                prop_assert_eq!(both.contains(value), in_a && in_b);
                prop_assert_eq!(either.contains(value), in_a || in_b);
                prop_assert_eq!(less.contains(value), in_a && !in_b);
            }
            prop_assert_eq!(a.is_subset(&b), probes().iter().all(|&value| !a.contains(value) || b.contains(value)));
            prop_assert_eq!(a.is_disjoint(&b), both.is_empty());
        }

        #[test]
        fn equal_members_are_an_equal_set(a in any_set(), b in any_set()) {
            let same = probes().iter().all(|&value| a.contains(value) == b.contains(value));
            prop_assert_eq!(same, a == b);
            prop_assert_eq!(&a.intersect(&b).union(&a.minus(&b)), &a);
        }

        #[test]
        fn a_set_is_the_union_of_its_intervals(a in any_set()) {
            let again = a.intervals().fold(Set::empty(), |set, interval| set.union(&Set::interval(interval)));
            prop_assert_eq!(again, a);
        }
    }
}
