//! The prefixes of a query, and the fields that they name.

use crate::domain::Identifier;

/// A column of a paper that a query can name, or whose text is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueryField {
    Title,
    Authors,
    Abstract,
    Year,
    Category,
    Venue,
    Id,
    Is,
    Has,
    Tag,
    Note,
    Key,
}

/// What may stand before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldPrefix {
    Field(QueryField),
    /// `start:deep` says what `^deep` says.
    Start,
    /// `end:nets` says what `nets$` says.
    End,
}

/// Every prefix by name. Where several begin as what was typed does, a letter in
/// [`SHORT_PREFIXES`] decides, and else none does.
pub const PREFIXES: [(&str, FieldPrefix); 14] = [
    ("author", FieldPrefix::Field(QueryField::Authors)),
    ("title", FieldPrefix::Field(QueryField::Title)),
    ("abs", FieldPrefix::Field(QueryField::Abstract)),
    ("year", FieldPrefix::Field(QueryField::Year)),
    ("cat", FieldPrefix::Field(QueryField::Category)),
    ("venue", FieldPrefix::Field(QueryField::Venue)),
    ("id", FieldPrefix::Field(QueryField::Id)),
    ("is", FieldPrefix::Field(QueryField::Is)),
    ("has", FieldPrefix::Field(QueryField::Has)),
    ("tag", FieldPrefix::Field(QueryField::Tag)),
    ("note", FieldPrefix::Field(QueryField::Note)),
    ("key", FieldPrefix::Field(QueryField::Key)),
    ("start", FieldPrefix::Start),
    ("end", FieldPrefix::End),
];

const SHORT_PREFIXES: [(&str, QueryField); 5] = [
    ("a", QueryField::Authors),
    ("t", QueryField::Title),
    ("y", QueryField::Year),
    ("c", QueryField::Category),
    ("v", QueryField::Venue),
];

/// Longer names that people try.
const PREFIX_SYNONYMS: [(&str, QueryField); 5] = [
    ("authors", QueryField::Authors),
    ("abstract", QueryField::Abstract),
    ("category", QueryField::Category),
    ("categories", QueryField::Category),
    ("doi", QueryField::Id),
];

impl FieldPrefix {
    /// The prefix that the text begins with, and its length with the colon.
    pub fn parse(text: &str) -> Option<(Self, usize)> {
        let (name, _) = text.split_once(':')?;
        Some((Self::from_name(&name.to_ascii_lowercase())?, name.len() + 1))
    }

    fn from_name(name: &str) -> Option<Self> {
        let exact =
            |(full, field): &(&str, QueryField)| (*full == name).then_some(Self::Field(*field));
        if let Some(found) = SHORT_PREFIXES.iter().chain(&PREFIX_SYNONYMS).find_map(exact) {
            return Some(found);
        }
        let mut begun = PREFIXES.iter().filter(|(full, _)| full.starts_with(name));
        let found = begun.next().filter(|_| !name.is_empty())?.1;
        begun.next().is_none().then_some(found)
    }
}

/// The length, with its colon, of what looks like a prefix before a value and is none.
pub fn unknown_prefix_len(text: &str) -> usize {
    let Some((name, value)) = text.split_once(':') else { return 0 };
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphabetic());
    let is_text = value.is_empty() || value.starts_with(['/', ':']) || is_identifier(text);
    if is_name && !is_text { name.len() + 1 } else { 0 }
}

impl QueryField {
    /// The name that stands before the colon.
    pub fn prefix(self) -> &'static str {
        let is_it = |(_, prefix): &&(&str, FieldPrefix)| *prefix == FieldPrefix::Field(self);
        PREFIXES.iter().find(is_it).map_or("", |(name, _)| name)
    }
}

/// Whether the text is an identifier or the address of a paper.
pub fn is_identifier(text: &str) -> bool {
    Identifier::recognise(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_may_be_shortened_until_it_could_be_another() {
        for (text, field) in [
            ("a:x", QueryField::Authors),
            ("au:x", QueryField::Authors),
            ("Author:x", QueryField::Authors),
            ("ab:x", QueryField::Abstract),
            ("t:x", QueryField::Title),
            ("ta:x", QueryField::Tag),
            ("y:x", QueryField::Year),
            ("category:x", QueryField::Category),
            ("h:x", QueryField::Has),
        ] {
            let read = FieldPrefix::parse(text).map(|(prefix, _)| prefix);
            assert_eq!(read, Some(FieldPrefix::Field(field)), "{text}");
        }
        assert_eq!(FieldPrefix::parse("start:x"), Some((FieldPrefix::Start, 6)));
    }

    #[test]
    fn what_is_no_prefix_is_text() {
        for text in ["i:x", "gpt:4", "http://x", ":x", "x", "authorship:x"] {
            assert_eq!(FieldPrefix::parse(text), None, "{text}");
        }
    }
}
