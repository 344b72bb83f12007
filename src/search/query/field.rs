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
    /// A date, `date:`; also `since:` and `before:`.
    Date,
    Since,
    Before,
    Keyword,
    /// A followed source that listed the paper.
    Origin,
    /// The type of the publication.
    Kind,
    /// The local file of the paper.
    File,
    Doi,
    Arxiv,
    /// The number of citations.
    Citations,
    /// The number of readers' votes.
    Votes,
    /// A collection of a reference manager.
    Collection,
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

/// All prefixes by name.
pub const PREFIXES: [(&str, FieldPrefix); 26] = [
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
    ("date", FieldPrefix::Field(QueryField::Date)),
    ("since", FieldPrefix::Field(QueryField::Since)),
    ("before", FieldPrefix::Field(QueryField::Before)),
    ("keyword", FieldPrefix::Field(QueryField::Keyword)),
    ("type", FieldPrefix::Field(QueryField::Kind)),
    ("file", FieldPrefix::Field(QueryField::File)),
    ("doi", FieldPrefix::Field(QueryField::Doi)),
    ("arxiv", FieldPrefix::Field(QueryField::Arxiv)),
    ("cites", FieldPrefix::Field(QueryField::Citations)),
    ("source", FieldPrefix::Field(QueryField::Origin)),
    ("votes", FieldPrefix::Field(QueryField::Votes)),
    ("collection", FieldPrefix::Field(QueryField::Collection)),
];

/// The first prefixes of [`PREFIXES`], which can be shortened as long as no other of them begins so;
/// also to a letter of [`SHORT_PREFIXES`]. The others are rarer and would make these ambiguous.
const SHORTENED_PREFIXES: usize = 14;

const SHORT_PREFIXES: [(&str, QueryField); 5] = [
    ("a", QueryField::Authors),
    ("t", QueryField::Title),
    ("y", QueryField::Year),
    ("c", QueryField::Category),
    ("v", QueryField::Venue),
];

/// Names that other programs use.
const PREFIX_SYNONYMS: [(&str, QueryField); 10] = [
    ("upvotes", QueryField::Votes),
    ("authors", QueryField::Authors),
    ("ti", QueryField::Title),
    ("abstract", QueryField::Abstract),
    ("category", QueryField::Category),
    ("categories", QueryField::Category),
    ("journal", QueryField::Venue),
    ("keywords", QueryField::Keyword),
    ("kw", QueryField::Keyword),
    ("tags", QueryField::Tag),
];

/// Fields that can be compared without a colon, by name.
const COMPARED_FIELDS: [(&str, QueryField); 6] = [
    ("year", QueryField::Year),
    ("date", QueryField::Date),
    ("cites", QueryField::Citations),
    ("votes", QueryField::Votes),
    ("author", QueryField::Authors),
    ("authors", QueryField::Authors),
];

impl FieldPrefix {
    /// The full name before the colon.
    pub fn name(self) -> &'static str {
        PREFIXES.iter().find(|(_, prefix)| *prefix == self).map_or("", |(name, _)| name)
    }

    /// The prefix at the start of the text, and its length in bytes with the colon.
    pub fn parse(text: &str) -> Option<(Self, usize)> {
        let (name, _) = text.split_once(':')?;
        Some((Self::from_name(&name.to_ascii_lowercase())?, name.len() + 1))
    }

    /// The prefix before a sign of comparison at the start of the text, as in `year>2020` or
    /// `author="Bo Li"`, and the offset of the value. The signs of a number or date belong to the
    /// value.
    pub fn parse_comparison(text: &str) -> Option<(Self, usize)> {
        let end = text.find(['<', '>', '='])?;
        let name = text[..end].to_ascii_lowercase();
        let field = COMPARED_FIELDS.iter().find(|(it, _)| *it == name).map(|(_, field)| *field)?;
        let is_name = field == QueryField::Authors;
        let at = if is_name { end + 1 } else { end };
        let is_whole_name = is_name && text[end..].starts_with("=\"");
        (!is_name || is_whole_name).then_some((Self::Field(field), at))
    }

    fn from_name(name: &str) -> Option<Self> {
        let exact =
            |(full, field): &(&str, QueryField)| (*full == name).then_some(Self::Field(*field));
        if let Some(prefix) = SHORT_PREFIXES.iter().chain(&PREFIX_SYNONYMS).find_map(exact) {
            return Some(prefix);
        }
        if let Some((_, prefix)) = PREFIXES.iter().find(|(full, _)| *full == name) {
            return Some(*prefix);
        }
        let shortened = PREFIXES.iter().take(SHORTENED_PREFIXES);
        let mut candidates = shortened.filter(|(full, _)| full.starts_with(name));
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
        FieldPrefix::Field(self).name()
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
            ("ti:x", QueryField::Title),
            ("kw:x", QueryField::Keyword),
            ("keywords:x", QueryField::Keyword),
            ("k:x", QueryField::Key),
            ("doi:x", QueryField::Doi),
            ("since:x", QueryField::Since),
        ] {
            let read = FieldPrefix::parse(text).map(|(prefix, _)| prefix);
            assert_eq!(read, Some(FieldPrefix::Field(field)), "{text}");
        }
        assert_eq!(FieldPrefix::parse("start:x"), Some((FieldPrefix::Start, 6)));
    }

    #[test]
    fn a_comparison_needs_no_colon() {
        for (text, field, at) in [
            ("year>2020", QueryField::Year, 4),
            ("Year>=2020", QueryField::Year, 4),
            ("date=2026-11", QueryField::Date, 4),
            ("author=\"Bo Li\"", QueryField::Authors, 7),
        ] {
            let expected = Some((FieldPrefix::Field(field), at));
            assert_eq!(FieldPrefix::parse_comparison(text), expected, "{text}");
        }
        for text in ["y=2x", "e=mc2", "author=x", "author>\"x\"", "a<b", "=2020", "years>2020"] {
            assert_eq!(FieldPrefix::parse_comparison(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_prefix_is_text() {
        for text in ["i:x", "gpt:4", "http://x", ":x", "x", "authorship:x", "da:x", "doi"] {
            assert_eq!(FieldPrefix::parse(text), None, "{text}");
        }
    }
}
