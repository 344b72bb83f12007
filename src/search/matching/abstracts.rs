//! Where the words of a query stand in abstracts, as the word indexes of segments know it.
//!
//! How an abstract ranks depends on nothing else than what an index knows: whether it has the whole
//! word or one that begins so, and how often. What has blanks or punctuation in it is looked for in
//! the texts of those papers whose abstracts have all of its words.

use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::row_set::RowSet;
use crate::domain::{
    CorruptIndex, IndexBuilder, InvertedIndex, MAX_TERM_FREQUENCY, Posting, Segment, TermMatch,
};
use crate::search::cancel::Cancelled;
use crate::search::occurrence::{WordBoundary, occurrences};
use crate::search::query::{Condition, QueryWord};
use crate::search::rank::tier::{Match, MatchField, Tier};
use crate::text::words;

/// What may be done to find out about abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupMode {
    /// Only what an index knows is told.
    IndexOnly,
    /// Texts are read and indexes are built where it takes that.
    ReadTexts,
}

/// Why it is not known where a word stands in abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupError {
    /// It takes more than is allowed.
    NotIndexed,
    Cancelled,
}

impl From<Cancelled> for LookupError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// How the abstracts of a segment hold what a term asks for.
#[derive(Debug, Default)]
pub struct AbstractMatches {
    /// What was typed, in any of its spellings.
    typed: TermCounts,
    /// What may have been meant.
    corrected: TermCounts,
}

/// How the abstract of one row does.
#[derive(Debug, Clone, Copy, Default)]
pub struct AbstractMatch {
    pub typed: Option<Match>,
    pub corrected: Option<Match>,
}

/// A byte a row, or nothing for none: how often a word occurs, with [`WHOLE_WORD_BIT`] added where it is
/// the whole word.
#[derive(Debug, Default)]
struct TermCounts(Vec<u8>);

const WHOLE_WORD_BIT: u8 = 0x80;
/// Rows read between two looks at the mailbox.
const ROWS_PER_CANCEL_CHECK: u32 = 64;

impl AbstractMatches {
    /// How the abstracts hold the term; those of other rows than these may be left out.
    pub fn new(
        test: &Condition,
        corrections: &[Finder<'static>],
        rows: Option<&RowSet>,
        place: SegmentContext<'_>,
    ) -> Result<Self, LookupError> {
        let typed: Vec<&Finder<'static>> = match test {
            Condition::Word(word) if word.may_match_abstracts() => word.spellings().collect(),
            Condition::Phrase(phrase) if phrase.may_match_abstracts() => {
                phrase.spellings.iter().collect()
            }
            _ => return Ok(Self::default()),
        };
        let meant: Vec<&Finder<'static>> = corrections.iter().collect();
        Ok(Self {
            typed: place.best_counts(&typed, rows)?,
            corrected: place.best_counts(&meant, rows)?,
        })
    }

    pub fn in_row(&self, row: u32) -> AbstractMatch {
        AbstractMatch {
            typed: self.typed.match_in_row(row),
            corrected: self.corrected.match_in_row(row).map(|it| it.with_tier(Tier::Typo)),
        }
    }

    /// Adds the rows whose abstracts have it.
    pub fn add_to(&self, rows: &mut RowSet) {
        for counts in [&self.typed, &self.corrected] {
            let has = |(row, &count): (u32, &u8)| (count > 0).then_some(row);
            (0..).zip(&counts.0).filter_map(has).for_each(|row| rows.insert(row));
        }
    }
}

impl TermCounts {
    fn add(&mut self, rows: u32, mention: Posting) {
        if self.0.is_empty() {
            self.0.resize(rows as usize, 0);
        }
        let byte = &mut self.0[mention.row as usize];
        let count = (*byte & !WHOLE_WORD_BIT) + mention.term_frequency as u8;
        let whole = if mention.term_match == TermMatch::Exact {
            WHOLE_WORD_BIT
        } else {
            *byte & WHOLE_WORD_BIT
        };
        *byte = whole | count.min(MAX_TERM_FREQUENCY as u8);
    }

    /// The better of both in each row.
    fn max(self, other: Self) -> Self {
        match (self.0.is_empty(), other.0.is_empty()) {
            (true, _) => other,
            (_, true) => self,
            _ => Self(self.0.iter().zip(&other.0).map(|(a, b)| *a.max(b)).collect()),
        }
    }

    /// What is mentioned often is what the paper is about.
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

/// A segment, how far to go there, and whether someone has asked for something else.
#[derive(Clone, Copy)]
pub struct SegmentContext<'a> {
    pub segment: &'a Segment,
    pub mode: LookupMode,
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl SegmentContext<'_> {
    /// How the abstracts hold the best of the needles; those of other rows than these may be left
    /// out.
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
                    let mut add = |mention| counts.add(self.segment.len(), mention);
                    index.postings(text, TermMatch::Prefix, &mut add)?;
                    Ok(counts)
                })?);
            } else {
                unread.push(*needle);
            }
        }
        if unread.is_empty() { Ok(best) } else { Ok(best.max(self.read_texts(&unread, rows)?)) }
    }

    /// Whether it is known that the abstract of one of the rows has the word, or the start of it.
    pub fn is_mentioned(self, needle: &Finder<'static>, rows: &[u32]) -> bool {
        let counts = if rows.is_empty() { None } else { self.best_counts(&[needle], None).ok() };
        counts.is_some_and(|counts| rows.iter().any(|&row| counts.match_in_row(row).is_some()))
    }

    /// Reads what abstracts may hold one of the needles.
    fn read_texts(
        self,
        needles: &[&Finder<'static>],
        rows: Option<&RowSet>,
    ) -> Result<TermCounts, LookupError> {
        if self.mode == LookupMode::IndexOnly {
            return Err(LookupError::NotIndexed);
        }
        let mut candidates = RowSet::empty(self.segment);
        for needle in needles {
            candidates.add_all(&self.candidates(needle_text(needle))?);
        }
        if let Some(rows) = rows {
            candidates.retain_all(rows);
        }
        let mut counts = TermCounts::default();
        for (row, number) in candidates.iter().zip(0_u32..) {
            if number.is_multiple_of(ROWS_PER_CANCEL_CHECK) {
                self.check_cancelled()?;
            }
            // What cannot be read holds nothing.
            let Ok(text) = self.segment.folded_abstract(row) else { continue };
            for needle in needles {
                let found = occurrences(needle, &text)
                    .map(|spot| spot.boundary)
                    .filter(|&it| it != WordBoundary::InsideWord);
                for fit in found {
                    let extent = if fit == WordBoundary::WholeWord {
                        TermMatch::Exact
                    } else {
                        TermMatch::Prefix
                    };
                    counts.add(
                        self.segment.len(),
                        Posting { row, term_frequency: 1, term_match: extent },
                    );
                }
            }
        }
        Ok(counts)
    }

    /// The rows whose abstracts have every word of the text.
    fn candidates(self, text: &str) -> Result<RowSet, LookupError> {
        let mut candidates = RowSet::empty(self.segment);
        candidates.add_where(self.segment, |row| self.segment.has_abstract(row));
        for word in words(text) {
            let is_last = text.ends_with(word);
            let extent = if is_last { TermMatch::Prefix } else { TermMatch::Exact };
            candidates.retain_all(&self.look_up(|index| {
                let mut rows = RowSet::empty(self.segment);
                index.postings(word, extent, &mut |mention| rows.insert(mention.row))?;
                Ok(rows)
            })?);
        }
        Ok(candidates)
    }

    /// Asks the index. One that is damaged is built anew, if that is within reach.
    fn look_up<T>(
        self,
        ask: impl Fn(&InvertedIndex) -> Result<T, CorruptIndex>,
    ) -> Result<T, LookupError> {
        for _ in 0..2 {
            match ask(&*self.index()?) {
                Ok(answer) => return Ok(answer),
                Err(CorruptIndex) => self.segment.drop_word_index(),
            }
        }
        Err(LookupError::NotIndexed)
    }

    fn index(self) -> Result<Arc<InvertedIndex>, LookupError> {
        match (self.segment.word_index(), self.mode) {
            (Some(index), _) => Ok(index),
            (None, LookupMode::ReadTexts) => Ok(ensure_index(self.segment, self.is_cancelled)?),
            (None, LookupMode::IndexOnly) => Err(LookupError::NotIndexed),
        }
    }

    fn check_cancelled(self) -> Result<(), Cancelled> {
        if (self.is_cancelled)() { Err(Cancelled) } else { Ok(()) }
    }
}

/// The index of the segment, built where it has none.
fn ensure_index(
    segment: &Segment,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Arc<InvertedIndex>, Cancelled> {
    if let Some(index) = segment.word_index() {
        return Ok(index);
    }
    let mut builder = IndexBuilder::default();
    for row in 0..segment.len() {
        if row.is_multiple_of(ROWS_PER_CANCEL_CHECK) && interrupted() {
            return Err(Cancelled);
        }
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

/// Finds out what the abstracts of the segments hold, where that is not known.
pub fn ensure_indexes(
    segments: &[(u32, &Arc<Segment>)],
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<(), Cancelled> {
    segments.par_iter().try_for_each(|(_, it)| ensure_index(it, interrupted).map(drop))
}

/// Whether the index of the segment knows an abstract that has the plain word, or the start of it.
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
