//! What ties several facts to each other: the order of two dates, a sum. Sets of single facts cannot say it.
//!
//! The order of two dates is "one is no later than the other, moved", and moving never reverses two days. So the greatest days that
//! single sets leave, lowered until every order holds, are a record that passes, or show that there is none: exact, whatever the
//! sets, and for months as for days. A sum is told by the ends of what is added.

use crate::quantity::{Date, Length, Ratio};
use crate::space::{Axis, End, Interval, Set, Value};

use super::Reason;
use super::form::{Bounds, Form};
use super::scene::Dim;

/// So often are days lowered before it is left open.
const MOST_ROUNDS: usize = 2000;

/// A condition on several facts at once.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Joint {
    /// The one day is no later than the other, moved.
    Order { early: Dim, late: Dim, by: Shift },
    /// These numbers add up to one of a stretch.
    Sum { of: Vec<Dim>, within: Set },
}

/// How a day is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shift {
    /// By so many days, onwards or back.
    Days(i32),
    /// To the last day within a length after it.
    After(Length),
    /// To the last day that a length after does not yet reach it.
    Before(Length),
}

/// Whether some values pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passes {
    /// For orders: some do. For sums: none is excluded by the ends.
    Maybe,
    /// None do.
    Never,
    /// There is no telling, because of this.
    Open(Reason),
}

impl Joint {
    /// The facts that it ties.
    pub(super) fn dims(&self) -> Vec<Dim> {
        match self {
            Joint::Order { early, late, .. } => vec![*early, *late],
            Joint::Sum { of, .. } => of.clone(),
        }
    }

    /// Why nothing could be told where it stands in the way.
    pub(super) const fn reason(&self) -> Reason {
        match self {
            Joint::Order { .. } => Reason::TwoDates,
            Joint::Sum { .. } => Reason::Several,
        }
    }

    /// Its opposite, for values that are all there.
    pub(super) fn opposite(self) -> Form {
        match self {
            Joint::Order { early, late, by } => {
                let by = match by {
                    Shift::Days(days) => Shift::Days(days.saturating_neg().saturating_sub(1)),
                    Shift::After(length) => Shift::Before(length),
                    Shift::Before(length) => Shift::After(length),
                };
                Form::Joint(Joint::Order { early: late, late: early, by })
            }
            Joint::Sum { of, within } => sum(&of, &Set::everything(Axis::Number).minus(&within)),
        }
    }
}

/// That numbers add up to one of a set: a case for each stretch of it.
pub(super) fn sum(of: &[Dim], set: &Set) -> Form {
    let numbers = set.intersect(&Set::everything(Axis::Number));
    let cases = numbers.intervals().map(|interval| {
        let within = Set::interval(interval);
        Form::Joint(Joint::Sum { of: of.to_vec(), within })
    });
    Form::Any(cases.collect())
}

impl Shift {
    /// The last day that may be the earlier one; nothing where that would be before the first day there is.
    fn of(self, late: Date) -> Option<Date> {
        match self {
            Shift::Days(days) => late.add_days(days).ok().or((days >= 0).then_some(Date::MAX)),
            Shift::After(length) => Some(length.after(late).unwrap_or(Date::MAX)),
            Shift::Before(length) => late.earliest_within(length)?.add_days(-1).ok(),
        }
    }

    /// So many days at most: what a circle of orders comes to is no more.
    fn in_days(self) -> i64 {
        match self {
            Shift::Days(days) => days.into(),
            Shift::After(Length::Days(days)) => days.into(),
            Shift::After(Length::Months(months)) => i64::from(months) * 31,
            Shift::Before(Length::Days(days)) => -i64::from(days) - 1,
            Shift::Before(Length::Months(months)) => -i64::from(months) * 28 - 1,
            Shift::After(Length::Hours(_)) | Shift::Before(Length::Hours(_)) => i64::from(i32::MAX),
        }
    }

    /// So many months at most, and among days of one month so many days: a month added lands in just that month, and taken off
    /// before a day it lands on an earlier day of its month. Days and months of one circle are one number here.
    fn in_months(self) -> i64 {
        const MONTH: i64 = 1_000_000;
        match self {
            Shift::After(Length::Months(months)) => i64::from(months) * MONTH,
            Shift::Before(Length::Months(months)) => -i64::from(months) * MONTH - 1,
            Shift::Before(Length::Days(days)) => -i64::from(days).min(MONTH / 100) - 1,
            Shift::Days(days) if days <= 0 => i64::from(days).max(-MONTH / 100),
            Shift::Days(_) | Shift::After(_) | Shift::Before(_) => {
                let days = self.in_days();
                (days / 28 + 1) * MONTH + 31
            }
        }
    }
}

/// Whether some values of a box pass what ties them.
pub(super) fn passes(bounds: &Bounds) -> Passes {
    if bounds.joint.is_empty() {
        return Passes::Maybe;
    }
    for joint in &bounds.joint {
        if let Joint::Sum { of, within } = joint
            && !may_reach(bounds, of, within)
        {
            return Passes::Never;
        }
    }
    match latest(bounds) {
        Ok(Some(_)) => Passes::Maybe,
        Ok(None) => Passes::Never,
        Err(reason) => Passes::Open(reason),
    }
}

/// The latest days that pass all orders of a box; nothing where none do.
pub(super) fn latest(bounds: &Bounds) -> Result<Option<Vec<(Dim, Date)>>, Reason> {
    let orders: Vec<(Dim, Dim, Shift)> = bounds
        .joint
        .iter()
        .filter_map(|joint| match joint {
            Joint::Order { early, late, by } => Some((*early, *late, *by)),
            Joint::Sum { .. } => None,
        })
        .collect();
    let mut dims: Vec<Dim> = orders.iter().flat_map(|(early, late, _)| [*early, *late]).collect();
    dims.sort_unstable();
    dims.dedup();
    if goes_back(&dims, &orders, Shift::in_days) || goes_back(&dims, &orders, Shift::in_months) {
        return Ok(None);
    }
    let whole = Set::everything(Axis::Date);
    let set = |dim: &Dim| bounds.get(*dim).unwrap_or(&whole);
    let last = |set: &Set| match set.intersect(&whole).greatest() {
        Some(End::Closed(Value::Date(day))) => Some(day),
        Some(End::Unbounded) => Some(Date::MAX),
        _ => None,
    };
    let mut days: Vec<(Dim, Date)> = Vec::with_capacity(dims.len());
    for dim in &dims {
        let Some(day) = last(set(dim)) else { return Ok(None) };
        days.push((*dim, day));
    }
    let at = |days: &[(Dim, Date)], dim: Dim| days.binary_search_by_key(&dim, |(of, _)| *of).ok();
    for _ in 0..MOST_ROUNDS {
        let mut lowered = false;
        for (early, late, by) in &orders {
            let (Some(here), Some(there)) = (at(&days, *early), at(&days, *late)) else { continue };
            let Some(bound) = by.of(days[there].1) else { return Ok(None) };
            if days[here].1 <= bound {
                continue;
            }
            let below = set(early).intersect(&Set::at_most(Value::Date(bound)));
            let Some(day) = last(&below) else { return Ok(None) };
            days[here].1 = day;
            lowered = true;
        }
        if !lowered {
            return Ok(Some(days));
        }
    }
    Err(Reason::TwoDates)
}

/// Whether some circle of orders asks a day to be before itself, by what each moves at most.
fn goes_back(dims: &[Dim], orders: &[(Dim, Dim, Shift)], at_most: impl Fn(Shift) -> i64) -> bool {
    let count = dims.len();
    let far = i64::MAX / 4;
    let mut most = vec![far; count * count];
    let place = |dim: &Dim| dims.binary_search(dim).ok();
    for (early, late, by) in orders {
        if let (Some(early), Some(late)) = (place(early), place(late)) {
            let most = &mut most[early * count + late];
            *most = (*most).min(at_most(*by));
        }
    }
    for through in 0..count {
        for from in 0..count {
            for to in 0..count {
                let way = most[from * count + through].saturating_add(most[through * count + to]);
                if way < most[from * count + to] {
                    most[from * count + to] = way;
                }
            }
        }
    }
    (0..count).any(|at| most[at * count + at] < 0)
}

/// Whether the ends of what is added leave the sum a value of a stretch.
fn may_reach(bounds: &Bounds, of: &[Dim], within: &Set) -> bool {
    let Some(interval) = within.intervals().next() else { return false };
    let (least, most) = ends(bounds, of.iter());
    let above = match (number(interval.least), most) {
        (Some((from, from_belongs)), Some((to, to_belongs))) => {
            from < to || (from == to && from_belongs && to_belongs)
        }
        _ => true,
    };
    let below = match (least, number(interval.greatest)) {
        (Some((from, from_belongs)), Some((to, to_belongs))) => {
            from < to || (from == to && from_belongs && to_belongs)
        }
        _ => true,
    };
    above && below
}

/// An end of a sum, and whether it belongs; nothing where there is none.
type SumEnd = Option<(Ratio, bool)>;

/// The least and the greatest sum of some facts of a box.
fn ends<'d>(bounds: &Bounds, of: impl Iterator<Item = &'d Dim>) -> (SumEnd, SumEnd) {
    let add = |sum: SumEnd, end: SumEnd| {
        let ((sum, belongs), (end, too)) = (sum?, end?);
        Some((sum.checked_add(end).ok()?, belongs && too))
    };
    of.fold((Some((Ratio::ZERO, true)), Some((Ratio::ZERO, true))), |(least, most), dim| {
        let set = bounds.get(*dim);
        let end = |end: Option<End>| end.and_then(number);
        (add(least, end(set.and_then(Set::least))), add(most, end(set.and_then(Set::greatest))))
    })
}

fn number(end: End) -> SumEnd {
    match end {
        End::Closed(Value::Number(at)) => Some((at, true)),
        End::Open(Value::Number(at)) => Some((at, false)),
        _ => None,
    }
}

/// What is left for one fact by what ties it to others: the stretches in which each tie may still hold.
pub(super) fn left_for(bounds: &Bounds, dim: Dim) -> Set {
    let mut left = bounds.get(dim).cloned().unwrap_or_else(|| Set::everything(Axis::Number));
    for joint in &bounds.joint {
        let Joint::Sum { of, within } = joint else { continue };
        let Some(interval) = within.intervals().next().filter(|_| of.contains(&dim)) else { continue };
        let (least, most) = ends(bounds, of.iter().filter(|other| **other != dim));
        let minus = |end: End, other: SumEnd| match (number(end), other) {
            (Some((at, belongs)), Some((other, too))) => match at.checked_sub(other) {
                Ok(at) if belongs && too => End::Closed(Value::Number(at)),
                Ok(at) => End::Open(Value::Number(at)),
                Err(_) => End::Unbounded,
            },
            _ => End::Unbounded,
        };
        left = left.intersect(&Set::interval(Interval {
            axis: Axis::Number,
            least: minus(interval.least, most),
            greatest: minus(interval.greatest, least),
        }));
    }
    left
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::analyze::scene::Whose;
    use crate::model::FactId;

    fn dim(at: u32) -> Dim {
        Dim { whose: Whose::Held(0), fact: FactId(at), frame: 0 }
    }

    fn day(at: i32) -> Date {
        // Around the end of a short month.
        Date::new(2024, 1, 20).unwrap().add_days(at).unwrap()
    }

    fn any_shift() -> impl Strategy<Value = Shift> {
        prop_oneof![
            (-40i32..40).prop_map(Shift::Days),
            (0u32..3).prop_map(|months| Shift::After(Length::Months(months))),
            (0u32..3).prop_map(|months| Shift::Before(Length::Months(months))),
            (0u32..40).prop_map(|days| Shift::After(Length::Days(days))),
            (0u32..40).prop_map(|days| Shift::Before(Length::Days(days))),
        ]
    }

    /// What an order says, word for word: no fixed point, no moving back.
    fn holds(early: Date, late: Date, by: Shift) -> bool {
        match by {
            Shift::Days(days) => early.day_number() <= late.day_number() + days,
            Shift::After(length) => early <= length.after(late).unwrap(),
            Shift::Before(length) => length.after(early).unwrap() < late,
        }
    }

    const SPAN: i32 = 45;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn days_that_pass_are_found_exactly_where_there_are_some(
            orders in prop::collection::vec((0u32..3, 0u32..3, any_shift()), 1..5),
            holes in prop::collection::vec((0i32..SPAN, 0i32..20), 3),
        ) {
            let mut bounds = Bounds::default();
            for (at, (from, length)) in (0u32..).zip(&holes) {
                let all = Set::between(Value::Date(day(0)), Value::Date(day(SPAN - 1)));
                let hole = Set::between(Value::Date(day(*from)), Value::Date(day(from + length)));
                bounds.limit(dim(at), &all.minus(&hole));
            }
            for (early, late, by) in &orders {
                bounds.joint.push(Joint::Order { early: dim(*early), late: dim(*late), by: *by });
            }
            let allowed = |at: u32| -> Vec<Date> {
                let set = bounds.get(dim(at)).unwrap();
                (0..SPAN).map(day).filter(|day| set.contains(Value::Date(*day))).collect()
            };
            let days: Vec<Vec<Date>> = (0..3).map(allowed).collect();
            let mut some = false;
            for &a in &days[0] {
                for &b in &days[1] {
                    for &c in &days[2] {
                        let at = [a, b, c];
                        some |= orders.iter().all(|(early, late, by)| {
                            holds(at[*early as usize], at[*late as usize], *by)
                        });
                    }
                }
            }
            let expected = if some { Passes::Maybe } else { Passes::Never };
            prop_assert_eq!(passes(&bounds), expected);
            if let Ok(Some(latest)) = latest(&bounds) {
                let of = |at: u32| latest.iter().find(|(of, _)| *of == dim(at)).map(|(_, day)| *day);
                for (early, late, by) in &orders {
                    prop_assert!(holds(of(*early).unwrap(), of(*late).unwrap(), *by));
                }
            }
        }

        #[test]
        fn an_order_or_its_opposite_holds_and_never_both(early in 0i32..SPAN, late in 0i32..SPAN, by in any_shift()) {
            let joint = Joint::Order { early: dim(0), late: dim(1), by };
            let Form::Joint(Joint::Order { by: back, .. }) = joint.opposite() else { unreachable!() };
            prop_assert_ne!(holds(day(early), day(late), by), holds(day(late), day(early), back));
        }

        #[test]
        fn a_sum_is_excluded_only_where_no_two_numbers_add_up(
            ends in prop::collection::vec((0i64..20, 0i64..10), 2),
            wanted in (0i64..60, 0i64..10),
        ) {
            let number = |at: i64| Value::Number(Ratio::from_int(at));
            let mut bounds = Bounds::default();
            for (at, (from, length)) in (0u32..).zip(&ends) {
                bounds.limit(dim(at), &Set::between(number(*from), number(from + length)));
            }
            let within = Set::between(number(wanted.0), number(wanted.0 + wanted.1));
            bounds.joint.push(Joint::Sum { of: vec![dim(0), dim(1)], within: within.clone() });
            let mut sums = (0..=ends[0].1).flat_map(|a| (0..=ends[1].1).map(move |b| (a, b)));
            let some = sums.any(|(a, b)| within.contains(number(ends[0].0 + a + ends[1].0 + b)));
            prop_assert_eq!(passes(&bounds) == Passes::Maybe, some);
        }
    }
}
