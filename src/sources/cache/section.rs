//! Parts of an entry: read as a whole, or piecemeal.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::Bytes;
use crate::sources::disk::positional_io::read_exact_at;

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Part {
    pub offset: u64,
    pub length: u64,
    pub check: u32,
}

impl Part {
    pub fn of(offset: u64, bytes: &[u8]) -> Self {
        Self { offset, length: bytes.len() as u64, check: crc32fast::hash(bytes) }
    }

    /// Where it lies in a file of that length.
    fn within(self, length: u64) -> Option<Range<u64>> {
        let end = self.offset.checked_add(self.length).filter(|it| *it <= length)?;
        Some(self.offset..end)
    }

    /// Reads the part into the buffer, if it is what was written. The buffer is as long as the most
    /// that it held, for memory that is new takes longer than reading.
    pub fn read<'a>(&self, file: &File, most: u64, buffer: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let range = self.within(most)?;
        let length = usize::try_from(range.end - range.start).ok()?;
        if buffer.len() < length {
            buffer.resize(length, 0);
        }
        let bytes = &mut buffer[..length];
        read_exact_at(file, bytes, self.offset).ok()?;
        (crc32fast::hash(bytes) == self.check).then_some(bytes)
    }
}

/// A part of a file that is read piecemeal.
#[derive(Debug)]
pub struct FilePart {
    file: Arc<File>,
    range: Range<u64>,
}

impl FilePart {
    /// Nothing where it does not lie in a file of that length.
    pub fn new(file: &Arc<File>, part: Part, length: u64) -> Option<Self> {
        Some(Self { file: Arc::clone(file), range: part.within(length)? })
    }
}

impl Bytes for FilePart {
    fn held(&self) -> usize {
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
