//! The first phase: hits with every word contiguous in title or authors. No abstract is needed,
//! unless a term is excluded.

use std::sync::Arc;

use rayon::prelude::*;

use super::context::SearchContext;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cache::previous::PreviousQuery;
use crate::search::cache::segment_hits::SegmentHits;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::LookupMode;
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::segment::SegmentMatcher;

/// Finds the contiguous hits of each segment. Segments that the same query has searched before come
/// with all of their hits. The hits become those of the previous query, in case the later phases
/// are cancelled.
pub fn find_contiguous(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    matcher: &SegmentMatcher<'_>,
) -> Result<Vec<SegmentHits>, Cancelled> {
    let query = &context.request.query;
    let previous = cache.previous.as_ref();
    let repeated = previous.filter(|it| it.is_repeated_by(query));
    let narrowed = previous.filter(|it| it.is_narrowed_by(query));
    let (word, candidate_rows) = (matcher.candidate_word(), &cache.candidate_rows);
    let segments = context.segments.par_iter().enumerate();
    let segment_hits = segments.map_init(FuzzyMatcher::default, |fuzzy, (number, &at)| {
        context.cancel.check()?;
        if let Some(hits) = repeated.and_then(|it| it.segment_hits(at)) {
            return Ok(hits.clone());
        }
        let previous_hits = narrowed.map(|it| it.contiguous_hits(number));
        let known_rows = word.map(|word| candidate_rows.get(at.segment, word)).unwrap_or_default();
        let at = context.segment_context(at, LookupMode::IndexOnly);
        let hits = matcher.contiguous_hits(at, previous_hits, &known_rows, fuzzy);
        Ok(SegmentHits { contiguous: Arc::new(hits), ..SegmentHits::default() })
    });
    let segment_hits = segment_hits.collect::<Result<Vec<_>, Cancelled>>()?;
    cache.previous = Some(PreviousQuery::new(context.request, &context.segments, &segment_hits));
    Ok(segment_hits)
}
