//! Dates in CSL-JSON: `date-parts` with one date or two, and the number of a season.

use serde_json::{Map, Value, json as value};

use crate::domain::{BibField, Paper};

/// Season names in the order of their CSL numbers, which begin with 1.
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// Returns the date of publication, or the year alone if the date is of another year.
pub fn issued_value(paper: &Paper<'_>) -> Option<Value> {
    let year = i64::from(paper.year?);
    let full_date = date_parts(paper.field(BibField::Date)).filter(|it| it[0] == year);
    let first = full_date.unwrap_or_else(|| vec![year]);
    let days: Vec<_> =
        std::iter::once(first).chain(date_parts(paper.field(BibField::EndDate))).collect();
    let mut date = Map::new();
    date.insert("date-parts".to_owned(), value!(days));
    let season = SEASONS.iter().position(|it| *it == paper.field(BibField::Season));
    if let Some(season) = season {
        date.insert("season".to_owned(), (season + 1).into());
    }
    Some(Value::Object(date))
}

/// Parses a date of a year, a month or a day: `2021`, `2021-05`, `2021-05-03`.
pub fn date_value(text: &str) -> Option<Value> {
    date_parts(text).map(|it| value!({ "date-parts": [it] }))
}

/// Returns year, month and day of a date, as far as given. A year BCE is negative.
fn date_parts(text: &str) -> Option<Vec<i64>> {
    let (factor, text) = text.strip_prefix('-').map_or((1, text), |it| (-1, it));
    let mut parts: Vec<i64> = text.split('-').map_while(|it| it.parse().ok()).take(3).collect();
    *parts.first_mut()? *= factor;
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_as_many_parts_as_are_known() {
        for (text, expected) in [
            ("2021-05-03", Some(vec![2021, 5, 3])),
            ("2021-05", Some(vec![2021, 5])),
            ("1920", Some(vec![1920])),
            ("-350", Some(vec![-350])),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(date_parts(text), expected, "{text}");
        }
    }
}
