//! What a reader can do to papers.

use std::fmt;

use crate::domain::PaperId;

/// Something done to a paper. Each deed stands for one aspect of the paper and leaves the others
/// as they are: a skip that also makes read is an [`ChangeSet`] of two deeds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    Read(OnOff),
    Star(OnOff),
    /// Hidden from the list.
    Skip(OnOff),
    /// To be read later.
    Later(OnOff),
    /// A tag given or taken away; its name is not empty.
    Tag(String, OnOff),
    /// The whole note, in Markdown; an empty one takes it away.
    Note(String),
    Basket(BasketPosition),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnOff {
    On,
    Off,
}

/// Where a paper goes in the basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BasketPosition {
    /// Behind all others. A paper that is in the basket already stays where it is.
    EndIfAbsent,
    /// Just before that paper.
    Before(LibraryId),
    /// Behind all others, also from within the basket.
    End,
    Removed,
}

/// A paper that a reader points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperRef {
    /// A paper of the corpus.
    Corpus(PaperId),
    /// A paper that the library keeps, whether the corpus has it or not.
    Library(LibraryId),
}

/// The number that the library knows a paper by; it holds for one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LibraryId(pub i64);

/// Deeds that are done together, every one to every paper, and undone together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    pub changes: Vec<Change>,
    /// In the order in which they go into the basket.
    pub papers: Vec<PaperRef>,
}

/// The identity of an act, the same in every library that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeSetId {
    /// The run of the program that did it: a random number.
    pub process: u64,
    /// The number of its first entry in that run.
    pub number: u64,
}

impl ChangeSetId {
    /// Reads what is written by `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let (process, number) = text.split_once('-')?;
        let is_valid = process.len() == 16 && !process.starts_with('+');
        let process = u64::from_str_radix(process, 16).ok().filter(|_| is_valid)?;
        let number = number.parse().ok()?;
        // Neither is more than the database holds.
        (process.max(number) <= i64::MAX.cast_unsigned()).then_some(Self { process, number })
    }
}

/// Sixteen hexadecimal digits, a hyphen, and the number.
impl fmt::Display for ChangeSetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.process, self.number)
    }
}
