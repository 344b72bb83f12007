//! What a query asks of a paper, term by term.

use memchr::memmem::Finder;
use regex::Regex;

use super::lexer::Occur;
use crate::domain::{Mark, RECORD_END};

/// Initials shorter than this, in letters, are nearly everywhere.
pub const MIN_INITIALS_LEN: usize = 3;

/// Terms of which one must match.
#[derive(Debug, Clone)]
pub struct Clause {
    pub alternatives: Vec<Term>,
}

#[derive(Debug, Clone)]
pub struct Term {
    pub polarity: Occur,
    pub condition: Condition,
}

#[derive(Debug, Clone)]
pub enum Condition {
    Word(Box<QueryWord>),
    Phrase(Box<Phrase>),
    Regex(Regex),
    Predicate(Predicate),
}

/// Where a word may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldScope {
    Anywhere,
    Title,
    Authors,
    Abstract,
}

impl FieldScope {
    pub fn includes_abstracts(self) -> bool {
        matches!(self, Self::Anywhere | Self::Abstract)
    }
}

/// A word to be found by whichever tier finds it best.
#[derive(Debug, Clone)]
pub struct QueryWord {
    /// Its number in the query.
    pub index: usize,
    /// As typed, folded.
    pub needle: Finder<'static>,
    /// Without punctuation: for initials and scattered matches.
    pub letters: String,
    /// The word in other spellings: blanks for the punctuation inside it, `mueller` for `müller`.
    pub variants: Vec<Finder<'static>>,
    pub scope: FieldScope,
}

/// What tells words apart: their spellings, and where they may stand.
pub type WordKey = (Vec<u8>, FieldScope);

impl QueryWord {
    pub fn key(&self) -> WordKey {
        let spellings: Vec<&[u8]> = self.spellings().map(Finder::needle).collect();
        (spellings.join(&(RECORD_END as u8)), self.scope)
    }

    /// The word in each spelling, as typed first.
    pub fn spellings(&self) -> impl Iterator<Item = &Finder<'static>> + Clone {
        std::iter::once(&self.needle).chain(&self.variants)
    }

    /// Whether it may stand in an abstract: one letter begins a word of nearly every one.
    pub fn may_match_abstracts(&self) -> bool {
        let is_letter = self.needle.needle().len() == 1;
        self.scope == FieldScope::Abstract || (self.scope == FieldScope::Anywhere && !is_letter)
    }

    /// Whether it is letters and digits only: what is typed with punctuation is meant with it.
    pub fn is_plain(&self) -> bool {
        self.letters.as_bytes() == self.needle.needle()
    }
}

/// Text to be found contiguous.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// What was typed, first as it was and then with hyphens for blanks. All are equally long.
    pub spellings: Vec<Finder<'static>>,
    pub anchor: Anchor,
    pub whole_word: WholeWord,
    pub scope: FieldScope,
}

impl Phrase {
    /// Whether it may stand in an abstract: an anchor means the ends of a title or a name.
    pub fn may_match_abstracts(&self) -> bool {
        self.scope.includes_abstracts() && self.anchor == Anchor::None
    }

    /// The length of every spelling, in bytes.
    pub fn len(&self) -> usize {
        self.spellings.first().map_or(0, |it| it.needle().len())
    }
}

/// Which ends of a field the text must reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    None,
    Start,
    End,
    Both,
}

/// Whether a text may be part of a longer word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeWord {
    Required,
    NotRequired,
}

/// A test that does not change the rank. Text is folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    Years(YearRange),
    /// The beginning of a category, or the whole of one.
    Category(String, WholeWord),
    /// A part of a venue that begins at a word start, or the whole of one.
    Venue(String, WholeWord),
    /// The beginning of an identifier.
    Id(String),
    /// The beginning of a citation key.
    Key(String),
    Has(HasField),
    Mark(Mark),
    Unread,
    /// The beginning of a tag, or the whole of one.
    Tag(String, WholeWord),
    /// Words of the reader's note, from a word start on.
    Note(String),
}

/// Something that a paper has or lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HasField {
    Code,
    Pdf,
    Doi,
    Abstract,
    Venue,
    Link,
    /// A citation key in a bibliography of the reader's own.
    Key,
}

/// Years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    pub first: i16,
    pub last: i16,
}

impl YearRange {
    /// Reads `2019`, `201` (the years that begin so), `2019..2021`, `2019-2021`, `2019..`,
    /// `..2019`, `>2019`, `>=2019`, `<2019` and `<=2019`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = (i16::MIN, i16::MAX);
        let years = if let Some(bound) = text.strip_prefix(">=") {
            Self { first: year_prefix_range(bound)?.first, last }
        } else if let Some(bound) = text.strip_prefix("<=") {
            Self { first, last: year_prefix_range(bound)?.last }
        } else if let Some(bound) = text.strip_prefix('>') {
            Self { first: year_prefix_range(bound)?.last.saturating_add(1), last }
        } else if let Some(bound) = text.strip_prefix('<') {
            Self { first, last: year_prefix_range(bound)?.first.saturating_sub(1) }
        } else if let Some((from, to)) = text.split_once("..").or_else(|| text.split_once('-')) {
            let from = if from.is_empty() { first } else { year_prefix_range(from)?.first };
            let to = to.trim_start_matches(['.', '=']);
            Self {
                first: from,
                last: if to.is_empty() { last } else { year_prefix_range(to)?.last },
            }
        } else {
            year_prefix_range(text.strip_suffix('.').unwrap_or(text))?
        };
        Some(years)
    }

    /// Whether papers may be of such years.
    pub fn is_plausible(self) -> bool {
        const MIN_PLAUSIBLE_YEAR: i16 = 1000;
        const MAX_PLAUSIBLE_YEAR: i16 = 2099;
        self.first <= self.last
            && self.first <= MAX_PLAUSIBLE_YEAR
            && self.last >= MIN_PLAUSIBLE_YEAR
    }

    pub fn contains(self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }
}

/// The years that begin as the text does. A number of more than four digits is one year, or the
/// last that there is.
fn year_prefix_range(text: &str) -> Option<YearRange> {
    if text.is_empty() || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    if text.len() > 4 {
        let year = text.parse().unwrap_or(i16::MAX);
        return Some(YearRange { first: year, last: year });
    }
    Some(YearRange {
        first: format!("{text:0<4}").parse().ok()?,
        last: format!("{text:9<4}").parse().ok()?,
    })
}
