//! What the formats in XML share: records one at a time out of a stream of events, lenient about
//! what people and programs get wrong.
//!
//! Nothing is fetched and nothing expanded but the entities of HTML: a document type is passed
//! over, whatever it declares. Memory is bounded by one record, and a record by what one line of
//! other formats may hold.

pub mod bytes;
pub mod element;
pub mod html;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod text;
pub mod walk;
