//! What the query found to which letters were added since, so that only that is looked at again.

use std::sync::Arc;

use super::hits::Hit;
use super::request::Request;

/// The hits of a query that stand contiguous in title or authors.
#[derive(Debug)]
pub(super) struct Earlier {
    request: Request,
    /// Those of each segment.
    hits: Vec<Arc<Vec<Hit>>>,
}

/// To look at one paper in so many, one by one, takes as long as to scan for all.
const MOST: usize = 8;

impl Earlier {
    /// Nothing where the hits are so many that it is as quick to scan for them.
    pub(super) fn of(request: &Request, hits: Vec<Arc<Vec<Hit>>>) -> Option<Self> {
        let count: usize = hits.iter().map(|it| it.len()).sum();
        let is_few = count < request.corpus.len() as usize / MOST;
        is_few.then(|| Self { request: request.clone(), hits })
    }

    /// Whether all that the request finds contiguous was found then.
    pub(super) fn serves(&self, request: &Request) -> bool {
        request.query.narrows(&self.request.query)
            && request.corpus.is_same(&self.request.corpus)
            && Arc::ptr_eq(&request.marks, &self.request.marks)
    }

    pub(super) fn hits(&self) -> &[Arc<Vec<Hit>>] {
        &self.hits
    }
}
