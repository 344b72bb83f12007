//! The session last sent to the library, and the session still to be restored.

use crate::domain::PaperId;
use crate::library::Session;

/// Synchronisation of the session with the library.
#[derive(Debug, Default)]
pub struct SessionSync {
    pub saved: Option<SavedSession>,
    pub pending: Option<PendingRestore>,
    /// The line to scroll the reader to once its paper is loaded.
    pub scroll: Option<(PaperId, usize)>,
}

impl SessionSync {
    /// Returns true if the previous session is known and fully restored.
    pub fn is_restored(&self) -> bool {
        self.saved.is_some() && self.pending.is_none()
    }
}

/// The session and query last sent to the library. Nothing is sent before the library has opened.
#[derive(Debug, Default)]
pub struct SavedSession {
    pub session: Session,
    pub query: String,
}

/// A session to restore once its papers are found.
#[derive(Debug)]
pub struct PendingRestore {
    pub session: Session,
    /// True if the user has moved elsewhere meanwhile.
    pub is_cancelled: bool,
}
