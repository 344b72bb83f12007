//! Cache of parsed sources: the columns and folded text of large files, one entry a file.
//!
//! Valid while path, size, inode, mtime and ctime of the source file are unchanged, and for one
//! pattern of citation keys. Saves parsing and folding the file at the next start.
//!
//! An entry is written as an [`AtomicFile`](crate::sources::AtomicFile), by one process at a time.
//! Each section has a checksum, verified when it is read; display text has a checksum for each
//! chunk, and is read on demand. Stale, corrupt or foreign-version entries are ignored.
//!
//! ```text
//! entry    MAGIC, columns and text of each segment, links, manifest (JSON), trailer
//! trailer  offset u64, length u64, CRC-32 u32 of the manifest, little-endian; MAGIC
//! ```

pub mod directory;
pub mod index_file;
pub mod manifest;
pub mod reader;
pub mod section;
#[cfg(test)]
mod tests;
pub mod writer;
