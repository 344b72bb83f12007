//! Bytes to drafts: one file a format, reading only.
//!
//! A reader yields a [`Draft`](crate::domain::Draft) or a [`Defect`] for each record and goes on; only a stream that
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
mod defect;
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
mod parse;
mod pubmed;
mod read;
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

pub use bibtex::macros::Macros;
pub use defect::{Abstracts, Defect, Each};
pub use detect::{NotPapers, detect, detect_with};
pub use format::Format;
pub use jsonl::{EachLine, abstract_of, read_stretch};
pub use lines::MAX_LINE;
pub use read::{read, read_with};
pub use record::names::{BadName, Names};
