//! Abstracts outside of memory: left in the file they were read from, or spilled into a temporary one.

pub mod source_file;
pub mod spill;
