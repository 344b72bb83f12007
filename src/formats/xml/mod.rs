//! The formats in XML: records are read one at a time out of a stream of events, lenient about what
//! people and programs get wrong.
//!
//! Nothing is fetched and nothing expanded but the entities of HTML: a document type is passed
//! over, whatever it declares. Memory is bounded by one record, and a record by what one line of
//! other formats may hold.

pub mod acl;
pub mod atom;
pub mod dblp;
pub mod element;
pub mod html;
pub mod input;
pub mod oai_pmh;
pub mod pubmed;
pub mod reader;
pub mod rss;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod text;
