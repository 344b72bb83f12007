//! Citation keys. A key depends on its paper alone, so two runs of the program agree on it.
//!
//! A [`KeyPattern`] describes generated keys. A key that a source gives is never changed, because
//! the user's documents cite it. If two papers of one output share a key, the later one gets a
//! suffix that also depends on that paper alone.

pub mod parser;
pub mod pattern;
pub mod suffix;
pub mod words;

use super::paper::field::BibField;

use super::paper::paper::Paper;
use crate::text::fnv_ignoring_case;

pub use pattern::{KeyField, KeyPattern, KeySegment, KeyTransform};

/// Returns the case-insensitive hash of a paper's key: to BibTeX, keys that differ only in case are
/// the same.
pub fn key_hash(paper: &Paper<'_>, pattern: &KeyPattern) -> u64 {
    match paper.field(BibField::Key) {
        "" => fnv_ignoring_case(&pattern.make_key(paper)),
        source_key => fnv_ignoring_case(source_key),
    }
}
