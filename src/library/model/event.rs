//! What the library has to say.

use std::sync::Arc;

use super::change::{Change, ChangeSetId, LibraryId};
use super::session::{SavedSearch, Session};
use crate::cite::AssignedKey;
use crate::domain::{Corpus, Marks, PaperId, PaperMarks};

/// An answer to a [`LibraryCommand`](crate::library::model::command::LibraryCommand), or something that the library has learned:
/// another run of the program may work on the same library at the same time.
#[derive(Debug, Clone)]
pub enum LibraryEvent {
    /// Comes once, before all else.
    Opened(Box<OpenedLibrary>),
    /// All that papers of the corpus are marked with now, in place of what was known of them.
    /// Comes as papers arrive, after each act, and when another run has marked papers. What a
    /// receipt tells of has been told here before, so that one frame shows both.
    MarksChanged(Vec<(PaperId, PaperMarks)>),
    /// An act is durable.
    ChangesApplied(Receipt),
    /// The whole basket, at the start and whenever it has changed.
    BasketChanged(Basket),
    /// Every saved search by name, whenever they have changed.
    SearchesChanged(Vec<SavedSearch>),
    /// The last acts, of every run, the newest first.
    Log(Vec<LogEntry>),
    /// The source has been read to its end, and all that its papers are marked with was told.
    SourceRead,
    /// Papers of the last place, once all were found or everything has been read.
    SessionRestored(RestoredPapers),
    /// Nothing was to be done; why, in a sentence.
    Notice(String),
    /// What was asked to be done to papers was not done; why, in a sentence.
    Failed(String),
    /// Something else went wrong, in a sentence.
    Warning(String),
    /// From here on what is done is kept in another way.
    DurabilityChanged(Durability),
}

/// What the library knows at the start of a run.
#[derive(Debug, Clone, Default)]
pub struct OpenedLibrary {
    pub durability: Durability,
    pub searches: Vec<SavedSearch>,
    /// Citation keys that were given out before.
    pub issued_keys: Vec<AssignedKey>,
    /// Queries typed before, oldest first.
    pub history: Vec<String>,
    /// Where the reader was in this source.
    pub session: Option<Session>,
    /// The day on which this source was open before, as in `21 November`. Papers that it did not
    /// have then will be marked new.
    pub last_visit: Option<String>,
}

/// Whether what is done outlasts the run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Durability {
    #[default]
    Durable,
    /// Kept, and something is to be said about it.
    DurableWithWarning(String),
    /// For this run only; why, in a sentence.
    ThisRunOnly(String),
    /// It is at work no more, on an error of the program.
    Stopped,
}

/// An act that was done, taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The change set that undoes as this one: for a toggled entry of the log, the toggle.
    pub change_set: ChangeSetId,
    pub kind: ChangeKind,
    /// What the act does to each of its papers. Where it was taken back this is still what it did.
    pub changes: Vec<Change>,
    /// Its papers as far as the corpus has them, in the order of the act.
    pub papers: Vec<PaperId>,
    /// How many papers it is about.
    pub paper_count: usize,
    /// The title of the first.
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Recorded,
    Undone,
    Redone,
}

/// A change set of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    pub id: ChangeSetId,
    /// Local time, as in `2026-11-21 14:05`.
    pub time: String,
    pub changes: Vec<Change>,
    pub count: usize,
    /// The title of the first paper.
    pub title: String,
    /// [`ChangeKind::Undone`] if the change set is undone.
    pub kind: ChangeKind,
}

/// The papers in the basket, as a corpus of their own, since the corpus on the screen may not have
/// them. The paper in row `n` is [`PaperId`]`(n)` of it.
#[derive(Debug, Clone, Default)]
pub struct Basket {
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The number of the paper in each row.
    pub library_ids: Vec<LibraryId>,
    /// The same paper in the corpus on the screen, where it is there.
    pub corpus_ids: Vec<Option<PaperId>>,
}

/// Papers of a [`Session`] that the corpus has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RestoredPapers {
    pub paper: Option<PaperId>,
    pub selection: Vec<PaperId>,
}
