//! Sections of an entry: read as a whole, or by ranges.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::ReadAt;
use crate::sources::disk::read_exact_at;

/// Byte range of a section in an entry, with its checksum.
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

    /// Returns the byte range of the section; `None` if it exceeds a file of this length.
    fn range_in(self, length: u64) -> Option<Range<u64>> {
        let end = self.offset.checked_add(self.length).filter(|it| *it <= length)?;
        Some(self.offset..end)
    }

    /// Reads the section into the buffer and verifies its checksum. The buffer never shrinks,
    /// because zeroing new memory takes longer than reading.
    pub fn read<'a>(&self, file: &File, max_len: u64, buffer: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let range = self.range_in(max_len)?;
        let length = usize::try_from(range.end - range.start).ok()?;
        if buffer.len() < length {
            buffer.resize(length, 0);
        }
        let bytes = &mut buffer[..length];
        read_exact_at(file, bytes, self.offset).ok()?;
        (crc32fast::hash(bytes) == self.crc32).then_some(bytes)
    }
}

/// A section of a file that is read by ranges, without its checksum.
#[derive(Debug)]
pub struct FileSection {
    file: Arc<File>,
    range: Range<u64>,
}

impl FileSection {
    /// Returns `None` if the section exceeds a file of this length.
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
