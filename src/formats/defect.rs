//! Defects (records that could not be read), the sink for records and defects, and the abstract
//! mode.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::Draft;

/// The weight of a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DefectSeverity {
    /// A record is lost.
    #[default]
    Unreadable,
    /// A part of the source has no papers, as most mails of a mailbox.
    PassedOver,
}

/// A record that could not be read. Reading continues after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// The name of the source. Empty until the source fills it in, or if the reason contains it.
    pub source: Arc<str>,
    /// The line, from one; zero if the defect concerns the whole source.
    pub line: u64,
    pub reason: String,
    pub severity: DefectSeverity,
}

impl Defect {
    /// Creates a defect without the name of its source.
    pub fn new(line: u64, reason: impl Into<String>) -> Self {
        let severity = DefectSeverity::Unreadable;
        Self { source: Arc::default(), line, reason: reason.into(), severity }
    }

    /// Creates a notice that a part of the source has no papers. `part` names it.
    pub fn passed_over(line: u64, part: impl Into<String>) -> Self {
        Self { severity: DefectSeverity::PassedOver, ..Self::new(line, part) }
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

/// The treatment of abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbstractMode {
    Read,
    /// Do not decode abstracts. The draft gets the raw text, with quotes and escapes, which
    /// suffices to know whether there is one and whether it mentions code.
    Skip,
}

/// Receives each record, and returns `Break` to stop.
pub type DraftSink<'a> = dyn FnMut(Result<Draft, Defect>) -> ControlFlow<()> + 'a;
