//! The events that a loader posts.

use std::sync::Arc;

use crate::domain::{Overlay, Segment};
use crate::formats::{Defect, Format};

/// What a loader has to say.
#[derive(Debug)]
pub enum Loading {
    Segment(Arc<Segment>),
    /// What is known of papers met more than once, from the next segment on.
    Linked(Arc<Overlay>),
    /// Which of the records to come will turn out to be of papers met before, by their numbers,
    /// ascending, so that papers can be counted until they are linked.
    Repeats(Arc<[u32]>),
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
    Read {
        name: Arc<str>,
        format: Format,
        papers: u32,
        defects: u32,
    },
    /// A file of a folder or an archive that holds no papers, and why.
    PassedOver {
        name: Arc<str>,
        why: String,
    },
    /// A source broke off, in a sentence; what was read before stays.
    Failed(String),
    /// Everything was read, or the loading was cancelled. Nothing follows but what is told.
    Done,
    /// What else is worth knowing, in a sentence.
    Told(String),
}
