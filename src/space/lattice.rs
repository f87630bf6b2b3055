//! Numbers on a step: which values a number may have, and whether an amount made from it needs rounding.
//!
//! Nothing is enumerated. The one idea: an affine image of evenly spaced numbers is evenly spaced again, so its
//! first value and its spacing decide for all.

use crate::quantity::{Overflow, Ratio};

/// The numbers from a least to a greatest, all of them or those on a step. Steps are counted from the least; when
/// there is none, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Numbers {
    least: Option<Ratio>,
    greatest: Option<Ratio>,
    step: Option<Ratio>,
}

/// Why an amount is not proved to be on its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum OffStep {
    /// For this value of the quantity it is not.
    #[error("for {0} the amount is not on the step")]
    At(Ratio),
    /// The numbers are too large to tell.
    #[error("the exact amount is too large to hold")]
    Overflow,
}

impl From<Overflow> for OffStep {
    fn from(Overflow: Overflow) -> OffStep {
        OffStep::Overflow
    }
}

impl Numbers {
    /// The numbers between two bounds, on a step if one is given. A greatest off the step is taken down to it.
    /// Nothing when the step is 0 or less, or there is no such number.
    pub fn new(least: Option<Ratio>, greatest: Option<Ratio>, step: Option<Ratio>) -> Option<Numbers> {
        if step.is_some_and(|step| !step.is_positive()) {
            return None;
        }
        let open = Numbers { least, greatest: None, step };
        let greatest = match greatest {
            Some(greatest) => Some(open.at_or_below(greatest).ok()?),
            None => None,
        };
        if let (Some(least), Some(greatest)) = (least, greatest)
            && least > greatest
        {
            return None;
        }
        Some(Numbers { least, greatest, step })
    }

    /// The whole numbers between two bounds.
    pub fn whole(least: i64, greatest: Option<i64>) -> Option<Numbers> {
        Numbers::new(Some(Ratio::from_int(least)), greatest.map(Ratio::from_int), Some(Ratio::ONE))
    }

    /// The least.
    pub const fn least(self) -> Option<Ratio> {
        self.least
    }

    /// The greatest, on the step.
    pub const fn greatest(self) -> Option<Ratio> {
        self.greatest
    }

    /// The distance of neighbours, if they are separate.
    pub const fn step(self) -> Option<Ratio> {
        self.step
    }

    /// Whether the number is one of these.
    pub fn contains(self, number: Ratio) -> bool {
        self.least.is_none_or(|least| least <= number)
            && self.greatest.is_none_or(|greatest| number <= greatest)
            && self.is_on_lattice(number)
    }

    /// Whether the number is on the step, within the bounds or not; always when there is no step. A number whose
    /// distance from the least cannot be held is not.
    pub fn is_on_lattice(self, number: Ratio) -> bool {
        self.step
            .is_none_or(|step| number.checked_sub(self.origin()).is_ok_and(|way| way.is_multiple_of(step)))
    }

    /// The nearest number on the step that is not above this; bounds aside.
    pub fn at_or_below(self, number: Ratio) -> Result<Ratio, Overflow> {
        let Some(step) = self.step else { return Ok(number) };
        number.checked_sub(self.origin())?.floor_to(step)?.checked_add(self.origin())
    }

    /// The nearest number on the step that is not below this; bounds aside.
    pub fn at_or_above(self, number: Ratio) -> Result<Ratio, Overflow> {
        let Some(step) = self.step else { return Ok(number) };
        number.checked_sub(self.origin())?.ceil_to(step)?.checked_add(self.origin())
    }

    /// The numbers in order, when they are bounded, on a step and no more than `limit`.
    pub fn points(self, limit: usize) -> Option<Vec<Ratio>> {
        let (least, greatest, step) = (self.least?, self.greatest?, self.step?);
        let steps = greatest.checked_sub(least).ok()?.checked_div(step).ok()?.to_int()?;
        if usize::try_from(steps).ok()? >= limit {
            return None;
        }
        (0..=steps).map(|k| step.checked_mul(k.into()).and_then(|way| least.checked_add(way)).ok()).collect()
    }

    fn origin(self) -> Ratio {
        self.least.unwrap_or(Ratio::ZERO)
    }
}

/// Whether `slope · q + offset` is a multiple of `step` for every q of `numbers`, and if not, for which it is
/// not. Without a step of its own, q can be anything between, and only a slope of 0 keeps the amount on its step.
pub fn image_on_step(numbers: Numbers, slope: Ratio, offset: Ratio, step: Ratio) -> Result<(), OffStep> {
    let first = numbers.least.or(numbers.greatest).unwrap_or(Ratio::ZERO);
    points_on_step(&[first], slope, offset, step)?;
    let width = match (numbers.least, numbers.greatest) {
        (Some(least), Some(greatest)) => Some(greatest.checked_sub(least)?),
        _ => None,
    };
    if slope.is_zero() || width.is_some_and(Ratio::is_zero) {
        return Ok(());
    }
    let way = match numbers.step {
        Some(way) if slope.checked_mul(way)?.is_multiple_of(step) => return Ok(()),
        Some(way) => way,
        // Half of what the amount needs to reach its next multiple, or less, ends between two.
        None => {
            let half = step.checked_div(slope.checked_abs()?.checked_mul(Ratio::from_int(2))?)?;
            width.map_or(half, |width| width.min(half))
        }
    };
    let only_down = numbers.least.is_none() && numbers.greatest.is_some();
    Err(OffStep::At(if only_down { first.checked_sub(way)? } else { first.checked_add(way)? }))
}

/// Whether `slope · q + offset` is a multiple of `step` for every q listed, and if not, for which first.
pub fn points_on_step(points: &[Ratio], slope: Ratio, offset: Ratio, step: Ratio) -> Result<(), OffStep> {
    if !step.is_positive() {
        return Err(OffStep::Overflow);
    }
    for &point in points {
        if !slope.checked_mul(point)?.checked_add(offset)?.is_multiple_of(step) {
            return Err(OffStep::At(point));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn r(text: &str) -> Ratio {
        Ratio::parse(text).unwrap()
    }

    fn numbers(least: &str, greatest: &str, step: &str) -> Numbers {
        let bound = |text: &str| (!text.is_empty()).then(|| r(text));
        Numbers::new(bound(least), bound(greatest), bound(step)).unwrap()
    }

    #[test]
    fn steps_count_from_the_least() {
        let odd = numbers("1", "10", "2");
        assert_eq!(odd.greatest(), Some(r("9")));
        assert!(odd.contains(r("5")) && !odd.contains(r("4")) && !odd.contains(r("11")));
        assert_eq!((odd.at_or_below(r("4")), odd.at_or_above(r("4"))), (Ok(r("3")), Ok(r("5"))));
        assert_eq!(odd.points(5), Some(["1", "3", "5", "7", "9"].map(r).to_vec()));
        assert_eq!(odd.points(4), None);
        assert_eq!(Numbers::new(Some(r("2")), Some(r("1")), None), None);
        assert_eq!(Numbers::new(None, None, Some(Ratio::ZERO)), None);
    }

    #[test]
    fn sixteen_hours_a_credit_needs_rounding_unless_hours_come_in_eights() {
        let (rate, half) = (r("1/16"), r("0.5"));
        assert_eq!(image_on_step(numbers("0", "", "8"), rate, Ratio::ZERO, half), Ok(()));
        assert_eq!(image_on_step(numbers("0", "", "1"), rate, Ratio::ZERO, half), Err(OffStep::At(r("1"))));
        assert_eq!(image_on_step(numbers("3", "", "8"), rate, Ratio::ZERO, half), Err(OffStep::At(r("3"))));
        assert_eq!(image_on_step(numbers("", "", ""), rate, Ratio::ZERO, half), Err(OffStep::At(r("4"))));
    }

    #[test]
    fn one_possible_value_decides_alone() {
        assert_eq!(image_on_step(numbers("16", "16", ""), r("1/16"), Ratio::ZERO, Ratio::ONE), Ok(()));
        assert_eq!(image_on_step(numbers("16", "17", "2"), r("1/16"), Ratio::ZERO, Ratio::ONE), Ok(()));
        assert_eq!(image_on_step(numbers("", "", ""), Ratio::ZERO, r("3"), Ratio::ONE), Ok(()));
        assert_eq!(
            image_on_step(numbers("0", "0", ""), Ratio::ONE, r("1/2"), Ratio::ONE),
            Err(OffStep::At(r("0")))
        );
    }

    #[test]
    fn bounded_above_only_the_witness_lies_below() {
        let witness = image_on_step(numbers("", "5", "1"), r("1/2"), r("1/2"), Ratio::ONE);
        assert_eq!(witness, Err(OffStep::At(r("4"))));
        let witness = image_on_step(numbers("", "5", ""), Ratio::ONE, Ratio::ZERO, Ratio::ONE);
        assert_eq!(witness, Err(OffStep::At(r("4.5"))));
    }

    #[test]
    fn a_step_of_nothing_proves_nothing() {
        let any = numbers("0", "9", "1");
        assert_eq!(image_on_step(any, Ratio::ONE, Ratio::ZERO, Ratio::ZERO), Err(OffStep::Overflow));
    }

    fn small(range: std::ops::Range<i64>) -> impl Strategy<Value = Ratio> {
        (range, 1i64..7).prop_map(|(n, d)| Ratio::new(n, d).unwrap())
    }

    proptest! {
        #[test]
        fn the_answer_is_that_of_trying_every_value(
            least in small(-20..20), steps in 0i64..12, way in small(1..9),
            slope in small(-9..9), offset in small(-9..9), step in small(1..9),
        ) {
            let greatest = least.checked_add(way.checked_mul(steps.into()).unwrap()).unwrap();
            let numbers = Numbers::new(Some(least), Some(greatest), Some(way)).unwrap();
            let points = numbers.points(100).unwrap();
            prop_assert_eq!(i64::try_from(points.len()).unwrap(), steps + 1);
            let tried = points_on_step(&points, slope, offset, step);
            prop_assert_eq!(image_on_step(numbers, slope, offset, step), tried);
        }

        #[test]
        fn a_witness_is_possible_and_off_the_step(
            least in proptest::option::of(small(-20..9)), greatest in proptest::option::of(10i64..40),
            way in proptest::option::of(small(1..9)), slope in small(-9..9), offset in small(-9..9),
            step in small(1..9),
        ) {
            let numbers = Numbers::new(least, greatest.map(Ratio::from), way).unwrap();
            match image_on_step(numbers, slope, offset, step) {
                Err(OffStep::At(q)) => {
                    prop_assert!(numbers.contains(q));
                    let amount = slope.checked_mul(q).unwrap().checked_add(offset).unwrap();
                    prop_assert!(!amount.is_multiple_of(step));
                }
                answer => prop_assert_eq!(answer, Ok(())),
            }
        }
    }
}
