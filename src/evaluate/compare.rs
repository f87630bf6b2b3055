//! How two facts compare when each is only known to lie in a set: true when all pairs do, false when none does.

use crate::model::Order;
use crate::quantity::{Date, Length, Overflow, Ratio};
use crate::space::{End, Set, State, Truth, Value};

/// Whether the one compares with the other as the relation says, in the order of *better*. A value that is known to be absent
/// compares with nothing.
pub(crate) fn relate(one: &State, other: &State, relation: Order, falling: bool, negated: bool) -> Truth {
    let (ours, theirs) = (one.to_set(), other.to_set());
    let mut may_hold = false;
    let mut may_fail = ours.has_none() || theirs.has_none();
    let (ours, theirs) = (ours.minus(&Set::none()), theirs.minus(&Set::none()));
    if !ours.is_empty() && !theirs.is_empty() {
        let (holds, fails) = match relation {
            Order::Same | Order::Different => {
                let meet = !ours.is_disjoint(&theirs);
                let one_only = ours.singleton().is_some() && ours == theirs;
                if relation == Order::Same { (meet, !one_only) } else { (!one_only, meet) }
            }
            Order::AtLeast => at_least(&ours, &theirs, falling),
            Order::Under => swap(at_least(&ours, &theirs, falling)),
            Order::AtMost => at_least(&theirs, &ours, falling),
            Order::Over => swap(at_least(&theirs, &ours, falling)),
        };
        may_hold |= holds;
        may_fail |= fails;
    }
    let truth = match (may_hold, may_fail) {
        (true, true) => Truth::Unknown,
        (true, false) => Truth::True,
        (false, _) => Truth::False,
    };
    if negated { truth.not() } else { truth }
}

const fn swap((holds, fails): (bool, bool)) -> (bool, bool) {
    (fails, holds)
}

/// Whether `ours ≥ theirs` may hold and may fail; on a falling scale the smaller number is the better one.
fn at_least(ours: &Set, theirs: &Set, falling: bool) -> (bool, bool) {
    let (ours, theirs) = if falling { (theirs, ours) } else { (ours, theirs) };
    let holds = reaches(ours.greatest(), theirs.least(), true);
    let fails = reaches(theirs.greatest(), ours.least(), false);
    (holds, fails)
}

/// Whether a value up to `most` can be at or (strictly) above one from `least`.
fn reaches(most: Option<End>, least: Option<End>, or_equal: bool) -> bool {
    match (most, least) {
        (Some(End::Unbounded), _) | (_, Some(End::Unbounded)) => true,
        (Some(End::Closed(most)), Some(End::Closed(least))) => {
            if or_equal {
                most >= least
            } else {
                most > least
            }
        }
        (Some(End::Closed(most) | End::Open(most)), Some(End::Closed(least) | End::Open(least))) => {
            most > least
        }
        (None, _) | (_, None) => false,
    }
}

/// Whether two numbers differ by no more than this. One that is known to be absent differs from nothing.
pub(crate) fn differ(one: &State, other: &State, most: Ratio, negated: bool) -> Result<Truth, Overflow> {
    let absent = one.to_set().has_none() || other.to_set().has_none();
    let truth = match (numbers(one), numbers(other)) {
        (Some((least, greatest)), Some((from, to))) => {
            let apart = |low: Ratio, high: Option<Ratio>| high.map(|high| high.checked_sub(low)).transpose();
            let (up, down) = (apart(from, greatest)?, apart(least, to)?);
            let always = [up, down].iter().all(|gap| gap.is_some_and(|gap| gap <= most));
            let over = |low: Ratio, high: Option<Ratio>| -> Result<bool, Overflow> {
                Ok(high.is_some_and(|high| high < low) && low.checked_sub(high.unwrap_or(low))? > most)
            };
            match (always && !absent, over(from, greatest)? || over(least, to)?) {
                (_, true) => Truth::False,
                (true, false) => Truth::True,
                (false, false) => Truth::Unknown,
            }
        }
        _ => Truth::False,
    };
    Ok(if negated { truth.not() } else { truth })
}

/// Whether one date lies at most so long after another, both ends in; the length is added to the earlier date.
pub(crate) fn within(
    earlier: &State,
    later: &State,
    length: Length,
    negated: bool,
) -> Result<Truth, Overflow> {
    let (early, late) = (earlier.to_set(), later.to_set());
    let absent = early.has_none() || late.has_none();
    let truth = match (days(&early), days(&late)) {
        (Some((first, last)), Some((from, to))) => {
            let until = |event: Option<Date>| match event {
                Some(event) if !matches!(length, Length::Hours(_)) => Ok(length.after(event).ok()),
                Some(_) => Err(Overflow),
                None => Ok(None),
            };
            // No bound at the start is the earliest day of all; at the end the latest.
            let start = |day: Option<Date>| day.unwrap_or(Date::MIN);
            let end = |day: Option<Date>| day.unwrap_or(Date::MAX);
            let soonest_end = until(Some(start(first)))?.unwrap_or(Date::MAX);
            let latest_end = until(Some(end(last)))?.unwrap_or(Date::MAX);
            let always = end(last) <= start(from) && end(to) <= soonest_end;
            let never = start(first) > end(to) || start(from) > latest_end;
            match (always && !absent, never) {
                (_, true) => Truth::False,
                (true, false) => Truth::True,
                (false, false) => Truth::Unknown,
            }
        }
        _ => Truth::False,
    };
    Ok(if negated { truth.not() } else { truth })
}

/// The first and last day of a set of dates; nothing where it has none.
pub(crate) fn days(set: &Set) -> Option<(Option<Date>, Option<Date>)> {
    let day = |end: End| match end {
        End::Closed(Value::Date(date)) | End::Open(Value::Date(date)) => Some(date),
        _ => None,
    };
    let least = set.least()?;
    let greatest = set.greatest()?;
    Some((day(least), day(greatest)))
}

/// The least and the most a fact may count, read as a number; nothing where it has no value.
pub(crate) fn numbers(state: &State) -> Option<(Ratio, Option<Ratio>)> {
    let number = |value: Value| match value {
        Value::Number(number) => Some(number),
        Value::Months(number) | Value::Days(number) | Value::Rank(number) => {
            Some(Ratio::from_int(i64::from(number)))
        }
        _ => None,
    };
    if let Some(value) = state.value() {
        return number(value).map(|number| (number, Some(number)));
    }
    let set = state.to_set();
    let end = |end: End| match end {
        End::Closed(value) | End::Open(value) => number(value),
        End::Unbounded => None,
    };
    let least = if set.has_none() { Some(Ratio::ZERO) } else { end(set.least()?) };
    Some((least.unwrap_or(Ratio::ZERO), end(set.greatest()?)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn number(number: i64) -> State {
        State::known(Value::Number(Ratio::from_int(number)))
    }

    fn between(least: i64, most: i64) -> State {
        State::interval(Value::Number(Ratio::from_int(least)), Value::Number(Ratio::from_int(most))).unwrap()
    }

    #[test]
    fn a_comparison_is_sure_when_all_pairs_agree() {
        let at_least = |one: &State, other: &State| relate(one, other, Order::AtLeast, false, false);
        assert_eq!(at_least(&number(3), &number(3)), Truth::True);
        assert_eq!(at_least(&between(2, 4), &number(3)), Truth::Unknown);
        assert_eq!(at_least(&between(3, 4), &between(1, 3)), Truth::True);
        assert_eq!(at_least(&between(1, 2), &number(3)), Truth::False);
        assert_eq!(relate(&number(2), &number(3), Order::Under, false, false), Truth::True);
        assert_eq!(relate(&number(3), &number(3), Order::Over, false, false), Truth::False);
        assert_eq!(relate(&between(1, 2), &between(1, 2), Order::Same, false, false), Truth::Unknown);
        assert_eq!(relate(&number(1), &between(2, 3), Order::Different, false, false), Truth::True);
    }

    #[test]
    fn on_a_falling_scale_the_smaller_number_is_better() {
        assert_eq!(relate(&number(1), &number(2), Order::AtLeast, true, false), Truth::True);
        assert_eq!(relate(&number(3), &number(2), Order::AtLeast, true, false), Truth::False);
    }

    #[test]
    fn no_value_compares_with_nothing() {
        let none = State::known(Value::None);
        for relation in [Order::AtLeast, Order::AtMost, Order::Same, Order::Different] {
            assert_eq!(relate(&none, &number(1), relation, false, false), Truth::False);
            assert_eq!(relate(&none, &number(1), relation, false, true), Truth::True);
        }
    }

    #[test]
    fn eight_years_end_on_the_last_day_and_february_is_clipped() {
        let day = |text: &str| State::known(Value::Date(Date::parse(text).unwrap()));
        let eight = Length::years(8).unwrap();
        assert_eq!(within(&day("2017-06-30"), &day("2025-06-30"), eight, false), Ok(Truth::True));
        assert_eq!(within(&day("2017-06-30"), &day("2025-07-01"), eight, false), Ok(Truth::False));
        assert_eq!(within(&day("2026-01-01"), &day("2025-07-01"), eight, false), Ok(Truth::False));
        let leap = Length::years(1).unwrap();
        assert_eq!(within(&day("2024-02-29"), &day("2025-02-28"), leap, false), Ok(Truth::True));
        assert_eq!(within(&day("2024-02-29"), &day("2025-03-01"), leap, false), Ok(Truth::False));
    }

    #[test]
    fn a_month_decides_when_all_its_days_agree() {
        let month = |text| State::of(Set::dates(crate::quantity::DateRange::parse(text).unwrap())).unwrap();
        let day = |text: &str| State::known(Value::Date(Date::parse(text).unwrap()));
        let year = Length::years(1).unwrap();
        assert_eq!(within(&month("2024-08"), &day("2025-07-31"), year, false), Ok(Truth::True));
        assert_eq!(within(&month("2024-08"), &day("2025-08-15"), year, false), Ok(Truth::Unknown));
        assert_eq!(within(&month("2024-08"), &day("2025-09-01"), year, false), Ok(Truth::False));
    }
}
