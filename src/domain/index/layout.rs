//! The constants and small types of the index: what bytes it is read from, a posting, damage.

use std::borrow::Cow;
use std::ops::Range;
use std::{fmt, io};

pub const VERSION: u32 = 1;

/// Bytes before the heads.
pub const PREFACE: usize = 20;

/// Words in a block.
pub const BLOCK: usize = 64;

/// What occurs more often in an abstract counts as often as this.
pub const MOST_COUNTED: u32 = 8;

/// Bytes that are read piecemeal: in memory, or a part of a file.
pub trait Bytes: fmt::Debug + Send + Sync {
    /// How many of them are in memory.
    fn held(&self) -> usize;

    /// # Errors
    ///
    /// When they are not there, or cannot be read.
    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>>;
}

impl Bytes for Box<[u8]> {
    fn held(&self) -> usize {
        self.len()
    }

    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>> {
        self.get(range).map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// The bytes are not those that were written, or are out of reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

/// A word that is looked for, or a word that begins so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    Beginning,
}

/// A word in the abstract of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub row: u32,
    /// How often, at most [`MOST_COUNTED`].
    pub count: u32,
    pub extent: Extent,
}

/// The parts of a block.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    Words,
    Postings,
}
