//! Syntax tree of a query: clauses, terms, conditions.

use memchr::memmem::Finder;
use regex::Regex;

use super::author_name::AuthorName;
use super::count_range::CountRange;
use super::date::{Age, DateRange};
use super::lexer::Occur;
use super::year::YearRange;
use crate::domain::{LetterMask, Mark, PaperKind, RECORD_END};

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
    Name(Box<AuthorName>),
    /// Clauses that must all match. Only among several alternatives, and never excluded: the parser
    /// flattens other groups.
    Group(Vec<Clause>),
}

impl Condition {
    /// Returns true for a word or a phrase that the user's tags and notes are searched for too.
    pub fn is_in_tags_and_notes(&self) -> bool {
        match self {
            Self::Word(word) => word.scope == FieldScope::Anywhere,
            Self::Phrase(phrase) => {
                phrase.scope == FieldScope::Anywhere && phrase.anchor == Anchor::None
            }
            Self::Regex(_) | Self::Name(_) | Self::Predicate(_) | Self::Group(_) => false,
        }
    }
}

/// The terms of the clauses in order, with those of groups in place of the groups.
pub fn leaf_terms(clauses: &[Clause]) -> Vec<&Term> {
    fn add<'a>(clauses: &'a [Clause], terms: &mut Vec<&'a Term>) {
        for term in clauses.iter().flat_map(|clause| &clause.alternatives) {
            match &term.condition {
                Condition::Group(group) => add(group, terms),
                _ => terms.push(term),
            }
        }
    }
    let mut terms = Vec::new();
    add(clauses, &mut terms);
    terms
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
    /// The bits of a paper whose title has the letters as initials.
    pub initials_mask: LetterMask,
    /// Spelling variants: with blanks for inner punctuation, and `mueller` for `müller`.
    pub variants: Vec<Finder<'static>>,
    /// Spelling variants that match whole words only: `β` for `beta`.
    pub whole_variants: Vec<Finder<'static>>,
    pub scope: FieldScope,
}

/// Identity of a word across queries: its spellings, joined by [`RECORD_END`], and its scope.
pub type WordKey = (Vec<u8>, FieldScope);

impl QueryWord {
    pub fn key(&self) -> WordKey {
        let spellings: Vec<&[u8]> = self.all_spellings().map(Finder::needle).collect();
        (spellings.join(&(RECORD_END as u8)), self.scope)
    }

    /// The needle as typed, then its variants, all of which match beginnings of words too.
    pub fn spellings(&self) -> impl Iterator<Item = &Finder<'static>> + Clone {
        std::iter::once(&self.needle).chain(&self.variants)
    }

    /// All spellings, those that match whole words only among them.
    pub fn all_spellings(&self) -> impl Iterator<Item = &Finder<'static>> + Clone {
        self.spellings().chain(&self.whole_variants)
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
    Dates(DateRange),
    /// Published within this time before today. The dates are those that
    /// [`Query::with_today`](super::Query::with_today) sets; without them no paper matches.
    Newer(Age, Option<DateRange>),
    /// A category, or a prefix of it.
    Category(String, WholeWord),
    /// A venue, or a part of it from a word start on.
    Venue(String, WholeWord),
    /// A prefix of an arXiv identifier or of a DOI.
    Id(String),
    /// A prefix of an arXiv identifier.
    Arxiv(String),
    /// A prefix of a DOI.
    Doi(String),
    /// A prefix of a citation key.
    Key(String),
    Has(HasField),
    Mark(Mark),
    Unread,
    /// A tag, or a prefix of it.
    Tag(String, WholeWord),
    /// A part of the user's note from a word start on.
    Note(String),
    /// A keyword of the record, or a part of it from a word start on.
    Keyword(String, WholeWord),
    /// A followed source that listed the paper, or a part of its name from a word start on.
    Origin(String, WholeWord),
    Collection(String, WholeWord),
    Kind(PaperKind),
    /// A part of the path of the local file.
    File(String),
    /// The number of citations that the record states.
    Citations(CountRange),
    /// The record says that the paper was retracted.
    Retracted,
    /// The number of readers' votes that the record states.
    Votes(CountRange),
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
