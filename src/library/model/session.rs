//! Where a reader was, and the searches that were kept.

use crate::domain::PaperId;
use crate::search::{SortDirection, SortKey};

/// Where a reader is in a source. Each source has its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Session {
    /// The paper under the cursor. Nothing in what [`OpenedLibrary`](crate::library::model::event::OpenedLibrary) brings: the
    /// papers are still to be found, and [`News::SessionRestored`](crate::library::model::event::LibraryEvent::SessionRestored) brings them.
    pub paper: Option<PaperId>,
    /// Rows between the top of the list and the cursor.
    pub offset: usize,
    pub query: String,
    /// In the order selected. Nothing in an opening, as above.
    pub selection: Vec<PaperId>,
    /// The line at the top of the reader, where it is open.
    pub reader_line: Option<usize>,
    pub sort_key: SortKey,
    pub direction: SortDirection,
    pub end: SessionEnd,
}

/// Whether the reader has left the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionEnd {
    /// The run is under way. What is found so at the start of a run was left by no wish of the
    /// reader's: a lost connection, a crash, a machine switched off.
    #[default]
    NotEnded,
    /// The reader has quit.
    Quit,
}

/// A search that was given a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    pub name: String,
    pub query: String,
    pub order: SortKey,
    pub direction: SortDirection,
}

impl SavedSearch {
    /// A query that nobody has saved, the best hits first.
    pub fn from_query(query: &str) -> Self {
        Self {
            name: String::new(),
            query: query.to_owned(),
            order: SortKey::default(),
            direction: SortDirection::default(),
        }
    }
}
