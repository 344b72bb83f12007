//! A JSON value as lenient readers take it: text borrowed where it can be, shapes left open.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub(super) enum Loose<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Number(i64),
    List(Vec<Self>),
    Person(Person),
}

/// An object, read as somebody's name.
#[derive(Default)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) family: String,
    pub(super) given: String,
}

impl Loose<'_> {
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Loose::Text(text) = self { Some(text) } else { None }
    }

    /// The text, or the texts of the list.
    pub(super) fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let values: &[Self] = match self {
            Loose::List(values) => values,
            value => std::slice::from_ref(value),
        };
        values.iter().filter_map(Loose::as_text).map(Cow::Borrowed)
    }

    /// A year as a number, or as the first four digits of a date.
    pub(super) fn year(&self) -> Option<i16> {
        let year = match self {
            Loose::Number(year) => i16::try_from(*year).ok()?,
            Loose::Text(text) => text.trim().get(..4)?.parse().ok()?,
            _ => return None,
        };
        (1000..=2999).contains(&year).then_some(year)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Loose::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Loose::Nothing, Loose::Number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Loose::Number(number as i64))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Loose::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut person = Person::default();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let part = match key.as_ref() {
                "name" | "literal" => &mut person.name,
                "family" | "last" => &mut person.family,
                "given" | "first" => &mut person.given,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if let Loose::Text(text) = map.next_value()? {
                *part = text.into_owned();
            }
        }
        Ok(Loose::Person(person))
    }
}
