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
use super::xml::{acl, atom, dblp, jats, oai_pmh, pubmed, rss};
use super::{bibtex, hayagriva, listing, mail, table, web_page};
use crate::domain::Draft;
use crate::text::{tidy, truncate};

/// The width of a title in a message, in terminal cells.
const MAX_TITLE_CELLS: usize = 60;

/// Reads every record.
///
/// # Errors
///
/// Fails if reading the stream fails; earlier records have been passed to `sink`.
pub fn read(format: Format, input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    read_with(format, &FieldNames::default(), &Abbreviations::default(), input, sink)
}

/// Reads every record, with the source's own names for the fields of JSON and of tables. Lists over
/// the limits are truncated, and a defect that says so precedes the draft. `abbreviations` has the
/// abbreviations of BibTeX files read before, and gets those of this one.
///
/// # Errors
///
/// The same as [`read`].
pub fn read_with(
    format: Format,
    names: &FieldNames,
    abbreviations: &Abbreviations,
    input: &mut dyn BufRead,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let sink = &mut |record: Result<Draft, Defect>| {
        let mut record = record;
        if let Ok(draft) = &mut record
            && let Some(reason) = list_limits::truncate_lists(draft)
        {
            // The position of the record is not known here, so the message has its title.
            let title = tidy(&draft.title);
            let title = truncate(&title, MAX_TITLE_CELLS);
            sink(Err(Defect::new(0, format!("“{title}”: {reason}"))))?;
        }
        sink(record)
    };
    let encoding = StreamEncoding::detect(input.fill_buf()?);
    let mut decoder;
    let input = if encoding == StreamEncoding::Utf8 {
        input
    } else {
        decoder = Decoder::new(input, encoding);
        &mut decoder
    };
    match format {
        Format::Acl => acl::read(input, sink),
        Format::Atom => atom::read(input, sink),
        Format::Bibtex => bibtex::read(input, abbreviations, sink),
        Format::Csv => table::read(input, names, sink),
        Format::DblpXml => dblp::read(input, sink),
        Format::EndNote => endnote::read(input, sink),
        Format::Hayagriva => hayagriva::read(input, sink),
        Format::Jats => jats::read(input, sink),
        Format::Json => document::read(input, names, sink),
        Format::Jsonl => lines::read(input, names, sink),
        Format::Listing => listing::read(input, sink),
        Format::Mail => mail::read(input, sink),
        Format::Nbib => nbib::read(input, sink),
        Format::Oai => oai_pmh::read(input, sink),
        Format::Pubmed => pubmed::read(input, sink),
        Format::Ris => ris::read(input, sink),
        Format::Rss => rss::read(input, sink),
        Format::WebPage => web_page::read(input, sink),
        Format::Wos => wos::read(input, sink),
    }
}
