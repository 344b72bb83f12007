//! Caches between queries, behind [`CorpusCache`](corpus_cache::CorpusCache), which alone decides
//! what a new request invalidates.

pub mod candidate_rows;
pub mod categories;
pub mod corpus_cache;
pub mod interest;
pub mod previous;
pub mod responses;
pub mod segment_hits;
pub mod segment_map;
pub mod spelling_words;
pub mod word_stats;
