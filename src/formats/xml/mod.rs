//! Reads XML formats. Records are read one at a time from a stream of events, with tolerance for
//! common mistakes.
//!
//! Nothing is fetched, and only HTML's entities are expanded: document types are skipped. Only one
//! record is in memory, with the same size limit as a line of other formats.

pub mod acl;
pub mod atom;
pub mod dblp;
pub mod element;
pub mod html;
pub mod input;
pub mod jats;
pub mod oai_pmh;
pub mod pubmed;
pub mod reader;
pub mod rss;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod text;
