//! Bytes to drafts: one file a format, reading only.
//!
//! A reader yields a [`Draft`] or a [`Defect`] for each record and goes on; only a stream that
//! breaks ends it early.

mod acl;
mod atom;
mod authors;
mod dblp_xml;
mod detect;
mod jsonl;
mod lines;
mod listing;
mod loose;
mod oai;
mod pubmed;
mod rss;
mod xml;

use std::fmt;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::Draft;

pub use detect::{NotPapers, detect};
pub use lines::MAX_LINE;

/// How papers are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A saved page of titles and abstracts, on lines in turn.
    Listing,
    /// One JSON object a line.
    Jsonl,
    /// The ACL Anthology in XML.
    Acl,
    /// Atom: what arXiv's API answers, and feeds.
    Atom,
    /// DBLP in XML.
    DblpXml,
    /// OAI-PMH: what arXiv hands to harvesters.
    Oai,
    /// `PubMed` in XML.
    Pubmed,
    /// RSS: the news of arXiv, the daily papers of Hugging Face.
    Rss,
}

impl Format {
    /// As it is written on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acl => "acl",
            Self::Atom => "atom",
            Self::DblpXml => "dblp-xml",
            Self::Jsonl => "jsonl",
            Self::Listing => "listing",
            Self::Oai => "oai",
            Self::Pubmed => "pubmed",
            Self::Rss => "rss",
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
    match format {
        Format::Acl => acl::read(input, each),
        Format::Atom => atom::read(input, each),
        Format::DblpXml => dblp_xml::read(input, each),
        Format::Jsonl => jsonl::read(input, each),
        Format::Listing => listing::read(input, each),
        Format::Oai => oai::read(input, each),
        Format::Pubmed => pubmed::read(input, each),
        Format::Rss => rss::read(input, each),
    }
}
