//! Prefixes of query terms, and the fields that they name.

use crate::domain::Identifier;

/// A field of a paper that a query can name, or whose text is highlighted.
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

/// A prefix before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldPrefix {
    Field(QueryField),
    /// `start:deep` is `^deep`.
    Start,
    /// `end:nets` is `nets$`.
    End,
}

/// All prefixes by name. A prefix can be shortened as long as it is unambiguous, or to a letter of
/// [`SHORT_PREFIXES`].
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

/// Other names that users try.
const PREFIX_SYNONYMS: [(&str, QueryField); 5] = [
    ("authors", QueryField::Authors),
    ("abstract", QueryField::Abstract),
    ("category", QueryField::Category),
    ("categories", QueryField::Category),
    ("doi", QueryField::Id),
];

impl FieldPrefix {
    /// The prefix at the start of the text, and its length in bytes with the colon.
    pub fn parse(text: &str) -> Option<(Self, usize)> {
        let (name, _) = text.split_once(':')?;
        Some((Self::from_name(&name.to_ascii_lowercase())?, name.len() + 1))
    }

    fn from_name(name: &str) -> Option<Self> {
        let exact =
            |(full, field): &(&str, QueryField)| (*full == name).then_some(Self::Field(*field));
        if let Some(prefix) = SHORT_PREFIXES.iter().chain(&PREFIX_SYNONYMS).find_map(exact) {
            return Some(prefix);
        }
        let mut candidates = PREFIXES.iter().filter(|(full, _)| full.starts_with(name));
        let (_, prefix) = candidates.next().filter(|_| !name.is_empty())?;
        candidates.next().is_none().then_some(*prefix)
    }
}

/// The length in bytes, with the colon, of an unknown prefix before a value; 0 if there is none.
pub fn unknown_prefix_len(text: &str) -> usize {
    let Some((name, value)) = text.split_once(':') else { return 0 };
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphabetic());
    let is_text = value.is_empty() || value.starts_with(['/', ':']) || is_identifier(text);
    if is_name && !is_text { name.len() + 1 } else { 0 }
}

impl QueryField {
    /// The name before the colon.
    pub fn prefix(self) -> &'static str {
        let is_own = |(_, prefix): &&(&str, FieldPrefix)| *prefix == FieldPrefix::Field(self);
        PREFIXES.iter().find(is_own).map_or("", |(name, _)| name)
    }
}

/// Returns true if the text is an identifier or the URL of a paper.
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
