//! The menu of forms: which papers go out, where to, and how many they are.

use super::layout::Pane;
use super::state::State;
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

    /// `Export 2 selected papers as`.
    pub fn title(self, state: &State) -> String {
        let verb = match self.destination {
            Destination::File => "Export",
            Destination::Command => "Pipe",
        };
        format!("{verb} {} as", self.scope.describe(state))
    }
}

impl ExportScope {
    /// Returns how many papers it has. No range is being chosen while the menu is open.
    pub fn count(self, state: &State) -> usize {
        let (at, all) = match state.view.pane {
            Pane::Basket => {
                (state.library.basket_viewport.cursor, state.library.basket.library_ids.len())
            }
            _ => (state.list.viewport.cursor, state.hits().len()),
        };
        match self {
            Self::Rows(count) => count.min(all.saturating_sub(at)),
            Self::Listed => all,
            Self::Target if state.view.pane == Pane::Basket => all,
            Self::Target if state.selection.is_empty() => all.min(1),
            Self::Target => state.selection.papers().len(),
        }
    }

    /// `1 paper`, `2 selected papers`, `all 198 listed papers`.
    pub fn describe(self, state: &State) -> String {
        let count = self.count(state);
        let papers = if count == 1 { "paper" } else { "papers" };
        let is_basket = state.view.pane == Pane::Basket;
        match self {
            Self::Listed | Self::Target if is_basket => format!("{count} {papers} of the basket"),
            Self::Listed => format!("all {count} listed papers"),
            Self::Target if !state.selection.is_empty() => format!("{count} selected {papers}"),
            Self::Target | Self::Rows(_) => format!("{count} {papers}"),
        }
    }
}
