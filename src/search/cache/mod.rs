//! Caches between queries: responses, the hits of the last query, candidate rows,
//! statistics of words.

pub mod candidate_rows;
pub mod previous;
pub mod responses;
pub mod segment_hits;
pub mod word_stats;
