//! What the library is asked to do.

use super::change::{ChangeSet, ChangeSetId};
use super::session::{SavedSearch, Session};
use super::{event::LibraryEvent, issued_key::IssuedKey};

/// Work for the library. Tasks are done in the order in which they are handed in.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryCommand {
    /// Answered by [`LibraryEvent::MarksChanged`] and [`LibraryEvent::ChangesApplied`] once it is durable, or by [`LibraryEvent::Failed`].
    Record(ChangeSet),
    /// Undoes a change set. Answered as [`LibraryCommand::Record`] is.
    Undo(ChangeSetId),
    /// Redoes a change set that was undone.
    Redo(ChangeSetId),
    /// Takes an act of the log back, of whatever run, or does it again where it was taken back.
    /// It is itself an act, for [`LibraryCommand::Undo`] to take back.
    ToggleUndone(ChangeSetId),
    /// Answered by [`LibraryEvent::Log`].
    ReadLog,
    /// Keeps a search under its name, in place of another of that name.
    SaveSearch(SavedSearch),
    /// Forgets the saved search of that name.
    DeleteSearch(String),
    /// Keeps a query in the history. No answer unless it fails.
    AddToHistory(String),
    /// Keeps keys that were given out, in place of earlier ones of their papers. No answer unless it
    /// fails, but for [`LibraryEvent::MarksChanged`].
    IssueKeys(Vec<IssuedKey>),
    /// Keeps where the reader is. Of several that wait only the last is written. No answer unless
    /// it fails.
    SaveSession(Box<Session>),
}

impl LibraryCommand {
    /// Why it was not done. What is done to papers has one answer.
    pub fn failure_event(&self, reason: String) -> LibraryEvent {
        match self {
            Self::Record(_) | Self::Undo(_) | Self::Redo(_) | Self::ToggleUndone(_) => {
                LibraryEvent::Failed(reason)
            }
            Self::ReadLog
            | Self::SaveSearch(_)
            | Self::DeleteSearch(_)
            | Self::AddToHistory(_)
            | Self::IssueKeys(_)
            | Self::SaveSession(_) => LibraryEvent::Warning(reason),
        }
    }
}
