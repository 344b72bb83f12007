//! The citation keys of a segment: what they are made of, and a hash of each row's.

use crate::domain::citation_key::pattern::KeyPattern;

/// The pattern of citation keys, and the hash of each row's.
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

    /// One of each row.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// What they hold of memory.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.hashes)
    }
}
