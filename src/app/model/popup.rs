//! A popup over the panes: its kind, its cursor, and what a row does.

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
    /// What narrows the rows, and whether it is being typed.
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
    /// What was done, the newest first.
    Log,
    /// The saved searches, with as many counts as there are.
    Searches(Vec<SearchCount>),
    Links {
        links: Vec<Link>,
        /// The address of a search for the title, where the paper has no address of its own.
        search: Option<String>,
    },
    /// The forms in which papers go out.
    Formats(ExportSelection),
    /// The styles of references, with a preview.
    Styles(Arc<[Style]>),
    /// What becomes of a file that is there already.
    FileExists(ExportRequest),
    /// A link that is shown because it could not be opened, or to be scanned.
    Link {
        url: String,
        why: String,
    },
}

/// A row of an overlay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PopupRow {
    pub keys: String,
    pub text: String,
    pub action: Option<RowAction>,
}

/// What Enter does on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowAction {
    Run(Action),
    Sort(SortKey),
    Open(String),
    Cite(MenuChoice),
    /// Takes an act back, or does it again.
    ToggleChangeSet(ChangeSetId),
    /// Searches as the saved search of that name does.
    Search(String),
}

/// The labels of rows that are picked by a letter; none is bound in an overlay.
pub const ROW_LABELS: &str = "asdfwertcvxzyunm123456789io";

impl Popup {
    pub fn new(kind: PopupKind) -> Self {
        Self { kind, viewport: Viewport::default(), filter_field: None, focus: PopupFocus::Rows }
    }

    /// Whether it takes the whole body, and not only its last rows.
    pub fn covers_body(&self) -> bool {
        !matches!(self.kind, PopupKind::Sort | PopupKind::Links { .. } | PopupKind::FileExists(_))
    }

    /// Whether a letter or a digit picks a row.
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

/// How many rows of so many a preview takes.
pub fn preview_height(rows: u16) -> u16 {
    if rows < 6 { 0 } else { (rows / 3).min(6) }
}

/// How many papers a saved search finds, and how many of them are unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchCount {
    pub name: String,
    pub hits: usize,
    pub unread: usize,
}
