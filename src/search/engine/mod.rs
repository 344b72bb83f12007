//! Execution of a request over all segments, in phases that each show what they found.

pub mod corrections;
pub mod execution;
pub mod phases;
pub mod searcher;
pub mod word_stats;
