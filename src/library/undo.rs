//! Undoes change sets and redoes them. The log is only appended to: undoing a change set writes
//! another that revokes it, and redoing it revokes those that do.

use super::db::log;
use super::db::state::{self, StoredReceipt};
use super::db::store::Store;
use super::error::LibraryError;
use super::model::change::ChangeSetId;

/// Undoes a change set, unless another run has undone it already.
///
/// # Errors
///
/// If the library cannot be read or written.
pub fn undo(store: &mut Store, id: ChangeSetId) -> Result<StoredReceipt, LibraryError> {
    if revoking(store, id)?.is_empty() {
        revoke(store, &[id])?;
    }
    read_receipt(store, id, id)
}

/// Redoes a change set that was undone, by whichever run.
///
/// # Errors
///
/// If the library cannot be read or written.
pub fn redo(store: &mut Store, id: ChangeSetId) -> Result<StoredReceipt, LibraryError> {
    let revoking = revoking(store, id)?;
    if !revoking.is_empty() {
        revoke(store, &revoking)?;
    }
    read_receipt(store, id, id)
}

/// Undoes a change set, or redoes it if it is undone. This is a change of its own: the receipt
/// carries its identifier, with which it is undone in turn.
///
/// # Errors
///
/// If the library cannot be read or written.
pub fn toggle(store: &mut Store, id: ChangeSetId) -> Result<StoredReceipt, LibraryError> {
    let revoking = revoking(store, id)?;
    let by = if revoking.is_empty() { revoke(store, &[id])? } else { revoke(store, &revoking)? };
    read_receipt(store, id, by)
}

fn revoking(store: &Store, id: ChangeSetId) -> Result<Vec<ChangeSetId>, LibraryError> {
    store.read(|connection| log::revoking_change_sets(connection, id))
}

/// Writes a change set that revokes others.
fn revoke(store: &mut Store, revoked: &[ChangeSetId]) -> Result<ChangeSetId, LibraryError> {
    store.write(|transaction| {
        let number = transaction.next_number;
        for id in revoked {
            transaction.undo(number, *id)?;
        }
        let process = transaction.process.cast_unsigned();
        Ok(ChangeSetId { process, number: number.cast_unsigned() })
    })
}

/// The receipt of the changes at the root of `id`, by which the change set `undoable` is undone.
fn read_receipt(
    store: &Store,
    id: ChangeSetId,
    undoable: ChangeSetId,
) -> Result<StoredReceipt, LibraryError> {
    let mut receipt = store.read(|connection| {
        let root = state::root_change_set(connection, id)?;
        state::stored_receipt(connection, root)
    })?;
    receipt.receipt.change_set = undoable;
    Ok(receipt)
}
