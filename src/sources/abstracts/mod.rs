//! Storage of abstracts outside memory: in their source file or in a temporary spill file.

pub mod source_file;
pub mod spill;
