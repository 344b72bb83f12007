//! What an entry says of itself: what it was made of, and where its parts lie.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::section::Section;
use crate::domain::SEGMENT_VERSION;
use crate::sources::disk::inode::inode_and_ctime;
use crate::sources::disk::positional_io::read_exact_at;
use crate::sources::disk::regular_file;
use crate::text::fnv;

/// At both ends of an entry. A change of anything but the layout of segments changes it.
pub const MAGIC: [u8; 8] = *b"offprt02";
/// What follows the contents: where they are, and the magic again.
pub const TRAILER_LEN: u64 = 8 + 8 + 4 + MAGIC.len() as u64;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// That of the layout of segments.
    pub version: u32,
    pub source_key: SourceKey,
    /// The pattern by which citation keys were hashed.
    pub key_pattern: String,
    pub papers: u32,
    /// The columns of segments, or the indexes of their words.
    pub segments: Vec<Section>,
    /// Their text as it is shown.
    pub texts: Vec<Section>,
    pub links: Section,
    /// Lines that could not be read, and why.
    pub defects: Vec<(u64, String)>,
}

/// The file that an entry was made of, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceKey {
    pub path: String,
    pub size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Inode and time of the last change of the inode, which tell a file that was changed within
    /// the resolution of its time, or whose time was put back. Zero where the system has none.
    inode: u64,
    inode_changed: u64,
    format: String,
}

impl SourceKey {
    /// Nothing for what cannot be told apart from what it was before.
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

    /// Whether the file is as it was.
    pub fn is_fresh(&self) -> bool {
        Self::from_path(Path::new(&self.path), &self.format).as_ref() == Some(self)
    }

    /// By this an entry is found.
    pub fn hash(&self) -> u64 {
        fnv(&format!("{}\n{}", self.format, self.path))
    }
}

impl Manifest {
    /// Reads what an entry says of itself.
    ///
    /// # Errors
    ///
    /// When there is none, or it is damaged or of another version.
    pub fn read(path: &Path) -> io::Result<Self> {
        Self::from_file(&regular_file::open_for_reading(path)?)
            .ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

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
