//! Runs the row of a popup that the cursor or a label picks.

use super::outcome::Outcome;
use super::{appearance, citing, enrichment, filter, popup, request, saved_searches, sort};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::input::key::{Key, KeyCode};
use crate::app::model::library::PendingRequest;
use crate::app::model::popup::{PopupFocus, RowAction};
use crate::app::model::popup_rows::popup_rows;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;
use crate::library::LibraryCommand;
use crate::search::SortDirection;

/// Picks the row whose label is this key. A label of the menu of formats precedes any binding, since
/// it is the letter that copies; in other menus no label is bound. Returns `None` without such a
/// row.
pub fn pick_by_label(state: &mut State, key: Key) -> Option<Outcome> {
    let Key { code: KeyCode::Char(letter), ctrl: false, alt: false, .. } = key else { return None };
    let Mode::Popup(popup) = &state.mode else { return None };
    let is_sequence = !state.view.pending_keys.keys.is_empty();
    if !popup.has_labels() || popup.focus != PopupFocus::Rows || is_sequence {
        return None;
    }
    let label = letter.to_string();
    let row = popup_rows(state, popup).iter().position(|row| row.keys == label)?;
    if let Mode::Popup(popup) = &mut state.mode {
        popup.viewport.cursor = row;
    }
    state.notices.expire();
    Some(accept(state))
}

/// Runs the row under the cursor.
pub fn accept(state: &mut State) -> Outcome {
    let Some(action) = action_at_cursor(state) else { return Outcome::default() };
    match action {
        // The log, the help and the proposals stay open.
        RowAction::ToggleChangeSet(change_set) => {
            let command = LibraryCommand::ToggleUndone(change_set);
            return request::send_command(state, command, PendingRequest::ToggleChangeSet).into();
        }
        RowAction::ToggleProposal(place) => return enrichment::toggle(state, place).into(),
        RowAction::Fold(heading) => return popup::toggle_fold(state, heading).into(),
        _ => state.mode = Mode::Panes,
    }
    match action {
        RowAction::Run(action) => run(state, action),
        RowAction::Open(url) => Effect::OpenLink { url }.into(),
        RowAction::Cite(choice) => citing::apply_choice(state, choice).into(),
        RowAction::Theme(theme) => appearance::use_theme(state, theme).into(),
        RowAction::Search(name) => saved_searches::run(state, &name).into(),
        RowAction::Command(text) => {
            state.mode = Mode::Command(TextField::new(&text));
            Outcome::default()
        }
        RowAction::Filter(text) => filter::edit_as(state, &text).into(),
        RowAction::AcceptProposals => enrichment::accept(state).into(),
        RowAction::RejectProposals => enrichment::reject(state).into(),
        RowAction::ToggleChangeSet(_) | RowAction::ToggleProposal(_) | RowAction::Fold(_) => {
            Outcome::default()
        }
        RowAction::Sort(key) => sort::sort(state, key, SortDirection::Forward).into(),
    }
}

/// Runs an action of the help. An action of prompts has nothing to act on.
fn run(state: &mut State, action: Action) -> Outcome {
    if matches!(action, Action::Edit(_) | Action::Prompt(_)) {
        let summary = action.info().map_or("", |entry| entry.summary);
        state.notices.info(format!("Only in a prompt: {summary}"));
        return Outcome::default();
    }
    action.into()
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
