//! Execution of a request in phases over all segments. Each phase is a function over a
//! [`SearchContext`](context::SearchContext) and posts the hits found so far.

pub mod context;
pub mod contiguous;
pub mod corrections;
pub mod deep;
pub mod phases;
pub mod phrase_order;
pub mod progress;
pub mod references;
pub mod searcher;
pub mod similar;
pub mod word_stats;
