//! Lengths of time. Months, days and hours are three measures, and none is turned into another.

use std::cmp::Ordering;
use std::fmt;

use super::{Date, Overflow, Ratio};

/// A length of time in the measure it was written in; a year is 12 months, a week is 7 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Calendar months.
    Months(u32),
    /// Days.
    Days(u32),
    /// Hours of learning or work, which no calendar places.
    Hours(Ratio),
}

impl Length {
    /// So many years, as months.
    pub fn years(years: u32) -> Result<Length, Overflow> {
        years.checked_mul(12).map(Length::Months).ok_or(Overflow)
    }

    /// So many weeks, as days.
    pub fn weeks(weeks: u32) -> Result<Length, Overflow> {
        weeks.checked_mul(7).map(Length::Days).ok_or(Overflow)
    }

    /// Which is longer; nothing between two measures, since no month is a fixed number of days.
    pub fn compare(self, other: Length) -> Option<Ordering> {
        match (self, other) {
            (Length::Months(a), Length::Months(b)) | (Length::Days(a), Length::Days(b)) => Some(a.cmp(&b)),
            (Length::Hours(a), Length::Hours(b)) => Some(a.cmp(&b)),
            _ => None,
        }
    }

    /// The last day that is still within this length of `event`. Hours have no calendar: [`Overflow`].
    pub fn after(self, event: Date) -> Result<Date, Overflow> {
        match self {
            Length::Months(months) => event.add_months(months),
            Length::Days(days) => event.add_days(i32::try_from(days).map_err(|_| Overflow)?),
            Length::Hours(_) => Err(Overflow),
        }
    }
}

/// The number and the measure in English, as data files write it: `96 months`, `1 day`, `2.5 hours`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, measure) = match *self {
            Length::Months(months) => (Ratio::from(months), "month"),
            Length::Days(days) => (Ratio::from(days), "day"),
            Length::Hours(hours) => (hours, "hour"),
        };
        write!(f, "{number} {measure}{}", if number == Ratio::ONE { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn within_eight_years_includes_the_last_day() {
        let event = Date::parse("2017-06-30").unwrap();
        let last = Length::years(8).unwrap().after(event).unwrap();
        assert_eq!(last.to_string(), "2025-06-30");
        assert_eq!(Length::weeks(2).unwrap().after(event).unwrap().to_string(), "2017-07-14");
        assert_eq!(Length::Hours(Ratio::ONE).after(event), Err(Overflow));
        assert_eq!(Length::Days(u32::MAX).after(event), Err(Overflow));
        assert_eq!(Length::years(u32::MAX), Err(Overflow));
    }

    #[test]
    fn months_never_compare_with_days() {
        assert_eq!(Length::Months(1).compare(Length::Days(30)), None);
        assert_eq!(Length::years(1).unwrap().compare(Length::Months(12)), Some(Ordering::Equal));
        assert_eq!(Length::Days(6).compare(Length::weeks(1).unwrap()), Some(Ordering::Less));
    }

    #[test]
    fn a_length_is_written_with_its_measure() {
        assert_eq!(Length::Months(96).to_string(), "96 months");
        assert_eq!(Length::Days(1).to_string(), "1 day");
        assert_eq!(Length::Hours(Ratio::parse("2.5").unwrap()).to_string(), "2.5 hours");
    }
}
