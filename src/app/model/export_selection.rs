//! The papers to export or pipe, and their destination.

use crate::app::action::ExportAction;

/// The destination of exported papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    File,
    Command,
}

/// The papers to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportScope {
    /// The papers that a copy takes: the selection, or else the current paper.
    Target,
    /// This number of rows from the cursor on.
    Rows(usize),
    /// All papers of the list, or of the basket if it is open.
    Listed,
}

/// Papers to export, before a format is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportSelection {
    pub destination: Destination,
    pub scope: ExportScope,
}

impl ExportSelection {
    /// The papers and destination for an action with the count typed before it.
    pub fn from_action(action: ExportAction, count: Option<usize>) -> Self {
        let some = count.map_or(ExportScope::Target, ExportScope::Rows);
        let (destination, scope) = match action {
            ExportAction::File => (Destination::File, some),
            ExportAction::AllToFile => (Destination::File, ExportScope::Listed),
            ExportAction::Command => (Destination::Command, some),
            ExportAction::AllToCommand => (Destination::Command, ExportScope::Listed),
        };
        Self { destination, scope }
    }
}
