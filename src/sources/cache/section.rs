//! Parts of an entry: read as a whole, or piecemeal.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::ReadAt;
use crate::sources::disk::positional_io::read_exact_at;

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    pub offset: u64,
    pub length: u64,
    pub crc32: u32,
}

impl Section {
    pub fn new(offset: u64, bytes: &[u8]) -> Self {
        Self { offset, length: bytes.len() as u64, crc32: crc32fast::hash(bytes) }
    }

    /// Where it lies in a file of that length.
    fn range_in(self, length: u64) -> Option<Range<u64>> {
        let end = self.offset.checked_add(self.length).filter(|it| *it <= length)?;
        Some(self.offset..end)
    }

    /// Reads the part into the buffer, if it is what was written. The buffer is as long as the most
    /// that it held, for memory that is new takes longer than reading.
    pub fn read<'a>(&self, file: &File, most: u64, buffer: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let range = self.range_in(most)?;
        let length = usize::try_from(range.end - range.start).ok()?;
        if buffer.len() < length {
            buffer.resize(length, 0);
        }
        let bytes = &mut buffer[..length];
        read_exact_at(file, bytes, self.offset).ok()?;
        (crc32fast::hash(bytes) == self.crc32).then_some(bytes)
    }
}

/// A part of a file that is read piecemeal.
#[derive(Debug)]
pub struct FileSection {
    file: Arc<File>,
    range: Range<u64>,
}

impl FileSection {
    /// Nothing where it does not lie in a file of that length.
    pub fn new(file: &Arc<File>, part: Section, length: u64) -> Option<Self> {
        Some(Self { file: Arc::clone(file), range: part.range_in(length)? })
    }
}

impl ReadAt for FileSection {
    fn bytes_in_memory(&self) -> usize {
        0
    }

    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>> {
        let (start, end) = (range.start as u64, range.end as u64);
        if start > end || end > self.range.end - self.range.start {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; range.len()];
        read_exact_at(&self.file, &mut bytes, self.range.start + start)?;
        Ok(bytes.into())
    }
}
