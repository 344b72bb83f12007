//! What a source holds, judged by its first bytes.

use super::folder::FolderListing;
use crate::formats::{Format, UnrecognisedInput};
use crate::sources::input::compression::PackedFormat;
use crate::sources::options::ReadOptions;

/// A file of so many bytes keeps its abstracts.
pub const LARGE_FILE_LEN: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// How papers lie in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    Plain(Format),
    /// In a packing that is taken off as it is read.
    Packed,
    /// In the files of a folder.
    Folder(FolderListing),
    /// There are none, and the reason: an empty source is read without an error.
    Empty(&'static str),
}

pub const EMPTY_REASON: &str = "it is empty";

pub const NO_FILE_REASON: &str = "there is no file in it";

impl Contents {
    /// The format of a file of that size that is worth being kept in the cache: its abstracts stay
    /// in it.
    pub fn cacheable_format(&self, size: u64) -> Option<Format> {
        match self {
            Self::Plain(format @ Format::Jsonl) if size >= LARGE_FILE_LEN => Some(*format),
            _ => None,
        }
    }
}

/// Judges the whole beginning of a source.
pub fn detect_all_contents(
    head: &[u8],
    reading: &ReadOptions,
) -> Result<Contents, UnrecognisedInput> {
    match detect_contents(head, reading) {
        Err(UnrecognisedInput::Empty) => Ok(Contents::Empty(EMPTY_REASON)),
        judged => judged,
    }
}

/// Says what lies in a source that begins like this.
pub fn detect_contents(head: &[u8], reading: &ReadOptions) -> Result<Contents, UnrecognisedInput> {
    match PackedFormat::detect(head) {
        Some(_) => Ok(Contents::Packed),
        None => reading.format(head).map(Contents::Plain),
    }
}

/// Whether more bytes may change the verdict.
pub fn may_become_papers(why: &UnrecognisedInput) -> bool {
    matches!(
        why,
        UnrecognisedInput::Empty
            | UnrecognisedInput::Markup
            | UnrecognisedInput::OtherJson
            | UnrecognisedInput::OtherTable(_)
            | UnrecognisedInput::OtherText
    )
}
