//! What this run has done, to be taken back and done again.

use super::db::log;
use super::db::state::{self, Done};
use super::db::store::Store;
use super::error::LibraryError;
use super::model::change::ActId;

#[derive(Debug, Default)]
pub struct Acts {
    /// What stands, the last one last.
    done: Vec<ActId>,
    /// What was taken back, each with the act that took it back.
    undone: Vec<(ActId, ActId)>,
}

impl Acts {
    pub fn recorded(&mut self, act: ActId) {
        self.done.push(act);
        self.undone.clear();
    }

    /// Takes back the last act that stands.
    pub fn undo(&mut self, store: &mut Store) -> Result<Option<Done>, LibraryError> {
        let Some(&act) = self.done.last() else { return Ok(None) };
        let by = revoke(store, &[act])?;
        self.done.pop();
        self.undone.push((act, by));
        receipt(store, act).map(Some)
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, store: &mut Store) -> Result<Option<Done>, LibraryError> {
        let Some(&(act, by)) = self.undone.last() else { return Ok(None) };
        revoke(store, &[by])?;
        self.undone.pop();
        self.done.push(act);
        receipt(store, act).map(Some)
    }

    /// Takes an act back, or does it again where it does not stand.
    pub fn turn(&mut self, store: &mut Store, act: ActId) -> Result<Done, LibraryError> {
        let revokers = store.read(|connection| log::revokers(connection, act))?;
        let by =
            if revokers.is_empty() { revoke(store, &[act])? } else { revoke(store, &revokers)? };
        self.recorded(by);
        receipt(store, act)
    }
}

/// Writes an act that takes others back.
fn revoke(store: &mut Store, acts: &[ActId]) -> Result<ActId, LibraryError> {
    store.write(|writing| {
        let number = writing.number;
        for act in acts {
            writing.undo(number, *act)?;
        }
        Ok(ActId { process: writing.process.cast_unsigned(), number: number.cast_unsigned() })
    })
}

fn receipt(store: &Store, act: ActId) -> Result<Done, LibraryError> {
    store.read(|connection| {
        let act = state::root(connection, act)?;
        state::done(connection, act)
    })
}
