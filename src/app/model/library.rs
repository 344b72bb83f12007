//! The state reported by the library: marks, basket, saved searches, log; and the pending requests.

use super::session::SessionSync;
use super::triage::Triage;
use super::undo::UndoHistory;
use super::viewport::Viewport;
use crate::domain::Marks;
use crate::library::{Basket, Change, ChangeSetId, Durability, LogEntry, SavedSearch};
use std::collections::VecDeque;
use std::sync::Arc;

/// The known state of the library. Only library events change it, so that the screen never shows a
/// change that was not recorded.
#[derive(Debug, Default)]
pub struct LibraryState {
    pub marks: Arc<Marks>,
    pub basket: Basket,
    pub searches: Vec<SavedSearch>,
    pub durability: Durability,
    /// The latest change sets of all runs, newest first.
    pub log: Vec<LogEntry>,
    /// The date of the previous visit to this source.
    pub last_visit: Option<String>,
    pub undo: UndoHistory,
    pub triage: Triage,
    pub session: SessionSync,
    /// Cursor and scroll position of the basket.
    pub basket_viewport: Viewport,
    /// The last changes made, for the action `repeat`.
    pub last_changes: Vec<Change>,
    /// The unanswered requests, oldest first.
    pub pending: VecDeque<PendingRequest>,
}

/// A request to change papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingRequest {
    Record(AfterChange),
    Undo(ChangeSetId),
    Redo(ChangeSetId),
    /// Undoes or redoes a change set of the log.
    ToggleChangeSet,
}

/// Cursor movement after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterChange {
    KeepCursor,
    /// Moves to the next unread paper.
    NextUnread,
}

impl LibraryState {
    /// Returns true if a request is unanswered.
    pub fn is_busy(&self) -> bool {
        !self.pending.is_empty()
    }
}
