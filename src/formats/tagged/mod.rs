//! Formats of tagged lines: RIS, MEDLINE, `EndNote`, Web of Science.

pub mod endnote;
pub mod identifiers;
pub mod nbib;
pub mod reader;
pub mod record;
pub mod ris;
pub mod wos;
