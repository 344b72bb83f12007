//! Inputs of matching beside the query: segments in their corpus, marks, corrections, word
//! frequencies.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::cite::SharedBibliography;
use crate::domain::{Corpus, Marks, PaperId, Segment};
use crate::search::rank::hit::Hit;

/// A segment within its corpus: the ids of its rows begin at `start`.
#[derive(Debug, Clone, Copy)]
pub struct CorpusSegment<'a> {
    pub segment: &'a Arc<Segment>,
    pub start: u32,
}

impl<'a> CorpusSegment<'a> {
    /// The segments to search: those of merged records, then those of single records.
    pub fn all(corpus: &'a Corpus) -> impl Iterator<Item = Self> {
        corpus.searched_segments().map(|(start, segment)| Self { segment, start })
    }

    pub fn id(self, row: u32) -> PaperId {
        PaperId(self.start + row)
    }

    /// The row of a hit that lies in this segment.
    pub fn row(self, hit: Hit) -> u32 {
        hit.id().0 - self.start
    }
}

/// The data that predicates look up beside the segment.
#[derive(Debug, Clone, Copy)]
pub struct FilterContext<'a> {
    pub corpus: &'a Corpus,
    pub marks: &'a Marks,
    pub bibliographies: &'a SharedBibliography,
}

/// Corrections of each query word, by its index.
pub type Corrections = Vec<Vec<Finder<'static>>>;

/// Indexes of query words that can be searched for less thoroughly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordFrequency {
    pub common_words: Vec<usize>,
    pub absent_words: Vec<usize>,
}
