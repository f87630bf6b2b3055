//! Exact fractions. A [`Ratio`] is never rounded, never unreduced and never a float.
//!
//! The one idea: numerator and denominator fit 64 bits, every operation is done in 128 bits and then reduced,
//! so a result is exact or it is an [`Overflow`]; a comparison cannot fail.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::Overflow;

/// A reduced fraction n/d with d > 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

/// Why a text is no [`Ratio`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotARatio {
    /// Not digits, digits with a decimal point, or two whole numbers with a slash.
    #[error("not written as a number")]
    Shape,
    /// A number, and too large or too fine to hold exactly.
    #[error("the number has too many digits")]
    Overflow,
}

impl Ratio {
    /// 0.
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };
    /// 1.
    pub const ONE: Ratio = Ratio { numerator: 1, denominator: 1 };

    /// `numerator / denominator`, reduced; nothing when the denominator is 0 or the reduced parts do not fit.
    pub fn new(numerator: i64, denominator: i64) -> Option<Ratio> {
        Ratio::reduced(i128::from(numerator), i128::from(denominator)).ok()
    }

    /// A whole number.
    pub const fn from_int(whole: i64) -> Ratio {
        Ratio { numerator: whole, denominator: 1 }
    }

    /// Reads `7`, `-7`, `2.5` or `3/2`, in ASCII digits and without spaces.
    pub fn parse(text: &str) -> Result<Ratio, NotARatio> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let size = if let Some((over, under)) = unsigned.split_once('/') {
            let (over, under) = (digits(over)?, digits(under)?);
            if under == 0 {
                return Err(NotARatio::Shape);
            }
            (over, under)
        } else if let Some((whole, fraction)) = unsigned.split_once('.') {
            let (whole, (below, scale)) = (digits(whole)?, after_the_point(fraction)?);
            let over = whole.checked_mul(scale).and_then(|over| over.checked_add(below));
            (over.ok_or(NotARatio::Overflow)?, scale)
        } else {
            (digits(unsigned)?, 1)
        };
        let over = if negative { -size.0 } else { size.0 };
        Ratio::reduced(over, size.1).map_err(|Overflow| NotARatio::Overflow)
    }

    /// The part above the line; its sign is the sign of the number.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The part below the line, at least 1.
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The whole number this is, if it is one.
    pub const fn to_int(self) -> Option<i64> {
        if self.denominator == 1 { Some(self.numerator) } else { None }
    }

    /// Whether this is 0.
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether this is less than 0.
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether this is more than 0.
    pub const fn is_positive(self) -> bool {
        self.numerator > 0
    }

    /// The exact sum.
    pub fn checked_add(self, other: Ratio) -> Result<Ratio, Overflow> {
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        Ratio::reduced(a * d + c * b, b * d)
    }

    /// The exact difference.
    pub fn checked_sub(self, other: Ratio) -> Result<Ratio, Overflow> {
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        Ratio::reduced(a * d - c * b, b * d)
    }

    /// The exact product.
    pub fn checked_mul(self, other: Ratio) -> Result<Ratio, Overflow> {
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        Ratio::reduced(a * c, b * d)
    }

    /// The exact quotient; a division by 0 is an [`Overflow`] too.
    pub fn checked_div(self, other: Ratio) -> Result<Ratio, Overflow> {
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        Ratio::reduced(a * d, b * c)
    }

    /// The same size with the other sign.
    pub fn checked_neg(self) -> Result<Ratio, Overflow> {
        Ratio::ZERO.checked_sub(self)
    }

    /// The size without the sign.
    pub fn checked_abs(self) -> Result<Ratio, Overflow> {
        if self.is_negative() { self.checked_neg() } else { Ok(self) }
    }

    /// The exact sum of many; 0 for none.
    pub fn checked_sum(terms: impl IntoIterator<Item = Ratio>) -> Result<Ratio, Overflow> {
        terms.into_iter().try_fold(Ratio::ZERO, Ratio::checked_add)
    }

    /// This many per cent as a share: 40 becomes 2/5.
    pub fn percent(self) -> Result<Ratio, Overflow> {
        self.checked_div(Ratio::from_int(100))
    }

    /// A share as per cent: 2/5 becomes 40.
    pub fn to_percent(self) -> Result<Ratio, Overflow> {
        self.checked_mul(Ratio::from_int(100))
    }

    /// Whether this is a whole number of `step`s; nothing is a multiple of 0 but 0.
    pub fn is_multiple_of(self, step: Ratio) -> bool {
        if step.is_zero() {
            return self.is_zero();
        }
        let ((a, b), (c, d)) = (self.wide(), step.wide());
        (a * d) % (b * c) == 0
    }

    /// The greatest multiple of `step` that is not above this. A `step` of 0 or less is an [`Overflow`], here
    /// and in the next three.
    pub fn floor_to(self, step: Ratio) -> Result<Ratio, Overflow> {
        self.to_multiple(step, |_, _| false)
    }

    /// The least multiple of `step` that is not below this.
    pub fn ceil_to(self, step: Ratio) -> Result<Ratio, Overflow> {
        self.to_multiple(step, |rest, _| rest > 0)
    }

    /// The nearest multiple of `step`; of two equally near, the greater.
    pub fn half_up_to(self, step: Ratio) -> Result<Ratio, Overflow> {
        self.to_multiple(step, |rest, missing| rest >= missing)
    }

    /// The nearest multiple of `step`; of two equally near, the lesser.
    pub fn half_down_to(self, step: Ratio) -> Result<Ratio, Overflow> {
        self.to_multiple(step, |rest, missing| rest > missing)
    }

    /// How many whole `step`s fit, rounded down, and then one more when `take_next(rest, missing)`, where rest
    /// is what lies above the lower multiple and missing what lacks to the next, in the same small unit.
    fn to_multiple(self, step: Ratio, take_next: fn(i128, i128) -> bool) -> Result<Ratio, Overflow> {
        if !step.is_positive() {
            return Err(Overflow);
        }
        let ((a, b), (c, d)) = (self.wide(), step.wide());
        let (over, under) = (a * d, b * c);
        let (lower, rest) = (over.div_euclid(under), over.rem_euclid(under));
        let steps = if take_next(rest, under - rest) { lower + 1 } else { lower };
        Ratio::reduced(steps.checked_mul(c).ok_or(Overflow)?, d)
    }

    const fn wide(self) -> (i128, i128) {
        (self.numerator as i128, self.denominator as i128)
    }

    fn reduced(numerator: i128, denominator: i128) -> Result<Ratio, Overflow> {
        if denominator == 0 {
            return Err(Overflow);
        }
        let common = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // Only a common divisor of 2^127 would not fit, and no sum or product of 64-bit parts gets there.
        let common = i128::try_from(common).map_err(|_| Overflow)?;
        let sign = if denominator < 0 { -1 } else { 1 };
        let numerator = (numerator / common).checked_mul(sign).ok_or(Overflow)?;
        let denominator = (denominator / common).checked_mul(sign).ok_or(Overflow)?;
        Ok(Ratio {
            numerator: i64::try_from(numerator).map_err(|_| Overflow)?,
            denominator: i64::try_from(denominator).map_err(|_| Overflow)?,
        })
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    // Nearly every number fits 64 bits, where the remainder is one machine instruction.
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            let (mut a, mut b) = (small_a, small_b);
            while b != 0 {
                (a, b) = (b, a % b);
            }
            return u128::from(a);
        }
        (a, b) = (b, a % b);
    }
    a
}

fn digits(text: &str) -> Result<i128, NotARatio> {
    if !is_digits(text) {
        return Err(NotARatio::Shape);
    }
    text.parse().map_err(|_| NotARatio::Overflow)
}

/// The digits after the decimal point as a reduced fraction, last digit first: so read, no part is finer than
/// the whole, and what can be held at the end can be held on the way.
fn after_the_point(text: &str) -> Result<(i128, i128), NotARatio> {
    if !is_digits(text) {
        return Err(NotARatio::Shape);
    }
    let (mut over, mut under) = (0_i128, 1_i128);
    for digit in text.bytes().rev().map(|byte| i128::from(byte - b'0')) {
        over = digit.checked_mul(under).and_then(|add| over.checked_add(add)).ok_or(NotARatio::Overflow)?;
        under = under.checked_mul(10).ok_or(NotARatio::Overflow)?;
        let common = greatest_common_divisor(over.unsigned_abs(), under.unsigned_abs());
        let common = i128::try_from(common).map_err(|_| NotARatio::Overflow)?;
        (over, under) = (over / common, under / common);
    }
    Ok((over, under))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Default for Ratio {
    fn default() -> Ratio {
        Ratio::ZERO
    }
}

impl From<i64> for Ratio {
    fn from(whole: i64) -> Ratio {
        Ratio::from_int(whole)
    }
}

impl From<u32> for Ratio {
    fn from(whole: u32) -> Ratio {
        Ratio::from_int(i64::from(whole))
    }
}

impl From<i32> for Ratio {
    fn from(whole: i32) -> Ratio {
        Ratio::from_int(i64::from(whole))
    }
}

impl FromStr for Ratio {
    type Err = NotARatio;

    fn from_str(text: &str) -> Result<Ratio, NotARatio> {
        Ratio::parse(text)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Written as a decimal when that ends, as `n/d` otherwise.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut odd_part = self.denominator >> self.denominator.trailing_zeros();
        while odd_part % 5 == 0 {
            odd_part /= 5;
        }
        let (size, under) = (i128::from(self.numerator).unsigned_abs(), self.wide().1.unsigned_abs());
        let text = if odd_part == 1 {
            let mut text = (size / under).to_string();
            let mut rest = size % under;
            if rest != 0 {
                text.push('.');
            }
            while rest != 0 {
                rest *= 10;
                text.push_str(&(rest / under).to_string());
                rest %= under;
            }
            text
        } else {
            format!("{size}/{under}")
        };
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use num_rational::Ratio as Peer;
    use proptest::prelude::*;

    use super::*;

    fn r(text: &str) -> Ratio {
        Ratio::parse(text).unwrap()
    }

    #[test]
    fn a_number_is_read_and_written_in_its_shortest_form() {
        for (read, written) in [
            ("7", "7"),
            ("-7", "-7"),
            ("2.50", "2.5"),
            ("3/2", "1.5"),
            ("10/4", "2.5"),
            ("1/3", "1/3"),
            ("-2/6", "-1/3"),
            ("0.125", "0.125"),
            ("007", "7"),
            ("0/5", "0"),
            ("-0.0", "0"),
            ("0.500000000000000000000000000000000000000000000", "0.5"),
            ("00000000000000000000000000000000000000000000002", "2"),
            ("1/4611686018427387904", "0.00000000000000000021684043449710088680149056017398834228515625"),
        ] {
            assert_eq!(r(read).to_string(), written, "{read}");
        }
    }

    #[test]
    fn a_text_that_is_no_number_is_told_from_one_too_large() {
        for text in
            ["", "-", "+1", ".5", "1.", "1/0", "1/-2", "--1", "1 /2", "1e3", "½", "１", "1.2.3", "1/2/3"]
        {
            assert_eq!(Ratio::parse(text), Err(NotARatio::Shape), "{text}");
        }
        for text in [
            "9223372036854775808",
            "1/9223372036854775808",
            "0.00000000000000000001",
            "123456789012.123456789",
            &"9".repeat(60),
        ] {
            assert_eq!(Ratio::parse(text), Err(NotARatio::Overflow), "{text}");
        }
        assert_eq!(r("-9223372036854775808").numerator(), i64::MIN);
    }

    #[test]
    fn sixteen_hours_a_credit_in_half_steps() {
        let half = r("1/2");
        let credits = |hours: i64| Ratio::new(hours, 16).unwrap();
        assert_eq!(credits(30).floor_to(half), Ok(r("1.5")));
        assert_eq!(credits(1).ceil_to(half), Ok(half));
        assert_eq!(credits(32).ceil_to(half), Ok(r("2")));
        assert_eq!(credits(4).half_up_to(half), Ok(half));
        assert_eq!(credits(4).half_down_to(half), Ok(Ratio::ZERO));
        assert_eq!(credits(5).half_down_to(half), Ok(half));
        assert!(credits(24).is_multiple_of(half) && !credits(20).is_multiple_of(half));
    }

    #[test]
    fn below_zero_a_tie_still_goes_to_the_greater_or_the_lesser() {
        assert_eq!(r("-0.5").half_up_to(Ratio::ONE), Ok(Ratio::ZERO));
        assert_eq!(r("-0.5").half_down_to(Ratio::ONE), Ok(r("-1")));
        assert_eq!(r("-1.2").floor_to(Ratio::ONE), Ok(r("-2")));
    }

    #[test]
    fn a_step_must_be_positive_and_a_divisor_not_zero() {
        assert_eq!(Ratio::ONE.floor_to(Ratio::ZERO), Err(Overflow));
        assert_eq!(Ratio::ONE.ceil_to(r("-1")), Err(Overflow));
        assert_eq!(Ratio::ONE.checked_div(Ratio::ZERO), Err(Overflow));
        assert_eq!(Ratio::new(1, 0), None);
    }

    #[test]
    fn per_cent_and_back() {
        assert_eq!(r("40").percent(), Ok(r("0.4")));
        assert_eq!(r("1/3").to_percent(), Ok(r("100/3")));
    }

    #[test]
    fn the_edges_are_exact_or_refused() {
        let most = Ratio::from_int(i64::MAX);
        let least = Ratio::from_int(i64::MIN);
        assert_eq!(most.checked_add(Ratio::ONE), Err(Overflow));
        assert_eq!(least.checked_neg(), Err(Overflow));
        assert_eq!(most.checked_sub(most), Ok(Ratio::ZERO));
        assert_eq!(least.checked_add(least), Err(Overflow));
        assert_eq!(least.checked_div(least), Ok(Ratio::ONE));
        assert_eq!(Ratio::new(1, i64::MIN), None);
        assert_eq!(Ratio::new(2, i64::MIN), Ratio::new(-1, 1 << 62));
        let finest = Ratio::new(1, i64::MAX).unwrap();
        assert_eq!(most.floor_to(finest), Ok(most));
        assert!(least < finest && finest < most);
    }

    fn wide() -> impl Strategy<Value = Ratio> {
        prop_oneof![
            (-60i64..60, 1i64..60),
            (any::<i64>(), 1i64..i64::MAX),
            (any::<i64>(), 1i64..200),
            (-200i64..200, 1i64..i64::MAX),
            (any::<i64>(), (0u32..63).prop_map(|halvings| 1i64 << halvings)),
        ]
        .prop_map(|(n, d)| Ratio::new(n, d).unwrap())
    }

    fn peer(ratio: Ratio) -> Peer<i128> {
        Peer::new(i128::from(ratio.numerator()), i128::from(ratio.denominator()))
    }

    /// The peer's value if both its parts fit, which is exactly when we must have it too.
    fn held(value: Peer<i128>) -> Result<Ratio, Overflow> {
        match (i64::try_from(*value.numer()), i64::try_from(*value.denom())) {
            (Ok(n), Ok(d)) => Ok(Ratio::new(n, d).unwrap()),
            _ => Err(Overflow),
        }
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_num_rational(a in wide(), b in wide()) {
            let (p, q) = (peer(a), peer(b));
            // The peer's own sums would leave i128 only past 2^127; its least common multiples keep it inside.
            prop_assert_eq!(a.checked_mul(b), held(p * q));
            prop_assert_eq!(a.checked_add(b), held(p + q));
            prop_assert_eq!(a.checked_sub(b), held(p - q));
            if !b.is_zero() {
                prop_assert_eq!(a.checked_div(b), held(p / q));
            }
            prop_assert_eq!(a.cmp(&b), p.cmp(&q));
            prop_assert_eq!(a == b, p == q);
        }

        #[test]
        fn rounding_agrees_with_num_rational(a in wide(), n in 1i64..60, d in 1i64..60) {
            let step = Ratio::new(n, d).unwrap();
            let steps = peer(a) / peer(step);
            let half = Peer::new(1, 2);
            prop_assert_eq!(a.floor_to(step), held(steps.floor() * peer(step)));
            prop_assert_eq!(a.ceil_to(step), held(steps.ceil() * peer(step)));
            prop_assert_eq!(a.half_up_to(step), held((steps + half).floor() * peer(step)));
            prop_assert_eq!(a.half_down_to(step), held((steps - half).ceil() * peer(step)));
            prop_assert_eq!(a.is_multiple_of(step), steps.is_integer());
        }

        #[test]
        fn what_is_written_reads_back(a in wide()) {
            prop_assert_eq!(Ratio::parse(&a.to_string()), Ok(a));
        }
    }
}
