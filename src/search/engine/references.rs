//! The phase before all others: a pasted text is resolved to the papers that its references name.

use std::sync::Arc;

use super::context::SearchContext;
use super::contiguous::find_contiguous;
use super::progress::Progress;
use crate::domain::PaperId;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cancel::Cancelled;
use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::lazy_sort::RankedHits;
use crate::search::rank::sort::{SortDirection, SortKey, SortOrder, sort};
use crate::search::rank::tier::Match;
use crate::search::reference::context::ReferenceContext;
use crate::search::reference::likelihood::{PasteLikelihood, paste_likelihood};
use crate::search::reference::resolve::resolve;
use crate::search::reference::summary::ReferenceSummary;
use crate::text::distinct;

/// Finds the papers of the references in the query, in their order. Returns `None` if the query
/// does not look pasted or names no paper; it is then searched for as words.
pub fn find_references(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
) -> Result<Option<Hits>, Cancelled> {
    let request = context.request;
    let Some(likelihood) = paste_likelihood(request.query.source()) else { return Ok(None) };
    if likelihood == PasteLikelihood::Possible && has_all_words(context, cache)? {
        return Ok(None);
    }
    let reference_context = ReferenceContext {
        corpus: &request.corpus,
        bibliographies: &request.bibliographies,
        cancel: context.cancel,
    };
    let references = resolve(request.query.source(), reference_context)?;
    let papers = distinct(references.iter().flat_map(|it| it.papers.iter().copied()));
    let hits = sorted_hits(context, &papers, progress.sort_order());
    progress.references = ReferenceSummary::new(&references).filter(|_| !hits.is_empty());
    Ok((!hits.is_empty()).then(|| Hits::Ranked(Arc::new(RankedHits::from_sorted(hits)))))
}

/// Returns true if title and authors of some paper have all words of the query.
fn has_all_words(context: &SearchContext<'_>, cache: &mut CorpusCache) -> Result<bool, Cancelled> {
    let (no_corrections, no_frequency) = (Corrections::new(), WordFrequency::default());
    let matcher = context.matcher(&no_corrections, &no_frequency);
    let hits = find_contiguous(context, cache, &matcher)?;
    Ok(hits.iter().any(|it| !it.contiguous.is_empty()))
}

/// The hits in the requested order. Relevance is the order of the references.
fn sorted_hits(context: &SearchContext<'_>, papers: &[PaperId], order: SortOrder<'_>) -> Vec<Hit> {
    let request = context.request;
    let shown = papers.iter().filter(|id| !request.query.hides(&request.marks, **id));
    let hit = |id: &PaperId| {
        let year = request.corpus.get(*id).and_then(|it| it.year);
        Hit::new(Match::NEUTRAL, year, *id)
    };
    let mut hits: Vec<Hit> = shown.map(hit).collect();
    match (order.key, order.direction) {
        (SortKey::Relevance, SortDirection::Forward) => {}
        (SortKey::Relevance, SortDirection::Reverse) => hits.reverse(),
        _ => sort(&mut hits, &request.corpus, order),
    }
    hits
}
