//! Hits and their order: the rank is one number, and lists are sorted as far as they are read.

pub mod by_year;
pub mod hit;
pub mod hits;
pub mod lazy_sort;
pub mod sort;
pub mod tier;
