//! What is asked of the searcher, and what it answers.

use std::sync::Arc;

use super::facets::Facets;
use super::matching::context::FilterContext;
use super::query::Query;
use super::rank::hits::Hits;
use super::rank::sort::{SortDirection, SortKey};
use crate::cite::SharedBibliography;
use crate::domain::{Corpus, Marks};

/// Numbers the queries, so that an answer to an old one can be told and dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub u64);

/// A question for the searcher.
#[derive(Debug, Clone)]
pub struct Request {
    pub query_id: QueryId,
    pub query: Arc<Query>,
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The reader's own bibliographies.
    pub bibliographies: SharedBibliography,
    pub sort_key: SortKey,
    pub direction: SortDirection,
}

impl Request {
    /// What filters need to see beside a segment.
    pub fn filter_context(&self) -> FilterContext<'_> {
        let Self { corpus, marks, bibliographies: own, .. } = self;
        FilterContext { corpus, marks, bibliographies: own }
    }
}

#[derive(Debug, Clone)]
pub struct Response {
    pub query_id: QueryId,
    pub hits: Hits,
    /// How many papers have been searched to the end, in order of arrival. Where it is all of
    /// them the hits are final, also in a partial answer that only lacks its facets.
    pub searched_papers: u32,
    /// Counts over the hits; they come with the final answer.
    pub facets: Option<Arc<Facets>>,
    /// Words that were searched for beside those that were typed.
    pub corrections: Vec<String>,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    Partial,
    /// All is there but what stands in abstracts that are still to be read.
    ReadingAbstracts,
    /// All hits are there, to be counted for the facets.
    CountingFacets,
    #[default]
    Final,
}
