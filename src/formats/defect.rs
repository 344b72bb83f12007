//! A record that could not be read, the sink that takes records and defects, and whether abstracts
//! are wanted.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::Draft;

/// A record that could not be read. Reading goes on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// The name of what was read; empty until the source, which knows it, fills it in, or where the
    /// reason has it.
    pub source: Arc<str>,
    /// From one; zero where all that was read is meant.
    pub line: u64,
    pub reason: String,
}

impl Defect {
    /// A defect of a source that is yet to be named.
    pub fn new(line: u64, reason: impl Into<String>) -> Self {
        Self { source: Arc::default(), line, reason: reason.into() }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &*self.source) {
            (0, "") => f.write_str(&self.reason),
            (0, source) => write!(f, "{source}: {}", self.reason),
            (line, source) => write!(f, "{source}:{line}: {}", self.reason),
        }
    }
}

/// Whether the abstracts of records are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbstractMode {
    Read,
    /// They are left where they lie. The draft has the abstract as it is written there, with quotes
    /// and escapes, which tells whether there is one and what it mentions.
    Skip,
}

/// What takes the records, and says whether to go on.
pub type DraftSink<'a> = dyn FnMut(Result<Draft, Defect>) -> ControlFlow<()> + 'a;
