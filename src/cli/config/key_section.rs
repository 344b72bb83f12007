//! A value of the table `keys`: the bindings of a context, or a text such as `langmap`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use toml::Spanned;

#[derive(Debug)]
pub enum KeySection {
    /// Action names by key sequence.
    Bindings(BTreeMap<String, Spanned<String>>),
    Text(String),
}

impl<'de> Deserialize<'de> for KeySection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeySectionVisitor)
    }
}

struct KeySectionVisitor;

impl<'de> Visitor<'de> for KeySectionVisitor {
    type Value = KeySection;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of keys, or the text of `langmap`")
    }

    fn visit_str<E>(self, text: &str) -> Result<KeySection, E> {
        Ok(KeySection::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<KeySection, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(KeySection::Bindings)
    }
}
