//! Runs the row of a popup that the cursor or a label picks.

use super::outcome::Outcome;
use super::{citing, request, saved_searches, sort};
use crate::app::effect::Effect;
use crate::app::model::library::PendingRequest;
use crate::app::model::popup::RowAction;
use crate::app::model::popup_rows::popup_rows;
use crate::app::model::state::{Mode, State};
use crate::library::LibraryCommand;
use crate::search::SortDirection;

/// Picks the row with this label, if the popup has labels.
pub fn pick_by_label(state: &mut State, letter: char) -> Outcome {
    let Mode::Popup(popup) = &state.mode else { return Outcome::default() };
    if !popup.has_labels() {
        return Outcome::default();
    }
    let label = letter.to_string();
    let Some(row) = popup_rows(state, popup).iter().position(|row| row.keys == label) else {
        return Outcome::default();
    };
    if let Mode::Popup(popup) = &mut state.mode {
        popup.viewport.cursor = row;
    }
    accept(state)
}

/// Runs the row under the cursor.
pub fn accept(state: &mut State) -> Outcome {
    let Some(action) = action_at_cursor(state) else { return Outcome::default() };
    if let RowAction::ToggleChangeSet(change_set) = action {
        // The log stays open.
        let command = LibraryCommand::ToggleUndone(change_set);
        return request::send_command(state, command, PendingRequest::ToggleChangeSet).into();
    }
    state.mode = Mode::Panes;
    match action {
        RowAction::Run(action) => action.into(),
        RowAction::Open(url) => Effect::OpenLink { url }.into(),
        RowAction::Cite(choice) => citing::apply_choice(state, choice).into(),
        RowAction::Search(name) => saved_searches::run(state, &name).into(),
        RowAction::ToggleChangeSet(_) => Outcome::default(),
        RowAction::Sort(key) => sort::sort(state, key, SortDirection::Forward).into(),
    }
}

/// Deletes the saved search under the cursor.
pub fn delete_search(state: &mut State) -> Vec<Effect> {
    match action_at_cursor(state) {
        Some(RowAction::Search(name)) => saved_searches::delete(state, name),
        _ => Vec::new(),
    }
}

fn action_at_cursor(state: &State) -> Option<RowAction> {
    let Mode::Popup(popup) = &state.mode else { return None };
    popup_rows(state, popup).into_iter().nth(popup.viewport.cursor)?.action
}
