//! Matching of a query with one segment: a scan finds candidate rows, then each is matched in
//! full.

pub mod abstracts;
pub mod acronym;
pub mod author;
pub mod candidates;
pub mod context;
pub mod fields;
pub mod filter;
pub mod fuzzy;
pub mod haystack;
pub mod marked_papers;
pub mod metadata;
pub mod passes;
pub mod row_set;
pub mod segment;
pub mod single_letter;
pub mod subsequence;
pub mod term;
pub mod term_counts;
pub mod term_lookup;
