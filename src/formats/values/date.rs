//! Parses dates in the forms that people and programs write.
//!
//! The parser is our own: date crates such as `jiff` do not read `2016 Jan-Feb`, `c. 2021` or
//! German months.

use std::fmt;

/// The first letters of the months' names, also in German and Swedish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb"],
    &["mar", "mär"],
    &["apr"],
    &["may", "mai", "maj"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The maximal number of words that are parsed.
const MAX_WORDS: usize = 12;

/// A date as far as it is known; unknown parts are zero. Displays as `2021-05-03` or `2021-05`, and
/// as an empty string if only the year is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates a date, or returns `None` for a year outside 1000 to 2999. An invalid month or day
    /// is dropped.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|it| (1000..=2999).contains(it))?;
        let checked = |number: i64, max| u8::try_from(number).ok().filter(|it| *it <= max);
        let month = checked(month, 12).unwrap_or(0);
        let day = if month > 0 { checked(day, 31).unwrap_or(0) } else { 0 };
        Some(Self { year, month, day })
    }

    /// Parses `2014//`, `2001/09/01/`, `2016 Jan-Feb`, `8 June 2004`, `20040608`,
    /// `Sun, 26 Jul 2026 00:00:00 +0000`, `c. 2021` and similar forms. Returns the beginning of a
    /// range.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_rfc2822(text).or_else(|| Self::parse_words(text))
    }

    /// Parses the date of mail messages, `Mon, 2 Apr 2007 19:18:42 GMT`. A fast path, because
    /// snapshots have millions of them.
    fn parse_rfc2822(text: &str) -> Option<Self> {
        let date = text.get(3..)?.strip_prefix(", ").filter(|_| WEEKDAYS.contains(&&text[..3]))?;
        let (day, rest) = date.split_at_checked(date.bytes().take(3).position(|it| it == b' ')?)?;
        let month = parse_month(rest.get(1..4)?)?;
        let (year, rest) = rest.get(4..)?.strip_prefix(' ')?.split_at_checked(4)?;
        let is_number = [day, year].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
        let day = day.parse().ok().filter(|_| is_number && rest.starts_with(' '))?;
        Self::new(year.parse().ok()?, month.into(), day)
    }

    fn parse_words(text: &str) -> Option<Self> {
        let mut words = [""; MAX_WORDS];
        let mut len = 0;
        for (word, it) in words.iter_mut().zip(crate::text::words(text)) {
            *word = it;
            len += 1;
        }
        let words = &words[..len];
        if let [digits] = *words
            && digits.len() == 8
            && digits.bytes().all(|it| it.is_ascii_digit())
        {
            let part = |range: std::ops::Range<usize>| digits[range].parse().ok();
            return Self::new(part(0..4)?, part(4..6)?, part(6..8)?);
        }
        let at = words.iter().position(|it| parse_year(it).is_some())?;
        let year = parse_year(words[at])?;
        let mut numbers_after = words[at + 1..].iter().map(|it| parse_number(it));
        let (month, day) = match words.iter().find_map(|it| parse_month(it)) {
            Some(month) => {
                let numbers_before = words[..at].iter().map(|it| parse_number(it));
                let day = numbers_before.chain(numbers_after).find(|it| *it > 0);
                (month.into(), day.unwrap_or(0))
            }
            None => match words[..at] {
                [] => (numbers_after.next().unwrap_or(0), numbers_after.next().unwrap_or(0)),
                [month] => (parse_number(month), 0),
                [a, b] => match (parse_number(a), parse_number(b)) {
                    (day, month) if day > 12 => (month, day),
                    (month, day) if day > 12 => (month, day),
                    _ => (0, 0),
                },
                _ => (0, 0),
            },
        };
        Self::new(year, month, day)
    }
}

impl Date {
    /// Formats the date like [`Date`]'s `Display`, or as the year if that is all that is known.
    pub fn to_date_or_year(self) -> String {
        if self.month == 0 { self.year.to_string() } else { self.to_string() }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"YYYY-MM-DD";
        let [century, year] =
            [self.year / 100, self.year % 100].map(|it| u8::try_from(it).unwrap_or_default());
        for (at, number) in [(0, century), (2, year), (5, self.month), (8, self.day)] {
            text[at] = b'0' + number / 10;
            text[at + 1] = b'0' + number % 10;
        }
        let len = match *self {
            Self { month: 0, .. } => 0,
            Self { day: 0, .. } => 7,
            _ => 10,
        };
        f.write_str(std::str::from_utf8(&text[..len]).unwrap_or_default())
    }
}

/// Returns the year, and the date if more than the year is known.
pub fn parse_date(text: &str) -> Option<(i16, String)> {
    Date::parse(text).map(|it| (it.year, it.to_string()))
}

/// Returns the season in a text, alone or beside a year: `Spring 2004`, `2004///Winter`.
pub fn parse_season(text: &str) -> Option<&'static str> {
    const SEASONS: [(&str, &[&str]); 4] = [
        ("spring", &["spring", "spr"]),
        ("summer", &["summer", "sum"]),
        ("autumn", &["autumn", "fall", "aut"]),
        ("winter", &["winter", "win"]),
    ];
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic());
    crate::text::words(text).filter(is_word).find_map(|word| {
        let is_match = |name: &&str| name.eq_ignore_ascii_case(word);
        SEASONS.iter().find(|(_, names)| names.iter().any(is_match)).map(|(season, _)| *season)
    })
}

/// Returns the publication status that some records have in place of a date, in the words of
/// references.
pub fn parse_status(text: &str) -> Option<&'static str> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = text.trim().trim_matches(['(', ')', '.']).to_lowercase();
    Some(match text.as_str() {
        "in press" | "inpress" | "article in press" => "in press",
        "ahead of print" | "aheadofprint" | "prepublished" => "ahead of print",
        "in preparation" | "inpreparation" => "in preparation",
        "forthcoming" => "forthcoming",
        "to appear" => "to appear",
        "submitted" => "submitted",
        "under review" | "in review" => "under review",
        "accepted" => "accepted",
        "retracted" | "retraction" | "retracted article" => "retracted",
        _ => return None,
    })
}

/// Returns the month, from 1, with this name or beginning of a name.
pub fn parse_month(word: &str) -> Option<u8> {
    // Fast path: most dates consist of numbers.
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let first = word.as_bytes().first_chunk::<3>()?.map(|it| it.to_ascii_lowercase());
    let is_match = |name: &&str| match name.as_bytes().first_chunk() {
        Some(first_chars) if first_chars.is_ascii() => *first_chars == first,
        _ => !first.is_ascii() && word.to_lowercase().starts_with(*name),
    };
    let begins = |names: &&[&str]| names.iter().any(is_match);
    MONTHS.iter().position(begins).map(|it| it as u8 + 1)
}

/// Parses a year of four digits, with an optional letter: `2004a`, `c2004`.
fn parse_year(word: &str) -> Option<i64> {
    if !(4..6).contains(&word.len()) {
        return None;
    }
    let digits = word.trim_matches(|c: char| c.is_ascii_alphabetic());
    let year = digits.parse().ok().filter(|_| digits.len() == 4);
    year.filter(|it| (1000..=2999).contains(it))
}

/// Returns the number at the start of a word, such as `3` of `3rd` and of `03T20`, or zero.
fn parse_number(word: &str) -> i64 {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_season_and_a_state_are_known_by_their_words() {
        assert_eq!(parse_season("2004///Spring"), Some("spring"));
        assert_eq!(parse_season("Fall 2004"), Some("autumn"));
        assert_eq!(parse_season("Springfield 2004"), None);
        assert_eq!(parse_status("In press"), Some("in press"));
        assert_eq!(parse_status("(forthcoming)"), Some("forthcoming"));
        assert_eq!(parse_status("2004"), None);
        let days = ["2004-06-08", "June 2004", "2004"]
            .map(|it| Date::parse(it).map(Date::to_date_or_year));
        assert_eq!(days.map(Option::unwrap), ["2004-06-08", "2004-06", "2004"]);
    }

    #[test]
    fn a_date_is_read_in_every_shape() {
        for (text, year, rest) in [
            ("2014", 2014, ""),
            ("2014//", 2014, ""),
            ("2001/00/00/", 2001, ""),
            ("2016/12//", 2016, "2016-12"),
            ("2004/05/01/", 2004, "2004-05-01"),
            ("2004/05/01/Spring", 2004, "2004-05-01"),
            ("2006 Mar 1", 2006, "2006-03-01"),
            ("2016 Jan-Feb", 2016, "2016-01"),
            ("2004 SEPT", 2004, "2004-09"),
            ("2004 SPR", 2004, ""),
            ("2015 Dec-2016 Jan", 2015, "2015-12"),
            ("June 8, 2004", 2004, "2004-06-08"),
            ("July 5-10 2020", 2020, "2020-07-05"),
            ("8th June 2004", 2004, "2004-06-08"),
            ("06/2004", 2004, "2004-06"),
            ("28/06/2004", 2004, "2004-06-28"),
            ("05/06/2004", 2004, ""),
            ("2004-06-08T20:30:00Z", 2004, "2004-06-08"),
            ("2026-07-26T00:00:00+00:00", 2026, "2026-07-26"),
            ("Sun, 26 Jul 2026 00:00:00 +0000", 2026, "2026-07-26"),
            ("2021-05~/2022-06-26~", 2021, "2021-05"),
            ("/2022-01-02", 2022, "2022-01-02"),
            ("2021-21", 2021, ""),
            ("2015 12 1", 2015, "2015-12-01"),
            ("1. Mai 2015", 2015, "2015-05-01"),
            ("c. 1843/44", 1843, ""),
            ("20040608", 2004, "2004-06-08"),
            ("c2004", 2004, ""),
        ] {
            let date = Date::parse(text).map(|it| (it.year, it.to_string()));
            assert_eq!(date, Some((year, rest.to_owned())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_date_of_mail_is_read_as_others_are(
            text in "(Mon|Sep|4th|007), [0-9]{0,3} ?(Apr|ma|Sept|mär)? [0-9]{3,5}( |:|)(19:18:42)?",
        ) {
            if let Some(date) = Date::parse_rfc2822(&text) {
                prop_assert_eq!(Some(date), Date::parse_words(&text), "{}", text);
            }
        }
    }

    #[test]
    fn what_has_no_year_is_no_date() {
        for text in [
            "", "///", "99", "YEAR/MONTH/DAY/", "JUN 8", "in press", "٢٠٠٤", "0000/01", "20190",
            "13th cent", "-334", "99999999",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
