//! Requests to the searcher, and its responses.

use std::collections::HashMap;
use std::sync::Arc;

use super::facets::Facets;
use super::matching::context::FilterContext;
use super::query::Query;
use super::rank::hit::Hit;
use super::rank::hits::Hits;
use super::rank::sort::{SortDirection, SortKey};
use super::reference::summary::ReferenceSummary;
use crate::cite::SharedBibliography;
use crate::domain::{Corpus, Marks, PaperId};

/// Serial number of a query; responses to older queries are recognised by it and dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub u64);

/// A query with the corpus, marks and order that it is to be answered for.
#[derive(Debug, Clone)]
pub struct Request {
    pub query_id: QueryId,
    pub query: Arc<Query>,
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The user's own bibliographies.
    pub bibliographies: SharedBibliography,
    pub sort_key: SortKey,
    pub direction: SortDirection,
    /// The marks that a model is trained on if the sort key is [`SortKey::ForYou`]. Without them,
    /// or with too few stars, hits are in order of relevance.
    pub judged_marks: Option<Arc<Marks>>,
}

impl Request {
    /// The data that predicates look up beside the segment.
    pub fn filter_context(&self) -> FilterContext<'_> {
        let Self { corpus, marks, bibliographies, .. } = self;
        FilterContext { corpus, marks, bibliographies }
    }
}

#[derive(Debug, Clone)]
pub struct Response {
    pub query_id: QueryId,
    pub hits: Hits,
    /// Number of papers searched completely, in order of arrival. If it is the size of the corpus,
    /// the hits are final, even in a partial response that only lacks its facets.
    pub searched_papers: u32,
    /// Counts over the hits; only the final response has them.
    pub facets: Option<Arc<Facets>>,
    /// Corrected words that were searched for beside the typed ones and made a hit.
    pub corrections: Vec<String>,
    /// The last of the hits, which match the query only approximately.
    pub similar: Arc<SimilarPapers>,
    /// Set if the query is a pasted text and the hits are the papers that it names.
    pub references: Option<ReferenceSummary>,
    pub stage: Stage,
}

/// Papers that match a query approximately, listed behind the papers that match it as typed.
#[derive(Debug, Default)]
pub struct SimilarPapers {
    /// The best first.
    pub hits: Vec<Hit>,
    /// The difference of each paper from the query: `similar: theory`, `without "of"`.
    pub labels: HashMap<PaperId, String>,
    /// Texts that the papers have in place of typed words. Folded.
    pub alternatives: Vec<String>,
}

/// Progress of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    Partial,
    /// Complete except for matches in abstracts that have not been read yet.
    ReadingAbstracts,
    /// All hits that match as typed are there; similar papers are being looked for.
    FindingSimilar,
    /// All hits are there; facets are being counted.
    CountingFacets,
    #[default]
    Final,
}
