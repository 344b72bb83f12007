//! A request on its way from one pass over the segments to the next.

use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::Segment;
use crate::search::cache::candidate_rows::Trail;
use crate::search::cache::previous::Earlier;
use crate::search::cache::responses::Answered;
use crate::search::cache::segment_hits::Found;
use crate::search::cache::word_stats::Standings;
use crate::search::cancel::Interrupted;
use crate::search::facets::{Categories, Facets};
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::lazy_sort::Ranking;
use crate::search::rank::sort::{Direction, Order, sort, sort_all};
use crate::search::request::{Answer, Request, Stage};

/// Hits that are counted at once; more of them are shown before they are counted.
const COUNTED_AT_ONCE: usize = 1 << 11;

/// A request on its way to being answered.
pub struct Job<'a> {
    pub request: &'a Request,
    pub segments: Vec<(u32, &'a Arc<Segment>)>,
    pub categories: &'a mut Categories,
    pub standings: &'a mut Standings,
    pub earlier: &'a mut Option<Earlier>,
    pub trail: &'a mut Trail,
    pub answered: &'a Answered,
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    pub post: &'a mut dyn FnMut(Answer),
    /// What was found in each segment.
    pub found: Vec<Found>,
    pub searched: u32,
    pub also: Vec<String>,
}

impl Job<'_> {
    pub fn in_order_asked_for(&self, mut hits: Vec<Hit>) -> Hits {
        let Request { query, corpus, order, direction, .. } = self.request;
        let sort = if query.is_empty() { sort_all } else { sort };
        sort(&mut hits, corpus, *order, *direction);
        Hits::Ranked(Arc::new(Ranking::in_order(hits)))
    }

    pub fn hit_count(&self) -> usize {
        self.contiguous_count() + self.found.iter().map(|it| it.beyond.len()).sum::<usize>()
    }

    pub fn contiguous_count(&self) -> usize {
        self.found.iter().map(|it| it.contiguous.len()).sum()
    }

    pub fn sorted(&self) -> Hits {
        let Request { query, corpus, marks, order, direction, .. } = self.request;
        let leaves_out = query.leaves_out_any(marks);
        let listed = |hits: &Arc<Vec<Hit>>| {
            let hits = hits.iter().filter_map(|it| it.listed(corpus));
            Arc::new(hits.filter(|it| !query.leaves_out(marks, it.id())).collect::<Vec<_>>())
        };
        let both = |it: &Found| [Arc::clone(&it.contiguous), Arc::clone(&it.beyond)];
        let mut parts: Vec<_> = self.found.iter().flat_map(both).collect();
        parts.retain(|it| !it.is_empty());
        if !corpus.is_plain() || leaves_out {
            parts.par_iter_mut().for_each(|it| *it = listed(it));
        }
        if *order == Order::Relevance && *direction == Direction::Forward {
            return Hits::Ranked(Arc::new(Ranking::of(parts)));
        }
        self.in_order_asked_for(parts.iter().flat_map(|it| it.iter().copied()).collect())
    }

    /// Counts the hits; where they are many they are shown before.
    pub fn count(&mut self, hits: &Hits) -> Result<Arc<Facets>, Interrupted> {
        if let Some(facets) = self.answered.facets(self.request) {
            return Ok(facets);
        }
        if hits.len() > COUNTED_AT_ONCE {
            self.post(hits.clone(), None, Stage::Counting);
        }
        let corpus = &self.request.corpus;
        let facets = Facets::of(hits, corpus, self.categories);
        self.check()?;
        if hits.len() > COUNTED_AT_ONCE {
            return Ok(Arc::new(facets));
        }
        Ok(Arc::new(facets.with_names(hits, corpus, self.interrupted)?))
    }

    pub fn post(&mut self, hits: Hits, facets: Option<Arc<Facets>>, stage: Stage) {
        let (ticket, searched) = (self.request.ticket, self.searched);
        (self.post)(Answer { ticket, hits, searched, facets, also: self.also.clone(), stage });
    }

    pub fn check(&self) -> Result<(), Interrupted> {
        if (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
    }
}
