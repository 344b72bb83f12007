//! The menu of forms: which papers go out, where to, and how many they are.

use super::layout::Pane;
use super::popup_rows::{self, Choice, Kind, LABELS, Overlay, Row};
use super::state::{Mode, State};
use crate::app::action::Action;
use crate::app::update::citing::Offer;
use crate::app::update::selection::{self, Subject};
use crate::cite::Form;

/// Where papers go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlet {
    File,
    Command,
}

/// Which papers go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those that a copy takes.
    Subject,
    /// So many rows from the cursor on.
    Rows(usize),
    /// All that the list shows, or the basket where that is open.
    Listed,
}

/// Papers that are to leave the program, before their form is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outgoing {
    pub outlet: Outlet,
    pub scope: Scope,
}

impl Outgoing {
    /// Returns what an export or a pipe takes with the count that was typed before it.
    pub fn new(action: Action, count: Option<usize>) -> Self {
        let is_pipe = matches!(action, Action::Pipe | Action::PipeAll);
        let is_whole = matches!(action, Action::ExportAll | Action::PipeAll);
        Self {
            outlet: if is_pipe { Outlet::Command } else { Outlet::File },
            scope: match count {
                _ if is_whole => Scope::Listed,
                Some(count) => Scope::Rows(count),
                None => Scope::Subject,
            },
        }
    }

    /// Returns the papers. A range being chosen becomes the selection.
    pub fn papers(self, state: &mut State) -> Subject {
        match self.scope {
            Scope::Subject => selection::subject(state, None),
            Scope::Rows(count) => selection::subject(state, Some(count)),
            Scope::Listed => selection::listed(state),
        }
    }

    /// `Export 2 selected papers as`.
    pub fn title(self, state: &State) -> String {
        let verb = match self.outlet {
            Outlet::File => "Export",
            Outlet::Command => "Pipe",
        };
        format!("{verb} {} as", self.scope.described(state))
    }
}

impl Scope {
    /// Returns how many papers it has. No range is being chosen while the menu is open.
    fn count(self, state: &State) -> usize {
        let (at, all) = match state.view.pane {
            Pane::Basket => (state.library.basket_pane.cursor, state.library.basket.kept.len()),
            _ => (state.list.cursor, state.hits().len()),
        };
        match self {
            Self::Rows(count) => count.min(all.saturating_sub(at)),
            Self::Listed => all,
            Self::Subject if state.view.pane == Pane::Basket => all,
            Self::Subject if state.selection.is_empty() => all.min(1),
            Self::Subject => state.selection.papers().len(),
        }
    }

    /// `1 paper`, `2 selected papers`, `all 198 listed papers`.
    fn described(self, state: &State) -> String {
        let count = self.count(state);
        let papers = if count == 1 { "paper" } else { "papers" };
        let is_basket = state.view.pane == Pane::Basket;
        match self {
            Self::Listed | Self::Subject if is_basket => format!("{count} {papers} of the basket"),
            Self::Listed => format!("all {count} listed papers"),
            Self::Subject if !state.selection.is_empty() => format!("{count} selected {papers}"),
            Self::Subject | Self::Rows(_) => format!("{count} {papers}"),
        }
    }
}

/// The key of the row that changes which papers go out. No form has it.
const SCOPE: &str = "A";

/// Opens the menu of forms, with the cursor on the first form.
pub fn open_forms(state: &mut State, outgoing: Outgoing) {
    selection::end_range(state);
    if outgoing.scope.count(state) == 0 {
        state.notices.fail("There is no paper to write out.");
        return;
    }
    let cursor = usize::from(scope_row(state, outgoing).is_some());
    state.mode = Mode::Overlay(Overlay { cursor, ..Overlay::new(Kind::Forms(outgoing)) });
    popup_rows::scroll(state);
}

/// Returns the rows of the menu: that of the other papers that could go out, and a row a form.
pub fn form_rows(state: &State, outgoing: Outgoing) -> Vec<Row> {
    let row = |(form, label): (Form, char)| Row {
        keys: label.to_string(),
        text: form.what(1),
        choice: Some(Choice::Offer(Offer::Form(outgoing, form))),
    };
    let forms = Form::FOR_FILES.into_iter().zip(LABELS.chars()).map(row);
    scope_row(state, outgoing).into_iter().chain(forms).collect()
}

/// Returns the row that turns from some papers to all that are listed, or back, where they differ.
fn scope_row(state: &State, outgoing: Outgoing) -> Option<Row> {
    let (scope, only) = match outgoing.scope {
        Scope::Listed => (Scope::Subject, "only "),
        Scope::Subject | Scope::Rows(_) => (Scope::Listed, ""),
    };
    let is_same = state.view.pane == Pane::Basket && scope == Scope::Subject
        || state.selection.is_empty() && scope.count(state) == outgoing.scope.count(state);
    let row = || Row {
        keys: SCOPE.to_owned(),
        text: format!("{only}{}", scope.described(state)),
        choice: Some(Choice::Offer(Offer::Scope(Outgoing { scope, ..outgoing }))),
    };
    (!is_same && scope.count(state) > 0).then(row)
}
