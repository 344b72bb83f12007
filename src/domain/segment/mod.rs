//! Sealed batches of papers as columns: how they are built, read, encoded and listed.
//!
//! `segment` and `segment_builder` use each other: a segment rebuilds the text of a row that the
//! cache has lost.

pub mod abstracts;
pub mod codec;
pub mod letter_mask;
pub mod segment;
pub mod segment_builder;
pub mod segment_list;
pub mod stored_text;
pub mod text_column;
