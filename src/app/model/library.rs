//! What the library has reported: marks, basket, saved searches, log; and what it was asked.

use super::session::SessionSync;
use super::triage::Triage;
use super::undo::UndoHistory;
use super::viewport::Viewport;
use crate::domain::Marks;
use crate::library::{Basket, Change, ChangeSetId, Durability, LogEntry, SavedSearch};
use std::collections::VecDeque;
use std::sync::Arc;

/// What is known of the library. Only its news change it, so that the screen never shows what the
/// library does not hold.
#[derive(Debug, Default)]
pub struct LibraryState {
    pub marks: Arc<Marks>,
    pub basket: Basket,
    pub searches: Vec<SavedSearch>,
    pub durability: Durability,
    /// The last acts of every run, the newest first.
    pub log: Vec<LogEntry>,
    /// The day on which the source was open before.
    pub last_visit: Option<String>,
    pub undo: UndoHistory,
    pub triage: Triage,
    pub session: SessionSync,
    /// Cursor and scroll position of the basket.
    pub basket_viewport: Viewport,
    /// What was done to papers last, to be done to others.
    pub last_changes: Vec<Change>,
    /// What the library was asked and has not answered, the oldest first.
    pub pending: VecDeque<PendingRequest>,
}

/// Something that the library was asked to do to papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingRequest {
    Record(AfterChange),
    Undo(ChangeSetId),
    Redo(ChangeSetId),
    /// An act of the log was to be turned.
    ToggleChangeSet,
}

/// Where the cursor goes when an act is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterChange {
    KeepCursor,
    /// On to the next unread paper.
    NextUnread,
}

impl LibraryState {
    /// Whether the library is still at work on what was asked of it.
    pub fn is_busy(&self) -> bool {
        !self.pending.is_empty()
    }
}
