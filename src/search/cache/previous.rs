//! What was found last: where letters were added to the query, only that is looked at again, and
//! where papers have come since, only those.

use std::sync::Arc;

use super::segment_hits::SegmentHits;
use crate::domain::Segment;
use crate::search::rank::hit::Hit;
use crate::search::request::Request;

/// What the last query found.
#[derive(Debug)]
pub struct PreviousQuery {
    request: Request,
    /// Each segment with the number of its first row, and what was found there.
    segments: Vec<(u32, Arc<Segment>, SegmentHits)>,
    is_selective: bool,
}

/// To look at one paper in so many, one by one, takes as long as to scan for all.
const RECHECK_RATIO: usize = 24;

impl PreviousQuery {
    pub fn new(
        request: &Request,
        segments: &[(u32, &Arc<Segment>)],
        found: &[SegmentHits],
    ) -> Self {
        let count: usize = found.iter().map(|it| it.contiguous.len()).sum();
        let place = |(&(start, segment), found): (&(u32, &Arc<Segment>), &SegmentHits)| {
            (start, Arc::clone(segment), found.clone())
        };
        Self {
            request: request.clone(),
            segments: segments.iter().zip(found).map(place).collect(),
            is_selective: count < request.corpus.len() as usize / RECHECK_RATIO,
        }
    }

    /// Whether all that the request finds contiguous was found then, and is little enough to be
    /// looked at again.
    pub fn is_narrowed_by(&self, request: &Request) -> bool {
        self.is_selective
            && request.query.narrows(&self.request.query)
            && request.corpus.is_same(&self.request.corpus)
            && Arc::ptr_eq(&request.marks, &self.request.marks)
    }

    /// What stands contiguous in the segment of that number.
    pub fn contiguous(&self, segment: usize) -> &[Hit] {
        &self.segments[segment].2.contiguous
    }

    /// Whether the same was asked for, and it depends on nothing but the papers themselves.
    pub fn has_same_query(&self, request: &Request) -> bool {
        request.query == self.request.query && request.query.depends_on_papers_only()
    }

    /// What was found in a segment whose first row has that number.
    pub fn segment_hits(&self, start: u32, segment: &Arc<Segment>) -> Option<&SegmentHits> {
        let is_it =
            |it: &&(u32, Arc<Segment>, SegmentHits)| it.0 == start && Arc::ptr_eq(&it.1, segment);
        self.segments.iter().find(is_it).map(|(_, _, found)| found)
    }
}
