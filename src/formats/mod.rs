//! Reads files of every supported format into drafts. Writing is in `cite`.
//!
//! A reader yields a [`Draft`](crate::domain::Draft) or a [`Defect`] per record and continues; only
//! an I/O error ends it early.

mod bibtex;
mod defect;
mod detect;
mod format;
mod hayagriva;
mod html;
mod input;
mod json;
mod listing;
mod mail;
mod read;
mod record;
mod table;
mod tagged;
#[cfg(test)]
mod tests;
mod values;
mod web_page;
mod xml;

pub use bibtex::abbreviations::Abbreviations;
pub use bibtex::edit::{EntryEdit, EntryPlace, edit_entry, entry_places};
pub use defect::{AbstractMode, Defect, DefectSeverity, DraftSink};
pub use detect::{UnrecognisedInput, detect, detect_with};
pub use format::Format;
pub use html::text::html_to_plain_text;
pub use input::lines::MAX_LINE;
pub use json::lines::{LineSink, read_chunk, title_and_abstract_of_line};
pub use json::parse::parse as parse_json_record;
pub use read::{read, read_with};
pub use record::field_names::{FieldNameError, FieldNames};
pub use record::kind::kind_from_name;
