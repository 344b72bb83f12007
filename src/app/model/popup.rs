//! A popup over the panes: its kind, its cursor, and the actions of its rows.

use super::cite_request::ExportRequest;
use super::citing::MenuChoice;
use super::export_selection::ExportSelection;
use super::text_field::TextField;
use super::viewport::Viewport;
use crate::app::action::Action;
use crate::cite::Style;
use crate::domain::Link;
use crate::library::ChangeSetId;
use crate::search::SortKey;
use std::sync::Arc;

#[derive(Debug)]
pub struct Popup {
    pub kind: PopupKind,
    pub viewport: Viewport,
    /// The text that filters the rows, once filtering was started.
    pub filter_field: Option<TextField>,
    pub focus: PopupFocus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PopupFocus {
    #[default]
    Rows,
    FilterField,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PopupKind {
    Help,
    Messages,
    Defects,
    Sort,
    /// The change log, newest first.
    Log,
    /// The saved searches, with the counts received so far.
    Searches(Vec<SearchCount>),
    Links {
        links: Vec<Link>,
        /// URL of a search for the title, if the paper has no link of its own.
        search: Option<String>,
    },
    /// The output formats for an export or a pipe.
    Formats(ExportSelection),
    /// The citation styles, with a preview.
    Styles(Arc<[Style]>),
    /// The choices for an existing file.
    FileExists(ExportRequest),
    /// A link that could not be opened, or its QR code.
    Link {
        url: String,
        why: String,
    },
}

/// A row of a popup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PopupRow {
    pub keys: String,
    pub text: String,
    pub action: Option<RowAction>,
}

/// The action of Enter on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowAction {
    Run(Action),
    Sort(SortKey),
    Open(String),
    Cite(MenuChoice),
    /// Undoes or redoes a change set.
    ToggleChangeSet(ChangeSetId),
    /// Runs the saved search with this name.
    Search(String),
}

/// The labels of rows that are picked by a letter. None is bound in the overlay context.
pub const ROW_LABELS: &str = "asdfwertcvxzyunm123456789io";

impl Popup {
    pub fn new(kind: PopupKind) -> Self {
        Self { kind, viewport: Viewport::default(), filter_field: None, focus: PopupFocus::Rows }
    }

    /// Returns true if the popup covers the whole body, not only its last rows.
    pub fn covers_body(&self) -> bool {
        !matches!(self.kind, PopupKind::Sort | PopupKind::Links { .. } | PopupKind::FileExists(_))
    }

    /// Returns true if a letter or a digit picks a row.
    pub fn has_labels(&self) -> bool {
        matches!(
            self.kind,
            PopupKind::Sort
                | PopupKind::Links { .. }
                | PopupKind::Formats(_)
                | PopupKind::FileExists(_)
        )
    }
}

/// Height of the preview, given the height of the popup in rows.
pub fn preview_height(rows: u16) -> u16 {
    if rows < 6 { 0 } else { (rows / 3).min(6) }
}

/// Number of hits of a saved search, and of unread papers among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchCount {
    pub name: String,
    pub hits: usize,
    pub unread: usize,
}
