//! What an entry says of itself: what it was made of, and where its parts lie.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::section::Part;
use crate::domain::PACKED_VERSION;
use crate::sources::disk::inode::inode;
use crate::sources::disk::positional_io::read_exact_at;
use crate::sources::disk::regular_file;
use crate::text::fnv;

/// At both ends of an entry. A change of anything but the layout of segments changes it.
pub const MAGIC: [u8; 8] = *b"offprt02";
/// What follows the contents: where they are, and the magic again.
pub const TAIL: u64 = 8 + 8 + 4 + MAGIC.len() as u64;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// That of the layout of segments.
    pub version: u32,
    pub origin: Origin,
    /// The pattern by which citation keys were hashed.
    pub keys: String,
    pub papers: u32,
    /// The columns of segments, or the indexes of their words.
    pub segments: Vec<Part>,
    /// Their text as it is shown.
    pub texts: Vec<Part>,
    pub links: Part,
    /// Lines that could not be read, and why.
    pub defects: Vec<(u64, String)>,
}

/// The file that an entry was made of, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub path: String,
    pub size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Inode and time of the last change of the inode, which tell a file that was changed within
    /// the resolution of its time, or whose time was put back. Zero where the system has none.
    inode: u64,
    changed: u64,
    format: String,
}

impl Origin {
    /// Nothing for what cannot be told apart from what it was before.
    pub fn of(path: &Path, format: &str) -> Option<Self> {
        let path = fs::canonicalize(path).ok()?;
        let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            path: path.to_str()?.to_owned(),
            size: metadata.len(),
            modified: u64::try_from(since.as_nanos()).ok()?,
            inode: inode(&metadata).0,
            changed: inode(&metadata).1,
            format: format.to_owned(),
        })
    }

    /// Whether the file is as it was.
    pub fn is_fresh(&self) -> bool {
        Self::of(Path::new(&self.path), &self.format).as_ref() == Some(self)
    }

    /// By this an entry is found.
    pub fn hash(&self) -> u64 {
        fnv(&format!("{}\n{}", self.format, self.path))
    }
}

impl Contents {
    /// Reads what an entry says of itself.
    ///
    /// # Errors
    ///
    /// When there is none, or it is damaged or of another version.
    pub fn read(path: &Path) -> io::Result<Self> {
        Self::of(&regular_file::read(path)?).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    pub fn of(file: &File) -> Option<Self> {
        let length = file.metadata().ok()?.len();
        let mut head = [0; MAGIC.len()];
        read_exact_at(file, &mut head, 0).ok()?;
        let mut tail = [0; TAIL as usize];
        let start = length.checked_sub(TAIL)?;
        read_exact_at(file, &mut tail, start).ok()?;
        let (offset, rest) = tail.split_first_chunk()?;
        let (size, rest) = rest.split_first_chunk()?;
        let (check, magic) = rest.split_first_chunk()?;
        if head != MAGIC || *magic != MAGIC {
            return None;
        }
        let part = Part {
            offset: u64::from_le_bytes(*offset),
            length: u64::from_le_bytes(*size),
            check: u32::from_le_bytes(*check),
        };
        let contents: Self =
            serde_json::from_slice(part.read(file, start, &mut Vec::new())?).ok()?;
        (contents.version == PACKED_VERSION).then_some(contents)
    }
}
