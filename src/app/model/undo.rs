//! Undo history of this run.

use crate::domain::PaperId;
use crate::library::{ChangeSetId, SavedSearch};

/// A reversible step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoEntry {
    /// The filter was replaced.
    Filter { before: String, after: String },
    /// The selection was cleared.
    Selection(Vec<PaperId>),
    /// A saved search was added, replaced or deleted. `None` means that it did not exist.
    Search { before: Option<SavedSearch>, after: Option<SavedSearch> },
    /// Changes to papers, which the library undoes.
    Changes(ChangeSetId),
}

/// The undo and redo stacks, latest step last.
#[derive(Debug, Default)]
pub struct UndoHistory {
    pub undo_stack: Vec<UndoEntry>,
    pub redo_stack: Vec<UndoEntry>,
}

impl UndoHistory {
    /// Records a new step, which invalidates the redo stack.
    pub fn record(&mut self, step: UndoEntry) {
        self.undo_stack.push(step);
        self.redo_stack.clear();
    }

    /// Pushes a redone step back onto the undo stack.
    pub fn push_done(&mut self, step: UndoEntry) {
        self.undo_stack.push(step);
    }

    pub fn push_undone(&mut self, step: UndoEntry) {
        self.redo_stack.push(step);
    }

    /// Drops steps with paper ids, which a reload invalidates.
    pub fn drop_selections(&mut self) {
        for steps in [&mut self.undo_stack, &mut self.redo_stack] {
            steps.retain(|it| !matches!(it, UndoEntry::Selection(_)));
        }
    }
}
