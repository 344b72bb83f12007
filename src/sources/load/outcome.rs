//! How far the loading of a source came, and the sentences that say so.

use std::io;

use crate::formats::NotPapers;

/// How far a load came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of the source was in the cache.
    Kept,
    /// All of the source was read, what the cache had perhaps left out.
    Read,
    /// It broke off, or was ended.
    Broken,
}

pub fn not_papers_message(name: &str, why: &NotPapers) -> String {
    format!("cannot find papers in {name}: {why}")
}

pub fn broken(name: &str, error: &io::Error) -> String {
    format!("cannot read all of {name}: {error}; what was read before stays")
}
