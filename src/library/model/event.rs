//! Events of the library.

use std::sync::Arc;

use super::change::{Change, ChangeSetId, LibraryId};
use super::session::{SavedSearch, Session};
use crate::cite::AssignedKey;
use crate::domain::{Corpus, Marks, PaperId, PaperMarks};

/// The answer to a [`LibraryCommand`](crate::library::model::command::LibraryCommand), or a change by
/// another run of the program, which may use the same library at the same time.
#[derive(Debug, Clone)]
pub enum LibraryEvent {
    /// The first event of a run.
    Opened(Box<OpenedLibrary>),
    /// The current marks of papers of the corpus; replace their earlier marks. Sent as papers
    /// arrive, after each change set, and when another run has marked papers. Precedes the receipt
    /// of the change set, so that one frame shows both.
    MarksChanged(Vec<(PaperId, PaperMarks)>),
    /// A change set is durable.
    ChangesApplied(Receipt),
    /// The whole basket, at the start and after each change.
    BasketChanged(Basket),
    /// All saved searches, sorted by name, after each change.
    SearchesChanged(Vec<SavedSearch>),
    /// The last change sets of all runs, the newest first.
    Log(Vec<LogEntry>),
    /// The source is read to its end, and the marks of all its papers are sent.
    SourceRead,
    /// The papers of the last session, once all are found or the source is read to its end.
    SessionRestored(RestoredPapers),
    /// The command changed nothing, with the reason.
    Notice(String),
    /// A command that changes papers failed, with the reason.
    Failed(String),
    /// Any other error.
    Warning(String),
    /// Changes are kept in another way from now on.
    DurabilityChanged(Durability),
}

/// The contents of the library at the start of a run.
#[derive(Debug, Clone, Default)]
pub struct OpenedLibrary {
    pub durability: Durability,
    pub searches: Vec<SavedSearch>,
    /// Citation keys assigned in earlier runs.
    pub issued_keys: Vec<AssignedKey>,
    /// Queries typed before, oldest first.
    pub history: Vec<String>,
    /// The last session in this source.
    pub session: Option<Session>,
    /// The day of the last visit to this source, such as `21 November`. Papers added since will be
    /// marked new.
    pub last_visit: Option<String>,
}

/// The durability of changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Durability {
    #[default]
    Durable,
    /// Durable, with a warning for the user.
    DurableWithWarning(String),
    /// Kept for this run only, with the reason.
    ThisRunOnly(String),
    /// The library thread has panicked.
    Stopped,
}

/// A change set that was recorded, undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The change set that undoes as this one: for a toggled entry of the log, the toggle.
    pub change_set: ChangeSetId,
    pub kind: ChangeKind,
    /// The changes of the change set, also if it was undone.
    pub changes: Vec<Change>,
    /// Its papers that the corpus has, in the order of the change set.
    pub papers: Vec<PaperId>,
    /// The number of its papers.
    pub paper_count: usize,
    /// The title of the first paper.
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

/// The papers in the basket. They form a corpus of their own, because the corpus on the screen may
/// lack them. The paper in row `n` is [`PaperId`]`(n)` of that corpus.
#[derive(Debug, Clone, Default)]
pub struct Basket {
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The library id of the paper in each row.
    pub library_ids: Vec<LibraryId>,
    /// The id of the same paper in the corpus on the screen, if it is there.
    pub corpus_ids: Vec<Option<PaperId>>,
}

/// Papers of a [`Session`] that the corpus has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RestoredPapers {
    pub paper: Option<PaperId>,
    pub selection: Vec<PaperId>,
}
