//! Papers to text: bibliographies (BibTeX, BibLaTeX, CSL-JSON, Hayagriva, RIS, MEDLINE, `EndNote`),
//! references in the styles of journals, links, JSON Lines, TSV, texts of the reader's own, and how
//! citation keys are written.

mod bibliography;
mod bibtex;
mod command;
mod csl;
mod endnote;
mod form;
mod json;
mod kept_keys;
mod key_pattern;
mod language;
mod link;
mod loss;
mod marked;
mod names;
mod nbib;
mod options;
mod output_keys;
mod pieces;
mod reference;
mod render;
mod ris;
mod table;
mod tagged;
mod template;
mod tex;
mod venue;
mod whole;
mod yaml;

pub use bibliography::{Bibliographies, Bibliography};
pub use bibtex::dialect::Detail;
pub use command::CiteCommand;
pub use form::Form;
pub use kept_keys::{KeptKey, KeptKeys};
pub use key_pattern::{key_fields, key_pattern};
pub use loss::count::Losses;
pub use loss::loss;
pub use loss::property::Property;
pub use options::{CiteStyle, Prefer};
pub use output_keys::KeyReport;
pub use reference::style::Style;
pub use reference::style_cache::Press;
pub use render::{Rendered, render};
pub use template::Template;
pub use whole::{Output, write};

#[cfg(test)]
mod tests;
