//! Hits and their order: one number that holds the rank, sorted as far as someone looks.

pub mod by_year;
pub mod hit;
pub mod hits;
pub mod lazy_sort;
pub mod sort;
pub mod tier;
