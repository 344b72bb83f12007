//! Final responses to the last queries. A letter taken back, or another order, is no new search.

use std::sync::Arc;

use crate::search::facets::Facets;
use crate::search::query::Query;
use crate::search::rank::hits::Hits;
use crate::search::rank::sort::{SortDirection, SortKey};
use crate::search::request::{Request, Response};

/// Final responses, the most recently used first.
///
/// Valid for: a query and order over a corpus with marks and bibliographies.
/// Invalidated by: another corpus, marks or bibliographies.
/// Saves: the whole search, and for the same query in another order the counting of facets.
#[derive(Debug, Default)]
pub struct ResponseCache {
    responses: Vec<CachedResponse>,
}

#[derive(Debug)]
struct CachedResponse {
    query: Arc<Query>,
    sort_key: SortKey,
    direction: SortDirection,
    response: Response,
}

/// Cached responses with a list of hits.
const MAX_RESPONSES: usize = 32;
/// Cached hits of all responses together, per paper of the corpus.
const MAX_HITS_PER_PAPER: usize = 2;

impl ResponseCache {
    pub fn get(&mut self, request: &Request) -> Option<Response> {
        let at = self.responses.iter().position(|it| it.is_for(request))?;
        self.responses[..=at].rotate_right(1);
        Some(Response { query_id: request.query_id, ..self.responses[0].response.clone() })
    }

    /// The facets of the same query in any order.
    pub fn facets(&self, request: &Request) -> Option<Arc<Facets>> {
        let cached = self.responses.iter().find(|it| it.query == request.query)?;
        cached.response.facets.clone()
    }

    /// Adds a final response, or replaces that to the same request.
    pub fn insert(&mut self, request: &Request, response: Response) {
        let Request { query, sort_key, direction, .. } = request;
        let (query, sort_key, direction) = (Arc::clone(query), *sort_key, *direction);
        self.responses.retain(|it| !it.is_for(request));
        self.responses.insert(0, CachedResponse { query, sort_key, direction, response });
        let max_hits = MAX_HITS_PER_PAPER * request.corpus.len() as usize;
        let (mut lists, mut cached_hits) = (0, 0);
        self.responses.retain(|it| {
            // The list of all papers takes no memory, and is the one that is returned to.
            let Hits::Ranked(hits) = &it.response.hits else { return true };
            lists += 1;
            cached_hits += hits.len();
            lists <= MAX_RESPONSES && cached_hits <= max_hits
        });
    }
}

impl CachedResponse {
    fn is_for(&self, request: &Request) -> bool {
        let order = (self.sort_key, self.direction);
        self.query == request.query && order == (request.sort_key, request.direction)
    }
}
