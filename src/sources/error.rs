//! Errors of opening and reading sources. Each message is one sentence: the operation, the source,
//! and the remedy.

use std::io;
use std::sync::Arc;

use super::disk::io_reason;
use super::zotero::ZoteroError;
use crate::formats::UnrecognisedInput;

#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("{name}: no such file or directory")]
    Missing { name: Arc<str> },
    #[error("{name}: {}", io_reason(.cause))]
    Open { name: Arc<str>, cause: io::Error },
    #[error("{name}: {}", io_reason(.cause))]
    Read { name: Arc<str>, cause: io::Error },
    #[error("{name}: {reason}")]
    Unrecognised { name: Arc<str>, reason: UnrecognisedInput },
    #[error("{name}: is a terminal; pipe papers in or name a FILE")]
    Terminal { name: Arc<str> },
    #[error(transparent)]
    Zotero(#[from] ZoteroError),
    /// The message of [`LoadEvent::Failed`](crate::sources::load_event::LoadEvent::Failed).
    #[error("{0}")]
    Interrupted(String),
}
