//! Parses the dates of BibTeX and BibLaTeX.

use super::entry::BibtexEntry;
use crate::formats::values::date::{Date, parse_month};

/// Returns the year, and the date if more than the year is known: `2021-05-03`, `2021-05`.
pub fn date(record: &BibtexEntry) -> (Option<i16>, String) {
    let full_date = Date::parse(record.get(&["date"]));
    let year = Date::parse(record.get(&["year"])).map(|it| it.year);
    let month_text = record.get(&["month"]);
    let month = month_in(month_text).unwrap_or(0);
    let day = day(record.get(&["day"]), month_text).unwrap_or(0);
    let date_in = |year: i16| Date::new(year.into(), month, day);
    let date = match (full_date, year) {
        (Some(full_date), Some(year)) if full_date.year != year => date_in(year),
        // The month and day may be in fields of their own.
        (Some(full_date), _) if full_date.to_string().is_empty() => date_in(full_date.year),
        (Some(full_date), _) => Some(full_date),
        (None, year) => year.and_then(date_in),
    };
    (date.map(|it| it.year), date.map(|it| it.to_string()).unwrap_or_default())
}

/// Returns a date in the form of stored fields: `2021-05-03`, `2021-05`, or a year alone. Empty if
/// there is none.
pub fn parse_partial(text: &str) -> String {
    Date::parse(text).map(Date::to_date_or_year).unwrap_or_default()
}

/// Returns the end of a range of dates, or an empty string.
pub fn range_end(record: &BibtexEntry) -> String {
    match record.get(&["date"]).split_once('/') {
        Some((start, end)) if !start.trim().is_empty() => parse_partial(end),
        _ => String::new(),
    }
}

/// Returns the season. BibLaTeX numbers seasons after the months: `2021-21` is the spring.
pub fn season(record: &BibtexEntry) -> &'static str {
    const SEASONS: [(&str, &str, &str); 5] = [
        ("-21", "spring", "spring"),
        ("-22", "summer", "summer"),
        ("-23", "autumn", "autumn"),
        ("-24", "winter", "winter"),
        ("-23", "fall", "autumn"),
    ];
    let date = record.get(&["date"]);
    let season_number = date.get(4..7).filter(|_| date.len() == 7).unwrap_or_default();
    let season_name = record.get(&["month"]).to_ascii_lowercase();
    let is_match = |number: &str, name: &str| season_number == number || season_name == name;
    let season = SEASONS.iter().find(|(number, name, _)| is_match(number, name));
    season.map_or("", |(_, _, season)| season)
}

/// Returns the month from its number or name, which may be part of a text: `09--15 Jun`.
fn month_in(text: &str) -> Option<i64> {
    let from_name = text.split(|c: char| !c.is_alphabetic()).find_map(parse_month);
    from_name.map(i64::from).or_else(|| number(text, 12))
}

/// Returns the day from its own field, or the only number beside the name of a month.
fn day(day: &str, month: &str) -> Option<i64> {
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

fn number(text: &str, max: i64) -> Option<i64> {
    text.trim().parse().ok().filter(|it| (1..=max).contains(it))
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

    fn record(fields: &[(&str, &str)]) -> BibtexEntry {
        let fields = fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
        BibtexEntry { fields: fields.collect(), ..BibtexEntry::default() }
    }
}
