//! Deserialises a JSON object to a record, and skips all values of unknown fields.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::field::RecordField;
use super::field_names::{FieldNames, FieldTarget};
use super::field_record::Record;
use super::lenient::{FieldKey, LenientValue};
use crate::domain::mentions_code;
use crate::formats::defect::AbstractMode;

impl<'a> Record<'a> {
    /// Parses an object.
    ///
    /// # Errors
    ///
    /// Returns a message if the text is not a JSON object.
    pub fn from_json(
        text: &'a str,
        names: &FieldNames,
        abstracts: AbstractMode,
    ) -> Result<Self, String> {
        if !text.starts_with('{') {
            return Err("not a JSON object".to_owned());
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let fields = RecordSeed { names, abstracts };
        let record = fields.deserialize(&mut json).and_then(|it| json.end().map(|()| it));
        record.map_err(|error| {
            let reason = error.to_string();
            let reason = match reason.split_once(" at line ") {
                // Line numbers count from the start of the record and would mislead.
                Some((reason, _)) if text.contains('\n') => reason.to_owned(),
                _ => reason.replace(" at line 1 column ", " at column "),
            };
            format!("invalid JSON: {reason}")
        })
    }
}

/// Deserialises the fields of an object by the source's names. A value that is no object has no
/// fields.
struct RecordSeed<'n> {
    names: &'n FieldNames,
    abstracts: AbstractMode,
}

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = Record<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(16);
        let mut preferred = Vec::new();
        while let Some(FieldKey(key)) = map.next_key()? {
            match self.names.target(&key) {
                FieldTarget::Field(RecordField::Abstract)
                    if self.abstracts == AbstractMode::Skip =>
                {
                    let value =
                        unread_abstract(map.next_value::<&RawValue>()?.get(), self.abstracts);
                    fields.push((RecordField::Abstract, value.unwrap_or(LenientValue::Null)));
                }
                FieldTarget::Field(field) => fields.push((field, map.next_value()?)),
                FieldTarget::Mapped(field) => preferred.insert(0, (field, map.next_value()?)),
                FieldTarget::Nested(names) => {
                    let fields = RecordSeed { names: &names, abstracts: self.abstracts };
                    preferred.extend(map.next_value_seed(fields)?.0);
                }
                FieldTarget::Ignored => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        preferred.append(&mut fields);
        Ok(Record(preferred))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Record::default())
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Record::default())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Record::default())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Record::default())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Record::default())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Record::default())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Record::default())
    }
}

/// The length in bytes up to which a text is decoded, to see if it is blank.
const MAX_BLANK_LEN: usize = 64;

/// Deserialises an abstract. In [`AbstractMode::Skip`], returns the raw text instead if it is a
/// single long string without escaped slashes. For most, its first byte suffices.
pub fn unread_abstract(text: &str, abstracts: AbstractMode) -> Option<LenientValue<'_>> {
    let is_long = text.len() > MAX_BLANK_LEN && text.starts_with('"');
    let is_left = abstracts == AbstractMode::Skip && is_long;
    if is_left && memchr::memmem::find(text.as_bytes(), br"\/").is_none() {
        // The caller only tests if it is empty and mentions code.
        let is_plain = memchr::memchr2(b'<', b'&', text.as_bytes()).is_none();
        let beginning = if is_plain && !mentions_code(text) { &text[..1] } else { text };
        return Some(LenientValue::Text(Cow::Borrowed(beginning)));
    }
    serde_json::from_str(text).ok()
}
