//! The constants and small types of the index: what bytes it is read from, a posting, damage.

use std::borrow::Cow;
use std::ops::Range;
use std::{fmt, io};

pub const INDEX_VERSION: u32 = 1;

/// Bytes before the heads.
pub const HEADER_LEN: usize = 20;

/// Words in a block.
pub const TERMS_PER_BLOCK: usize = 64;

/// What occurs more often in an abstract counts as often as this.
pub const MAX_TERM_FREQUENCY: u32 = 8;

/// Bytes that are read piecemeal: in memory, or a part of a file.
pub trait ReadAt: fmt::Debug + Send + Sync {
    /// How many of them are in memory.
    fn bytes_in_memory(&self) -> usize;

    /// # Errors
    ///
    /// When they are not there, or cannot be read.
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

/// The bytes are not those that were written, or are out of reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorruptIndex;

/// A word that is looked for, or a word that begins so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermMatch {
    Exact,
    Prefix,
}

/// A word in the abstract of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub row: u32,
    /// How often, at most [`MAX_TERM_FREQUENCY`].
    pub term_frequency: u32,
    pub term_match: TermMatch,
}

/// The parts of a block.
#[derive(Debug, Clone, Copy)]
pub enum BlockPart {
    Words,
    Postings,
}
