//! The inputs that all phases of a search share.

use crate::search::cancel::CancelToken;
use crate::search::matching::abstracts::{LookupMode, SegmentContext};
use crate::search::matching::context::{CorpusSegment, Corrections, WordFrequency};
use crate::search::matching::segment::SegmentMatcher;
use crate::search::request::Request;

/// Up to this many papers a search is so fast that no partial response is posted.
pub const MAX_UNSTAGED_PAPERS: u32 = 1 << 15;

pub struct SearchContext<'a> {
    pub request: &'a Request,
    /// The segments of the request's corpus.
    pub segments: Vec<CorpusSegment<'a>>,
    pub cancel: CancelToken<'a>,
}

impl<'a> SearchContext<'a> {
    pub fn new(request: &'a Request, cancel: CancelToken<'a>) -> Self {
        Self { request, segments: CorpusSegment::all(&request.corpus).collect(), cancel }
    }

    pub fn segment_context(
        &self,
        segment: CorpusSegment<'a>,
        mode: LookupMode,
    ) -> SegmentContext<'a> {
        SegmentContext { segment, mode, cancel: self.cancel }
    }

    pub fn matcher<'m>(
        &self,
        corrections: &'m Corrections,
        frequency: &'m WordFrequency,
    ) -> SegmentMatcher<'m>
    where
        'a: 'm,
    {
        let request = self.request;
        let clauses = request.query.clauses();
        SegmentMatcher::new(clauses, request.filter_context(), corrections, frequency)
    }

    /// Returns true if the abstracts of every segment are indexed.
    pub fn is_indexed(&self) -> bool {
        self.segments.iter().all(|it| it.segment.word_index().is_some())
    }
}
