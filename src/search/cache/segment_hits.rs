//! The hits of a query in one segment, and what they depend on.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::matching::passes::Completeness;
use crate::search::rank::hit::Hit;

/// What was found in a segment.
#[derive(Debug, Clone, Default)]
pub struct SegmentHits {
    /// What stands contiguous in title or authors.
    pub contiguous: Arc<Vec<Hit>>,
    pub deep: Arc<Vec<Hit>>,
    pub completeness: Completeness,
    /// What it took beside the query to find what is beyond, where that was looked for.
    pub deep_key: Option<Arc<DeepMatchKey>>,
}

/// What hits beyond the contiguous ones depend on beside the query and their segment.
#[derive(Debug, PartialEq, Eq)]
pub struct DeepMatchKey {
    frequency: WordFrequency,
    /// Words that may have been meant, by the number of the word that was typed.
    corrections: Vec<Vec<Vec<u8>>>,
}

impl DeepMatchKey {
    pub fn new(frequency: &WordFrequency, corrections: &Corrections) -> Self {
        let text = |it: &Vec<Finder<'static>>| it.iter().map(|it| it.needle().to_vec()).collect();
        Self { frequency: frequency.clone(), corrections: corrections.iter().map(text).collect() }
    }
}

impl SegmentHits {
    /// Whether all is there that can be found so.
    pub fn is_complete(&self, means: &DeepMatchKey) -> bool {
        self.completeness == Completeness::Complete && self.deep_key.as_deref() == Some(means)
    }
}
