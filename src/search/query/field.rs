//! The prefixes of a query, and the fields that they name.

use crate::domain::Ident;

/// A column of a paper that a query can name, or whose text is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
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
pub enum Prefix {
    Field(Field),
    /// `start:deep` says what `^deep` says.
    Start,
    /// `end:nets` says what `nets$` says.
    End,
}

/// Every prefix by name. Where several begin as what was typed does, a letter in
/// [`SHORT`] decides, and else none does.
pub const PREFIXES: [(&str, Prefix); 14] = [
    ("author", Prefix::Field(Field::Authors)),
    ("title", Prefix::Field(Field::Title)),
    ("abs", Prefix::Field(Field::Abstract)),
    ("year", Prefix::Field(Field::Year)),
    ("cat", Prefix::Field(Field::Category)),
    ("venue", Prefix::Field(Field::Venue)),
    ("id", Prefix::Field(Field::Id)),
    ("is", Prefix::Field(Field::Is)),
    ("has", Prefix::Field(Field::Has)),
    ("tag", Prefix::Field(Field::Tag)),
    ("note", Prefix::Field(Field::Note)),
    ("key", Prefix::Field(Field::Key)),
    ("start", Prefix::Start),
    ("end", Prefix::End),
];

const SHORT: [(&str, Field); 5] = [
    ("a", Field::Authors),
    ("t", Field::Title),
    ("y", Field::Year),
    ("c", Field::Category),
    ("v", Field::Venue),
];

/// Longer names that people try.
const LONG: [(&str, Field); 5] = [
    ("authors", Field::Authors),
    ("abstract", Field::Abstract),
    ("category", Field::Category),
    ("categories", Field::Category),
    ("doi", Field::Id),
];

impl Prefix {
    /// The prefix that the text begins with, and its length with the colon.
    pub fn read(text: &str) -> Option<(Self, usize)> {
        let (name, _) = text.split_once(':')?;
        Some((Self::named(&name.to_ascii_lowercase())?, name.len() + 1))
    }

    fn named(name: &str) -> Option<Self> {
        let exact = |(full, field): &(&str, Field)| (*full == name).then_some(Self::Field(*field));
        if let Some(found) = SHORT.iter().chain(&LONG).find_map(exact) {
            return Some(found);
        }
        let mut begun = PREFIXES.iter().filter(|(full, _)| full.starts_with(name));
        let found = begun.next().filter(|_| !name.is_empty())?.1;
        begun.next().is_none().then_some(found)
    }
}

/// The length, with its colon, of what looks like a prefix before a value and is none.
pub fn unknown_prefix(text: &str) -> usize {
    let Some((name, value)) = text.split_once(':') else { return 0 };
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphabetic());
    let is_text = value.is_empty() || value.starts_with(['/', ':']) || is_identifier(text);
    if is_name && !is_text { name.len() + 1 } else { 0 }
}

impl Field {
    /// The name that stands before the colon.
    pub fn prefix(self) -> &'static str {
        let is_it = |(_, prefix): &&(&str, Prefix)| *prefix == Prefix::Field(self);
        PREFIXES.iter().find(is_it).map_or("", |(name, _)| name)
    }
}

/// Whether the text is an identifier or the address of a paper.
pub fn is_identifier(text: &str) -> bool {
    Ident::recognise(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_may_be_shortened_until_it_could_be_another() {
        for (text, field) in [
            ("a:x", Field::Authors),
            ("au:x", Field::Authors),
            ("Author:x", Field::Authors),
            ("ab:x", Field::Abstract),
            ("t:x", Field::Title),
            ("ta:x", Field::Tag),
            ("y:x", Field::Year),
            ("category:x", Field::Category),
            ("h:x", Field::Has),
        ] {
            let read = Prefix::read(text).map(|(prefix, _)| prefix);
            assert_eq!(read, Some(Prefix::Field(field)), "{text}");
        }
        assert_eq!(Prefix::read("start:x"), Some((Prefix::Start, 6)));
    }

    #[test]
    fn what_is_no_prefix_is_text() {
        for text in ["i:x", "gpt:4", "http://x", ":x", "x", "authorship:x"] {
            assert_eq!(Prefix::read(text), None, "{text}");
        }
    }
}
