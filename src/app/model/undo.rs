//! What was done in this run, to be taken back and done again, whatever it was.

use crate::domain::PaperId;
use crate::library::{ChangeSetId, SavedSearch};

/// Something that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoEntry {
    /// A filter gave way to another.
    Filter { before: String, after: String },
    /// Papers are no longer selected.
    Selection(Vec<PaperId>),
    /// A saved search was kept, or forgotten where nothing is kept after.
    Search { before: Option<SavedSearch>, after: Option<SavedSearch> },
    /// Changes to papers, which the library undoes.
    Changes(ChangeSetId),
}

/// The steps of this run, the last on top.
#[derive(Debug, Default)]
pub struct UndoHistory {
    pub undo_stack: Vec<UndoEntry>,
    pub redo_stack: Vec<UndoEntry>,
}

impl UndoHistory {
    /// What was taken back before can no longer be done again.
    pub fn record(&mut self, step: UndoEntry) {
        self.undo_stack.push(step);
        self.redo_stack.clear();
    }

    /// The last step is no longer undone.
    pub fn push_done(&mut self, step: UndoEntry) {
        self.undo_stack.push(step);
    }

    pub fn push_undone(&mut self, step: UndoEntry) {
        self.redo_stack.push(step);
    }

    /// Numbers of papers mean nothing any more.
    pub fn drop_selections(&mut self) {
        for steps in [&mut self.undo_stack, &mut self.redo_stack] {
            steps.retain(|it| !matches!(it, UndoEntry::Selection(_)));
        }
    }
}
