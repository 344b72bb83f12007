//! Opening of sources: whether one is there, and whether it holds papers.

pub mod contents;
pub mod folder;
pub mod source;
pub mod standard_input;
