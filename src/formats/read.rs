//! Reads a stream in a given format: transcodes it, calls the reader of the format, and limits the
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

/// The width of a title in a message, in terminal cells.
const MAX_TITLE_CELLS: usize = 60;

/// Reads every record.
///
/// # Errors
///
/// Fails if reading the stream fails; earlier records have been passed to `each`.
pub fn read(format: Format, input: &mut dyn BufRead, each: &mut DraftSink<'_>) -> io::Result<()> {
    read_with(format, &FieldNames::default(), &Abbreviations::default(), input, each)
}

/// Reads every record, with the source's own names for the fields of JSON and of tables. Lists over
/// the limits are truncated, and a defect that says so precedes the draft. `macros` has the
/// abbreviations of BibTeX files read before, and gets those of this one.
///
/// # Errors
///
/// The same as [`read`].
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
            // The position of the record is not known here, so the message has its title.
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
