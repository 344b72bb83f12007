//! What the formats in XML share: records one at a time out of a stream of events, lenient about
//! what people and programs get wrong.
//!
//! Nothing is fetched and nothing expanded but the entities of HTML: a document type is passed
//! over, whatever it declares. Memory is bounded by one record, and a record by what one line of
//! other formats may hold.

pub mod bytes;
pub mod element;
pub mod html;
pub mod walk;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::domain::{Draft, Kind, arxiv_id, doi};
use crate::text::distinct;

pub use element::Element;
pub use html::plain;
pub use walk::records;

/// What a format makes of a record: a paper, nothing that is one, or why it cannot be read.
pub type Found = Result<Option<Draft>, String>;

/// The local name of the outermost element, if the text may be XML.
pub fn root(head: &str) -> Option<String> {
    let mut reader = Reader::from_str(head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                return Some(String::from_utf8_lossy(tag.local_name().as_ref()).into_owned());
            }
            Event::Text(text) if !text.trim_ascii().is_empty() => return None,
            Event::GeneralRef(_) | Event::CData(_) | Event::End(_) | Event::Eof => return None,
            _ => {}
        }
    }
}

/// A paper if it has a title. What is on arXiv and, as far as is known, nowhere else is a preprint.
pub fn finish(mut draft: Draft) -> Found {
    if draft.title.is_empty() {
        return Err("a record without a title".to_owned());
    }
    let is_elsewhere = !draft.venue.is_empty() || !draft.doi.is_empty();
    if draft.kind == Kind::Unknown && !draft.arxiv.is_empty() && !is_elsewhere {
        draft.kind = Kind::Preprint;
    }
    Ok(Some(draft))
}

/// An arXiv identifier as the arXiv writes it in feeds and harvests: `oai:arXiv.org:2501.02950v1`.
pub fn arxiv_in(text: &str) -> Option<String> {
    arxiv_id(text.trim().strip_prefix("oai:arXiv.org:").unwrap_or(text))
}

/// A DOI that does not merely repeat the arXiv identifier.
pub fn own_doi(text: &str) -> Option<String> {
    doi(text).filter(|it| arxiv_id(it).is_none())
}

/// Text with every run of blanks one space.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The year in which an arXiv identifier was given.
pub fn arxiv_year(id: &str) -> Option<i16> {
    let digits = id.rsplit_once('/').map_or(id, |(_, number)| number);
    let year: i16 = digits.get(..2)?.parse().ok()?;
    Some(if year > 90 { 1900 + year } else { 2000 + year })
}

/// The categories of arXiv among the terms that papers are filed under, each once: classes of
/// other schemes begin with a digit or a capital.
pub fn categories(terms: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let is_category = |term: &String| {
        term.starts_with(|c: char| c.is_ascii_lowercase())
            && !term.contains(|c: char| c.is_whitespace() || ",;".contains(c))
    };
    let terms = terms.into_iter().map(|it| it.as_ref().trim().to_owned());
    distinct(terms.filter(is_category)).join(" ")
}

/// A name as `Family, Suffix, Given`, what is not known left out.
pub fn name(family: &str, suffix: &str, given: &str) -> String {
    let parts = [family, suffix, given].map(str::trim);
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Without the dot that some catalogues put after every title; the dots of an ellipsis stay.
pub fn without_dot(title: &str) -> &str {
    title.strip_suffix('.').filter(|it| !it.ends_with('.')).unwrap_or(title)
}

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
