//! Typo correction: selects the words to correct, and finds their corrections.

use memchr::memmem::Finder;

use super::context::SearchContext;
use super::progress::Progress;
use super::word_stats::word_stats;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cache::segment_hits::SegmentHits;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::LookupMode;
use crate::search::matching::context::{CorpusSegment, Corrections};
use crate::search::matching::haystack::Haystack;
use crate::search::query::{Query, QueryWord};
use crate::search::rank::tier::Tier;
use crate::search::spelling::edit_distance;

/// The words of a query that are corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionScope {
    UnknownWords,
    AllWords,
}

/// The words that are long enough to be corrected.
pub fn correctable_words(query: &Query) -> impl Iterator<Item = &QueryWord> {
    query.plain_words().filter(|word| edit_distance::is_correctable(word))
}

/// The words of the query to correct.
pub fn words_to_correct<'a>(
    context: &SearchContext<'a>,
    cache: &mut CorpusCache,
    scope: CorrectionScope,
) -> Result<Vec<&'a QueryWord>, Cancelled> {
    let mut words = Vec::new();
    for word in correctable_words(&context.request.query) {
        if scope == CorrectionScope::AllWords
            || !word_stats(context, cache, word, None)?.is_in_vocabulary
        {
            words.push(word);
        }
    }
    Ok(words)
}

/// Finds the corrections of the words.
pub fn find_corrections(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    words: &[&QueryWord],
) -> Result<Corrections, Cancelled> {
    let mut corrections = vec![Vec::new(); context.request.query.word_count()];
    if !words.is_empty() {
        let vocabulary = cache.spelling.vocabulary(&context.segments, context.cancel)?;
        for word in words {
            corrections[word.index] = vocabulary.suggest(&word.letters);
        }
    }
    Ok(corrections)
}

/// The corrections that made a hit.
pub fn corrections_with_hits(
    context: &SearchContext<'_>,
    progress: &Progress<'_>,
    corrections: &Corrections,
) -> Vec<String> {
    /// Corrected hits checked in each segment, the first ones.
    const MAX_HITS_CHECKED: usize = 100;
    let in_segment = |needle: &Finder<'static>, hits: &SegmentHits, at: CorpusSegment<'_>| {
        let typos = hits.deep.iter().filter(|hit| hit.tier() == Some(Tier::Typo));
        let rows: Vec<u32> = typos.take(MAX_HITS_CHECKED).map(|hit| at.row(*hit)).collect();
        let in_fields = |&row: &u32| Haystack::new(at.segment, row).begins_word(needle);
        let is_in_abstract =
            || context.segment_context(at, LookupMode::IndexOnly).is_mentioned(needle, &rows);
        rows.iter().any(in_fields) || is_in_abstract()
    };
    let has_hit = |needle: &&Finder<'static>| {
        let mut segments = progress.segment_hits.iter().zip(&context.segments);
        segments.any(|(hits, at)| in_segment(needle, hits, *at))
    };
    let used = corrections.iter().flatten().filter(has_hit);
    used.map(|it| String::from_utf8_lossy(it.needle()).into_owned()).collect()
}
