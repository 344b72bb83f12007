//! Days of the calendar, ranges of them, and ages such as `7d`.

use std::time::Duration;

/// A day of the Gregorian calendar. Its month is 1 to 12 and its day 1 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDay {
    year: i16,
    month: u8,
    day: u8,
}

/// A range of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    pub first: CalendarDay,
    pub last: CalendarDay,
}

/// A time before today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    Days(u16),
    Months(u16),
}

const FIRST_DAY: CalendarDay = CalendarDay { year: i16::MIN, month: 1, day: 1 };
const LAST_DAY: CalendarDay = CalendarDay { year: i16::MAX, month: 12, day: 31 };
const MONTHS_PER_YEAR: i32 = 12;

impl CalendarDay {
    /// Returns the day in UTC of a time since the start of 1970.
    pub fn from_unix_time(time: Duration) -> Self {
        Self::from_day_number(i32::try_from(time.as_secs() / 86_400).unwrap_or(i32::MAX))
    }

    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the day with a number, counted from the first day of 1970. The calendar is divided
    /// into eras of 400 years, which have equal lengths, and years begin in March, so that the leap
    /// day is the last.
    fn from_day_number(number: i32) -> Self {
        const DAYS_PER_ERA: i32 = 146_097;
        const DAYS_BEFORE_1970: i32 = 719_468;
        let days = number.saturating_add(DAYS_BEFORE_1970);
        let (era, day) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i32::from(month <= 2);
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        Self { year, month: month.unsigned_abs() as u8, day: day.unsigned_abs() as u8 }
    }

    /// The inverse of [`CalendarDay::from_day_number`].
    fn day_number(self) -> i32 {
        let month = i32::from(self.month);
        let year = i32::from(self.year) - i32::from(month <= 2);
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let month = if month > 2 { month - 3 } else { month + 9 };
        let day = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + year * 365 + year / 4 - year / 100 + day - 719_468
    }

    fn next(self) -> Self {
        if self == LAST_DAY { self } else { Self::from_day_number(self.day_number() + 1) }
    }

    fn previous(self) -> Self {
        if self == FIRST_DAY { self } else { Self::from_day_number(self.day_number() - 1) }
    }

    /// Returns the day of an age before this one. In a month with fewer days it is the last day.
    fn before(self, age: Age) -> Self {
        match age {
            Age::Days(days) => Self::from_day_number(self.day_number() - i32::from(days)),
            Age::Months(months) => {
                let months = i32::from(self.year) * MONTHS_PER_YEAR + i32::from(self.month)
                    - 1
                    - i32::from(months);
                let year = i16::try_from(months.div_euclid(MONTHS_PER_YEAR)).unwrap_or(i16::MIN);
                let month = (months.rem_euclid(MONTHS_PER_YEAR) + 1) as u8;
                Self { year, month, day: self.day.min(days_in_month(year, month)) }
            }
        }
    }
}

fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl DateRange {
    pub fn from_year(year: i16) -> Self {
        let first = CalendarDay { year, month: 1, day: 1 };
        Self { first, last: CalendarDay { year, month: 12, day: 31 } }
    }

    pub fn from_month(year: i16, month: u8) -> Option<Self> {
        let day = |day| CalendarDay { year, month, day };
        (1..=12)
            .contains(&month)
            .then(|| Self { first: day(1), last: day(days_in_month(year, month)) })
    }

    /// Parses a date as far as it is known: `2026`, `2026-11` or `2026-11-05`.
    pub fn parse_date(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-').map(|part| {
            let is_number =
                (1..=4).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
            is_number.then(|| part.parse::<i16>().ok())?
        });
        let year = parts.next()??;
        let Some(month) = parts.next() else {
            return (text.trim().len() == 4).then(|| Self::from_year(year));
        };
        let month = Self::from_month(year, u8::try_from(month?).ok()?)?;
        let Some(day) = parts.next() else { return Some(month) };
        let day = CalendarDay { day: u8::try_from(day?).ok()?, ..month.first };
        let is_valid = parts.next().is_none() && (month.first..=month.last).contains(&day);
        is_valid.then_some(Self { first: day, last: day })
    }

    /// Parses a date or a range: `2026-11`, `=2026-11`, `>2026-10`, `>=2026`, `<2026-10-05`,
    /// `<=2026`, `2026-01..2026-03`, `2026-01..`, `..2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let all = Self { first: FIRST_DAY, last: LAST_DAY };
        Some(if let Some(bound) = text.strip_prefix(">=") {
            Self { first: Self::parse_date(bound)?.first, ..all }
        } else if let Some(bound) = text.strip_prefix("<=") {
            Self { last: Self::parse_date(bound)?.last, ..all }
        } else if let Some(bound) = text.strip_prefix('>') {
            Self { first: Self::parse_date(bound)?.last.next(), ..all }
        } else if let Some(bound) = text.strip_prefix('<') {
            Self { last: Self::parse_date(bound)?.first.previous(), ..all }
        } else if let Some((from, to)) = text.split_once("..") {
            let first = if from.is_empty() { all.first } else { Self::parse_date(from)?.first };
            let last = if to.is_empty() { all.last } else { Self::parse_date(to)?.last };
            Self { first, last }
        } else {
            Self::parse_date(text.strip_prefix('=').unwrap_or(text))?
        })
    }

    /// The days from the age before today on, those of the future included.
    pub fn newer_than(age: Age, today: CalendarDay) -> Self {
        Self { first: today.before(age), last: LAST_DAY }
    }

    /// The days from the first day of this range on.
    pub fn and_later(self) -> Self {
        Self { last: LAST_DAY, ..self }
    }

    /// The days before the first day of this range.
    pub fn earlier(self) -> Self {
        Self { first: FIRST_DAY, last: self.first.previous() }
    }

    /// Returns true if all days of the other range are in this one.
    pub fn includes(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Returns true if the ranges have a day in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl Age {
    /// Parses `7d`, `2w`, `3m` or `1y`.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let number = text.strip_suffix(unit)?;
        if !number.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let number: u16 = number.parse().ok()?;
        match unit {
            'd' => Some(Self::Days(number)),
            'w' => Some(Self::Days(number.checked_mul(7)?)),
            'm' => Some(Self::Months(number)),
            'y' => Some(Self::Months(number.checked_mul(12)?)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> CalendarDay {
        DateRange::parse_date(text).unwrap().first
    }

    #[test]
    fn days_are_counted_from_1970() {
        let at =
            |days: u64| CalendarDay::from_unix_time(Duration::from_secs(86_400 * days + 86_399));
        assert_eq!(at(0), day("1970-01-01"));
        assert_eq!(at(11_016), day("2000-02-29"));
        assert_eq!(at(20_786), day("2026-11-29"));
    }

    proptest! {
        #[test]
        fn every_day_has_its_number(number in -12_000_000_i32..11_000_000) {
            let day = CalendarDay::from_day_number(number);
            prop_assert_eq!(day.day_number(), number);
            prop_assert!((1..=days_in_month(day.year, day.month)).contains(&day.day));
        }

        #[test]
        fn any_text_is_a_range_or_none(text in "[<>=]{0,2}[0-9]{0,5}([-.]{0,2}[0-9]{0,4}){0,4}|\\PC{0,9}") {
            let _ = (DateRange::parse(&text), Age::parse(&text));
        }
    }

    #[test]
    fn an_age_ends_on_a_day_that_exists() {
        let before = |text, age| day(text).before(Age::parse(age).unwrap());
        assert_eq!(before("2026-03-03", "7d"), day("2026-02-24"));
        assert_eq!(before("2026-03-14", "2w"), day("2026-02-28"));
        assert_eq!(before("2026-03-31", "1m"), day("2026-02-28"));
        assert_eq!(before("2024-02-29", "1y"), day("2023-02-28"));
        assert_eq!(before("2026-01-15", "3m"), day("2025-10-15"));
        for text in ["", "d", "7", "7x", "7dd", "-7d", "70000d", "日"] {
            assert_eq!(Age::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_includes_what_is_known_to_be_in_it() {
        let includes = |range: &str, date: &str| {
            DateRange::parse(range).unwrap().includes(DateRange::parse_date(date).unwrap())
        };
        for (range, date) in [
            ("2026", "2026"),
            ("2026", "2026-11-05"),
            ("2026-11", "2026-11-30"),
            (">2026-10", "2026-11"),
            (">=2026-10", "2026-10-01"),
            ("<2026", "2025"),
            ("<=2026-02", "2026-02-28"),
            ("2026-01..2026-03", "2026-03-31"),
            ("..2025", "1999"),
            ("=2026-11-05", "2026-11-05"),
        ] {
            assert!(includes(range, date), "{range} {date}");
        }
        for (range, date) in [
            ("2026-11", "2026"),
            (">2026-10", "2026"),
            (">2026-10", "2026-10-31"),
            ("<2026", "2026-01-01"),
            ("2026-01..2026-03", "2026-04"),
        ] {
            assert!(!includes(range, date), "{range} {date}");
        }
        for text in ["", "26", "2026-13", "2026-02-30", "2026-11-05-01", "soon", ">", "2026-"] {
            assert_eq!(DateRange::parse(text), None, "{text}");
        }
    }
}
