//! Detects the contents of a source from its first bytes.

use super::folder::FolderListing;
use crate::formats::{Format, UnrecognisedInput};
use crate::sources::input::compression::PackedFormat;
use crate::sources::options::ReadOptions;
use crate::sources::zotero::ZoteroLibrary;

/// Minimum size of a file whose abstracts are read on demand from it, in bytes.
pub const LARGE_FILE_LEN: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// Contents of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    Plain(Format),
    /// Compressed or an archive.
    Packed,
    /// The files of a folder.
    Folder(FolderListing),
    /// A library of Zotero.
    Zotero(ZoteroLibrary),
    /// No papers, with the reason. An empty source is no error.
    Empty(&'static str),
}

pub const EMPTY_REASON: &str = "empty";

pub const NO_FILE_REASON: &str = "no files";

impl Contents {
    /// Returns the format, if a file of this size is worth caching. Only files whose abstracts are
    /// read on demand are cached.
    pub fn cacheable_format(&self, size: u64) -> Option<Format> {
        match self {
            Self::Plain(format @ Format::Jsonl) if size >= LARGE_FILE_LEN => Some(*format),
            _ => None,
        }
    }
}

/// As [`detect_contents`], for a complete source, which may be empty.
pub fn detect_all_contents(
    head: &[u8],
    options: &ReadOptions,
) -> Result<Contents, UnrecognisedInput> {
    match detect_contents(head, options) {
        Err(UnrecognisedInput::Empty) => Ok(Contents::Empty(EMPTY_REASON)),
        result => result,
    }
}

/// Detects the contents of a source from its first bytes.
pub fn detect_contents(head: &[u8], options: &ReadOptions) -> Result<Contents, UnrecognisedInput> {
    match PackedFormat::detect(head) {
        Some(_) => Ok(Contents::Packed),
        None => options.format(head).map(Contents::Plain),
    }
}

/// Returns true if more bytes may change the result of the detection.
pub fn may_become_papers(reason: &UnrecognisedInput) -> bool {
    matches!(
        reason,
        UnrecognisedInput::Empty
            | UnrecognisedInput::Markup
            | UnrecognisedInput::OtherJson
            | UnrecognisedInput::OtherTable(_)
            | UnrecognisedInput::OtherText
    )
}
