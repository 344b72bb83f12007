//! Matches of query terms in abstracts and in other fields, from the inverted indexes of segments.
//!
//! The rank of an abstract depends only on data that an index has: a match of the whole word or of
//! a prefix, and the number of occurrences. A needle with blanks or punctuation, and one of several
//! characters in a script without blanks, is searched for in the texts of those papers whose
//! abstracts have all of its terms.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::context::CorpusSegment;
use super::fields::{folded_fields, for_each_field_term};
use super::row_set::RowSet;
use super::term_counts::TermCounts;
use super::term_lookup::TermLookup;
use crate::domain::{
    CorruptIndex, FIELD_TERM_START, IndexBuilder, InvertedIndex, Posting, Segment, TermMatch,
};
use crate::search::cancel::{CancelToken, Cancelled};
use crate::search::occurrence::{WordBoundary, occurrences};
use crate::search::query::{Condition, FieldScope, WholeWord};
use crate::search::rank::tier::{Match, MatchField, Tier};

/// Effort allowed to find out what abstracts contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupMode {
    /// Looks up existing indexes only.
    IndexOnly,
    /// Reads texts, and builds missing indexes.
    ReadTexts,
}

/// Error of a lookup in abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupError {
    /// The lookup needs [`LookupMode::ReadTexts`].
    NotIndexed,
    Cancelled,
}

impl From<Cancelled> for LookupError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// The matches of a term in the abstracts and other fields of a segment.
#[derive(Debug, Default)]
pub struct AbstractMatches {
    /// Matches of the term as typed, in any of its spellings.
    typed: TermCounts,
    /// Matches of the term's corrections.
    corrected: TermCounts,
    /// Matches of the term as typed in other fields.
    in_fields: TermCounts,
}

/// The match of a term in the abstract and other fields of one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct AbstractMatch {
    pub typed: Option<Match>,
    pub corrected: Option<Match>,
    /// In other fields, such as keywords.
    pub in_fields: Option<Match>,
}

/// The text that an index is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IndexedText {
    Abstract,
    /// The text of [`folded_fields`].
    Fields,
}

/// Abstracts read between two polls of the cancel token.
const ROWS_PER_CANCEL_CHECK: u32 = 64;

impl AbstractMatches {
    /// Finds the matches of a condition and its corrections. If `rows` are given, matches in other
    /// rows may be missing.
    ///
    /// # Errors
    ///
    /// When the lookup mode does not suffice, or the search is cancelled.
    pub fn new(
        condition: &Condition,
        corrections: &[Finder<'static>],
        rows: Option<&RowSet>,
        context: SegmentContext<'_>,
    ) -> Result<Self, LookupError> {
        use WholeWord::{NotRequired, Required};
        let (typed, whole): (Vec<_>, Vec<_>) = match condition {
            Condition::Word(word) if word.may_match_abstracts() => {
                (word.spellings().collect(), word.whole_variants.iter().collect())
            }
            Condition::Phrase(phrase) if phrase.may_match_abstracts() => {
                (phrase.spellings.iter().collect(), Vec::new())
            }
            _ => return Ok(Self::default()),
        };
        // A correction of several words is worth no reading of texts.
        let is_available = |it: &&Finder<'static>| {
            context.mode == LookupMode::ReadTexts || is_indexed_term(needle_text(it))
        };
        let corrections: Vec<&Finder<'static>> = corrections.iter().filter(is_available).collect();
        let in_abstracts = context.lookup(IndexedText::Abstract, rows);
        let in_fields = context.lookup(IndexedText::Fields, rows);
        let searches_fields = match condition {
            Condition::Word(word) => word.scope == FieldScope::Anywhere,
            Condition::Phrase(phrase) => phrase.scope == FieldScope::Anywhere,
            Condition::Regex(_)
            | Condition::Name(_)
            | Condition::Predicate(_)
            | Condition::Group(_) => false,
        };
        let best_typed = |lookup: IndexLookup<'_>| {
            let whole = lookup.best_counts(&whole, Required)?;
            Ok::<_, LookupError>(lookup.best_counts(&typed, NotRequired)?.max(whole))
        };
        Ok(Self {
            typed: best_typed(in_abstracts)?,
            corrected: in_abstracts.best_counts(&corrections, NotRequired)?,
            in_fields: if searches_fields && in_fields.may_match()? {
                best_typed(in_fields)?
            } else {
                TermCounts::default()
            },
        })
    }

    pub fn in_row(&self, row: u32) -> AbstractMatch {
        AbstractMatch {
            typed: self.typed.match_in_row(row, MatchField::Abstract),
            corrected: self
                .corrected
                .match_in_row(row, MatchField::Abstract)
                .map(|it| it.with_tier(Tier::Typo)),
            in_fields: self.in_fields.match_in_row(row, MatchField::Metadata),
        }
    }

    /// Adds the rows whose abstracts or other fields match.
    pub fn add_to(&self, rows: &mut RowSet) {
        for counts in [&self.typed, &self.corrected, &self.in_fields] {
            counts.add_to(rows);
        }
    }
}

/// A segment to match, with the effort allowed there.
#[derive(Clone, Copy)]
pub struct SegmentContext<'a> {
    pub segment: CorpusSegment<'a>,
    pub mode: LookupMode,
    pub cancel: CancelToken<'a>,
}

impl<'a> SegmentContext<'a> {
    fn segment(self) -> &'a Segment {
        self.segment.segment
    }

    /// Lookups in one of the texts. If `rows` are given, matches in other rows may be missing.
    fn lookup<'r>(self, text: IndexedText, rows: Option<&'r RowSet>) -> IndexLookup<'r>
    where
        'a: 'r,
    {
        IndexLookup { context: self, text, rows }
    }

    /// Returns true if the abstract of one of the rows is known to have a word that begins with the
    /// needle.
    pub fn is_mentioned(self, needle: &Finder<'static>, rows: &[u32]) -> bool {
        let lookup = self.lookup(IndexedText::Abstract, None);
        let counts = || lookup.best_counts(&[needle], WholeWord::NotRequired).ok();
        let counts = if rows.is_empty() { None } else { counts() };
        let is_in = |counts: &TermCounts, row: u32| {
            counts.match_in_row(row, MatchField::Abstract).is_some()
        };
        counts.is_some_and(|counts| rows.iter().any(|&row| is_in(&counts, row)))
    }

    /// Runs a lookup on the index. A corrupt index is dropped, and built again if the mode allows.
    fn look_up<T>(
        self,
        lookup: impl Fn(&InvertedIndex) -> Result<T, CorruptIndex>,
    ) -> Result<T, LookupError> {
        for _ in 0..2 {
            match lookup(&*self.index()?) {
                Ok(result) => return Ok(result),
                Err(CorruptIndex) => self.segment().drop_word_index(),
            }
        }
        Err(LookupError::NotIndexed)
    }

    fn index(self) -> Result<Arc<InvertedIndex>, LookupError> {
        match (self.segment().word_index(), self.mode) {
            (Some(index), _) => Ok(index),
            (None, LookupMode::ReadTexts) => Ok(ensure_index(self.segment(), self.cancel)?),
            (None, LookupMode::IndexOnly) => Err(LookupError::NotIndexed),
        }
    }
}

/// Lookups of needles in one text of a segment's papers.
#[derive(Clone, Copy)]
struct IndexLookup<'a> {
    context: SegmentContext<'a>,
    text: IndexedText,
    rows: Option<&'a RowSet>,
}

impl IndexLookup<'_> {
    fn segment(&self) -> &Segment {
        self.context.segment()
    }

    /// Returns false if no paper of the segment has such a text.
    fn may_match(self) -> Result<bool, LookupError> {
        match self.text {
            IndexedText::Abstract => Ok(true),
            IndexedText::Fields => self.context.look_up(|index| Ok(index.has_field_terms())),
        }
    }

    /// The best match of any needle in each text, as a whole word if required.
    fn best_counts(
        self,
        needles: &[&Finder<'static>],
        whole_word: WholeWord,
    ) -> Result<TermCounts, LookupError> {
        let (mut best, mut unread) = (TermCounts::default(), Vec::new());
        for needle in needles {
            match TermLookup::all(needle_text(needle), whole_word).as_slice() {
                [lookup] if lookup.term == needle_text(needle) => {
                    best = best.max(self.count(lookup)?);
                }
                _ => unread.push(*needle),
            }
        }
        if unread.is_empty() {
            return Ok(best);
        }
        Ok(best.max(self.read_texts(&unread, whole_word)?))
    }

    /// The occurrences of a term in each text.
    fn count(self, lookup: &TermLookup<'_>) -> Result<TermCounts, LookupError> {
        let term = self.indexed_term(lookup.term);
        self.context.look_up(|index| {
            let mut counts = TermCounts::default();
            index.postings(&term, lookup.term_match, &mut |posting| {
                let term_match =
                    if lookup.is_unspaced() { TermMatch::Exact } else { posting.term_match };
                counts.add(self.segment().len(), Posting { term_match, ..posting });
            })?;
            Ok(counts)
        })
    }

    /// The term as it is in the index.
    fn indexed_term<'t>(&self, term: &'t str) -> Cow<'t, str> {
        match self.text {
            IndexedText::Abstract => Cow::Borrowed(term),
            IndexedText::Fields => Cow::Owned(format!("{FIELD_TERM_START}{term}")),
        }
    }

    /// Searches those texts that have all words of one of the needles.
    fn read_texts(
        self,
        needles: &[&Finder<'static>],
        whole_word: WholeWord,
    ) -> Result<TermCounts, LookupError> {
        if self.context.mode == LookupMode::IndexOnly {
            return Err(LookupError::NotIndexed);
        }
        let mut candidates = RowSet::empty(self.segment());
        for needle in needles {
            candidates.add_all(&self.candidates(needle_text(needle), whole_word)?);
        }
        if let Some(rows) = self.rows {
            candidates.retain_all(rows);
        }
        let mut counts = TermCounts::default();
        for (row, number) in candidates.iter().zip(0..) {
            self.context.cancel.check_every(ROWS_PER_CANCEL_CHECK, number)?;
            self.for_each_text(row, |text| {
                for occurrence in needles.iter().flat_map(|needle| occurrences(needle, text)) {
                    let term_match = match occurrence.boundary {
                        WordBoundary::WholeWord => TermMatch::Exact,
                        WordBoundary::WordStart if whole_word == WholeWord::NotRequired => {
                            TermMatch::Prefix
                        }
                        WordBoundary::WordStart | WordBoundary::InsideWord => continue,
                    };
                    let posting = Posting { row, term_frequency: 1, term_match };
                    counts.add(self.segment().len(), posting);
                }
            });
        }
        Ok(counts)
    }

    /// Calls `visit` with the abstract of a row, unless it is unreadable, or with each other field.
    fn for_each_text(&self, row: u32, mut visit: impl FnMut(&str)) {
        match self.text {
            IndexedText::Abstract => {
                if let Ok(text) = self.segment().folded_abstract(row) {
                    visit(&text);
                }
            }
            IndexedText::Fields => {
                folded_fields(&self.segment().paper(row)).for_each(|(_, text)| visit(&text));
            }
        }
    }

    /// The rows whose texts have every term of the needle, the last one as a prefix unless a whole
    /// word is required.
    fn candidates(self, needle: &str, whole_word: WholeWord) -> Result<RowSet, LookupError> {
        let lookups = TermLookup::all(needle, whole_word);
        let mut candidates = RowSet::empty(self.segment());
        let has_text = |row| match self.text {
            IndexedText::Abstract => self.segment().has_abstract(row),
            // Signs alone are not worth reading the fields of all papers.
            IndexedText::Fields => !lookups.is_empty(),
        };
        candidates.add_where(self.segment(), has_text);
        for TermLookup { term, term_match } in lookups.iter().copied() {
            let term = self.indexed_term(term);
            candidates.retain_all(&self.context.look_up(|index| {
                let mut rows = RowSet::empty(self.segment());
                index.postings(&term, term_match, &mut |posting| rows.insert(posting.row))?;
                Ok(rows)
            })?);
        }
        Ok(candidates)
    }
}

/// Returns the segment's index, which is built if it is missing.
fn ensure_index(
    segment: &Segment,
    cancel: CancelToken<'_>,
) -> Result<Arc<InvertedIndex>, Cancelled> {
    if let Some(index) = segment.word_index() {
        return Ok(index);
    }
    let mut builder = IndexBuilder::default();
    for row in 0..segment.len() {
        cancel.check_every(ROWS_PER_CANCEL_CHECK, row)?;
        for_each_field_term(&segment.paper(row), |term| builder.push_field_term(term));
        let title_and_authors = segment.folded().record(row);
        match segment.folded_abstract(row) {
            Ok(text) => builder.push(title_and_authors, &text),
            Err(_) => builder.push_without_abstract(title_and_authors),
        }
    }
    let index = Arc::new(builder.finish());
    segment.set_word_index(Arc::clone(&index));
    Ok(index)
}

/// Builds the missing indexes of the segments, which reads all of their abstracts.
///
/// # Errors
///
/// When the search is cancelled; indexes built until then stay.
pub fn ensure_indexes(
    segments: &[CorpusSegment<'_>],
    cancel: CancelToken<'_>,
) -> Result<(), Cancelled> {
    segments.par_iter().try_for_each(|it| ensure_index(it.segment, cancel).map(drop))
}

/// Returns true if the index is asked about the text as a single term.
fn is_indexed_term(text: &str) -> bool {
    let lookups = TermLookup::all(text, WholeWord::NotRequired);
    matches!(lookups.as_slice(), [lookup] if lookup.term == text)
}

pub fn needle_text<'a>(needle: &'a Finder<'_>) -> &'a str {
    std::str::from_utf8(needle.needle()).unwrap_or_default()
}
