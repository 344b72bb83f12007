//! Matching of a query with one segment: a scan finds candidate rows, then each is matched in
//! full.

pub mod abstracts;
pub mod author;
pub mod candidates;
pub mod context;
pub mod filter;
pub mod fuzzy;
pub mod haystack;
pub mod metadata;
pub mod passes;
pub mod row_set;
pub mod segment;
pub mod single_letter;
pub mod subsequence;
pub mod term;
