//! A JSON value of any shape. Strings are borrowed where possible.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::formats::values::date::Date;

#[derive(Debug)]
pub enum LenientValue<'a> {
    Null,
    /// `true`; `false` is nothing.
    True,
    Text(Cow<'a, str>),
    Number(i64),
    List(Vec<Self>),
    Object(Vec<(Cow<'a, str>, Self)>),
}

/// The name of a field, borrowed unless it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct FieldKey<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl LenientValue<'_> {
    pub fn as_text(&self) -> Option<&str> {
        if let LenientValue::Text(text) = self { Some(text) } else { None }
    }

    /// Returns the number in a number or text.
    pub fn number(&self) -> Option<i64> {
        match self {
            LenientValue::Number(number) => Some(*number),
            LenientValue::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Returns the date, or the first of several.
    pub fn date(&self) -> Option<Date> {
        match self {
            LenientValue::Number(year) => Date::new(*year, 0, 0),
            LenientValue::Text(text) => Date::parse(text),
            LenientValue::List(list) => {
                date_from_parts(list).or_else(|| list.iter().find_map(Self::date))
            }
            LenientValue::Object(_) => {
                const NAMES: [&str; 7] =
                    ["date-parts", "date-time", "raw", "literal", "created", "year", "$date"];
                NAMES.iter().find_map(|name| self.get(name)?.date())
            }
            LenientValue::Null | LenientValue::True => None,
        }
    }

    /// Returns the end of a range of dates: of `[[2021, 5], [2021, 6]]` or of `2021-05/2021-06`.
    pub fn end_of_range(&self) -> Option<Date> {
        match self {
            LenientValue::Text(text) => match text.split_once('/') {
                Some((first, last)) if first.contains('-') || last.contains('-') => {
                    Date::parse(first).and_then(|_| Date::parse(last))
                }
                Some((first, last)) if first.len() == 4 && last.len() == 4 => Date::parse(last),
                _ => None,
            },
            LenientValue::List(list) => match list.as_slice() {
                [LenientValue::List(_), LenientValue::List(end)] => date_from_parts(end),
                _ => None,
            },
            LenientValue::Object(_) => {
                ["date-parts", "raw", "literal"].iter().find_map(|it| self.get(it)?.end_of_range())
            }
            _ => None,
        }
    }

    /// Returns the value of a member, if this is an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let LenientValue::Object(fields) = self else { return None };
        fields.iter().find(|(it, _)| it == name).map(|(_, value)| value)
    }

    /// Returns the values of a list, or a single value as a slice.
    pub fn values(&self) -> &[Self] {
        if let LenientValue::List(values) = self { values } else { std::slice::from_ref(self) }
    }

    /// Returns the texts in a text, number or list. From objects it takes the first of the members
    /// `names`.
    pub fn texts(&self, names: &[&str]) -> impl Iterator<Item = Cow<'_, str>> {
        self.values().iter().filter_map(|it| it.text(names))
    }

    fn text(&self, names: &[&str]) -> Option<Cow<'_, str>> {
        match self {
            LenientValue::Text(text) => Some(Cow::Borrowed(text)),
            LenientValue::Number(number) => Some(Cow::Owned(number.to_string())),
            LenientValue::Object(_) => names.iter().find_map(|name| self.get(name)?.text(names)),
            LenientValue::List(values) => values.iter().find_map(|it| it.text(names)),
            LenientValue::Null | LenientValue::True => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for LenientValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LenientVisitor)
    }
}

struct LenientVisitor;

impl<'de> Visitor<'de> for LenientVisitor {
    type Value = LenientValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(LenientValue::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(if value { LenientValue::True } else { LenientValue::Null })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(LenientValue::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(LenientValue::Null, LenientValue::Number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        // An arXiv identifier that was written as a number needs all its digits.
        let is_whole = number.fract() == 0.0 && number.abs() < 1e15;
        Ok(if is_whole {
            LenientValue::Number(number as i64)
        } else {
            LenientValue::Text(Cow::Owned(number.to_string()))
        })
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(LenientValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(LenientValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(LenientValue::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(FieldKey(key)) = map.next_key()? {
            fields.push((key, map.next_value()?));
        }
        Ok(LenientValue::Object(fields))
    }
}

/// Parses `[2021, 5, 3]`. The numbers may be strings.
fn date_from_parts(list: &[LenientValue<'_>]) -> Option<Date> {
    let part = |at: usize| list.get(at).map_or(Some(0), LenientValue::number);
    Date::new(part(0)?, part(1)?, part(2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, year: i16, text: &str) {
        let value: LenientValue<'_> = serde_json::from_str(json).unwrap();
        let date = value.date().unwrap();
        assert_eq!((date.year, date.to_string().as_str()), (year, text), "{json}");
    }

    #[test]
    fn a_date_is_read_in_every_shape() {
        check("2021", 2021, "");
        check("\"2021-05-03T20:00:00.000Z\"", 2021, "2021-05-03");
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
            "-334",
            "99999",
            "{\"date-parts\": [[null]]}",
            "{\"date-parts\": [[\"-334\"]]}",
            "{\"date-parts\": []}",
            "[[]]",
        ] {
            let value: LenientValue<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(value.date(), None, "{json}");
        }
    }
}
