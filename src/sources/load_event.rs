//! Events of a loader.

use std::sync::Arc;

use crate::domain::{Duplicates, Segment};
use crate::formats::Defect;
use crate::sources::online::FetchProgress;

/// An event of a loader.
#[derive(Debug)]
pub enum LoadEvent {
    Segment(Arc<Segment>),
    /// Duplicates found so far. Applies from the next segment on.
    Duplicates(Arc<Duplicates>),
    /// Row numbers, ascending, of the records to come that belong to papers before them. Lets the
    /// papers be counted before the duplicates are linked.
    DuplicateRows(Arc<[u32]>),
    /// Posted with each segment.
    Progress {
        /// Bytes read of the sources, compressed where they are.
        bytes: u64,
        /// Size of all sources; `None` if that of one is unknown.
        total: Option<u64>,
        /// Number of papers sealed so far.
        papers: u32,
    },
    /// Posted with each page of a source on the network, and when the next one has to wait.
    Fetch(FetchProgress),
    Defect(Defect),
    /// A source, or a part of one, was read as far as possible.
    PartSummary {
        name: Arc<str>,
        /// The name of the format.
        format: &'static str,
        papers: u32,
        defects: u32,
    },
    /// A file of a folder or a member of an archive without papers.
    SkippedPart {
        name: Arc<str>,
        reason: String,
    },
    /// A source could not be read to its end. Papers read before remain.
    Failed(String),
    /// Everything was read, or the load was cancelled. Only notices may follow.
    Done,
    /// A message for the reader, in one sentence.
    Notice(String),
}
