//! Manifest of a cache entry: the key of its source, and the offsets of its sections.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::section::Section;
use crate::domain::SEGMENT_VERSION;
use crate::sources::disk::{inode_and_ctime, open_regular_for_reading, read_exact_at};
use crate::text::fnv;

/// First and last bytes of an entry. Changes with the format of entries, except that of segments,
/// which has [`SEGMENT_VERSION`].
pub const MAGIC: [u8; 8] = *b"offprt02";
/// Length of the trailer after the manifest: offset, length and CRC-32 of the manifest, and the
/// magic.
pub const TRAILER_LEN: u64 = 8 + 8 + 4 + MAGIC.len() as u64;

/// Contents of an entry or of an index file, stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SEGMENT_VERSION`] of the writer.
    pub version: u32,
    pub source_key: SourceKey,
    /// Pattern of the citation keys that the segments contain hashes of.
    pub key_pattern: String,
    pub papers: u32,
    /// Encoded segments in an entry, or their word indexes in an index file.
    pub segments: Vec<Section>,
    /// Display text of the segments.
    pub texts: Vec<Section>,
    /// Links between records as pairs of `u32`: later record, first record of the same paper.
    pub links: Section,
    /// Line numbers of unreadable records, each with the reason.
    pub defects: Vec<(u64, String)>,
}

/// Identity of a source file and its format. An entry is valid while it is equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceKey {
    pub path: String,
    pub size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Inode number and ctime in nanoseconds since 1970. They reveal changes within the resolution
    /// of `modified`, and a file whose mtime was reset. Zero on systems without them.
    inode: u64,
    inode_changed: u64,
    format: String,
}

impl SourceKey {
    /// Returns `None` if the file does not exist, is not regular, or has no usable path or mtime.
    pub fn from_path(path: &Path, format: &str) -> Option<Self> {
        let path = fs::canonicalize(path).ok()?;
        let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            path: path.to_str()?.to_owned(),
            size: metadata.len(),
            modified: u64::try_from(since.as_nanos()).ok()?,
            inode: inode_and_ctime(&metadata).0,
            inode_changed: inode_and_ctime(&metadata).1,
            format: format.to_owned(),
        })
    }

    /// Returns true if the file is unchanged.
    pub fn is_fresh(&self) -> bool {
        Self::from_path(Path::new(&self.path), &self.format).as_ref() == Some(self)
    }

    /// Hashes format and path, for the file name of the entry.
    pub fn hash(&self) -> u64 {
        fnv(&format!("{}\n{}", self.format, self.path))
    }
}

impl Manifest {
    /// Reads the manifest of an entry.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or is corrupt or of another version.
    pub fn read(path: &Path) -> io::Result<Self> {
        Self::from_file(&open_regular_for_reading(path)?)
            .ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// As [`Self::read`], of an open file; `None` if it is corrupt or of another version.
    pub fn from_file(file: &File) -> Option<Self> {
        let length = file.metadata().ok()?.len();
        let mut head = [0; MAGIC.len()];
        read_exact_at(file, &mut head, 0).ok()?;
        let mut tail = [0; TRAILER_LEN as usize];
        let start = length.checked_sub(TRAILER_LEN)?;
        read_exact_at(file, &mut tail, start).ok()?;
        let (offset, rest) = tail.split_first_chunk()?;
        let (size, rest) = rest.split_first_chunk()?;
        let (check, magic) = rest.split_first_chunk()?;
        if head != MAGIC || *magic != MAGIC {
            return None;
        }
        let part = Section {
            offset: u64::from_le_bytes(*offset),
            length: u64::from_le_bytes(*size),
            crc32: u32::from_le_bytes(*check),
        };
        let contents: Self =
            serde_json::from_slice(part.read(file, start, &mut Vec::new())?).ok()?;
        (contents.version == SEGMENT_VERSION).then_some(contents)
    }
}
