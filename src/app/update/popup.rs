//! Opens popups and moves in them.

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

/// Opens the filter field of the popup.
pub fn open_filter_field(state: &mut State) {
    if let Mode::Popup(popup) = &mut state.mode {
        popup.filter_field.get_or_insert_default();
        popup.focus = PopupFocus::FilterField;
    }
}
