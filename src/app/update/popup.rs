//! Opens popups, moves in them and keeps them in step.

use crate::app::action::Motion;
use crate::app::model::popup::{Popup, PopupFocus, PopupKind, preview_height};
use crate::app::model::popup_rows::popup_rows;
use crate::app::model::state::{Mode, State};
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

/// Keeps the cursor of the popup on one of its rows, of which an event may leave fewer.
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
    // A line above the rows and a line below them.
    let height = usize::from(body.saturating_sub(preview)).saturating_sub(2);
    Some(Extent::new(popup_rows(state, popup).len(), height))
}

/// Begins to filter a listing.
pub fn open_filter_field(state: &mut State) {
    if let Mode::Popup(popup) = &mut state.mode {
        popup.filter_field.get_or_insert_default();
        popup.focus = PopupFocus::FilterField;
    }
}
