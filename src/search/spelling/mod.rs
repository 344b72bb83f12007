//! Spelling correction: words of the corpus within one edit of a typed word.

pub mod edit_distance;
pub mod suggest;
