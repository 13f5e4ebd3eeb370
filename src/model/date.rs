//! Days of the calendar.

use std::fmt;
use std::num::NonZeroU16;

/// A calendar day, written `2025-05-19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // Never 0, so that a day that may be missing takes no more room: a tie has two.
    year: NonZeroU16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or nothing when there is no such day between the years 1000 and 2999.
    ///
    /// ```
    /// use actant::model::Date;
    /// assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    /// assert_eq!(Date::new(2025, 2, 29), None);
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if !(1000..3000).contains(&year) || !(1..=days).contains(&day) {
            return None;
        }
        Some(Date { year: NonZeroU16::new(year)?, month, day })
    }

    /// Reads a day at the start of `text`: `2025-05-19`, whatever follows (a time, a blank).
    ///
    /// ```
    /// use actant::model::Date;
    /// assert_eq!(Date::parse("2025-05-19T20:16:00Z"), Date::new(2025, 5, 19));
    /// assert_eq!(Date::parse("19 May 2025"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' || bytes.get(10).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        Date::new(digits(&bytes[..4])?, digits(&bytes[5..7])? as u8, digits(&bytes[8..10])? as u8)
    }

    /// The day as one number, in the order of days: 20250519.
    pub fn number(self) -> u32 {
        u32::from(self.year.get()) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day)
    }

    /// The day that [`Date::number`] wrote; nothing for a number that is no day.
    ///
    /// ```
    /// use actant::model::Date;
    /// assert_eq!(Date::from_number(20250519), Date::new(2025, 5, 19));
    /// assert_eq!(Date::from_number(0), None);
    /// ```
    pub fn from_number(number: u32) -> Option<Date> {
        Date::new(u16::try_from(number / 10_000).ok()?, (number / 100 % 100) as u8, (number % 100) as u8)
    }

    /// The name of the period in which the day lies: `2025-05-19`, `2025-W21` (weeks begin on Monday and belong to the year of their
    /// Thursday, ISO 8601) or `2025-05`. Names are in the order of time.
    ///
    /// ```
    /// use actant::model::{Date, Period};
    /// let day = Date::new(2024, 12, 30).unwrap();
    /// assert_eq!((day.period(Period::Week).as_str(), day.period(Period::Month).as_str()), ("2025-W01", "2024-12"));
    /// ```
    pub fn period(self, period: Period) -> String {
        match period {
            Period::Day => self.to_string(),
            Period::Month => format!("{:04}-{:02}", self.year, self.month),
            Period::Week => {
                let thursday = self.ordinal() - self.ordinal().rem_euclid(7) + 3;
                let mut year = self.year.get() + 1;
                while first_of(year) > thursday {
                    year -= 1;
                }
                format!("{year:04}-W{:02}", (thursday - first_of(year)) / 7 + 1)
            }
        }
    }

    /// Days since Monday, 3 January 2000.
    pub fn ordinal(self) -> i64 {
        const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        let year = self.year.get();
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let month = BEFORE[usize::from(self.month) - 1] + i64::from(leap && self.month > 2);
        first_of(year) + month + i64::from(self.day) - 1
    }

    /// The first day written inside `name`, as file names have it: `2025-05-19`, `2025_05_19` or `20250519`.
    pub fn within(name: &str) -> Option<Date> {
        let bytes = name.as_bytes();
        (0..bytes.len()).find_map(|at| {
            if at > 0 && bytes[at - 1].is_ascii_digit() {
                return None;
            }
            let rest = &bytes[at..];
            let (month, day, length) = match rest.get(4) {
                Some(b'-' | b'_' | b'.') if rest.get(7) == rest.get(4) => (rest.get(5..7)?, rest.get(8..10)?, 10),
                _ => (rest.get(4..6)?, rest.get(6..8)?, 8),
            };
            if rest.get(length).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            Date::new(digits(&rest[..4])?, digits(month)? as u8, digits(day)? as u8)
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn digits(bytes: &[u8]) -> Option<u16> {
    bytes.iter().try_fold(0u16, |number, &b| b.is_ascii_digit().then(|| number * 10 + u16::from(b - b'0')))
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A month.
    Month,
}

/// The [`Date::ordinal`] of 1 January of a year.
fn first_of(year: u16) -> i64 {
    let past = i64::from(year) - 1;
    365 * past + past / 4 - past / 100 + past / 400 - 730_121
}
