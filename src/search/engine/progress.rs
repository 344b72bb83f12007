//! The hits found so far, and the responses posted on the way.

use std::sync::Arc;

use rayon::prelude::*;

use crate::search::cache::segment_hits::SegmentHits;
use crate::search::facets::Facets;
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::lazy_sort::RankedHits;
use crate::search::rank::sort::{SortDirection, SortKey, SortOrder, sort};
use crate::search::reference::summary::ReferenceSummary;
use crate::search::request::{Request, Response, SimilarPapers, Stage};

pub struct Progress<'a> {
    request: &'a Request,
    post: &'a mut dyn FnMut(Response),
    /// Scores of papers by id, if hits are sorted by them.
    scores: Arc<Vec<f32>>,
    /// In order of the [segments](super::context::SearchContext::segments).
    pub segment_hits: Vec<SegmentHits>,
    pub searched_papers: u32,
    /// Corrections that made a hit.
    pub corrections: Vec<String>,
    /// Papers that match approximately; none before they are looked for.
    pub similar: Arc<SimilarPapers>,
    /// The references of a pasted text whose papers are the hits.
    pub references: Option<ReferenceSummary>,
}

impl<'a> Progress<'a> {
    pub fn new(
        request: &'a Request,
        scores: Arc<Vec<f32>>,
        post: &'a mut dyn FnMut(Response),
    ) -> Self {
        let (segment_hits, corrections) = (Vec::new(), Vec::new());
        let (similar, references) = (Arc::default(), None);
        let searched_papers = 0;
        Self {
            request,
            post,
            scores,
            segment_hits,
            searched_papers,
            corrections,
            similar,
            references,
        }
    }

    pub fn sort_order(&self) -> SortOrder<'_> {
        let Request { sort_key, direction, .. } = *self.request;
        SortOrder { key: sort_key, direction, scores: &self.scores }
    }

    pub fn contiguous_count(&self) -> usize {
        self.segment_hits.iter().map(|it| it.contiguous.len()).sum()
    }

    pub fn hit_count(&self) -> usize {
        self.contiguous_count() + self.segment_hits.iter().map(|it| it.deep.len()).sum::<usize>()
    }

    /// The hits found so far in the requested order: one per paper, hidden papers left out.
    pub fn sorted_hits(&self) -> Hits {
        let Request { query, corpus, marks, .. } = self.request;
        let order = self.sort_order();
        let both = |it: &SegmentHits| [Arc::clone(&it.contiguous), Arc::clone(&it.deep)];
        let mut parts: Vec<_> = self.segment_hits.iter().flat_map(both).collect();
        parts.retain(|it| !it.is_empty());
        if !corpus.has_no_duplicates() || query.hides_any(marks) {
            let listed = |hits: &Arc<Vec<Hit>>| {
                let hits = hits.iter().filter_map(|it| it.to_paper(corpus));
                Arc::new(hits.filter(|it| !query.hides(marks, it.id())).collect::<Vec<_>>())
            };
            parts.par_iter_mut().for_each(|it| *it = listed(it));
        }
        // By relevance only the best hits are sorted now.
        if (order.key, order.direction) == (SortKey::Relevance, SortDirection::Forward) {
            // The tiers of similar papers are the last ones.
            parts.push(Arc::new(self.similar.hits.clone()));
            return Hits::Ranked(Arc::new(RankedHits::from_parts(parts)));
        }
        let mut hits = parts.iter().flat_map(|it| it.iter().copied()).collect();
        sort(&mut hits, corpus, order);
        let mut similar = self.similar.hits.clone();
        sort(&mut similar, corpus, order);
        hits.extend(similar);
        Hits::Ranked(Arc::new(RankedHits::from_sorted(hits)))
    }

    /// Posts the hits found so far.
    pub fn post_hits(&mut self, stage: Stage) {
        self.post(self.sorted_hits(), stage);
    }

    pub fn post(&mut self, hits: Hits, stage: Stage) {
        let response = self.response(hits, None, stage);
        (self.post)(response);
    }

    pub fn response(&self, hits: Hits, facets: Option<Arc<Facets>>, stage: Stage) -> Response {
        Response {
            query_id: self.request.query_id,
            hits,
            searched_papers: self.searched_papers,
            facets,
            corrections: self.corrections.clone(),
            similar: Arc::clone(&self.similar),
            references: self.references,
            stage,
        }
    }
}
