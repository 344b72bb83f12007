//! Dates, as BibTeX and BibLaTeX write them.

use super::record::Record;

/// The year, and as much more of the date as is known: `2021-05-03`, `2021-05`.
pub(super) fn date(record: &Record) -> (Option<i16>, String) {
    let iso = Date::parse(record.get(&["date"]));
    let given = Date {
        year: year(record.get(&["year"])),
        month: month(record.get(&["month"])),
        day: day(record.get(&["day"]), record.get(&["month"])),
    };
    let date = if iso.year.is_some() && given.year.is_none_or(|it| iso.year == Some(it)) {
        Date { month: iso.month.or(given.month), day: iso.day.or(given.day), ..iso }
    } else {
        given
    };
    (date.year, date.to_string())
}

/// What is known of a date.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
}

impl Date {
    /// Reads `2021-05-03`; of a range the beginning. Seasons are no months.
    fn parse(text: &str) -> Self {
        let begin = text.split('/').find(|it| year(it).is_some()).unwrap_or("");
        let mut parts = begin.split('-').map(str::trim);
        let year = parts.next().and_then(year);
        let month = parts.next().and_then(|it| number(it, 12));
        let day = parts.next().and_then(|it| number(it.get(..2).unwrap_or(it), 31));
        Self { year, month, day }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => write!(f, "{year}-{month:02}-{day:02}"),
            (Some(year), Some(month), None) => write!(f, "{year}-{month:02}"),
            _ => Ok(()),
        }
    }
}

/// The first four digits that are a year.
fn year(text: &str) -> Option<i16> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|it| it.len() == 4);
    runs.find_map(|it| it.parse().ok().filter(|it| (1000..=2999).contains(it)))
}

/// A month by number or by name, also within a text: `09--15 Jun`.
fn month(text: &str) -> Option<u8> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "jän"],
        &["feb"],
        &["mar", "mär"],
        &["apr"],
        &["may", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let named = |word: &str| {
        let word = word.to_lowercase();
        let begins = |names: &&[&str]| names.iter().any(|it| word.starts_with(it));
        NAMES.iter().position(begins).map(|it| it as u8 + 1)
    };
    text.split(|c: char| !c.is_alphabetic()).find_map(named).or_else(|| number(text, 12))
}

/// A day of its own, or the only number beside the name of a month.
fn day(day: &str, month: &str) -> Option<u8> {
    if let Some(day) = number(day, 31) {
        return Some(day);
    }
    let is_named = month.contains(char::is_alphabetic);
    let mut numbers = month.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    match (numbers.next(), numbers.next()) {
        (Some(day), None) if is_named => number(day, 31),
        _ => None,
    }
}

fn number(text: &str, most: u8) -> Option<u8> {
    text.trim().parse().ok().filter(|it| (1..=most).contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_of_a_date_as_is_known_is_kept() {
        for (fields, expected) in [
            (&[("date", "2021-05-03")][..], "2021-05-03"),
            (&[("date", "2021-05-03T10:00:00Z")], "2021-05-03"),
            (&[("date", "2021-05/2022-01")], "2021-05"),
            (&[("date", "/2022-01-02")], "2022-01-02"),
            (&[("date", "2021-21")], ""),
            (&[("date", "1843~")], ""),
            (&[("year", "2022"), ("month", "may")], "2022-05"),
            (&[("year", "2022"), ("month", "10")], "2022-10"),
            (&[("year", "2022"), ("month", "October~3")], "2022-10-03"),
            (&[("year", "{2019}"), ("month", "09--15 Jun")], "2019-06"),
            (&[("year", "2022"), ("month", "Dez."), ("day", "24")], "2022-12-24"),
            (&[("year", "2020"), ("date", "2021-05")], ""),
            (&[("year", "in press")], ""),
            (&[("month", "may")], ""),
        ] {
            assert_eq!(date(&record(fields)).1, expected, "{fields:?}");
        }
    }

    #[test]
    fn a_year_is_found_in_what_is_written_for_one() {
        for (name, text, expected) in [
            ("year", "{2019}", Some(2019)),
            ("year", "c. 1843/44", Some(1843)),
            ("date", "1843~", Some(1843)),
            ("year", "in press", None),
            ("year", "20190", None),
        ] {
            assert_eq!(date(&record(&[(name, text)])).0, expected, "{text}");
        }
    }

    fn record(fields: &[(&str, &str)]) -> Record {
        let fields = fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
        Record { fields: fields.collect(), ..Record::default() }
    }
}
