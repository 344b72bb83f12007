//! What keys are made of: fields, what is done to them, and the text between.

use std::sync::Arc;

use super::suffix::{key_characters, key_identifier, short_hash};
use super::words::KeyWords;
use crate::domain::paper::field::BibField;
use crate::domain::paper::paper::Paper;

/// What the citation keys of a corpus are made of. Clones share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPattern(Arc<ParsedPattern>);

#[derive(Debug, PartialEq, Eq)]
struct ParsedPattern {
    source: String,
    pieces: Vec<KeySegment>,
    /// Words of titles that are enough for it.
    title_words: usize,
    names_authors: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySegment {
    Text(String),
    Field(KeyField, Vec<KeyTransform>),
}

/// What a key can tell of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyField {
    /// The family name of the first author.
    Author,
    /// The family names of all.
    Authors,
    /// That of the first, of a second if they are two, and that there are more.
    AuthorEtAl,
    LastAuthor,
    Year,
    /// The last two digits of it.
    ShortYear,
    /// Two digits.
    Month,
    /// The words of the title that mean something.
    Title,
    Venue,
    Category,
    Arxiv,
    Doi,
    /// The arXiv id, or else the DOI.
    Id,
}

impl KeyField {
    /// Whether it says only when a paper was written.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Year | Self::ShortYear | Self::Month)
    }

    /// Whether it is several names or words.
    pub fn is_multi_valued(self) -> bool {
        matches!(self, Self::Authors | Self::Title | Self::Venue)
    }

    fn is_author(self) -> bool {
        matches!(self, Self::Author | Self::Authors | Self::AuthorEtAl | Self::LastAuthor)
    }
}

/// What is done to the names or words of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyTransform {
    /// The first of them.
    First(usize),
    Lower,
    Upper,
    /// A capital letter at the beginning of each.
    Capitalize,
    /// The first letter of each.
    Abbreviate,
    /// So many letters of all of them.
    Truncate(usize),
}

impl KeyTransform {
    /// Changes the words that a key ends with, which begin at these.
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
            Self::Truncate(most) => {
                key.truncate(from + most);
                for start in starts {
                    *start = key.len().min(*start);
                }
            }
        }
    }
}

impl Default for KeyPattern {
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
    /// The default as it is written.
    pub const DEFAULT: &str = "{auth:lower}{year}{title:1:lower}";

    /// A pattern that was written so. Text in it is letters and digits of ASCII, and the signs
    /// `.:_-`.
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

    /// What was written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// The key that the paper has where it has none of its own.
    pub fn make_key(&self, paper: &Paper<'_>) -> String {
        let pattern = &*self.0;
        let facts = KeyWords::new(paper, pattern.names_authors, pattern.title_words);
        let (mut key, mut is_known) = (String::with_capacity(TYPICAL_KEY_LEN), false);
        let mut starts = Vec::new();
        for piece in &pattern.pieces {
            match piece {
                KeySegment::Text(text) => key.push_str(text),
                KeySegment::Field(field, changes) => {
                    let from = key.len();
                    starts.clear();
                    push_value(*field, paper, &facts, &mut |word| {
                        starts.push(key.len());
                        key.push_str(word);
                    });
                    for change in changes {
                        change.apply(&mut key, &mut starts);
                    }
                    let is_said = key[from..].bytes().any(|it| it.is_ascii_alphanumeric());
                    is_known |= !field.is_date() && is_said;
                }
            }
        }
        if !is_known {
            let first_author = paper.first_author();
            let of_text = || short_hash(&format!("{}\n{first_author}", paper.title));
            return format!("paper-{}", key_identifier(paper).unwrap_or_else(of_text));
        }
        let is_mark = |c: char| !c.is_ascii_alphanumeric();
        match key.trim_matches(is_mark) {
            trimmed if trimmed.len() < key.len() => trimmed.to_owned(),
            _ => key,
        }
    }
}

/// So long a key is at most, mostly.
const TYPICAL_KEY_LEN: usize = 40;

/// Hands over the words of what a field is of a paper, in ASCII; nothing where it is not known.
fn push_value(
    field: KeyField,
    paper: &Paper<'_>,
    facts: &KeyWords<'_>,
    push: &mut dyn FnMut(&str),
) {
    let year = || paper.year.filter(|it| (0..=9999).contains(it));
    match field {
        KeyField::Author => push(&facts.first_author()),
        KeyField::LastAuthor => push(&facts.last_author()),
        KeyField::Authors => facts.authors().for_each(|it| push(&it)),
        KeyField::AuthorEtAl => facts.author_et_al().for_each(|it| push(&it)),
        KeyField::Title => facts.title().for_each(|it| push(&it)),
        KeyField::Venue => facts.venue().for_each(|it| push(&it)),
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

/// The two digits of the month.
fn month<'a>(paper: &Paper<'a>) -> &'a str {
    let month = paper.field(BibField::Date).split('-').nth(1).unwrap_or_default();
    if month.len() == 2 && month.bytes().all(|it| it.is_ascii_digit()) { month } else { "" }
}
