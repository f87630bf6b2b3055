//! A run of days, first and last included: a window, a term, or a date known only to the month or the year.

use std::fmt;

use super::Date;
use super::date::number;

/// The days from `first` to `last`, both included; never empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    first: Date,
    last: Date,
}

impl DateRange {
    /// The days from one to another; nothing when the last is before the first.
    pub fn new(first: Date, last: Date) -> Option<DateRange> {
        (first <= last).then_some(DateRange { first, last })
    }

    /// One day.
    pub const fn day(date: Date) -> DateRange {
        DateRange { first: date, last: date }
    }

    /// The 28 to 31 days of a month.
    pub fn month(year: i32, month: u32) -> Option<DateRange> {
        let first = Date::new(year, month, 1)?;
        let last = (28..=31).rev().find_map(|day| Date::new(year, month, day))?;
        Some(DateRange { first, last })
    }

    /// The 365 or 366 days of a year.
    pub fn year(year: i32) -> Option<DateRange> {
        Some(DateRange { first: Date::new(year, 1, 1)?, last: Date::new(year, 12, 31)? })
    }

    /// Reads `2025-08-01` as a day, `2025-08` as a month and `2025` as a year.
    pub fn parse(text: &str) -> Option<DateRange> {
        let year = |text: &str| number(text, 4).and_then(|year| i32::try_from(year).ok());
        match text.split_once('-') {
            None => DateRange::year(year(text)?),
            Some((before, month)) if !month.contains('-') => {
                DateRange::month(year(before)?, number(month, 2)?)
            }
            Some(_) => Date::parse(text).map(DateRange::day),
        }
    }

    /// The first day.
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub const fn last(self) -> Date {
        self.last
    }

    /// The date, when it is one day only.
    pub fn single(self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }

    /// Whether the day is one of these.
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }
}

impl From<Date> for DateRange {
    fn from(date: Date) -> DateRange {
        DateRange::day(date)
    }
}

/// Written as it would be read: a whole month as `2025-08`, a whole year as `2025`, else the days.
impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if DateRange::year(year) == Some(*self) {
            write!(f, "{year:04}")
        } else if DateRange::month(year, month) == Some(*self) {
            write!(f, "{year:04}-{month:02}")
        } else {
            write!(f, "{} to {}", self.first, self.last)
        }
    }
}

impl fmt::Debug for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_month_and_a_year_are_runs_of_days() {
        let span = |text| {
            let range = DateRange::parse(text).unwrap();
            (range.first().to_string(), range.last().to_string())
        };
        assert_eq!(span("2025-08"), ("2025-08-01".into(), "2025-08-31".into()));
        assert_eq!(span("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(span("2025"), ("2025-01-01".into(), "2025-12-31".into()));
        assert_eq!(span("2025-08-09"), ("2025-08-09".into(), "2025-08-09".into()));
        for text in ["2025-13", "2025-8", "25", "2025-08-32", "2025-", "2025-08-01-02"] {
            assert_eq!(DateRange::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_is_written_as_it_would_be_read() {
        for text in ["2025-08-09", "2025-08", "2025"] {
            assert_eq!(DateRange::parse(text).unwrap().to_string(), text);
        }
        let days = |first, last| DateRange::new(Date::parse(first).unwrap(), Date::parse(last).unwrap());
        assert_eq!(days("2025-08-01", "2025-09-30").unwrap().to_string(), "2025-08-01 to 2025-09-30");
        assert_eq!(days("2025-08-02", "2025-08-01"), None);
    }

    #[test]
    fn both_ends_belong() {
        let august = DateRange::parse("2025-08").unwrap();
        assert!(august.contains(august.first()) && august.contains(august.last()));
        assert!(!august.contains(august.last().add_days(1).unwrap()));
        assert_eq!(august.single(), None);
    }
}
