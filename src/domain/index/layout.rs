//! Constants and small types of the index: the source of its bytes, postings, and the error for
//! corruption.

use std::borrow::Cow;
use std::ops::Range;
use std::{fmt, io};

/// The version of the layout. An index of another version is not opened.
pub const INDEX_VERSION: u32 = 2;

/// Begins the terms of other fields than title, authors and abstract, such as keywords. It is in no
/// folded text.
pub const FIELD_TERM_START: char = '\u{1}';

/// The length of the header in bytes; block heads follow.
pub const HEADER_LEN: usize = 20;

/// The number of terms per block. An exact lookup reads one block.
pub const TERMS_PER_BLOCK: usize = 64;

/// The maximal term frequency that a posting stores; higher ones are clamped to it.
pub const MAX_TERM_FREQUENCY: u32 = 8;

/// A source of bytes that are read in ranges: memory, or a section of a file.
pub trait ReadAt: fmt::Debug + Send + Sync {
    /// The number of its bytes that are in memory.
    fn bytes_in_memory(&self) -> usize;

    /// Reads a range of bytes.
    ///
    /// # Errors
    ///
    /// Fails if the range is beyond the end, or reading fails.
    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>>;
}

impl ReadAt for Box<[u8]> {
    fn bytes_in_memory(&self) -> usize {
        self.len()
    }

    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>> {
        self.get(range).map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// The bytes are corrupt or cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorruptIndex;

/// Matches a word exactly, or all words with a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermMatch {
    Exact,
    Prefix,
}

/// The occurrence of a word in the abstract of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub row: u32,
    /// The number of occurrences, at most [`MAX_TERM_FREQUENCY`].
    pub term_frequency: u32,
    pub term_match: TermMatch,
}

/// The two parts of a block, which are stored apart.
#[derive(Debug, Clone, Copy)]
pub enum BlockPart {
    Words,
    Postings,
}
