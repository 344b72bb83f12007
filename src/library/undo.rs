//! What this run has done, to be taken back and done again.

use super::db::log;
use super::db::state::{self, StoredReceipt};
use super::db::store::Store;
use super::error::LibraryError;
use super::model::change::ChangeSetId;

#[derive(Debug, Default)]
pub struct UndoStack {
    /// What stands, the last one last.
    applied: Vec<ChangeSetId>,
    /// What was taken back, each with the act that took it back.
    undone: Vec<(ChangeSetId, ChangeSetId)>,
}

impl UndoStack {
    pub fn push(&mut self, act: ChangeSetId) {
        self.applied.push(act);
        self.undone.clear();
    }

    /// Takes back the last act that stands.
    pub fn undo(&mut self, store: &mut Store) -> Result<Option<StoredReceipt>, LibraryError> {
        let Some(&act) = self.applied.last() else { return Ok(None) };
        let by = revoke(store, &[act])?;
        self.applied.pop();
        self.undone.push((act, by));
        read_receipt(store, act).map(Some)
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, store: &mut Store) -> Result<Option<StoredReceipt>, LibraryError> {
        let Some(&(act, by)) = self.undone.last() else { return Ok(None) };
        revoke(store, &[by])?;
        self.undone.pop();
        self.applied.push(act);
        read_receipt(store, act).map(Some)
    }

    /// Takes an act back, or does it again where it does not stand.
    pub fn toggle(
        &mut self,
        store: &mut Store,
        act: ChangeSetId,
    ) -> Result<StoredReceipt, LibraryError> {
        let revokers = store.read(|connection| log::revoking_change_sets(connection, act))?;
        let by =
            if revokers.is_empty() { revoke(store, &[act])? } else { revoke(store, &revokers)? };
        self.push(by);
        read_receipt(store, act)
    }
}

/// Writes an act that takes others back.
fn revoke(store: &mut Store, acts: &[ChangeSetId]) -> Result<ChangeSetId, LibraryError> {
    store.write(|writing| {
        let number = writing.next_number;
        for act in acts {
            writing.undo(number, *act)?;
        }
        Ok(ChangeSetId { process: writing.process.cast_unsigned(), number: number.cast_unsigned() })
    })
}

fn read_receipt(store: &Store, act: ChangeSetId) -> Result<StoredReceipt, LibraryError> {
    store.read(|connection| {
        let act = state::root_change_set(connection, act)?;
        state::stored_receipt(connection, act)
    })
}
