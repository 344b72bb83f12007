//! What a source holds, judged by its first bytes.

use super::folder::Listing;
use crate::formats::{Format, NotPapers};
use crate::sources::input::compression::Packing;
use crate::sources::options::Reading;

/// A file of so many bytes keeps its abstracts.
pub const LARGE: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// How papers lie in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    Plain(Format),
    /// In a packing that is taken off as it is read.
    Packed,
    /// In the files of a folder.
    Folder(Listing),
    /// There are none, and the reason: an empty source is read without an error.
    Nothing(&'static str),
}

pub const EMPTY: &str = "it is empty";

pub const NO_FILE: &str = "there is no file in it";

impl Contents {
    /// The format of a file of that size that is worth being kept in the cache: its abstracts stay
    /// in it.
    pub fn kept(&self, size: u64) -> Option<Format> {
        match self {
            Self::Plain(format @ Format::Jsonl) if size >= LARGE => Some(*format),
            _ => None,
        }
    }
}

/// Judges the whole beginning of a source.
pub fn judge_whole(head: &[u8], reading: &Reading) -> Result<Contents, NotPapers> {
    match judge(head, reading) {
        Err(NotPapers::Empty) => Ok(Contents::Nothing(EMPTY)),
        judged => judged,
    }
}

/// Says what lies in a source that begins like this.
pub fn judge(head: &[u8], reading: &Reading) -> Result<Contents, NotPapers> {
    match Packing::of(head) {
        Some(_) => Ok(Contents::Packed),
        None => reading.format(head).map(Contents::Plain),
    }
}

/// Whether more bytes may change the verdict.
pub fn may_become_papers(why: &NotPapers) -> bool {
    matches!(
        why,
        NotPapers::Empty
            | NotPapers::Markup
            | NotPapers::OtherJson
            | NotPapers::OtherTable(_)
            | NotPapers::OtherText
    )
}
