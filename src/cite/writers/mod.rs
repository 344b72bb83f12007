//! One writer for each output format: BibTeX, RIS, MEDLINE, `EndNote`, Hayagriva, JSON Lines,
//! tables and links.

pub mod bibtex;
pub mod endnote;
pub mod hayagriva;
pub mod json_lines;
pub mod links;
pub mod names;
pub mod nbib;
pub mod ris;
pub mod table;
pub mod tag_lines;
