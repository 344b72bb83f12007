//! Papers to text: BibTeX, BibLaTeX, CSL-JSON, RIS, MEDLINE, `EndNote`, Markdown, JSON Lines, TSV, and the
//! citation key.

mod bibtex;
mod collective;
mod csl;
mod endnote;
mod form;
mod json;
mod key;
mod nbib;
mod render;
mod ris;
mod tagged;
mod tex;
mod venue;

pub use bibtex::Detail;
pub use form::Form;
pub use key::{base_key, key, key_begins, key_hash, keys};
pub use render::{CiteCommand, CiteStyle, Rendered, render};

#[cfg(test)]
mod tests;
