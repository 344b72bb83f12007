//! Follows the library file when another program removes or replaces it while it is open.

use std::path::Path;

use super::db::file_identity::FileChange;
use super::db::store::Store;
use super::error::LibraryError;
use super::model::event::{Durability, LibraryEvent};
use super::service::{Library, error_sentence};

/// Events of following the file.
#[derive(Debug, Default)]
pub struct FollowedFile {
    /// The state of the new file, for before the answer of a command.
    pub state: Vec<LibraryEvent>,
    /// The message for the user, for after the answer.
    pub message: Option<LibraryEvent>,
}

impl Library {
    /// Writes the library again if its file was removed, and opens the new file if it was replaced.
    /// A change that went to the old file would be lost.
    pub fn follow_file(&mut self) -> FollowedFile {
        let Some(file) = self.file.clone() else { return FollowedFile::default() };
        let (result, text) = match self.store.file_change(&file) {
            FileChange::Unchanged => return FollowedFile::default(),
            FileChange::Removed => (
                self.store.write_copy(&file).and_then(|()| self.open_again(&file)),
                "was removed while open, and has been written again",
            ),
            FileChange::Replaced => (
                self.open_again(&file),
                "was replaced while open: the marks are now those of the new file",
            ),
        };
        match result {
            Ok(state) => {
                let text = format!("Library {} {text}", self.store.name);
                FollowedFile { state, message: Some(LibraryEvent::Warning(text)) }
            }
            Err(error) => {
                // The open file still has everything, but no path leads to it.
                self.file = None;
                let reason =
                    format!("{}; marks are kept for this run only", error_sentence(&error));
                let durability = Durability::ThisRunOnly(reason);
                let message = Some(LibraryEvent::DurabilityChanged(durability));
                FollowedFile { state: Vec::new(), message }
            }
        }
    }

    /// Opens the file at the path, and returns its whole state as events.
    fn open_again(&mut self, file: &Path) -> Result<Vec<LibraryEvent>, LibraryError> {
        self.store = Store::open(file)?.store;
        let ids = self.recognise_again()?;
        let earlier = std::mem::take(&mut self.state);
        self.state.new_papers = earlier.new_papers;
        self.store.read(|connection| {
            self.state.skip_changes(connection)?;
            self.state.reload(connection)
        })?;
        let mut events = Vec::from_iter(self.marks_event(&ids));
        events.push(LibraryEvent::SearchesChanged(self.state.searches.clone()));
        events.push(self.basket_event());
        Ok(events)
    }
}
