//! Matches of query terms in abstracts, from the inverted indexes of segments.
//!
//! The rank of an abstract depends only on data that an index has: a match of the whole word or of
//! a prefix, and the number of occurrences. A needle with blanks or punctuation is searched for in
//! the texts of those papers whose abstracts have all of its words.

use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::context::CorpusSegment;
use super::row_set::RowSet;
use crate::domain::{
    CorruptIndex, IndexBuilder, InvertedIndex, MAX_TERM_FREQUENCY, Posting, Segment, TermMatch,
};
use crate::search::cancel::{CancelToken, Cancelled};
use crate::search::occurrence::{WordBoundary, occurrences};
use crate::search::query::{Condition, QueryWord};
use crate::search::rank::tier::{Match, MatchField, Tier};
use crate::text::words;

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

/// The matches of a term in the abstracts of a segment.
#[derive(Debug, Default)]
pub struct AbstractMatches {
    /// Matches of the term as typed, in any of its spellings.
    typed: TermCounts,
    /// Matches of the term's corrections.
    corrected: TermCounts,
}

/// The match of a term in the abstract of one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct AbstractMatch {
    pub typed: Option<Match>,
    pub corrected: Option<Match>,
}

/// One byte per row, or no bytes if no row matches: the number of occurrences, at most
/// [`MAX_TERM_FREQUENCY`], and [`WHOLE_WORD_BIT`] if one of them is a whole word.
#[derive(Debug, Default)]
struct TermCounts(Vec<u8>);

const WHOLE_WORD_BIT: u8 = 0x80;
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
        let typed: Vec<&Finder<'static>> = match condition {
            Condition::Word(word) if word.may_match_abstracts() => word.spellings().collect(),
            Condition::Phrase(phrase) if phrase.may_match_abstracts() => {
                phrase.spellings.iter().collect()
            }
            _ => return Ok(Self::default()),
        };
        let corrections: Vec<&Finder<'static>> = corrections.iter().collect();
        Ok(Self {
            typed: context.best_counts(&typed, rows)?,
            corrected: context.best_counts(&corrections, rows)?,
        })
    }

    pub fn in_row(&self, row: u32) -> AbstractMatch {
        AbstractMatch {
            typed: self.typed.match_in_row(row),
            corrected: self.corrected.match_in_row(row).map(|it| it.with_tier(Tier::Typo)),
        }
    }

    /// Adds the rows whose abstracts match.
    pub fn add_to(&self, rows: &mut RowSet) {
        for counts in [&self.typed, &self.corrected] {
            let has = |(row, &count): (u32, &u8)| (count > 0).then_some(row);
            (0..).zip(&counts.0).filter_map(has).for_each(|row| rows.insert(row));
        }
    }
}

impl TermCounts {
    fn add(&mut self, rows: u32, posting: Posting) {
        if self.0.is_empty() {
            self.0.resize(rows as usize, 0);
        }
        let byte = &mut self.0[posting.row as usize];
        let count = (*byte & !WHOLE_WORD_BIT) + posting.term_frequency as u8;
        let whole = if posting.term_match == TermMatch::Exact {
            WHOLE_WORD_BIT
        } else {
            *byte & WHOLE_WORD_BIT
        };
        *byte = whole | count.min(MAX_TERM_FREQUENCY as u8);
    }

    /// The maximum of both in each row.
    fn max(self, other: Self) -> Self {
        match (self.0.is_empty(), other.0.is_empty()) {
            (true, _) => other,
            (_, true) => self,
            _ => Self(self.0.iter().zip(&other.0).map(|(a, b)| *a.max(b)).collect()),
        }
    }

    /// Scores by whole word, then by number of occurrences: a word that occurs often is what the
    /// paper is about.
    fn match_in_row(&self, row: u32) -> Option<Match> {
        const WHOLE_WORD_SCORE: u32 = 300;
        const SCORE_PER_OCCURRENCE: u32 = 20;
        let count = self.0.get(row as usize).copied().filter(|&it| it > 0)?;
        let whole = if count & WHOLE_WORD_BIT == 0 { 0 } else { WHOLE_WORD_SCORE };
        Some(Match::new(
            Tier::Abstract,
            MatchField::Abstract,
            whole + u32::from(count & !WHOLE_WORD_BIT) * SCORE_PER_OCCURRENCE,
        ))
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

    /// The best match of any needle in each abstract. If `rows` are given, matches in other rows
    /// may be missing.
    fn best_counts(
        self,
        needles: &[&Finder<'static>],
        rows: Option<&RowSet>,
    ) -> Result<TermCounts, LookupError> {
        let (mut best, mut unread) = (TermCounts::default(), Vec::new());
        for needle in needles {
            let text = needle_text(needle);
            if words(text).next() == Some(text) {
                best = best.max(self.look_up(|index| {
                    let mut counts = TermCounts::default();
                    let mut add = |posting| counts.add(self.segment().len(), posting);
                    index.postings(text, TermMatch::Prefix, &mut add)?;
                    Ok(counts)
                })?);
            } else {
                unread.push(*needle);
            }
        }
        if unread.is_empty() { Ok(best) } else { Ok(best.max(self.read_texts(&unread, rows)?)) }
    }

    /// Returns true if the abstract of one of the rows is known to have a word that begins with the
    /// needle.
    pub fn is_mentioned(self, needle: &Finder<'static>, rows: &[u32]) -> bool {
        let counts = if rows.is_empty() { None } else { self.best_counts(&[needle], None).ok() };
        counts.is_some_and(|counts| rows.iter().any(|&row| counts.match_in_row(row).is_some()))
    }

    /// Searches the texts of the abstracts that have all words of one of the needles.
    fn read_texts(
        self,
        needles: &[&Finder<'static>],
        rows: Option<&RowSet>,
    ) -> Result<TermCounts, LookupError> {
        if self.mode == LookupMode::IndexOnly {
            return Err(LookupError::NotIndexed);
        }
        let mut candidates = RowSet::empty(self.segment());
        for needle in needles {
            candidates.add_all(&self.candidates(needle_text(needle))?);
        }
        if let Some(rows) = rows {
            candidates.retain_all(rows);
        }
        let mut counts = TermCounts::default();
        for (row, number) in candidates.iter().zip(0..) {
            self.cancel.check_every(ROWS_PER_CANCEL_CHECK, number)?;
            // An unreadable abstract does not match.
            let Ok(text) = self.segment().folded_abstract(row) else { continue };
            for occurrence in needles.iter().flat_map(|needle| occurrences(needle, &text)) {
                let term_match = match occurrence.boundary {
                    WordBoundary::WholeWord => TermMatch::Exact,
                    WordBoundary::WordStart => TermMatch::Prefix,
                    WordBoundary::InsideWord => continue,
                };
                let posting = Posting { row, term_frequency: 1, term_match };
                counts.add(self.segment().len(), posting);
            }
        }
        Ok(counts)
    }

    /// The rows whose abstracts have every word of the text, the last one as a prefix.
    fn candidates(self, text: &str) -> Result<RowSet, LookupError> {
        let mut candidates = RowSet::empty(self.segment());
        candidates.add_where(self.segment(), |row| self.segment().has_abstract(row));
        for word in words(text) {
            let is_last = text.ends_with(word);
            let term_match = if is_last { TermMatch::Prefix } else { TermMatch::Exact };
            candidates.retain_all(&self.look_up(|index| {
                let mut rows = RowSet::empty(self.segment());
                index.postings(word, term_match, &mut |posting| rows.insert(posting.row))?;
                Ok(rows)
            })?);
        }
        Ok(candidates)
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
        let fields = segment.folded().record(row);
        match segment.folded_abstract(row) {
            Ok(text) => builder.push(fields, &text),
            Err(_) => builder.push_without_abstract(fields),
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

/// Returns true if the segment has an index, and an abstract in it a word that begins with the
/// plain word.
pub fn index_has_word(word: &QueryWord, segment: &Segment) -> bool {
    let Some(index) = segment.word_index().filter(|_| word.may_match_abstracts()) else {
        return false;
    };
    word.spellings().any(|it| {
        index.has_posting_with_prefix(needle_text(it)).unwrap_or_else(|CorruptIndex| {
            segment.drop_word_index();
            false
        })
    })
}

fn needle_text<'a>(needle: &'a Finder<'_>) -> &'a str {
    std::str::from_utf8(needle.needle()).unwrap_or_default()
}
