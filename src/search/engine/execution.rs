//! A request on its way from one pass over the segments to the next.

use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::Segment;
use crate::search::cache::candidate_rows::CandidateCache;
use crate::search::cache::previous::PreviousQuery;
use crate::search::cache::responses::ResponseCache;
use crate::search::cache::segment_hits::SegmentHits;
use crate::search::cache::word_stats::WordStatsCache;
use crate::search::cancel::Cancelled;
use crate::search::facets::{CategoryOrdinals, Facets};
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::lazy_sort::RankedHits;
use crate::search::rank::sort::{SortDirection, SortKey, sort, sort_unranked};
use crate::search::request::{Request, Response, Stage};

/// Hits that are counted at once; more of them are shown before they are counted.
const MAX_UNSTAGED_HITS: usize = 1 << 11;

/// A request on its way to being answered.
pub struct Execution<'a> {
    pub request: &'a Request,
    pub segments: Vec<(u32, &'a Arc<Segment>)>,
    pub categories: &'a mut CategoryOrdinals,
    pub standings: &'a mut WordStatsCache,
    pub earlier: &'a mut Option<PreviousQuery>,
    pub trail: &'a mut CandidateCache,
    pub answered: &'a ResponseCache,
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
    pub post: &'a mut dyn FnMut(Response),
    /// What was found in each segment.
    pub hits: Vec<SegmentHits>,
    pub searched_papers: u32,
    pub corrections: Vec<String>,
}

impl Execution<'_> {
    pub fn in_requested_order(&self, mut hits: Vec<Hit>) -> Hits {
        let Request { query, corpus, sort_key: order, direction, .. } = self.request;
        let sort = if query.is_empty() { sort_unranked } else { sort };
        sort(&mut hits, corpus, *order, *direction);
        Hits::Ranked(Arc::new(RankedHits::from_sorted(hits)))
    }

    pub fn hit_count(&self) -> usize {
        self.contiguous_count() + self.hits.iter().map(|it| it.deep.len()).sum::<usize>()
    }

    pub fn contiguous_count(&self) -> usize {
        self.hits.iter().map(|it| it.contiguous.len()).sum()
    }

    pub fn sorted_hits(&self) -> Hits {
        let Request { query, corpus, marks, sort_key: order, direction, .. } = self.request;
        let leaves_out = query.hides_any(marks);
        let listed = |hits: &Arc<Vec<Hit>>| {
            let hits = hits.iter().filter_map(|it| it.to_paper(corpus));
            Arc::new(hits.filter(|it| !query.hides(marks, it.id())).collect::<Vec<_>>())
        };
        let both = |it: &SegmentHits| [Arc::clone(&it.contiguous), Arc::clone(&it.deep)];
        let mut parts: Vec<_> = self.hits.iter().flat_map(both).collect();
        parts.retain(|it| !it.is_empty());
        if !corpus.has_no_duplicates() || leaves_out {
            parts.par_iter_mut().for_each(|it| *it = listed(it));
        }
        if *order == SortKey::Relevance && *direction == SortDirection::Forward {
            return Hits::Ranked(Arc::new(RankedHits::from_parts(parts)));
        }
        self.in_requested_order(parts.iter().flat_map(|it| it.iter().copied()).collect())
    }

    /// Counts the hits; where they are many they are shown before.
    pub fn count_facets(&mut self, hits: &Hits) -> Result<Arc<Facets>, Cancelled> {
        if let Some(facets) = self.answered.facets(self.request) {
            return Ok(facets);
        }
        if hits.len() > MAX_UNSTAGED_HITS {
            self.post(hits.clone(), None, Stage::CountingFacets);
        }
        let corpus = &self.request.corpus;
        let facets = Facets::without_names(hits, corpus, self.categories);
        self.check_cancelled()?;
        if hits.len() > MAX_UNSTAGED_HITS {
            return Ok(Arc::new(facets));
        }
        Ok(Arc::new(facets.with_names(hits, corpus, self.is_cancelled)?))
    }

    pub fn post(&mut self, hits: Hits, facets: Option<Arc<Facets>>, stage: Stage) {
        let (ticket, searched) = (self.request.query_id, self.searched_papers);
        (self.post)(Response {
            query_id: ticket,
            hits,
            searched_papers: searched,
            facets,
            corrections: self.corrections.clone(),
            stage,
        });
    }

    pub fn check_cancelled(&self) -> Result<(), Cancelled> {
        if (self.is_cancelled)() { Err(Cancelled) } else { Ok(()) }
    }
}
