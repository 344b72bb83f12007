//! Watches for changes to a library file that are not stored.

use crate::library::{Durability, LibraryEvent};

/// Checks that changes to a library file are durable. Inactive if no library file was named.
#[derive(Debug, Default)]
pub struct PersistenceMonitor {
    pub is_required: bool,
    /// Reason why changes cannot be stored now.
    pub obstacle: Option<String>,
    /// Reason why the first lost change was not stored.
    pub first_loss: Option<String>,
}

impl PersistenceMonitor {
    pub fn observe(&mut self, event: &LibraryEvent) {
        if !self.is_required {
            return;
        }
        match event {
            LibraryEvent::Opened(opening) => self.set_durability(&opening.durability),
            LibraryEvent::DurabilityChanged(durability) => self.set_durability(durability),
            LibraryEvent::Failed(reason) => self.record_loss(reason),
            LibraryEvent::ChangesApplied(_) => self.note_change(),
            _ => {}
        }
    }

    fn set_durability(&mut self, durability: &Durability) {
        self.obstacle = match durability {
            Durability::Durable | Durability::DurableWithWarning(_) => None,
            Durability::ThisRunOnly(reason) => Some(reason.clone()),
            Durability::Stopped => Some("the library has stopped".to_owned()),
        };
    }

    /// Records a loss if the library cannot store changes now.
    pub fn note_change(&mut self) {
        if let Some(reason) = self.obstacle.clone().filter(|_| self.is_required) {
            self.record_loss(&reason);
        }
    }

    fn record_loss(&mut self, reason: &str) {
        self.first_loss.get_or_insert_with(|| reason.to_owned());
    }
}
