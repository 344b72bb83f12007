//! The selection of papers to export or pipe, and its description in the menu of formats.

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

    /// The title of the menu: `Export 2 selected papers as`.
    pub fn title(self, state: &State) -> String {
        let verb = match self.destination {
            Destination::File => "Export",
            Destination::Command => "Pipe",
        };
        format!("{verb} {} as", self.scope.describe(state))
    }
}

impl ExportScope {
    /// The number of papers. A range is never in progress here, since the menu is open.
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

    /// Describes the papers: `1 paper`, `2 selected papers`, `all 198 listed papers`.
    pub fn describe(self, state: &State) -> String {
        let count = self.count(state);
        let papers = if count == 1 { "paper" } else { "papers" };
        let is_basket = state.view.pane == Pane::Basket;
        match self {
            Self::Listed | Self::Target if is_basket => format!("{count} {papers} in the basket"),
            Self::Listed => format!("all {count} listed papers"),
            Self::Target if !state.selection.is_empty() => format!("{count} selected {papers}"),
            Self::Target | Self::Rows(_) => format!("{count} {papers}"),
        }
    }
}
