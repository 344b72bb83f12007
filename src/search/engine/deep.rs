//! The phases after the contiguous one: abstracts, metadata, typos and subsequences, first as far
//! as indexes know, then from abstracts that must be read.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::context::SearchContext;
use super::corrections::{
    CorrectionScope, corrections_with_hits, find_corrections, words_to_correct,
};
use super::progress::Progress;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cache::segment_hits::DeepMatchKey;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::{LookupError, LookupMode};
use crate::search::matching::context::WordFrequency;
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::passes::{Completeness, DeepMatches};
use crate::search::matching::segment::SegmentMatcher;
use crate::search::request::Stage;

/// Segments searched before the first partial response, over a million papers; later stages have
/// twice as many as the one before. Rows that are soon replaced cost a slow terminal line more than
/// they tell.
const FIRST_STAGE_SEGMENTS: usize = 96;

/// While abstracts are read, hits are posted again once more than one in this many is new.
const REPOST_RATIO: usize = 8;

/// A query with its corrections, ready for the deep phases.
struct DeepQuery<'a> {
    matcher: SegmentMatcher<'a>,
    key: Arc<DeepMatchKey>,
}

/// Finds all hits that are not contiguous. Returns the number of words that were to be corrected.
pub fn find_deep(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
    frequency: &WordFrequency,
    scope: CorrectionScope,
) -> Result<usize, Cancelled> {
    loop {
        let words = words_to_correct(context, cache, scope)?;
        let corrections = find_corrections(context, cache, &words)?;
        let matcher = context.matcher(&corrections, frequency);
        let key = Arc::new(DeepMatchKey::new(frequency, &corrections));
        let query = DeepQuery { matcher, key };
        find_indexed(context, cache, progress, &query)?;
        let was_indexed = context.is_indexed();
        progress.corrections = corrections_with_hits(context, progress, &corrections);
        let is_unread =
            |at: &usize| progress.segment_hits[*at].completeness == Completeness::WithoutAbstracts;
        let unread: Vec<usize> = (0..context.segments.len()).filter(is_unread).collect();
        if !unread.is_empty() {
            progress.post_hits(Stage::ReadingAbstracts);
            find_in_abstracts(context, cache, progress, &query, &unread)?;
            progress.corrections = corrections_with_hits(context, progress, &corrections);
        }
        // Abstracts that were read just now may have a word that was to be corrected, or be the
        // only ones with its correction.
        if unread.is_empty() || words.is_empty() || was_indexed {
            return Ok(words.len());
        }
    }
}

/// Finds the hits that need no abstract to be read, in stages of ever more segments.
fn find_indexed(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
    query: &DeepQuery<'_>,
) -> Result<(), Cancelled> {
    let mut posted = progress.hit_count();
    for stage in stages(context.segments.len()) {
        let is_open = |at: &usize| !progress.segment_hits[*at].is_complete(&query.key);
        let open: Vec<usize> = stage.clone().filter(is_open).collect();
        match_segments(context, cache, progress, query, LookupMode::IndexOnly, &open)?;
        if let Some(next) = context.segments.get(stage.end)
            && progress.hit_count() > posted
        {
            // Segments of merged records come first and have the greatest ids.
            let is_merged = next.start >= context.request.corpus.len();
            progress.searched_papers = if is_merged { 0 } else { next.start };
            posted = progress.hit_count();
            progress.post_hits(Stage::Partial);
        }
    }
    Ok(())
}

/// Finds the hits in segments whose abstracts must be read, a few segments at a time.
fn find_in_abstracts(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
    query: &DeepQuery<'_>,
    unread: &[usize],
) -> Result<(), Cancelled> {
    let mut posted = progress.hit_count();
    for chunk in unread.chunks(rayon::current_num_threads()) {
        match_segments(context, cache, progress, query, LookupMode::ReadTexts, chunk)?;
        // A ratio rather than a number, since the cost of sorting again grows with the hits.
        let count = progress.hit_count();
        if count - posted.min(count) > count / REPOST_RATIO {
            posted = count;
            progress.post_hits(Stage::ReadingAbstracts);
        }
    }
    Ok(())
}

/// Finds the deep hits of some segments, given by number.
fn match_segments(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
    query: &DeepQuery<'_>,
    mode: LookupMode,
    numbers: &[usize],
) -> Result<(), Cancelled> {
    let DeepQuery { matcher, key } = query;
    let (word, candidate_rows) = (matcher.candidate_word(), &cache.candidate_rows);
    let segment_hits = &progress.segment_hits;
    let matches = numbers.par_iter().map_init(FuzzyMatcher::default, |fuzzy, &number| {
        context.cancel.check()?;
        let at = context.segments[number];
        let known_rows = word.map(|word| candidate_rows.get(at.segment, word)).unwrap_or_default();
        let contiguous_hits = segment_hits[number].contiguous.as_slice();
        let at = context.segment_context(at, mode);
        match matcher.deep_matches(at, contiguous_hits, known_rows, fuzzy) {
            Ok(matches) => Ok(matches),
            Err(LookupError::NotIndexed) => Ok(DeepMatches::not_indexed()),
            Err(LookupError::Cancelled) => Err(Cancelled),
        }
    });
    let matches = matches.collect::<Result<Vec<_>, Cancelled>>()?;
    for (&number, DeepMatches { hits, completeness, known_rows }) in numbers.iter().zip(matches) {
        if let Some(word) = word {
            cache.candidate_rows.insert(context.segments[number].segment, word, known_rows);
        }
        let segment_hits = &mut progress.segment_hits[number];
        (segment_hits.deep, segment_hits.completeness) = (Arc::new(hits), completeness);
        segment_hits.deep_key = Some(Arc::clone(key));
    }
    Ok(())
}

/// The segments of each stage, whose hits are posted together.
fn stages(segment_count: usize) -> impl Iterator<Item = Range<usize>> {
    let (mut from, mut len) = (0, FIRST_STAGE_SEGMENTS);
    std::iter::from_fn(move || {
        let range = (from < segment_count).then(|| from..(from + len).min(segment_count))?;
        (from, len) = (range.end, len * 2);
        Some(range)
    })
}
