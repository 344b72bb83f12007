//! The menu of forms: which papers go out, where to, and how many they are.

use crate::app::action::ExportAction;

/// Where papers go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    File,
    Command,
}

/// Which papers go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportScope {
    /// Those that a copy takes.
    Target,
    /// So many rows from the cursor on.
    Rows(usize),
    /// All that the list shows, or the basket where that is open.
    Listed,
}

/// Papers that are to leave the program, before their form is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportSelection {
    pub destination: Destination,
    pub scope: ExportScope,
}

impl ExportSelection {
    /// Returns what an export or a pipe takes with the count that was typed before it.
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
