//! Reads JSON documents and JSON Lines: splits them into records, with a fast path for the arXiv
//! snapshot.

pub mod arxiv_snapshot;
pub mod document;
pub mod fast_scanner;
pub mod lines;
pub mod parse;
pub mod scanner;
pub mod splitter;
#[cfg(test)]
mod tests;
