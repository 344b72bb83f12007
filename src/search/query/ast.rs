//! Syntax tree of a query: clauses, terms, conditions.

use memchr::memmem::Finder;
use regex::Regex;

use super::lexer::Occur;
use crate::domain::{Mark, RECORD_END};

/// Shorter words, in letters, are not matched as initials: nearly every title would match.
pub const MIN_INITIALS_LEN: usize = 3;

/// Alternatives, of which at least one must match.
#[derive(Debug, Clone)]
pub struct Clause {
    pub alternatives: Vec<Term>,
}

#[derive(Debug, Clone)]
pub struct Term {
    pub occur: Occur,
    pub condition: Condition,
}

#[derive(Debug, Clone)]
pub enum Condition {
    Word(Box<QueryWord>),
    Phrase(Box<Phrase>),
    Regex(Regex),
    Predicate(Predicate),
}

/// The fields that a word or phrase is searched for in.
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

/// A word that is matched in all tiers.
#[derive(Debug, Clone)]
pub struct QueryWord {
    /// Index among the words of the query.
    pub index: usize,
    /// As typed, folded.
    pub needle: Finder<'static>,
    /// Without punctuation, for initials and subsequences.
    pub letters: String,
    /// Spelling variants: with blanks for inner punctuation, and `mueller` for `müller`.
    pub variants: Vec<Finder<'static>>,
    pub scope: FieldScope,
}

/// Identity of a word across queries: its spellings, joined by [`RECORD_END`], and its scope.
pub type WordKey = (Vec<u8>, FieldScope);

impl QueryWord {
    pub fn key(&self) -> WordKey {
        let spellings: Vec<&[u8]> = self.spellings().map(Finder::needle).collect();
        (spellings.join(&(RECORD_END as u8)), self.scope)
    }

    /// The needle as typed, then its variants.
    pub fn spellings(&self) -> impl Iterator<Item = &Finder<'static>> + Clone {
        std::iter::once(&self.needle).chain(&self.variants)
    }

    /// Returns true if abstracts are searched: for a single letter only with the prefix `abs:`, since
    /// nearly every abstract has a word that begins with it.
    pub fn may_match_abstracts(&self) -> bool {
        let is_letter = self.needle.needle().len() == 1;
        self.scope == FieldScope::Abstract || (self.scope == FieldScope::Anywhere && !is_letter)
    }

    /// Returns true for letters and digits only. Words with punctuation are meant literally: they
    /// are neither corrected nor matched as subsequences.
    pub fn is_plain(&self) -> bool {
        self.letters.as_bytes() == self.needle.needle()
    }
}

/// A text that is matched contiguously only.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The text as typed, then with hyphens for blanks. All have the same length.
    pub spellings: Vec<Finder<'static>>,
    pub anchor: Anchor,
    pub whole_word: WholeWord,
    pub scope: FieldScope,
}

impl Phrase {
    /// Returns true if abstracts are searched: not for an anchored phrase, since an anchor means an
    /// end of the title or the authors.
    pub fn may_match_abstracts(&self) -> bool {
        self.scope.includes_abstracts() && self.anchor == Anchor::None
    }

    /// The length of every spelling, in bytes.
    pub fn len(&self) -> usize {
        self.spellings.first().map_or(0, |it| it.needle().len())
    }
}

/// The ends of a field that a phrase must touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    None,
    Start,
    End,
    Both,
}

/// Requirement of word boundaries at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeWord {
    Required,
    NotRequired,
}

/// A condition that does not change the rank. Strings are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    Years(YearRange),
    /// A category, or a prefix of it.
    Category(String, WholeWord),
    /// A venue, or a part of it from a word start on.
    Venue(String, WholeWord),
    /// A prefix of an identifier.
    Id(String),
    /// A prefix of a citation key.
    Key(String),
    Has(HasField),
    Mark(Mark),
    Unread,
    /// A tag, or a prefix of it.
    Tag(String, WholeWord),
    /// A part of the user's note from a word start on.
    Note(String),
}

/// Data that a paper has or lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HasField {
    Code,
    Pdf,
    Doi,
    Abstract,
    Venue,
    Link,
    /// A citation key in the source or in the user's own bibliographies.
    Key,
}

/// A range of years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    pub first: i16,
    pub last: i16,
}

impl YearRange {
    /// Parses `2019`, `201` (2010 to 2019), `2019..2021`, `2019-2021`, `2019..`,
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

    /// Returns true if the range is not empty and papers can be of these years.
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

/// The years that begin with the digits. A number of more than four digits is one year, at most
/// `i16::MAX`.
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
