//! Approximate matches of a query: the texts under which a paper may have its words, and the score
//! of a paper that has most of them.

pub mod alternatives;
pub mod compound;
pub mod coverage;
pub mod number_words;
