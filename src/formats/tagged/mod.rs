//! Formats of tagged lines: RIS, MEDLINE, `EndNote`, Web of Science.
//!
//! The readers are our own: the crates `biblib`, `ris` and `nbib` need the whole file in memory,
//! fail for a whole file with one broken record, and read neither Web of Science nor `%` tags.

pub mod endnote;
pub mod identifiers;
pub mod kinds;
pub mod nbib;
pub mod reader;
pub mod record;
pub mod ris;
pub mod wos;
