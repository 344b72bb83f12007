//! Reads a stream in a given format: transcodes it, calls the reader of the format and bounds the
//! lists of each draft.

use std::io::{self, BufRead};

use super::bibtex::abbreviations::Abbreviations;
use super::defect::{Defect, DraftSink};
use super::format::Format;
use super::input::transcode::{Decoder, StreamEncoding};
use super::json::{document, lines};
use super::record::field_names::FieldNames;
use super::tagged::{endnote, nbib, ris, wos};
use super::values::list_limits;
use super::xml::{acl, atom, dblp, oai_pmh, pubmed, rss};
use super::{bibtex, hayagriva, listing, table};
use crate::domain::Draft;
use crate::text::{tidy, truncate};

/// Cells of a title in a message.
const MAX_TITLE_CELLS: usize = 60;

/// Reads every record.
///
/// # Errors
///
/// When the stream breaks; what was read before has been handed over.
pub fn read(format: Format, input: &mut dyn BufRead, each: &mut DraftSink<'_>) -> io::Result<()> {
    read_with(format, &FieldNames::default(), &Abbreviations::default(), input, each)
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
    names: &FieldNames,
    macros: &Abbreviations,
    input: &mut dyn BufRead,
    each: &mut DraftSink<'_>,
) -> io::Result<()> {
    let each = &mut |record: Result<Draft, Defect>| {
        let mut record = record;
        if let Ok(draft) = &mut record
            && let Some(reason) = list_limits::truncate_lists(draft)
        {
            // Readers do not tell where a record was, so it goes by its title.
            let title = tidy(&draft.title);
            let title = truncate(&title, MAX_TITLE_CELLS);
            each(Err(Defect::new(0, format!("“{title}”: {reason}"))))?;
        }
        each(record)
    };
    let encoding = StreamEncoding::detect(input.fill_buf()?);
    if encoding == StreamEncoding::Utf8 {
        return read_text(format, names, macros, input, each);
    }
    read_text(format, names, macros, &mut Decoder::new(input, encoding), each)
}

fn read_text(
    format: Format,
    names: &FieldNames,
    macros: &Abbreviations,
    input: &mut dyn BufRead,
    each: &mut DraftSink<'_>,
) -> io::Result<()> {
    match format {
        Format::Acl => acl::read(input, each),
        Format::Atom => atom::read(input, each),
        Format::Bibtex => bibtex::read(input, macros, each),
        Format::Csv => table::read(input, names, each),
        Format::DblpXml => dblp::read(input, each),
        Format::EndNote => endnote::read(input, each),
        Format::Hayagriva => hayagriva::read(input, each),
        Format::Json => document::read(input, names, each),
        Format::Jsonl => lines::read(input, names, each),
        Format::Listing => listing::read(input, each),
        Format::Nbib => nbib::read(input, each),
        Format::Oai => oai_pmh::read(input, each),
        Format::Pubmed => pubmed::read(input, each),
        Format::Ris => ris::read(input, each),
        Format::Rss => rss::read(input, each),
        Format::Wos => wos::read(input, each),
    }
}
