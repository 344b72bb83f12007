//! Where papers come from: the built-in corpus, files and standard input, sealed into segments.
//!
//! [`open()`] judges a source by its first bytes; [`load_all()`] reads sources through on a thread
//! of the caller's and posts what it finds, under the caller's [`Control`].

mod archive;
mod atomic_file;
mod builtin;
mod cache;
mod control;
mod error;
mod folder;
mod ingest;
mod input;
mod load;
mod open;
mod packing;
mod pipe;
mod reading;
mod records;
mod regular_file;
mod segmenter;
mod spill;
mod stdin;
mod stretches;

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Corpus, Overlay, Segment};
use crate::formats::{Defect, Format};

pub use atomic_file::{Access, AtomicFile, Special, replaces, write_private};
pub use builtin::builtin;
pub use cache::{Cache, Listed, WordsKeeper, human};
pub use control::Control;
pub use error::SourceError;
pub use ingest::{load_all, words_keeper};
pub use open::{Fingerprint, Opened, open};
pub use reading::Reading;
pub use stdin::{Patience, StandardInput};

/// Where papers are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Builtin,
    File(PathBuf),
    Stdin,
}

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

/// Reads a source through at once.
///
/// # Errors
///
/// When it cannot be opened, holds no papers, or breaks off.
pub fn corpus(source: Source) -> Result<(Corpus, Vec<Defect>), SourceError> {
    let opened = open(source, &Reading::default())?;
    let (mut corpus, mut defects, mut failure) = (Corpus::default(), Vec::new(), None);
    load_all(vec![opened], None, &Control::default(), &mut |it| match it {
        Loading::Segment(segment) => corpus.push(segment),
        Loading::Linked(overlay) => corpus.link(overlay),
        Loading::Defect(defect) => defects.push(defect),
        Loading::Failed(reason) => failure = Some(reason),
        _ => {}
    });
    match failure {
        Some(sentence) => Err(SourceError::Broke(sentence)),
        None => Ok((corpus, defects)),
    }
}

#[cfg(test)]
mod tests;
