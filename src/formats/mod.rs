//! Bytes to drafts: one file a format, reading only.
//!
//! A reader yields a [`Draft`] or a [`Defect`] for each record and goes on; only a stream that
//! breaks ends it early.

mod acl;
mod atom;
mod authors;
mod bibtex;
mod bounds;
mod cut;
mod date;
mod dblp_xml;
mod decode;
mod detect;
mod endnote;
mod format;
mod hayagriva;
mod json;
mod jsonl;
mod latin;
mod lines;
mod listing;
mod markup;
mod mathml;
mod nbib;
mod oai;
mod pubmed;
mod record;
mod ris;
mod rss;
mod script;
mod table;
mod tagged;
#[cfg(test)]
mod tests;
mod wos;
mod xml;

use std::fmt;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::Draft;
use crate::text::{tidy, truncate};

use self::decode::{Decoder, Encoding};

pub use bibtex::Macros;
pub use detect::{NotPapers, detect, detect_with};
pub use format::Format;
pub use jsonl::{EachLine, abstract_of, read_stretch};
pub use lines::MAX_LINE;
pub use record::{BadName, Names};

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
    pub fn at(line: u64, reason: &str) -> Self {
        Self::new(line, reason)
    }

    fn new(line: u64, reason: impl Into<String>) -> Self {
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
pub enum Abstracts {
    Read,
    /// They are left where they lie. The draft has the abstract as it is written there, with quotes
    /// and escapes, which tells whether there is one and what it mentions.
    Left,
}

/// Cells of a title in a message.
const MAX_TITLE: usize = 60;

/// What takes the records, and says whether to go on.
pub type Each<'a> = dyn FnMut(Result<Draft, Defect>) -> ControlFlow<()> + 'a;

/// Reads every record.
///
/// # Errors
///
/// When the stream breaks; what was read before has been handed over.
pub fn read(format: Format, input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    read_with(format, &Names::default(), &Macros::default(), input, each)
}

/// Reads every record, where the source has names of its own for the fields of JSON and of tables.
/// Lists that are longer than any paper's are cut, and the cut is a defect before the paper.
/// The macros are those of the BibTeX files read before, and get those of this one.
///
/// # Errors
///
/// As [`read`].
pub fn read_with(
    format: Format,
    names: &Names,
    macros: &Macros,
    input: &mut dyn BufRead,
    each: &mut Each<'_>,
) -> io::Result<()> {
    let each = &mut |record: Result<Draft, Defect>| {
        let mut record = record;
        if let Ok(draft) = &mut record
            && let Some(reason) = bounds::cut(draft)
        {
            // Readers do not tell where a record was, so it goes by its title.
            let title = tidy(&draft.title);
            let title = truncate(&title, MAX_TITLE);
            each(Err(Defect::new(0, format!("“{title}”: {reason}"))))?;
        }
        each(record)
    };
    let encoding = Encoding::detect(input.fill_buf()?);
    if encoding == Encoding::Utf8 {
        return read_text(format, names, macros, input, each);
    }
    read_text(format, names, macros, &mut Decoder::new(input, encoding), each)
}

fn read_text(
    format: Format,
    names: &Names,
    macros: &Macros,
    input: &mut dyn BufRead,
    each: &mut Each<'_>,
) -> io::Result<()> {
    match format {
        Format::Acl => acl::read(input, each),
        Format::Atom => atom::read(input, each),
        Format::Bibtex => bibtex::read(input, macros, each),
        Format::Csv => table::read(input, names, each),
        Format::DblpXml => dblp_xml::read(input, each),
        Format::EndNote => endnote::read(input, each),
        Format::Hayagriva => hayagriva::read(input, each),
        Format::Json => json::read(input, names, each),
        Format::Jsonl => jsonl::read(input, names, each),
        Format::Listing => listing::read(input, each),
        Format::Nbib => nbib::read(input, each),
        Format::Oai => oai::read(input, each),
        Format::Pubmed => pubmed::read(input, each),
        Format::Ris => ris::read(input, each),
        Format::Rss => rss::read(input, each),
        Format::Wos => wos::read(input, each),
    }
}
