//! The reading position in a source, and saved searches.

use crate::domain::PaperId;
use crate::search::{SortDirection, SortKey};

/// The reading position in a source: cursor, query and selection. Each source has its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Session {
    /// The paper under the cursor. Always `None` in
    /// [`OpenedLibrary`](super::event::OpenedLibrary), because the papers are not loaded yet:
    /// [`SessionRestored`](super::event::LibraryEvent::SessionRestored) delivers it later.
    pub paper: Option<PaperId>,
    /// Number of rows between the top of the list and the cursor.
    pub offset: usize,
    pub query: String,
    /// Selected papers, in the order selected. Empty in `OpenedLibrary`, as `paper` is.
    pub selection: Vec<PaperId>,
    /// The line at the top of the reader, if the reader is open.
    pub reader_line: Option<usize>,
    pub sort_key: SortKey,
    pub direction: SortDirection,
    pub end: SessionEnd,
}

/// The way in which a session ended, if it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionEnd {
    /// The run is under way. Found at the start of a run, it means that the last run did not exit
    /// cleanly: a lost connection, a crash or a power failure.
    #[default]
    NotEnded,
    /// The process with this id has the session and is still alive: another window, or one that
    /// hangs after a lost connection. Found at the start of a run, the session is taken over.
    RunningElsewhere(u32),
    /// The reader has quit.
    Quit,
}

/// A named query with its sort order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    pub name: String,
    pub query: String,
    pub order: SortKey,
    pub direction: SortDirection,
}

impl SavedSearch {
    /// Returns an unnamed search for `query` in the default order.
    pub fn from_query(query: &str) -> Self {
        Self {
            name: String::new(),
            query: query.to_owned(),
            order: SortKey::default(),
            direction: SortDirection::default(),
        }
    }
}
