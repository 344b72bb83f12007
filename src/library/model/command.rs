//! Commands to the library.

use super::change::{ChangeSet, ChangeSetId};
use super::event::LibraryEvent;
use super::issued_key::IssuedKey;
use super::session::{SavedSearch, Session};

/// A command to the library. Commands are executed in the order of their arrival.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryCommand {
    /// Records a change set. Answered by [`LibraryEvent::MarksChanged`] and
    /// [`LibraryEvent::ChangesApplied`] once it is durable, or by [`LibraryEvent::Failed`].
    Record(ChangeSet),
    /// Records several change sets as one, which is undone as a whole. Answered as
    /// [`LibraryCommand::Record`] is.
    RecordTogether(Vec<ChangeSet>),
    /// Undoes a change set. Answered as [`LibraryCommand::Record`] is.
    Undo(ChangeSetId),
    /// Redoes a change set that was undone.
    Redo(ChangeSetId),
    /// Undoes a change set of any run, or redoes it if it is undone. The toggle is a change set of
    /// its own, which [`LibraryCommand::Undo`] undoes.
    ToggleUndone(ChangeSetId),
    /// Reads the log. Answered by [`LibraryEvent::Log`].
    ReadLog,
    /// Saves a search; replaces one of the same name.
    SaveSearch(SavedSearch),
    /// Deletes the saved search of this name.
    DeleteSearch(String),
    /// Adds a query to the history. Answered only if it fails.
    AddToHistory(String),
    /// Saves assigned citation keys; replaces earlier ones of the same papers. Answered only by
    /// [`LibraryEvent::MarksChanged`], or if it fails.
    IssueKeys(Vec<IssuedKey>),
    /// Saves the session. Of several in the queue only the last is written. Answered only if it
    /// fails.
    SaveSession(Box<Session>),
}

impl LibraryCommand {
    /// The event of a failure. A command that changes papers is answered by exactly one event.
    pub fn failure_event(&self, reason: String) -> LibraryEvent {
        match self {
            Self::Record(_)
            | Self::RecordTogether(_)
            | Self::Undo(_)
            | Self::Redo(_)
            | Self::ToggleUndone(_) => LibraryEvent::Failed(reason),
            Self::ReadLog
            | Self::SaveSearch(_)
            | Self::DeleteSearch(_)
            | Self::AddToHistory(_)
            | Self::IssueKeys(_)
            | Self::SaveSession(_) => LibraryEvent::Warning(reason),
        }
    }
}
