//! What is asked of the searcher, and what it answers.

use std::sync::Arc;

use super::facets::Facets;
use super::matching::context::Surroundings;
use super::query::Query;
use super::rank::hits::Hits;
use super::rank::sort::{Direction, Order};
use crate::cite::Bibliographies;
use crate::domain::{Corpus, Marks};

/// Numbers the queries, so that an answer to an old one can be told and dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A question for the searcher.
#[derive(Debug, Clone)]
pub struct Request {
    pub ticket: Ticket,
    pub query: Arc<Query>,
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The reader's own bibliographies.
    pub own: Bibliographies,
    pub order: Order,
    pub direction: Direction,
}

impl Request {
    /// What filters need to see beside a segment.
    pub fn filter_context(&self) -> Surroundings<'_> {
        let Self { corpus, marks, own, .. } = self;
        Surroundings { corpus, marks, own }
    }
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub ticket: Ticket,
    pub hits: Hits,
    /// How many papers have been searched to the end, in order of arrival. Where it is all of
    /// them the hits are final, also in a partial answer that only lacks its facets.
    pub searched: u32,
    /// Counts over the hits; they come with the final answer.
    pub facets: Option<Arc<Facets>>,
    /// Words that were searched for beside those that were typed.
    pub also: Vec<String>,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    Partial,
    /// All is there but what stands in abstracts that are still to be read.
    Abstracts,
    /// All hits are there, to be counted for the facets.
    Counting,
    #[default]
    Final,
}
