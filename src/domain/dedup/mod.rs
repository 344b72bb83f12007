//! Finds records of the same paper and merges them.

pub mod deduplicator;
pub mod duplicates;
pub mod evidence;
pub mod generic_title;
pub mod merge;
pub mod row_keys;
#[cfg(test)]
mod tests;
