//! Opens popups and moves in them.

use crate::app::action::Motion;
use crate::app::model::help_rows::help_headings;
use crate::app::model::popup::{Popup, PopupFocus, PopupKind, PopupRow, RowAction, preview_height};
use crate::app::model::popup_rows::popup_rows;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;
use crate::app::model::viewport::Extent;

pub fn open(state: &mut State, kind: PopupKind) {
    let is_a_log = kind == PopupKind::Messages;
    state.mode = Mode::Popup(Popup::new(kind));
    if is_a_log {
        move_cursor(state, Motion::Last, None);
    }
}

pub fn move_cursor(state: &mut State, motion: Motion, count: Option<usize>) {
    let Some(extent) = extent(state) else { return };
    if let Mode::Popup(popup) = &mut state.mode {
        popup.viewport.apply(motion, count, extent);
    }
}

/// Keeps the cursor of the popup on a row, since an event may have removed rows.
pub fn refresh(state: &mut State) {
    let Some(extent) = extent(state) else { return };
    if let Mode::Popup(popup) = &mut state.mode {
        popup.viewport.scroll_to_cursor(extent);
    }
}

fn extent(state: &State) -> Option<Extent> {
    let Mode::Popup(popup) = &state.mode else { return None };
    let body = state.view.areas.body.height;
    let preview = match popup.kind {
        PopupKind::Styles(_) => preview_height(body.saturating_sub(1)),
        _ => 0,
    };
    // One line above and one below the rows are not available.
    let height = usize::from(body.saturating_sub(preview)).saturating_sub(2);
    Some(Extent::new(popup_rows(state, popup).len(), height))
}

/// Closes the popup. A popup that explains another one gives way to it.
pub fn close(state: &mut State) {
    if let Mode::Popup(popup) = std::mem::take(&mut state.mode)
        && let Some(explained) = popup.explained
    {
        state.mode = Mode::Popup(*explained);
    }
}

/// Opens the help; in a popup, the rows that explain it.
pub fn open_help(state: &mut State) {
    match std::mem::take(&mut state.mode) {
        Mode::Popup(popup) if popup.kind == PopupKind::MenuHelp => state.mode = Mode::Popup(popup),
        Mode::Popup(popup) => {
            let explained = Some(Box::new(popup));
            state.mode = Mode::Popup(Popup { explained, ..Popup::new(PopupKind::MenuHelp) });
        }
        _ => open(state, PopupKind::Help),
    }
}

/// Opens the help, filtered by a text.
pub fn open_filtered_help(state: &mut State, text: &str) {
    let filter_field = Some(TextField::new(text));
    state.mode = Mode::Popup(Popup { filter_field, ..Popup::new(PopupKind::Help) });
}

/// Folds or unfolds a section of the help; the cursor goes to its heading.
pub fn toggle_fold(state: &mut State, heading: &'static str) {
    let Mode::Popup(popup) = &mut state.mode else { return };
    popup.toggle_fold(heading);
    go_to_heading(state, heading);
}

/// Folds or unfolds the section under the cursor.
pub fn toggle_current_section(state: &mut State) {
    if let Some(heading) = current_heading(state) {
        toggle_fold(state, heading);
    }
}

/// Folds all sections of the help, or unfolds them if all are folded.
pub fn toggle_all_sections(state: &mut State) {
    let Some(current) = current_heading(state) else { return };
    let headings = help_headings(state);
    let Mode::Popup(popup) = &mut state.mode else { return };
    popup.folded = if popup.folded.len() == headings.len() { Vec::new() } else { headings };
    go_to_heading(state, current);
}

/// The heading of the section under the cursor. Returns `None` in a popup without sections, and
/// while the help is filtered.
fn current_heading(state: &State) -> Option<&'static str> {
    let Mode::Popup(popup) = &state.mode else { return None };
    let rows = popup_rows(state, popup);
    let above = rows.get(..=popup.viewport.cursor)?;
    above.iter().rev().find_map(|row| match row.action {
        Some(RowAction::Fold(heading)) => Some(heading),
        _ => None,
    })
}

fn go_to_heading(state: &mut State, heading: &'static str) {
    let Mode::Popup(popup) = &state.mode else { return };
    let is_heading = |row: &PopupRow| row.action == Some(RowAction::Fold(heading));
    let row = popup_rows(state, popup).iter().position(is_heading);
    if let (Mode::Popup(popup), Some(row)) = (&mut state.mode, row) {
        popup.viewport.cursor = row;
    }
}

/// Opens the filter field of the popup.
pub fn open_filter_field(state: &mut State) {
    if let Mode::Popup(popup) = &mut state.mode {
        popup.filter_field.get_or_insert_default();
        popup.focus = PopupFocus::FilterField;
    }
}
