//! Hits of the previous query. If letters were added to the query, only these hits are matched
//! again; if segments were added to the corpus, only the new segments are.

use std::sync::Arc;

use super::segment_hits::SegmentHits;
use crate::domain::Segment;
use crate::search::matching::context::CorpusSegment;
use crate::search::query::Query;
use crate::search::rank::hit::Hit;
use crate::search::request::Request;

/// The previous query with its hits.
///
/// Valid for: the same query in the same segments at the same ids, if it depends on papers only;
/// and for a query that narrows it, over the same corpus, marks and bibliographies.
/// Invalidated by: the next query; for narrowing also by another corpus, marks or bibliographies.
/// Saves: scanning whole segments.
#[derive(Debug)]
pub struct PreviousQuery {
    query: Arc<Query>,
    segments: Vec<PreviousSegment>,
    is_narrowable: bool,
}

#[derive(Debug)]
struct PreviousSegment {
    segment: Arc<Segment>,
    start: u32,
    hits: SegmentHits,
}

/// Matching single papers again is faster than a scan only below one hit in this many papers.
const RECHECK_RATIO: usize = 24;

impl PreviousQuery {
    pub fn new(
        request: &Request,
        segments: &[CorpusSegment<'_>],
        segment_hits: &[SegmentHits],
    ) -> Self {
        let count: usize = segment_hits.iter().map(|it| it.contiguous.len()).sum();
        let previous = |(at, hits): (&CorpusSegment<'_>, &SegmentHits)| PreviousSegment {
            segment: Arc::clone(at.segment),
            start: at.start,
            hits: hits.clone(),
        };
        Self {
            query: Arc::clone(&request.query),
            segments: segments.iter().zip(segment_hits).map(previous).collect(),
            is_narrowable: count < request.corpus.len() as usize / RECHECK_RATIO,
        }
    }

    /// To be called when corpus, marks or bibliographies change: hits of a query that narrows this
    /// one may then be others.
    pub fn forbid_narrowing(&mut self) {
        self.is_narrowable = false;
    }

    /// Returns true if the contiguous hits of the query are among those of this one, and few enough
    /// to be matched one by one.
    pub fn is_narrowed_by(&self, query: &Query) -> bool {
        self.is_narrowable && query.narrows(&self.query)
    }

    /// The contiguous hits in the segment at an index, if the corpus is still the same.
    pub fn contiguous_hits(&self, segment: usize) -> &[Hit] {
        &self.segments[segment].hits.contiguous
    }

    /// Returns true if the query is the same and its hits in a segment depend on nothing else.
    pub fn is_repeated_by(&self, query: &Query) -> bool {
        *query == *self.query && query.depends_on_papers_only()
    }

    /// The hits in a segment, if it had the same ids.
    pub fn segment_hits(&self, at: CorpusSegment<'_>) -> Option<&SegmentHits> {
        let is_same =
            |it: &&PreviousSegment| it.start == at.start && Arc::ptr_eq(&it.segment, at.segment);
        self.segments.iter().find(is_same).map(|it| &it.hits)
    }
}
