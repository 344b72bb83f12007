//! The citation keys of a segment: their pattern, and a hash per row.

use crate::domain::citation_key::pattern::KeyPattern;

/// The pattern of generated citation keys, and the hash of each row's key.
#[derive(Debug, Default)]
pub struct CitationKeyColumn {
    pattern: KeyPattern,
    hashes: Box<[u64]>,
}

impl CitationKeyColumn {
    pub fn new(pattern: KeyPattern, hashes: Box<[u64]>) -> Self {
        Self { pattern, hashes }
    }

    pub fn pattern(&self) -> &KeyPattern {
        &self.pattern
    }

    /// Returns the hashes, one per row.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The memory use in bytes.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.hashes)
    }
}
