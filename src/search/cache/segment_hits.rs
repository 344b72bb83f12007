//! The hits of a query in one segment, and what they depend on.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::search::matching::context::{Corrections, Frequency};
use crate::search::matching::passes::Known;
use crate::search::rank::hit::Hit;

/// What was found in a segment.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What stands contiguous in title or authors.
    pub contiguous: Arc<Vec<Hit>>,
    pub beyond: Arc<Vec<Hit>>,
    pub known: Known,
    /// What it took beside the query to find what is beyond, where that was looked for.
    pub means: Option<Arc<Means>>,
}

/// What hits beyond the contiguous ones depend on beside the query and their segment.
#[derive(Debug, PartialEq, Eq)]
pub struct Means {
    frequency: Frequency,
    /// Words that may have been meant, by the number of the word that was typed.
    meant: Vec<Vec<Vec<u8>>>,
}

impl Means {
    pub fn of(frequency: &Frequency, corrections: &Corrections) -> Self {
        let text = |it: &Vec<Finder<'static>>| it.iter().map(|it| it.needle().to_vec()).collect();
        Self { frequency: frequency.clone(), meant: corrections.iter().map(text).collect() }
    }
}

impl Found {
    /// Whether all is there that can be found so.
    pub fn is_complete(&self, means: &Means) -> bool {
        self.known == Known::All && self.means.as_deref() == Some(means)
    }
}
