//! Errors of opening and reading sources. Each message is one sentence: the operation, the source,
//! and the remedy.

use std::io;
use std::sync::Arc;

use crate::formats::UnrecognisedInput;

#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("cannot open {name}: there is no such file; check its name and where you are")]
    Missing { name: Arc<str> },
    #[error("cannot open {name}: {cause}; check that you may read it")]
    Open { name: Arc<str>, cause: io::Error },
    #[error("cannot read {name}: {cause}; try again or read a copy of it")]
    Read { name: Arc<str>, cause: io::Error },
    #[error("cannot find papers in {name}: {reason}")]
    Unrecognised { name: Arc<str>, reason: UnrecognisedInput },
    #[error("cannot read papers from {name}: it is the terminal; pipe papers in or name a file")]
    Terminal { name: Arc<str> },
    /// The message of [`LoadEvent::Failed`](crate::sources::load_event::LoadEvent::Failed).
    #[error("{0}")]
    Interrupted(String),
}
