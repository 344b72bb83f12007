//! What was found last: where letters were added to the query, only that is looked at again, and
//! where papers have come since, only those.

use std::sync::Arc;

use super::segment_hits::Found;
use crate::domain::Segment;
use crate::search::rank::hit::Hit;
use crate::search::request::Request;

/// What the last query found.
#[derive(Debug)]
pub struct Earlier {
    request: Request,
    /// Each segment with the number of its first row, and what was found there.
    found: Vec<(u32, Arc<Segment>, Found)>,
    is_few: bool,
}

/// To look at one paper in so many, one by one, takes as long as to scan for all.
const MOST: usize = 24;

impl Earlier {
    pub fn of(request: &Request, segments: &[(u32, &Arc<Segment>)], found: &[Found]) -> Self {
        let count: usize = found.iter().map(|it| it.contiguous.len()).sum();
        let place = |(&(start, segment), found): (&(u32, &Arc<Segment>), &Found)| {
            (start, Arc::clone(segment), found.clone())
        };
        Self {
            request: request.clone(),
            found: segments.iter().zip(found).map(place).collect(),
            is_few: count < request.corpus.len() as usize / MOST,
        }
    }

    /// Whether all that the request finds contiguous was found then, and is little enough to be
    /// looked at again.
    pub fn serves(&self, request: &Request) -> bool {
        self.is_few
            && request.query.narrows(&self.request.query)
            && request.corpus.is_same(&self.request.corpus)
            && Arc::ptr_eq(&request.marks, &self.request.marks)
    }

    /// What stands contiguous in the segment of that number.
    pub fn contiguous(&self, segment: usize) -> &[Hit] {
        &self.found[segment].2.contiguous
    }

    /// Whether the same was asked for, and it depends on nothing but the papers themselves.
    pub fn asked_the_same(&self, request: &Request) -> bool {
        request.query == self.request.query && request.query.is_of_papers_alone()
    }

    /// What was found in a segment whose first row has that number.
    pub fn found_in(&self, start: u32, segment: &Arc<Segment>) -> Option<&Found> {
        let is_it = |it: &&(u32, Arc<Segment>, Found)| it.0 == start && Arc::ptr_eq(&it.1, segment);
        self.found.iter().find(is_it).map(|(_, _, found)| found)
    }
}
