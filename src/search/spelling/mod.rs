//! Spelling correction: words of the corpus within one edit of a word that was typed.

pub mod edit_distance;
pub mod suggest;
