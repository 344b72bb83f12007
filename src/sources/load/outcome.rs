//! Outcome of loading a source, and messages about failures.

use std::io;

use crate::formats::UnrecognisedInput;
use crate::sources::disk::io_reason;

/// Outcome of loading a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadOutcome {
    /// Read completely from the cache.
    FromCache,
    /// Read completely, at least partly from the source.
    FromSource,
    /// Failed or cancelled.
    Incomplete,
}

pub fn not_papers_message(name: &str, reason: &UnrecognisedInput) -> String {
    format!("{name}: {reason}")
}

pub fn incomplete_message(name: &str, error: &io::Error) -> String {
    format!("{name}: {}; the papers before are kept", io_reason(error))
}
