//! The events that a loader posts.

use std::sync::Arc;

use crate::domain::{Duplicates, Segment};
use crate::formats::{Defect, Format};

/// What a loader has to say.
#[derive(Debug)]
pub enum LoadEvent {
    Segment(Arc<Segment>),
    /// What is known of papers met more than once, from the next segment on.
    Duplicates(Arc<Duplicates>),
    /// Which of the records to come will turn out to be of papers met before, by their numbers,
    /// ascending, so that papers can be counted until they are linked.
    DuplicateRows(Arc<[u32]>),
    /// Posted with each segment.
    Progress {
        /// Bytes read of the sources, as they lie there.
        bytes: u64,
        /// The size of the sources, where all have one.
        total: Option<u64>,
        /// Papers sealed so far.
        papers: u32,
    },
    Defect(Defect),
    /// Something was read, to its end or as far as it could be.
    PartSummary {
        name: Arc<str>,
        format: Format,
        papers: u32,
        defects: u32,
    },
    /// A file of a folder or an archive that holds no papers, and why.
    SkippedPart {
        name: Arc<str>,
        reason: String,
    },
    /// A source broke off, in a sentence; what was read before stays.
    Failed(String),
    /// Everything was read, or the loading was cancelled. Nothing follows but what is told.
    Done,
    /// What else is worth knowing, in a sentence.
    Notice(String),
}
