//! Dates in the shapes in which records have them.

use super::loose::Loose;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// As much of a date as is known; a part that is not known is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i16,
    month: i64,
    day: i64,
}

impl Date {
    /// A date, unless its year is out of the ordinary. What cannot be a month or a day is dropped.
    fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|it| (1000..=2999).contains(it))?;
        let month = if (1..=12).contains(&month) { month } else { 0 };
        let day = if month > 0 && (1..=31).contains(&day) { day } else { 0 };
        Some(Self { year, month, day })
    }

    /// `2021-05-03` or `2021-05`; nothing where the year is all that is known.
    pub(super) fn text(self) -> String {
        match self {
            Self { month: 0, .. } => String::new(),
            Self { year, month, day: 0 } => format!("{year}-{month:02}"),
            Self { year, month, day } => format!("{year}-{month:02}-{day:02}"),
        }
    }

    /// The date, or the first of several.
    pub(super) fn of(value: &Loose<'_>) -> Option<Self> {
        match value {
            Loose::Number(year) => Self::new(*year, 0, 0),
            Loose::Text(text) => Self::parse(text),
            Loose::List(list) => Self::of_parts(list).or_else(|| list.iter().find_map(Self::of)),
            Loose::Object(_) => {
                const NAMES: [&str; 7] =
                    ["date-parts", "date-time", "raw", "literal", "created", "year", "$date"];
                NAMES.iter().find_map(|name| Self::of(value.get(name)?))
            }
            Loose::Nothing => None,
        }
    }

    /// `[2021, 5, 3]`, where the numbers may be texts.
    fn of_parts(list: &[Loose<'_>]) -> Option<Self> {
        let part = |at: usize| list.get(at).map_or(Some(0), Loose::number);
        Self::new(part(0)?, part(1)?, part(2).unwrap_or_default())
    }

    /// `2021-05-03T…`, `2021/05`, `3 May 2021`, `Mon, 3 May 2021 …`, `c. 2021`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
        let (mut day, mut month) = (0, 0);
        while let Some(word) = words.next() {
            if let Some(year) = year(word) {
                let mut number = || words.next().map_or(0, number_of);
                return match month {
                    0 => Self::new(year, number(), number()),
                    _ => Self::new(year, month, day),
                };
            }
            match month_of(word) {
                Some(named) => month = named,
                None => day = number_of(word).max(day),
            }
        }
        None
    }
}

/// A year of four digits, alone or at the head of `20210503`.
fn year(word: &str) -> Option<i64> {
    let is_whole = [4, 8].contains(&word.len()) && word.bytes().all(|it| it.is_ascii_digit());
    is_whole.then(|| word[..4].parse().ok()).flatten().filter(|it| *it >= 1000)
}

/// The number at the head of `03T20`, or that of a month.
fn number_of(word: &str) -> i64 {
    if let Some(month) = month_of(word) {
        return month;
    }
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().unwrap_or_default()
}

fn month_of(word: &str) -> Option<i64> {
    let head = word.get(..3)?;
    MONTHS
        .iter()
        .position(|it| it.eq_ignore_ascii_case(head))
        .and_then(|at| i64::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, year: i16, text: &str) {
        let value: Loose<'_> = serde_json::from_str(json).unwrap();
        let date = Date::of(&value).unwrap();
        assert_eq!((date.year, date.text().as_str()), (year, text), "{json}");
    }

    #[test]
    fn a_date_is_read_in_every_shape() {
        check("2021", 2021, "");
        check("\"2021\"", 2021, "");
        check("\"2021-05-03T20:00:00.000Z\"", 2021, "2021-05-03");
        check("\"2021/05//\"", 2021, "2021-05");
        check("\"2021-05~/2022-06-26~\"", 2021, "2021-05");
        check("\"Mon, 2 Apr 2007 19:18:42 GMT\"", 2007, "2007-04-02");
        check("\"May 3, 2021\"", 2021, "2021-05-03");
        check("\"2021 May 3\"", 2021, "2021-05-03");
        check("\"Summer 2021\"", 2021, "");
        check("\"20210503\"", 2021, "");
        check("{\"date-parts\": [[\"2011\", 5, 25], [2012, 6]]}", 2011, "2011-05-25");
        check("{\"date-parts\": [[2011]], \"season\": 4}", 2011, "");
        check("{\"raw\": \"2011-05\"}", 2011, "2011-05");
        check("{\"literal\": \"circa 1850\"}", 1850, "");
        check("[{\"version\": \"v1\", \"created\": \"Sat, 31 Mar 2007\"}]", 2007, "2007-03-31");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for json in [
            "null",
            "\"soon\"",
            "\"13th cent\"",
            "-334",
            "99999",
            "{\"date-parts\": [[null]]}",
            "{\"date-parts\": [[\"-334\"]]}",
            "{\"date-parts\": []}",
            "[[]]",
        ] {
            let value: Loose<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(Date::of(&value), None, "{json}");
        }
    }
}
