//! Bytes to drafts: one file a format, reading only.
//!
//! A reader yields a [`Draft`] or a [`Defect`] for each record and goes on; only a stream that
//! breaks ends it early.

mod authors;
mod cut;
mod detect;
mod json;
mod jsonl;
mod lines;
mod listing;
mod markup;
mod record;
mod table;

use std::fmt;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::Draft;

pub use detect::{NotPapers, detect, detect_with};
pub use lines::MAX_LINE;
pub use record::{BadName, Names};

/// How papers are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A saved page of titles and abstracts, on lines in turn.
    Listing,
    /// One JSON object a line.
    Jsonl,
    /// JSON of any other layout.
    Json,
    /// A table with a header, its cells parted by commas, tabs or semicolons.
    Csv,
}

impl Format {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Listing => "listing",
        }
    }
}

/// A record that could not be read. Reading goes on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// The name of what was read; empty until the source, which knows it, fills it in.
    pub source: Arc<str>,
    /// From one.
    pub line: u64,
    pub reason: String,
}

impl Defect {
    fn new(line: u64, reason: impl Into<String>) -> Self {
        Self { source: Arc::default(), line, reason: reason.into() }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.source, self.line, self.reason)
    }
}

/// What takes the records, and says whether to go on.
pub type Each<'a> = dyn FnMut(Result<Draft, Defect>) -> ControlFlow<()> + 'a;

/// Reads every record.
///
/// # Errors
///
/// When the stream breaks; what was read before has been handed over.
pub fn read(format: Format, input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    read_with(format, &Names::default(), input, each)
}

/// Reads every record, where the source has names of its own for the fields of JSON and of tables.
///
/// # Errors
///
/// As [`read`].
pub fn read_with(
    format: Format,
    names: &Names,
    input: &mut dyn BufRead,
    each: &mut Each<'_>,
) -> io::Result<()> {
    match format {
        Format::Csv => table::read(input, names, each),
        Format::Json => json::read(input, names, each),
        Format::Jsonl => jsonl::read(input, names, each),
        Format::Listing => listing::read(input, each),
    }
}
