//! Sessions: where the reader was in a source, and what the source held then.

pub mod restore;
pub mod visits;
