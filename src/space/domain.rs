//! Domains: the values a fact may have at all.

use super::{Axis, End, Interval, Numbers, Set, Value};
use crate::quantity::{Overflow, Ratio};

/// The values a fact may have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Domain {
    /// The values themselves.
    pub shape: Shape,
    /// Whether the fact may also have no value.
    pub optional: bool,
}

/// The values of a domain, "no value" aside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Yes or no.
    Bool,
    /// The ranks 0 to len − 1 of a list or a named scale.
    List {
        /// How many there are.
        len: u32,
        /// Whether a later one is better, so that "at least" has a meaning.
        ordered: bool,
    },
    /// Numbers between bounds, perhaps on a step.
    Number(Numbers),
    /// Days.
    Date,
    /// Names: these, or any.
    Symbols(Option<Vec<u32>>),
    /// Lengths in months, both bounds included.
    Months {
        /// The shortest.
        least: u32,
        /// The longest.
        greatest: Option<u32>,
    },
    /// Lengths in days, both bounds included.
    Days {
        /// The shortest.
        least: u32,
        /// The longest.
        greatest: Option<u32>,
    },
}

impl Domain {
    /// A domain whose facts always have a value.
    pub const fn of(shape: Shape) -> Domain {
        Domain { shape, optional: false }
    }

    /// Yes or no.
    pub const fn yes_or_no() -> Domain {
        Domain::of(Shape::Bool)
    }

    /// Numbers.
    pub const fn numbers(numbers: Numbers) -> Domain {
        Domain::of(Shape::Number(numbers))
    }

    /// The same with "no value" added.
    #[must_use]
    pub fn or_none(self) -> Domain {
        Domain { optional: true, ..self }
    }

    /// The kind of its values.
    pub const fn axis(&self) -> Axis {
        match self.shape {
            Shape::Bool => Axis::Bool,
            Shape::List { .. } => Axis::Rank,
            Shape::Number(_) => Axis::Number,
            Shape::Date => Axis::Date,
            Shape::Symbols(_) => Axis::Symbol,
            Shape::Months { .. } => Axis::Months,
            Shape::Days { .. } => Axis::Days,
        }
    }

    /// Whether one value can be more, later or better than another.
    pub const fn is_ordered(&self) -> bool {
        match self.shape {
            Shape::List { ordered, .. } => ordered,
            Shape::Bool | Shape::Symbols(_) => false,
            Shape::Number(_) | Shape::Date | Shape::Months { .. } | Shape::Days { .. } => true,
        }
    }

    /// Every value. Of numbers on a step, the whole stretch from the least to the greatest: see [`Domain::snap`].
    pub fn full_set(&self) -> Set {
        let range = |least, greatest: Option<Value>| {
            let greatest = greatest.map_or(End::Unbounded, End::Closed);
            Set::interval(Interval { axis: self.axis(), least: End::Closed(least), greatest })
        };
        let values = match &self.shape {
            Shape::Bool => Set::everything(Axis::Bool),
            Shape::List { len, .. } => Set::less_than(Value::Rank(*len)),
            Shape::Number(numbers) => {
                let end =
                    |bound: Option<Ratio>| bound.map_or(End::Unbounded, |at| End::Closed(Value::Number(at)));
                let (least, greatest) = (end(numbers.least()), end(numbers.greatest()));
                Set::interval(Interval { axis: Axis::Number, least, greatest })
            }
            Shape::Date => Set::everything(Axis::Date),
            Shape::Symbols(None) => Set::everything(Axis::Symbol),
            Shape::Symbols(Some(symbols)) => Set::of(symbols.iter().copied().map(Value::Symbol)),
            Shape::Months { least, greatest } => range(Value::Months(*least), greatest.map(Value::Months)),
            Shape::Days { least, greatest } => range(Value::Days(*least), greatest.map(Value::Days)),
        };
        if self.optional { values.union(&Set::none()) } else { values }
    }

    /// Whether a fact may have this value.
    pub fn contains(&self, value: Value) -> bool {
        match (&self.shape, value) {
            (_, Value::None) => self.optional,
            (Shape::Number(numbers), Value::Number(number)) => numbers.contains(number),
            (Shape::Symbols(Some(symbols)), Value::Symbol(symbol)) => symbols.contains(&symbol),
            _ => self.full_set().contains(value),
        }
    }

    /// The distance of neighbouring numbers, if there is one: 1 for whole numbers.
    pub const fn step(&self) -> Option<Ratio> {
        if let Shape::Number(numbers) = self.shape { numbers.step() } else { None }
    }

    /// Whether a number is on the step, within the bounds or not.
    pub fn is_on_lattice(&self, number: Ratio) -> bool {
        if let Shape::Number(numbers) = self.shape { numbers.is_on_lattice(number) } else { false }
    }

    /// Every value one by one, when there are no more than `limit`.
    pub fn values(&self, limit: usize) -> Option<Vec<Value>> {
        if let Shape::Number(numbers) = self.shape {
            let mut values: Vec<Value> = numbers.points(limit)?.into_iter().map(Value::Number).collect();
            values.extend(self.optional.then_some(Value::None));
            return (values.len() <= limit).then_some(values);
        }
        self.full_set().values(limit)
    }

    /// The part of a set that lies in the domain, in one form for all sets with the same values of it: ends are
    /// moved onto the step, stretches without a value dropped, neighbours joined. Two sets so treated can be
    /// compared as sets of steps. An end whose step cannot be held exactly stays where it is.
    #[must_use]
    pub fn snap(&self, set: &Set) -> Set {
        let inside = set.intersect(&self.full_set());
        let Shape::Number(numbers) = self.shape else { return inside };
        let Some(step) = numbers.step() else { return inside };
        let mut stretches: Vec<(End, End)> = Vec::new();
        let mut rest = Set::empty();
        for interval in inside.intervals() {
            if interval.axis != Axis::Number {
                rest = rest.union(&Set::interval(interval));
                continue;
            }
            let least = match interval.least {
                End::Closed(Value::Number(at)) => closed(numbers.at_or_above(at)),
                End::Open(Value::Number(at)) => {
                    closed(numbers.at_or_below(at).and_then(|at| at.checked_add(step)))
                }
                _ => None,
            };
            let greatest = match interval.greatest {
                End::Closed(Value::Number(at)) => closed(numbers.at_or_below(at)),
                End::Open(Value::Number(at)) => {
                    closed(numbers.at_or_above(at).and_then(|at| at.checked_sub(step)))
                }
                _ => None,
            };
            let (least, greatest) = (least.unwrap_or(interval.least), greatest.unwrap_or(interval.greatest));
            match stretches.last_mut() {
                _ if is_empty(least, greatest) => {}
                Some((_, last)) if are_neighbours(*last, least, step) => *last = greatest,
                _ => stretches.push((least, greatest)),
            }
        }
        stretches.into_iter().fold(rest, |set, (least, greatest)| {
            set.union(&Set::interval(Interval { axis: Axis::Number, least, greatest }))
        })
    }
}

fn closed(at: Result<Ratio, Overflow>) -> Option<End> {
    at.ok().map(|at| End::Closed(Value::Number(at)))
}

fn are_neighbours(last: End, next: End, step: Ratio) -> bool {
    match (last, next) {
        (End::Closed(Value::Number(last)), End::Closed(Value::Number(next))) => {
            last.checked_add(step) == Ok(next)
        }
        _ => false,
    }
}

fn is_empty(least: End, greatest: End) -> bool {
    matches!((least, greatest), (End::Closed(least), End::Closed(greatest)) if least > greatest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::quantity::Date;
    use crate::space::{State, Truth};

    fn number(text: &str) -> Value {
        Value::Number(Ratio::parse(text).unwrap())
    }

    fn marks() -> Domain {
        Domain::numbers(Numbers::whole(0, Some(100)).unwrap())
    }

    #[test]
    fn a_domain_lists_its_values() {
        let grade = Domain::of(Shape::List { len: 3, ordered: true });
        assert_eq!(grade.values(9), Some(vec![Value::Rank(0), Value::Rank(1), Value::Rank(2)]));
        let yes_or_no = Domain::yes_or_no().or_none();
        assert_eq!(yes_or_no.values(3), Some(vec![Value::Bool(false), Value::Bool(true), Value::None]));
        assert_eq!(yes_or_no.values(2), None);
        let halves =
            Domain::numbers(Numbers::new(Some(Ratio::ZERO), Some(Ratio::ONE), Ratio::new(1, 2)).unwrap());
        assert_eq!(halves.values(9), Some(["0", "0.5", "1"].map(number).to_vec()));
        assert_eq!(Domain::of(Shape::Date).values(1000), None);
        assert_eq!(Domain::of(Shape::Symbols(Some(vec![7, 3]))).full_set().to_string(), "{#3} ∪ {#7}");
        assert_eq!(
            Domain::of(Shape::Months { least: 0, greatest: None }).full_set().to_string(),
            "[0 months, …)"
        );
    }

    #[test]
    fn a_value_is_of_a_domain_when_bounds_step_and_kind_are_kept() {
        assert!(marks().contains(number("60")) && !marks().contains(number("60.5")));
        assert!(!marks().contains(number("101")) && !marks().contains(Value::None));
        assert!(marks().or_none().contains(Value::None));
        assert!(!marks().contains(Value::Rank(60)));
        assert!(Domain::of(Shape::Date).contains(Value::Date(Date::MIN)));
        assert!(!Domain::of(Shape::Symbols(Some(vec![7, 3]))).contains(Value::Symbol(4)));
    }

    #[test]
    fn on_whole_marks_above_59_and_from_60_are_one_test() {
        let above = marks().snap(&Set::more_than(number("59")));
        assert_eq!(above, marks().snap(&Set::at_least(number("60"))));
        assert_eq!(above, marks().snap(&Set::at_least(number("59.5"))));
        assert_eq!(above.to_string(), "[60, 100]");
        assert_eq!(marks().snap(&Set::less_than(number("60"))).to_string(), "[0, 59]");
    }

    #[test]
    fn between_two_steps_there_is_nothing_and_neighbours_touch() {
        let gap = Set::more_than(number("59")).intersect(&Set::less_than(number("60")));
        assert!(!gap.is_empty() && marks().snap(&gap).is_empty());
        let pieces =
            Set::between(number("0"), number("59")).union(&Set::between(number("60"), number("100")));
        assert_eq!(marks().snap(&pieces), marks().full_set());
        assert_eq!(State::unknown(&marks()).test(&marks().snap(&pieces)), Truth::True);
    }

    #[test]
    fn the_rest_of_a_domain_keeps_no_value_if_the_domain_has_it() {
        let passed = Set::at_least(number("60"));
        assert_eq!(passed.complement_within(&marks()).to_string(), "[0, 59]");
        assert_eq!(passed.complement_within(&marks().or_none()).to_string(), "[0, 59] ∪ {none}");
        let grade = Domain::of(Shape::List { len: 5, ordered: true });
        assert_eq!(
            Set::one(Value::Rank(2)).complement_within(&grade).to_string(),
            "[rank 0, rank 1] ∪ [rank 3, rank 4]"
        );
    }

    proptest! {
        #[test]
        fn snapping_keeps_exactly_the_values_of_the_domain(
            ends in proptest::collection::vec((-3i64..40, 0i64..9, any::<(bool, bool)>()), 0..6),
            least in -2i64..3, step in 1i64..5,
        ) {
            let quarter = |n: i64| Value::Number(Ratio::new(n, 4).unwrap());
            let set = ends.iter().fold(Set::empty(), |set, &(from, width, (open_from, open_to))| {
                let end = |open, at| if open { End::Open(quarter(at)) } else { End::Closed(quarter(at)) };
                let (least, greatest) = (end(open_from, from), end(open_to, from + width));
                set.union(&Set::interval(Interval { axis: Axis::Number, least, greatest }))
            });
            let step = Ratio::new(step, 4).unwrap();
            let numbers = Numbers::new(Ratio::new(least, 4), Ratio::new(37, 4), Some(step)).unwrap();
            let domain = Domain::numbers(numbers);
            let snapped = domain.snap(&set);
            let points = domain.values(100).unwrap();
            for &value in &points {
                prop_assert_eq!(snapped.contains(value), set.contains(value), "{} in {}", value, set);
            }
            // One form: building the same choice of values again, point by point, gives the same set.
            let again = points.iter().filter(|&&value| set.contains(value)).copied();
            prop_assert_eq!(&domain.snap(&Set::of(again)), &snapped);
            prop_assert_eq!(&domain.snap(&snapped), &snapped);
        }
    }
}
