//! How many papers have a word of the query: common, known or absent.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::execution::Execution;
use crate::domain::Segment;
use crate::search::cache::word_stats::WordStats;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::{self, AbstractMatch};
use crate::search::matching::candidates::CandidateTerm;
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::haystack::Haystack;
use crate::search::matching::metadata::matches_metadata;
use crate::search::matching::row_set::{KnownRows, RowSet};
use crate::search::matching::subsequence::scan_subsequences;
use crate::search::matching::term::{self, MatchDepth};
use crate::search::query::QueryWord;
use crate::search::spelling::edit_distance;

/// Papers that make a word common.
const COMMON_WORD_PAPERS: usize = 1000;

impl Execution<'_> {
    /// How the word stands, of which it may be known already how many papers have it contiguous.
    pub fn word_stats(
        &mut self,
        word: &QueryWord,
        contiguous: Option<usize>,
    ) -> Result<WordStats, Cancelled> {
        self.check_cancelled()?;
        let corpus = &self.request.corpus;
        if let Some(standing) = self.standings.get(corpus, &word.key()) {
            return Ok(standing);
        }
        let count = contiguous.unwrap_or_else(|| self.count_contiguous(word));
        let (is_common, is_contiguous) = (count > COMMON_WORD_PAPERS, count > 0);
        let is_possible_slip = edit_distance::is_correctable(word);
        let is_asked = if is_contiguous {
            is_possible_slip
        } else {
            !self.standings.has_absent_prefix(corpus, word)
        };
        let is_named = is_asked && self.is_in_abstracts_or_metadata(word);
        let trail = &*self.trail;
        let knows = |scorer: &mut FuzzyMatcher, (_, segment): &(u32, &Arc<Segment>)| {
            segment_has_word(word, segment, is_contiguous, &trail.get(segment, word), scorer)
        };
        let segments = self.segments.par_iter();
        let is_known = is_named
            || !is_possible_slip
            || segments.map_init(FuzzyMatcher::default, knows).any(|it| it);
        // An abstract that is not indexed yet may have the word.
        let is_certain = self.segments.iter().all(|(_, it)| it.word_index().is_some());
        let is_absent = is_certain && !is_contiguous && !is_named;
        let standing = WordStats { is_common, is_found: is_known, is_absent };
        if is_certain || is_named || is_known && is_contiguous {
            self.standings.insert(corpus, word, standing);
        }
        Ok(standing)
    }

    /// Whether the abstract of some paper is known to have the word, or a fact.
    fn is_in_abstracts_or_metadata(&self, word: &QueryWord) -> bool {
        let around = self.request.filter_context();
        self.segments.par_iter().any(|(start, segment)| {
            abstracts::index_has_word(word, segment)
                || matches_metadata(word, around, segment, *start)
        })
    }

    /// How many papers may have the word contiguous, counted no further than it takes.
    fn count_contiguous(&self, word: &QueryWord) -> usize {
        let found = AtomicUsize::new(0);
        self.segments.par_iter().any(|(_, segment)| {
            let count = having(word, segment);
            found.fetch_add(count, Ordering::Relaxed) + count > COMMON_WORD_PAPERS
        });
        found.into_inner()
    }
}

/// Whether title or authors of some paper of the segment have the word as it was typed, or, where it
/// is so short that it may well be an abbreviation, scattered. That no paper of any segment has it
/// contiguous may be known before, and among which rows it may be scattered.
fn segment_has_word(
    word: &QueryWord,
    segment: &Segment,
    is_contiguous: bool,
    trodden: &KnownRows,
    scorer: &mut FuzzyMatcher,
) -> bool {
    const MAX_ABBREVIATION_LEN: usize = 4;
    let mut rows = RowSet::empty(segment);
    if word.letters.chars().count() <= MAX_ABBREVIATION_LEN {
        scan_subsequences(word, segment, trodden.subsequence.as_deref(), &mut rows);
    }
    if is_contiguous {
        CandidateTerm::Word(word).add_contiguous(segment, &mut rows);
    }
    rows.iter().any(|row| {
        let record = Haystack::new(segment, row);
        term::match_word(word, &[], &record, AbstractMatch::default(), MatchDepth::Full, scorer)
            .is_some()
    })
}

/// How many papers of the segment may have the word contiguous in title or authors.
fn having(word: &QueryWord, segment: &Segment) -> usize {
    let mut rows = RowSet::empty(segment);
    CandidateTerm::Word(word).add_contiguous(segment, &mut rows);
    rows.iter().count()
}
