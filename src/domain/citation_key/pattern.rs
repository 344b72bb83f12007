//! The parsed form of a citation-key pattern: fields, their transforms, and literal text between.

use std::sync::Arc;

use super::suffix::{key_characters, key_identifier, short_hash};
use super::words::KeyWords;
use crate::domain::paper::field::BibField;
use crate::domain::paper::paper::Paper;

/// The parsed pattern of a corpus's citation keys. Cloning copies one pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPattern(Arc<ParsedPattern>);

#[derive(Debug, PartialEq, Eq)]
struct ParsedPattern {
    source: String,
    pieces: Vec<KeySegment>,
    /// The number of title words that the pattern can use, so that no more are extracted.
    title_words: usize,
    names_authors: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySegment {
    Text(String),
    Field(KeyField, Vec<KeyTransform>),
}

/// A field of a paper that a key can contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyField {
    /// The first author's family name.
    Author,
    /// The family names of all authors.
    Authors,
    /// The first author's family name, followed by the second's if there are two authors, or by
    /// `EtAl` if there are more.
    AuthorEtAl,
    LastAuthor,
    Year,
    /// The last two digits of the year.
    ShortYear,
    /// The month as two digits.
    Month,
    /// The words of the title without stop words.
    Title,
    Venue,
    Category,
    Arxiv,
    Doi,
    /// The arXiv identifier, or the DOI if there is none.
    Id,
}

impl KeyField {
    /// Returns true if the field holds only a part of the date, which does not identify a paper.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Year | Self::ShortYear | Self::Month)
    }

    /// Returns true if the field has several names or words, so that a number selects the first
    /// ones.
    pub fn is_multi_valued(self) -> bool {
        matches!(self, Self::Authors | Self::Title | Self::Venue)
    }

    fn is_author(self) -> bool {
        matches!(self, Self::Author | Self::Authors | Self::AuthorEtAl | Self::LastAuthor)
    }
}

/// A transform of the names or words of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyTransform {
    /// Takes the first `n` words.
    First(usize),
    Lower,
    Upper,
    /// Capitalises the first letter of each word.
    Capitalize,
    /// Takes the first letter of each word.
    Abbreviate,
    /// Takes the first `n` letters of all words together.
    Truncate(usize),
}

impl KeyTransform {
    /// Transforms the words at the end of `key`. `starts` has the byte offset of each word and is
    /// updated.
    fn apply(self, key: &mut String, starts: &mut Vec<usize>) {
        let from = starts.first().copied().unwrap_or(key.len());
        match self {
            Self::First(count) => {
                key.truncate(starts.get(count).copied().unwrap_or(key.len()));
                starts.truncate(count);
            }
            Self::Lower => key[from..].make_ascii_lowercase(),
            Self::Upper => key[from..].make_ascii_uppercase(),
            Self::Capitalize => {
                for &start in &*starts {
                    if let Some(first) = key.get_mut(start..=start) {
                        first.make_ascii_uppercase();
                    }
                }
            }
            Self::Abbreviate => {
                let words = key.split_off(from);
                let last = from + words.len();
                for at in 0..starts.len() {
                    let end = starts.get(at + 1).copied().unwrap_or(last);
                    let word = &words[starts[at] - from..end - from];
                    starts[at] = key.len();
                    key.extend(word.chars().next());
                }
            }
            Self::Truncate(max_chars) => {
                key.truncate(from + max_chars);
                for start in starts {
                    *start = key.len().min(*start);
                }
            }
        }
    }
}

impl Default for KeyPattern {
    /// Returns the pattern of [`KeyPattern::DEFAULT`], which gives keys such as
    /// `gershman2025keyvalue`.
    fn default() -> Self {
        let author = KeySegment::Field(KeyField::Author, vec![KeyTransform::Lower]);
        let word = vec![KeyTransform::First(1), KeyTransform::Lower];
        let pieces = vec![
            author,
            KeySegment::Field(KeyField::Year, Vec::new()),
            KeySegment::Field(KeyField::Title, word),
        ];
        Self::new(Self::DEFAULT, pieces)
    }
}

impl KeyPattern {
    /// The default pattern in its source form.
    pub const DEFAULT: &str = "{auth:lower}{year}{title:1:lower}";

    /// Creates a pattern from its source and the parsed segments. Literal text must consist of
    /// ASCII letters, digits and `.:_-`.
    pub fn new(source: &str, pieces: Vec<KeySegment>) -> Self {
        let words = |it: &KeySegment| match it {
            KeySegment::Field(KeyField::Title, changes) => match changes[..] {
                [KeyTransform::First(count), ..] => count,
                _ => KeyWords::MAX_WORDS,
            },
            _ => 0,
        };
        let is_author = |it: &KeySegment| matches!(it, KeySegment::Field(it, _) if it.is_author());
        Self(Arc::new(ParsedPattern {
            source: source.to_owned(),
            title_words: pieces.iter().map(words).max().unwrap_or(0),
            names_authors: pieces.iter().any(is_author),
            pieces,
        }))
    }

    /// Returns the pattern as the user wrote it.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Returns the generated key of a paper, without a look at the key that its source gives. A
    /// paper that the pattern knows nothing of gets `paper-` with its identifier or a hash of title
    /// and first author.
    pub fn make_key(&self, paper: &Paper<'_>) -> String {
        let pattern = &*self.0;
        let key_words = KeyWords::new(paper, pattern.names_authors, pattern.title_words);
        let (mut key, mut is_known) = (String::with_capacity(TYPICAL_KEY_LEN), false);
        let mut starts = Vec::new();
        for piece in &pattern.pieces {
            match piece {
                KeySegment::Text(text) => key.push_str(text),
                KeySegment::Field(field, changes) => {
                    let from = key.len();
                    starts.clear();
                    push_value(*field, paper, &key_words, &mut |word| {
                        starts.push(key.len());
                        key.push_str(word);
                    });
                    for change in changes {
                        change.apply(&mut key, &mut starts);
                    }
                    let has_value = key[from..].bytes().any(|it| it.is_ascii_alphanumeric());
                    is_known |= !field.is_date() && has_value;
                }
            }
        }
        if !is_known {
            let first_author = paper.first_author();
            let hash_of_text = || short_hash(&format!("{}\n{first_author}", paper.title));
            return format!("paper-{}", key_identifier(paper).unwrap_or_else(hash_of_text));
        }
        let is_mark = |c: char| !c.is_ascii_alphanumeric();
        match key.trim_matches(is_mark) {
            stripped if stripped.len() < key.len() => stripped.to_owned(),
            _ => key,
        }
    }
}

/// The usual upper bound of a key's length in bytes: keys up to this length need no reallocation.
const TYPICAL_KEY_LEN: usize = 40;

/// Passes each word of a field's value to `push`, in ASCII. An unknown value gives no word or an
/// empty one.
fn push_value(
    field: KeyField,
    paper: &Paper<'_>,
    key_words: &KeyWords<'_>,
    push: &mut dyn FnMut(&str),
) {
    let year = || paper.year.filter(|it| (0..=9999).contains(it));
    match field {
        KeyField::Author => push(&key_words.first_author()),
        KeyField::LastAuthor => push(&key_words.last_author()),
        KeyField::Authors => key_words.authors().for_each(|it| push(&it)),
        KeyField::AuthorEtAl => key_words.author_et_al().for_each(|it| push(&it)),
        KeyField::Title => key_words.title().for_each(|it| push(&it)),
        KeyField::Venue => key_words.venue().for_each(|it| push(&it)),
        KeyField::Year => push(&year().map(|it| it.to_string()).unwrap_or_default()),
        KeyField::ShortYear => {
            push(&year().map(|it| format!("{:02}", it % 100)).unwrap_or_default());
        }
        KeyField::Month => push(month(paper)),
        KeyField::Category => push(&key_characters(paper.category())),
        KeyField::Arxiv => push(&key_characters(paper.arxiv)),
        KeyField::Doi => push(&key_characters(paper.doi)),
        KeyField::Id => push(&key_identifier(paper).unwrap_or_default()),
    }
}

/// Returns the two digits of the month, or an empty string.
fn month<'a>(paper: &Paper<'a>) -> &'a str {
    let month = paper.field(BibField::Date).split('-').nth(1).unwrap_or_default();
    if month.len() == 2 && month.bytes().all(|it| it.is_ascii_digit()) { month } else { "" }
}
