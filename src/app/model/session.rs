//! Which session the library has, and what is still to be restored.

use crate::domain::PaperId;
use crate::library::Session;

/// What of the place is kept already, and what is still to be gone back to.
#[derive(Debug, Default)]
pub struct SessionSync {
    pub saved: Option<SavedSession>,
    pub pending: Option<PendingRestore>,
    /// The line to scroll the reader to, once its paper is there.
    pub scroll: Option<(PaperId, usize)>,
}

impl SessionSync {
    /// Whether it is known where the reader was, and that is gone back to.
    pub fn is_restored(&self) -> bool {
        self.saved.is_some() && self.pending.is_none()
    }
}

/// What the library was told last. Before it has opened it is told nothing.
#[derive(Debug, Default)]
pub struct SavedSession {
    pub session: Session,
    pub query: String,
}

/// A place to go back to when its papers are found.
#[derive(Debug)]
pub struct PendingRestore {
    pub session: Session,
    /// Whether the reader has gone elsewhere meanwhile.
    pub is_cancelled: bool,
}
