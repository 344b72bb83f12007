//! How far the loading of a source came, and the sentences that say so.

use std::io;

use crate::formats::UnrecognisedInput;

/// How far a load came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadOutcome {
    /// All of the source was in the cache.
    FromCache,
    /// All of the source was read, what the cache had perhaps left out.
    FromSource,
    /// It broke off, or was ended.
    Incomplete,
}

pub fn not_papers_message(name: &str, why: &UnrecognisedInput) -> String {
    format!("cannot find papers in {name}: {why}")
}

pub fn incomplete_message(name: &str, error: &io::Error) -> String {
    format!("cannot read all of {name}: {error}; what was read before stays")
}
