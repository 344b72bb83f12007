//! Papers to text: bibliographies (BibTeX, BibLaTeX, CSL-JSON, Hayagriva, RIS, MEDLINE, `EndNote`),
//! references in the styles of journals, links, JSON Lines, TSV, texts of the reader's own, and the
//! citation key.

mod bibliography;
mod bibtex;
mod collective;
mod command;
mod csl;
mod endnote;
mod form;
mod json;
mod key;
mod link;
mod marked;
mod nbib;
mod reference;
mod render;
mod ris;
mod tagged;
mod template;
mod tex;
mod venue;
mod whole;
mod yaml;

pub use bibliography::{Bibliographies, Bibliography};
pub use bibtex::Detail;
pub use command::CiteCommand;
pub use form::Form;
pub use key::{base_key, key, key_begins, key_hash, keys};
pub use reference::{Press, Style};
pub use render::{CiteStyle, Prefer, Rendered, render};
pub use template::Template;
pub use whole::write;

#[cfg(test)]
mod tests;
