//! Statistics of query words: common, known or absent.

use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::context::SearchContext;
use crate::domain::{CorruptIndex, FIELD_TERM_START, Segment};
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cache::word_stats::WordStats;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::{AbstractMatch, needle_text};
use crate::search::matching::candidates::CandidateTerm;
use crate::search::matching::context::{CorpusSegment, WordFrequency};
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::haystack::Haystack;
use crate::search::matching::marked_papers::papers_with;
use crate::search::matching::metadata::matches_metadata;
use crate::search::matching::row_set::{KnownRows, RowSet};
use crate::search::matching::subsequence::scan_subsequences;
use crate::search::matching::term::{self, MatchDepth};
use crate::search::matching::term_lookup::TermLookup;
use crate::search::query::{QueryWord, WholeWord};
use crate::search::spelling::edit_distance;

/// A word of more papers than this is common.
const COMMON_WORD_PAPERS: usize = 1000;

/// The common and the absent words of the query. `contiguous_count` is the number of papers that
/// contain the query, if it is one word.
pub fn word_frequency(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    contiguous_count: Option<usize>,
) -> Result<WordFrequency, Cancelled> {
    let mut frequency = WordFrequency::default();
    for word in context.request.query.plain_words() {
        let stats = word_stats(context, cache, word, contiguous_count)?;
        if stats.is_common {
            frequency.common_words.push(word.index);
        }
        // Tags and notes change more often than the corpus that the statistics are cached for.
        if stats.is_absent && papers_with(word, &context.request.marks).is_empty() {
            frequency.absent_words.push(word.index);
        }
    }
    Ok(frequency)
}

/// The statistics of a word. `contiguous_count` is the number of papers with the word in title or
/// authors, if it has been counted.
pub fn word_stats(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    word: &QueryWord,
    contiguous_count: Option<usize>,
) -> Result<WordStats, Cancelled> {
    context.cancel.check()?;
    if let Some(stats) = cache.word_stats.get(&word.key()) {
        return Ok(stats);
    }
    let count = contiguous_count.unwrap_or_else(|| count_contiguous(context, word));
    let (is_common, is_contiguous) = (count > COMMON_WORD_PAPERS, count > 0);
    let is_correctable = edit_distance::is_correctable(word);
    // Abstracts and metadata are looked up only if the result makes a difference.
    let needs_lookup =
        if is_contiguous { is_correctable } else { !cache.word_stats.has_absent_prefix(word) };
    let is_named = needs_lookup && is_in_abstracts_or_metadata(context, word);
    let candidate_rows = &cache.candidate_rows;
    let in_segment = |fuzzy: &mut FuzzyMatcher, at: &CorpusSegment<'_>| {
        let known_rows = candidate_rows.get(at.segment, word);
        segment_has_word(word, at.segment, is_contiguous, &known_rows, fuzzy)
    };
    let segments = context.segments.par_iter();
    let is_in_vocabulary = is_named
        || !is_correctable
        || segments.map_init(FuzzyMatcher::default, in_segment).any(|it| it);
    // Abstracts that are not indexed yet may have the word.
    let is_indexed = context.is_indexed();
    let is_absent = is_indexed && !is_contiguous && !is_named;
    let stats = WordStats { is_common, is_in_vocabulary, is_absent };
    if is_indexed || is_named || is_in_vocabulary && is_contiguous {
        cache.word_stats.insert(word, stats);
    }
    Ok(stats)
}

/// Returns true if an indexed abstract, or the metadata of a paper, has the word.
fn is_in_abstracts_or_metadata(context: &SearchContext<'_>, word: &QueryWord) -> bool {
    let filter_context = context.request.filter_context();
    context
        .segments
        .par_iter()
        .any(|at| index_has_word(word, at.segment) || matches_metadata(word, filter_context, *at))
}

/// Returns true if the segment has an index, and abstracts or other fields in it have all terms of
/// the plain word: in a script with blanks between words, one that begins with it.
fn index_has_word(word: &QueryWord, segment: &Segment) -> bool {
    let Some(index) = segment.word_index().filter(|_| word.may_match_abstracts()) else {
        return false;
    };
    let has_prefix = |prefix: &str| {
        index.has_posting_with_prefix(prefix).unwrap_or_else(|CorruptIndex| {
            segment.drop_word_index();
            false
        })
    };
    let has_term = |lookup: &TermLookup<'_>| {
        has_prefix(lookup.term)
            || index.has_field_terms() && has_prefix(&format!("{FIELD_TERM_START}{}", lookup.term))
    };
    let has_all = |needle: &Finder<'static>| {
        TermLookup::all(needle_text(needle), WholeWord::NotRequired).iter().all(has_term)
    };
    word.all_spellings().any(has_all)
}

/// The number of papers with the word in title or authors. Counting stops once it exceeds
/// [`COMMON_WORD_PAPERS`].
fn count_contiguous(context: &SearchContext<'_>, word: &QueryWord) -> usize {
    let total = AtomicUsize::new(0);
    context.segments.par_iter().any(|at| {
        let count = count_contiguous_rows(word, at.segment);
        total.fetch_add(count, Ordering::Relaxed) + count > COMMON_WORD_PAPERS
    });
    total.into_inner()
}

/// Returns true if title or authors of a row have the word, or have it as a subsequence or an acronym
/// if it is short enough to be an abbreviation. `is_contiguous` is false if no segment contains the word.
fn segment_has_word(
    word: &QueryWord,
    segment: &Segment,
    is_contiguous: bool,
    known_rows: &KnownRows,
    fuzzy: &mut FuzzyMatcher,
) -> bool {
    const MAX_ABBREVIATION_LEN: usize = 4;
    let mut rows = RowSet::empty(segment);
    let is_short = word.letters.chars().count() <= MAX_ABBREVIATION_LEN;
    if is_short {
        scan_subsequences(word, segment, known_rows.subsequence.as_deref(), &mut rows);
        CandidateTerm::Word(word).add_acronyms(segment, &mut rows);
    }
    let depth = if is_short { MatchDepth::Full } else { MatchDepth::WithoutSubsequence };
    if is_contiguous {
        CandidateTerm::Word(word).add_contiguous(segment, &mut rows);
    }
    rows.iter().any(|row| {
        let (haystack, none) = (Haystack::new(segment, row), AbstractMatch::default());
        term::match_word(word, &[], &haystack, none, depth, fuzzy).is_some()
    })
}

fn count_contiguous_rows(word: &QueryWord, segment: &Segment) -> usize {
    let mut rows = RowSet::empty(segment);
    CandidateTerm::Word(word).add_contiguous(segment, &mut rows);
    rows.iter().count()
}
