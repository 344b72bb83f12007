//! Changes to papers.

use std::fmt;

use crate::domain::{AcceptedValues, PaperId};

/// A change of one attribute of a paper. Skipping a paper and marking it read is a [`ChangeSet`] of
/// two changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    Read(OnOff),
    Star(OnOff),
    /// Hides the paper from the list.
    Skip(OnOff),
    /// Marks the paper to be read later.
    Later(OnOff),
    /// Adds or removes a tag. The name is not empty.
    Tag(String, OnOff),
    /// Replaces the note, in Markdown. An empty note removes it.
    Note(String),
    /// Replaces the accepted values. Without any, the paper is shown as its source has it.
    Accept(AcceptedValues),
    Basket(BasketPosition),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnOff {
    On,
    Off,
}

/// The new position of a paper in the basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BasketPosition {
    /// The end; a paper that is in the basket already keeps its position.
    EndIfAbsent,
    /// Before this paper.
    Before(LibraryId),
    /// The end, also for a paper in the basket.
    End,
    Removed,
}

/// A reference to a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperRef {
    /// A paper of the corpus.
    Corpus(PaperId),
    /// A paper of the library, in the corpus or not.
    Library(LibraryId),
}

/// The id of a paper in the library, valid for one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LibraryId(pub i64);

/// Changes that are recorded together, each for every paper, and undone together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    pub changes: Vec<Change>,
    /// In the order in which they are added to the basket.
    pub papers: Vec<PaperRef>,
}

/// The id of a change set, the same in every library that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeSetId {
    /// The run of the program that recorded it: a random number.
    pub process: u64,
    /// The number of its first entry in that run.
    pub number: u64,
}

impl ChangeSetId {
    /// Parses the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let (process, number) = text.split_once('-')?;
        let is_valid = process.len() == 16 && !process.starts_with('+');
        let process = u64::from_str_radix(process, 16).ok().filter(|_| is_valid)?;
        let number = number.parse().ok()?;
        // Both fit a signed integer of the database.
        (process.max(number) <= i64::MAX.cast_unsigned()).then_some(Self { process, number })
    }
}

/// Sixteen hexadecimal digits, a hyphen, and the number.
impl fmt::Display for ChangeSetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.process, self.number)
    }
}
