//! Citation keys: a function of the paper alone, so that two copies agree with each other.
//!
//! A [`KeyPattern`] says what keys are made of. A key that a file gives is kept as it is, for it
//! stands in the reader's texts. Where two papers of one output have the same, the later gets a tail
//! that is a function of it alone, too.

pub mod parser;
pub mod pattern;
pub mod suffix;
pub mod words;

use super::paper::field::BibField;
use super::paper::paper::Paper;
use crate::text::fnv_ignoring_case;

pub use pattern::{KeyField, KeyPattern, KeySegment, KeyTransform};

/// The hash of a paper's key. Keys that differ in case alone have one, for to BibTeX they are one.
pub fn key_hash(paper: &Paper<'_>, pattern: &KeyPattern) -> u64 {
    match paper.field(BibField::Key) {
        "" => fnv_ignoring_case(&pattern.make_key(paper)),
        own => fnv_ignoring_case(own),
    }
}
