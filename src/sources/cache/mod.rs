//! What was read of large files, kept for the next start: columns and folded text, an entry a file.
//!
//! An entry is known by the path of its file and holds as long as its size, its inode and both
//! its times of change stay the same. It is
//! written as an [`AtomicFile`](crate::sources::AtomicFile), by one run at a time. Its parts carry a
//! checksum each, looked at when they are read; text as it is shown carries many, and is read when
//! it is looked at. What is stale, damaged or of another version is as good as nothing.
//!
//! ```text
//! entry   MAGIC, columns and text of each segment, links, contents (JSON), place of the contents,
//!         MAGIC
//! place   offset u64, length u64, CRC-32 u32, little-endian
//! ```

pub mod directory;
pub mod index_file;
pub mod manifest;
pub mod reader;
pub mod section;
#[cfg(test)]
mod tests;
pub mod writer;
