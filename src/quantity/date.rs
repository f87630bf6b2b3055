//! Civil days. A [`Date`] is a day number and nothing else: no time of day, no zone, and never "today".
//!
//! The one idea: a span is added to the event and the sum compared with the day that is tested. Taking the span
//! off the tested day is a different rule, and the two part on 29 February.

use std::fmt;
use std::str::FromStr;

use super::{Length, Overflow};

/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

const EPOCH: jiff::civil::Date = jiff::civil::Date::constant(1970, 1, 1);

impl Date {
    /// 0001-01-01.
    pub const MIN: Date = Date(-719_162);
    /// 9999-12-31.
    pub const MAX: Date = Date(2_932_896);

    /// The day written year, month, day; nothing when the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let (year, month, day) =
            (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        jiff::civil::Date::new(year, month, day).ok().and_then(Date::from_civil)
    }

    /// The day so many days after 1970-01-01, within the years 1 to 9999.
    pub fn from_day_number(days: i32) -> Option<Date> {
        let date = Date(days);
        (Date::MIN <= date && date <= Date::MAX).then_some(date)
    }

    /// Reads `2025-08-01`, always ten characters.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Date::new(i32::try_from(number(year, 4)?).ok()?, number(month, 2)?, number(day, 2)?)
    }

    /// Days after 1970-01-01.
    pub const fn day_number(self) -> i32 {
        self.0
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.civil().year())
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.civil().month().unsigned_abs())
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.civil().day().unsigned_abs())
    }

    /// The month and day without the year.
    pub fn month_day(self) -> MonthDay {
        MonthDay { month: self.month(), day: self.day() }
    }

    /// The same day so many months later, or the last day of that month where it is shorter.
    pub fn add_months(self, months: u32) -> Result<Date, Overflow> {
        let span = jiff::Span::new().try_months(months).map_err(|_| Overflow)?;
        self.civil().checked_add(span).ok().and_then(Date::from_civil).ok_or(Overflow)
    }

    /// So many days later, or earlier when negative.
    pub fn add_days(self, days: i32) -> Result<Date, Overflow> {
        self.0.checked_add(days).and_then(Date::from_day_number).ok_or(Overflow)
    }

    /// Days from this day to `later`; negative when that is earlier.
    pub const fn days_until(self, later: Date) -> i32 {
        later.0 - self.0
    }

    /// The earliest event that is still within `length` on this day: the least E with E + length at or after
    /// it, [`Date::MIN`] when that is before the calendar. Nothing for hours, which have no calendar.
    pub fn earliest_within(self, length: Length) -> Option<Date> {
        match length {
            Length::Days(days) => {
                let days = i32::try_from(days).unwrap_or(i32::MAX);
                Some(Date(self.0.saturating_sub(days)).max(Date::MIN))
            }
            Length::Months(months) => {
                let span = jiff::Span::new().try_months(months).ok();
                let start = span.and_then(|span| self.civil().checked_sub(span).ok());
                let mut event = start.and_then(Date::from_civil).unwrap_or(Date::MIN);
                // Taking months off clips at the end of a month as adding them does, so this is at most a few
                // days from the answer.
                let reaches = |event: Date| event.add_months(months).map_or(true, |end| end >= self);
                while !reaches(event) {
                    event = Date(event.0 + 1);
                }
                while event > Date::MIN && reaches(Date(event.0 - 1)) {
                    event = Date(event.0 - 1);
                }
                Some(event)
            }
            Length::Hours(_) => None,
        }
    }

    fn from_civil(date: jiff::civil::Date) -> Option<Date> {
        i32::try_from(date.duration_since(EPOCH).as_hours() / 24).ok().and_then(Date::from_day_number)
    }

    fn civil(self) -> jiff::civil::Date {
        // The fallback is never taken: every `Date` lies well inside the years that jiff has.
        EPOCH
            .checked_add(jiff::SignedDuration::from_hours(i64::from(self.0) * 24))
            .unwrap_or(jiff::civil::Date::MAX)
    }
}

/// Reads exactly `width` ASCII digits.
pub(super) fn number(text: &str, width: usize) -> Option<u32> {
    let all_digits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        f.pad(&format!("{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day()))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Date, NotADate> {
        Date::parse(text).ok_or(NotADate)
    }
}

/// A text that is no day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a day of the calendar")]
pub struct NotADate;

/// A day of any year, as the start of a term or the end of a budget year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// The month and day, 29 February among them; nothing when no year has such a day.
    pub fn new(month: u32, day: u32) -> Option<MonthDay> {
        const LEAP_YEAR: i32 = 2024;
        Date::new(LEAP_YEAR, month, day).map(|_| MonthDay { month, day })
    }

    /// Reads `03-01`.
    pub fn parse(text: &str) -> Option<MonthDay> {
        let (month, day) = text.split_once('-')?;
        MonthDay::new(number(month, 2)?, number(day, 2)?)
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u32 {
        self.day
    }

    /// This day in a year; 28 February for 29 February where the year has none.
    pub fn in_year(self, year: i32) -> Option<Date> {
        let clipped = if (self.month, self.day) == (2, 29) { 28 } else { self.day };
        Date::new(year, self.month, self.day).or_else(|| Date::new(year, self.month, clipped))
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_day_is_read_and_written_in_iso_form() {
        for text in ["2025-08-01", "2024-02-29", "0001-01-01", "9999-12-31", "1970-01-01"] {
            assert_eq!(day(text).to_string(), text);
        }
        for text in [
            "2025-8-1",
            "2023-02-29",
            "2025-13-01",
            "0000-01-01",
            "2025-08",
            "2025-08-01-01",
            "２025-08-01",
            "",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!((day("0001-01-01"), day("9999-12-31")), (Date::MIN, Date::MAX));
        assert_eq!(day("1970-01-02").day_number(), 1);
        assert_eq!(
            (day("2025-08-09").year(), day("2025-08-09").month(), day("2025-08-09").day()),
            (2025, 8, 9)
        );
    }

    #[test]
    fn months_are_added_to_the_event_and_clipped_at_the_end_of_a_month() {
        for (event, months, end) in [
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2024-02-29", 96, "2032-02-29"),
            ("2023-02-28", 12, "2024-02-28"),
            ("2025-01-31", 1, "2025-02-28"),
            ("2025-08-31", 6, "2026-02-28"),
            ("2025-12-15", 1, "2026-01-15"),
            ("2017-06-30", 0, "2017-06-30"),
        ] {
            assert_eq!(day(event).add_months(months), Ok(day(end)), "{event} + {months}");
        }
        assert_eq!(Date::MAX.add_months(1), Err(Overflow));
        assert_eq!(day("2025-01-01").add_months(u32::MAX), Err(Overflow));
        assert_eq!(day("2024-12-31").add_days(1), Ok(day("2025-01-01")));
        assert_eq!(Date::MIN.add_days(-1), Err(Overflow));
        assert_eq!(day("2024-02-28").days_until(day("2024-03-01")), 2);
    }

    #[test]
    fn the_earliest_event_within_a_year_differs_from_a_year_before() {
        let year = Length::years(1).unwrap();
        assert_eq!(day("2025-03-01").earliest_within(year), Some(day("2024-03-01")));
        assert_eq!(day("2025-02-28").earliest_within(year), Some(day("2024-02-28")));
        // 28 February 2023 plus a year is 28 February 2024: one day short.
        assert_eq!(day("2024-02-29").earliest_within(year), Some(day("2023-03-01")));
        assert_eq!(day("2025-02-28").earliest_within(Length::Months(1)), Some(day("2025-01-28")));
        assert_eq!(day("2025-03-31").earliest_within(Length::Months(1)), Some(day("2025-03-01")));
        assert_eq!(day("2025-03-31").earliest_within(Length::Days(30)), Some(day("2025-03-01")));
        assert_eq!(day("0001-05-01").earliest_within(year), Some(Date::MIN));
        assert_eq!(day("2025-05-01").earliest_within(Length::Months(u32::MAX)), Some(Date::MIN));
    }

    #[test]
    fn a_month_day_stands_in_every_year() {
        let leap = MonthDay::parse("02-29").unwrap();
        assert_eq!(leap.in_year(2024), Some(day("2024-02-29")));
        assert_eq!(leap.in_year(2025), Some(day("2025-02-28")));
        assert_eq!(leap.to_string(), "02-29");
        assert_eq!(MonthDay::parse("02-30"), None);
        assert_eq!(MonthDay::parse("3-1"), None);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (Date::MIN.day_number()..=Date::MAX.day_number())
            .prop_map(|days| Date::from_day_number(days).unwrap())
    }

    proptest! {
        #[test]
        fn a_written_day_reads_back(date in any_day()) {
            prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        }

        #[test]
        fn adding_months_keeps_the_day_or_clips_it(date in any_day(), months in 0u32..1200) {
            if let Ok(later) = date.add_months(months) {
                let total = u32::try_from(date.year()).unwrap() * 12 + date.month() - 1 + months;
                prop_assert_eq!(u32::try_from(later.year()).unwrap() * 12 + later.month() - 1, total);
                let clipped = later.day() < date.day() && later.add_days(1).map_or(true, |next| next.day() == 1);
                prop_assert!(later.day() == date.day() || clipped);
            }
        }

        #[test]
        fn the_earliest_event_within_reaches_and_the_day_before_does_not(tested in any_day(), months in 0u32..1200) {
            let event = tested.earliest_within(Length::Months(months)).unwrap();
            prop_assert!(event.add_months(months).map_or(true, |end| end >= tested));
            if let Ok(before) = event.add_days(-1) {
                prop_assert!(before.add_months(months).unwrap() < tested);
            }
        }
    }
}
