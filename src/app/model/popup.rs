//! A popup over the panes: its kind, its cursor, and the actions of its rows.

use super::appearance::Theme;
use super::cite_request::ExportRequest;
use super::citing::MenuChoice;
use super::enrichment::ProposalPlace;
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
    /// Headings of the folded sections.
    pub folded: Vec<&'static str>,
    /// The popup that this one explains, and that is shown again after it.
    pub explained: Option<Box<Self>>,
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
    /// The keys of the popup in [`Popup::explained`].
    MenuHelp,
    Messages,
    Defects,
    Sort,
    /// The change log, newest first.
    Log,
    /// The saved searches, with the counts received so far.
    Searches(Vec<SearchCount>),
    /// The changes that services propose for papers.
    Proposals,
    Links {
        links: Vec<Link>,
        /// URL of a search for the title, if the paper has no link of its own.
        search: Option<String>,
    },
    /// The output formats for an export or a pipe.
    Formats(ExportSelection),
    /// The citation styles, with a preview.
    Styles(Arc<[Style]>),
    /// The colour themes; the one under the cursor is previewed.
    Themes,
    /// The settings of `:set`.
    Settings,
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
    /// Further words by which the filter finds the row.
    pub search_words: String,
}

impl PopupRow {
    pub fn new(keys: impl Into<String>, text: impl Into<String>, action: RowAction) -> Self {
        let (keys, text) = (keys.into(), text.into());
        Self { keys, text, action: Some(action), search_words: String::new() }
    }

    /// Returns true for the heading of a section.
    pub fn is_heading(&self) -> bool {
        matches!(self.action, Some(RowAction::Fold(_)))
    }
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
    /// Opens the command line with this text.
    Command(String),
    /// Opens the filter with this text.
    Filter(String),
    /// Folds or unfolds the section with this heading.
    Fold(&'static str),
    Theme(Theme),
    /// Accepts or leaves out proposed changes.
    ToggleProposal(ProposalPlace),
    AcceptProposals,
    RejectProposals,
}

/// The labels of rows that are picked by a digit or a letter. None is bound in the overlay context.
pub const ROW_LABELS: &str = "123456789asdfwertcvxzyunmio";
/// In the menu of formats, the key of the row that switches to other papers.
pub const OTHER_PAPERS_KEY: char = '%';
/// In the menu of formats, the key of the row that adds papers to the last bibliography.
pub const ADD_AGAIN_KEY: char = 'E';

impl Popup {
    pub fn new(kind: PopupKind) -> Self {
        Self {
            kind,
            viewport: Viewport::default(),
            filter_field: None,
            focus: PopupFocus::Rows,
            folded: Vec::new(),
            explained: None,
        }
    }

    /// Folds the section with this heading, or unfolds it.
    pub fn toggle_fold(&mut self, heading: &'static str) {
        match self.folded.iter().position(|it| *it == heading) {
            Some(at) => _ = self.folded.remove(at),
            None => self.folded.push(heading),
        }
    }

    /// Returns true if the popup covers the whole body, not only its last rows.
    pub fn covers_body(&self) -> bool {
        !matches!(
            self.kind,
            PopupKind::MenuHelp
                | PopupKind::Sort
                | PopupKind::Links { .. }
                | PopupKind::FileExists(_)
                | PopupKind::Themes
        )
    }

    /// Returns true if a letter or a digit picks a row.
    pub fn has_labels(&self) -> bool {
        matches!(
            self.kind,
            PopupKind::Sort
                | PopupKind::Themes
                | PopupKind::Links { .. }
                | PopupKind::Formats(_)
                | PopupKind::FileExists(_)
                | PopupKind::Proposals
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
