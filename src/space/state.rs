//! What is known of a fact: the values it may still have.
//!
//! The one idea: nothing is "missing". A fact that nobody stated may have any value of its domain, a date known
//! to the month is one of its days, and learning more only ever takes values away.

use std::fmt;

use super::{Domain, Set, Truth, Value};

/// The values that a fact may have as far as is known; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    known: Known,
    contradiction: bool,
}

/// One value is by far the most frequent state, and needs no list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Known {
    One(Value),
    OneOf(Set),
}

impl State {
    /// The fact has this value.
    pub const fn known(value: Value) -> State {
        State { known: Known::One(value), contradiction: false }
    }

    /// Nobody stated the fact: it may have any value of its domain.
    pub fn unknown(domain: &Domain) -> State {
        State { known: Known::from(domain.full_set()), contradiction: false }
    }

    /// The fact has one of these values; nothing when there is none.
    pub fn of(set: Set) -> Option<State> {
        (!set.is_empty()).then(|| State { known: Known::from(set), contradiction: false })
    }

    /// The fact has a value between two, both included; nothing when the first is above the last.
    pub fn interval(first: Value, last: Value) -> Option<State> {
        State::of(Set::between(first, last))
    }

    /// Two statements exclude each other: again any value of the domain, and it is known why.
    pub fn contradiction(domain: &Domain) -> State {
        State { contradiction: true, ..State::unknown(domain) }
    }

    /// What remains when it is also known that the fact is one of these: a contradiction when nothing does.
    #[must_use]
    pub fn narrow(&self, to: &Set, domain: &Domain) -> State {
        if self.contradiction {
            return self.clone();
        }
        let rest = match &self.known {
            Known::One(value) if to.contains(*value) => return self.clone(),
            Known::One(_) => None,
            Known::OneOf(set) => State::of(set.intersect(to)),
        };
        rest.unwrap_or_else(|| State::contradiction(domain))
    }

    /// Whether the fact is one of these: surely, surely not, or it depends.
    pub fn test(&self, on: &Set) -> Truth {
        match &self.known {
            Known::One(value) => Truth::from(on.contains(*value)),
            Known::OneOf(set) => match (set.is_subset(on), set.is_disjoint(on)) {
                (true, false) => Truth::True,
                (false, true) => Truth::False,
                // Both at once only for a domain without values, of which nothing can be said.
                _ => Truth::Unknown,
            },
        }
    }

    /// The value, when there is only one left.
    pub const fn value(&self) -> Option<Value> {
        if let Known::One(value) = self.known { Some(value) } else { None }
    }

    /// The values it may have.
    pub fn to_set(&self) -> Set {
        match &self.known {
            Known::One(value) => Set::one(*value),
            Known::OneOf(set) => set.clone(),
        }
    }

    /// Whether it may have this value.
    pub fn may_be(&self, value: Value) -> bool {
        match &self.known {
            Known::One(only) => *only == value,
            Known::OneOf(set) => set.contains(value),
        }
    }

    /// Whether two statements excluded each other.
    pub const fn is_contradiction(&self) -> bool {
        self.contradiction
    }

    /// Whether all that this allows, the other allows too: this knows as much or more.
    pub fn refines(&self, other: &State) -> bool {
        match (&self.known, &other.known) {
            (Known::One(value), _) => other.may_be(*value),
            (Known::OneOf(_), Known::One(_)) => false,
            (Known::OneOf(ours), Known::OneOf(theirs)) => ours.is_subset(theirs),
        }
    }
}

impl From<Set> for Known {
    fn from(set: Set) -> Known {
        match set.singleton() {
            Some(value) => Known::One(value),
            None => Known::OneOf(set),
        }
    }
}

impl From<Value> for State {
    fn from(value: Value) -> State {
        State::known(value)
    }
}

/// The set it may be in, for tests and traces.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let because = if self.contradiction { " (contradiction)" } else { "" };
        match &self.known {
            Known::One(value) => write!(f, "{value}{because}"),
            Known::OneOf(set) => write!(f, "{set}{because}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::quantity::{DateRange, Ratio};
    use crate::space::{Numbers, Shape};

    fn mark(mark: i64) -> Value {
        Value::Number(Ratio::from_int(mark))
    }

    fn marks() -> Domain {
        Domain::numbers(Numbers::whole(0, Some(100)).unwrap())
    }

    #[test]
    fn a_stated_mark_decides() {
        let passed = Set::at_least(mark(60));
        assert_eq!(State::known(mark(60)).test(&passed), Truth::True);
        assert_eq!(State::known(mark(59)).test(&passed), Truth::False);
    }

    #[test]
    fn a_mark_not_stated_decides_only_what_holds_of_all() {
        let unknown = State::unknown(&marks());
        assert_eq!(unknown.test(&Set::at_least(mark(60))), Truth::Unknown);
        assert_eq!(unknown.test(&Set::at_least(mark(0))), Truth::True);
        assert_eq!(unknown.test(&Set::more_than(mark(100))), Truth::False);
    }

    #[test]
    fn passed_without_a_mark_is_every_mark_from_the_pass_mark() {
        let passed = State::interval(mark(60), mark(100)).unwrap();
        assert_eq!(passed.test(&Set::at_least(mark(60))), Truth::True);
        assert_eq!(passed.test(&Set::at_least(mark(80))), Truth::Unknown);
        assert_eq!(passed.test(&Set::less_than(mark(60))), Truth::False);
    }

    #[test]
    fn a_month_decides_when_all_its_days_agree() {
        let august = State::of(Set::dates(DateRange::parse("2025-08").unwrap())).unwrap();
        let until = |text| Set::at_most(Value::Date(DateRange::parse(text).unwrap().last()));
        assert_eq!(august.test(&until("2025-08")), Truth::True);
        assert_eq!(august.test(&until("2025-08-30")), Truth::Unknown);
        assert_eq!(august.test(&until("2025-07")), Truth::False);
    }

    #[test]
    fn no_value_is_known_and_fails_comparisons_while_not_stated_is_open() {
        let domain = marks().or_none();
        let everything = domain.full_set().minus(&Set::none());
        assert_eq!(State::known(Value::None).test(&everything), Truth::False);
        assert_eq!(State::known(Value::None).test(&Set::none()), Truth::True);
        assert_eq!(State::unknown(&domain).test(&everything), Truth::Unknown);
        assert_eq!(State::unknown(&marks()).test(&everything), Truth::True);
    }

    #[test]
    fn statements_that_exclude_each_other_leave_everything_open() {
        let stated = State::known(mark(60));
        assert_eq!(stated.narrow(&Set::at_least(mark(50)), &marks()), stated);
        let clash = stated.narrow(&Set::at_least(mark(61)), &marks());
        assert!(clash.is_contradiction());
        assert_eq!(clash.test(&Set::at_least(mark(60))), Truth::Unknown);
        assert_eq!(clash.narrow(&Set::one(mark(60)), &marks()), clash);
        assert_eq!(clash.to_string(), "[0, 100] (contradiction)");
    }

    #[test]
    fn the_last_possible_value_is_the_value() {
        let open = State::of(Set::of([mark(60), mark(61)])).unwrap();
        assert_eq!(
            (open.value(), open.narrow(&Set::at_least(mark(61)), &marks()).value()),
            (None, Some(mark(61)))
        );
        assert_eq!(open.narrow(&Set::at_least(mark(61)), &marks()), State::known(mark(61)));
        assert_eq!(State::of(Set::empty()), None);
    }

    #[test]
    fn of_a_domain_without_values_nothing_is_said() {
        let nothing = State::unknown(&Domain::of(Shape::List { len: 0, ordered: false }));
        assert_eq!(nothing.test(&Set::empty()), Truth::Unknown);
    }

    fn some_set() -> impl Strategy<Value = Set> {
        proptest::collection::vec((0i64..9, 0i64..4, any::<bool>()), 1..4).prop_map(|pieces| {
            pieces.into_iter().fold(Set::empty(), |set, (from, width, none)| {
                let piece = Set::between(mark(from), mark(from + width));
                set.union(&if none { piece.union(&Set::none()) } else { piece })
            })
        })
    }

    proptest! {
        #[test]
        fn learning_more_never_turns_one_truth_into_the_other(
            known in some_set(), learned in some_set(), test in some_set(),
        ) {
            let before = State::of(known.clone()).unwrap();
            let after = before.narrow(&learned, &marks());
            prop_assert_eq!(after.is_contradiction(), known.is_disjoint(&learned));
            if after.is_contradiction() {
                return Ok(());
            }
            prop_assert!(after.refines(&before));
            let (was, is) = (before.test(&test), after.test(&test));
            prop_assert!(was == is || was == Truth::Unknown, "{} {} then {} {}", before, was as u8, after, is as u8);
        }

        #[test]
        fn a_test_says_what_holds_of_each_possible_value(known in some_set(), test in some_set()) {
            let state = State::of(known.clone()).unwrap();
            let halves = (0i64..30).map(|n| Value::Number(Ratio::new(n, 2).unwrap())).chain([Value::None]);
            let possible: Vec<Value> = halves.filter(|&value| known.contains(value)).collect();
            let holding = possible.iter().filter(|&&value| test.contains(value)).count();
            let expected = match holding {
                0 => Truth::False,
                all if all == possible.len() => Truth::True,
                _ => Truth::Unknown,
            };
            prop_assert_eq!(state.test(&test), expected);
        }
    }
}
