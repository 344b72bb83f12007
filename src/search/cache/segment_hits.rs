//! The hits of a query in one segment, and the inputs that they depend on.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::matching::passes::Completeness;
use crate::search::rank::hit::Hit;

#[derive(Debug, Clone, Default)]
pub struct SegmentHits {
    /// Hits with every word contiguous in title or authors.
    pub contiguous: Arc<Vec<Hit>>,
    /// All other hits.
    pub deep: Arc<Vec<Hit>>,
    pub completeness: Completeness,
    /// The inputs of the deep hits, or nothing before they are searched for.
    pub deep_key: Option<Arc<DeepMatchKey>>,
}

/// The inputs of deep hits beside query and segment.
#[derive(Debug, PartialEq, Eq)]
pub struct DeepMatchKey {
    frequency: WordFrequency,
    /// Needles of the corrections of each query word, by its index.
    corrections: Vec<Vec<Vec<u8>>>,
}

impl DeepMatchKey {
    pub fn new(frequency: &WordFrequency, corrections: &Corrections) -> Self {
        let text = |it: &Vec<Finder<'static>>| it.iter().map(|it| it.needle().to_vec()).collect();
        Self { frequency: frequency.clone(), corrections: corrections.iter().map(text).collect() }
    }
}

impl SegmentHits {
    /// Returns true if all hits with these inputs are there.
    pub fn is_complete(&self, key: &DeepMatchKey) -> bool {
        self.completeness == Completeness::Complete && self.deep_key.as_deref() == Some(key)
    }
}
