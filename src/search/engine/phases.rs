//! The order of the phases: references in pasted text, contiguous hits, deep hits, similar papers,
//! facets.

use std::sync::Arc;

use super::context::{MAX_UNSTAGED_PAPERS, SearchContext};
use super::contiguous::find_contiguous;
use super::corrections::{CorrectionScope, correctable_words};
use super::deep::find_deep;
use super::phrase_order::rank_by_order;
use super::progress::Progress;
use super::references::find_references;
use super::similar::find_similar;
use super::word_stats::word_frequency;
use crate::domain::Segment;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cache::previous::PreviousQuery;
use crate::search::cancel::Cancelled;
use crate::search::facets::Facets;
use crate::search::matching::abstracts::ensure_indexes;
use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::lazy_sort::RankedHits;
use crate::search::rank::sort::{SortDirection, SortKey, SortOrder, sort_unranked};
use crate::search::rank::tier::Match;
use crate::search::request::{Request, Response, Stage};

/// More hits than this are posted before they are counted for the facets.
const MAX_UNSTAGED_HITS: usize = 1 << 11;

/// Runs the request and returns the final response. Partial ones are posted.
pub fn run(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    post: &mut dyn FnMut(Response),
) -> Result<Response, Cancelled> {
    let scores = cache.interest.scores(context.request, context.cancel)?;
    let mut progress = Progress::new(context.request, scores, post);
    let hits = if context.request.query.is_empty() {
        all_papers(context.request, progress.sort_order())
    } else if let Some(hits) = find_references(context, cache, &mut progress)? {
        hits
    } else {
        search_segments(context, cache, &mut progress)?;
        progress.searched_papers = context.request.corpus.len();
        find_similar(context, cache, &mut progress)?;
        progress.sorted_hits()
    };
    progress.searched_papers = context.request.corpus.len();
    let facets = count_facets(context, cache, &mut progress, &hits)?;
    Ok(progress.response(hits, Some(facets), Stage::Final))
}

/// The hits of an empty query.
fn all_papers(request: &Request, order: SortOrder<'_>) -> Hits {
    let Request { query, corpus, marks, sort_key, direction, .. } = request;
    let by_arrival = matches!(sort_key, SortKey::Relevance | SortKey::Arrival);
    let is_plain = by_arrival && *direction == SortDirection::Forward;
    if is_plain && !query.hides_any(marks) && corpus.has_no_duplicates() {
        return Hits::all(corpus, *sort_key, &Hits::default());
    }
    let shown = corpus.rows().filter(|(id, ..)| !query.hides(marks, *id));
    let hit =
        |(id, segment, row): (_, &Arc<Segment>, _)| Hit::new(Match::NEUTRAL, segment.year(row), id);
    let mut hits = shown.map(hit).collect();
    sort_unranked(&mut hits, corpus, order);
    Hits::Ranked(Arc::new(RankedHits::from_sorted(hits)))
}

fn search_segments(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
) -> Result<(), Cancelled> {
    let Request { query, corpus, .. } = context.request;
    let (no_corrections, no_frequency) = (Corrections::new(), WordFrequency::default());
    let matcher = context.matcher(&no_corrections, &no_frequency);
    progress.segment_hits = find_contiguous(context, cache, &matcher)?;
    if !matcher.has_deep_matches() {
        return Ok(());
    }
    if corpus.len() <= MAX_UNSTAGED_PAPERS {
        ensure_indexes(&context.segments, context.cancel)?;
    } else if progress.hit_count() > 0 {
        progress.post_hits(Stage::Partial);
    }
    let contiguous_count = matcher.is_one_word().then(|| progress.contiguous_count());
    let frequency = word_frequency(context, cache, contiguous_count)?;
    let unknown_words = CorrectionScope::UnknownWords;
    let corrected = find_deep(context, cache, progress, &frequency, unknown_words)?;
    // No paper matches all words, so that even a word that some paper has may be a typo.
    if progress.hit_count() == 0 && corrected < correctable_words(query).count() {
        find_deep(context, cache, progress, &frequency, CorrectionScope::AllWords)?;
    }
    rank_by_order(context, progress)?;
    let (segments, segment_hits) = (&context.segments, &progress.segment_hits);
    cache.previous = Some(PreviousQuery::new(context.request, segments, segment_hits));
    Ok(())
}

/// Counts the facets of the hits. Many hits are posted first.
fn count_facets(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
    hits: &Hits,
) -> Result<Arc<Facets>, Cancelled> {
    if let Some(facets) = cache.responses.facets(context.request) {
        return Ok(facets);
    }
    let is_staged = hits.len() > MAX_UNSTAGED_HITS;
    if is_staged {
        progress.post(hits.clone(), Stage::CountingFacets);
    }
    let (corpus, categories) = (&context.request.corpus, &mut cache.categories);
    categories.add_segments(&context.segments);
    let facets = Facets::without_names(hits, corpus, &categories.names, |it| categories.get(it));
    context.cancel.check()?;
    // Names of many hits are counted when the searcher is idle.
    Ok(Arc::new(if is_staged {
        facets
    } else {
        facets.with_names(hits, corpus, context.cancel)?
    }))
}
