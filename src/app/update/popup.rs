//! Opens popups, moves in them and does what the chosen row says.

use super::{citing, filter, library, saved_searches, selection};
use crate::app::action::Action;
use crate::app::action::sort_order::sort_name;
use crate::app::effect::Effect;
use crate::app::model::library::PendingRequest;
use crate::app::model::popup::{Popup, PopupFocus, PopupKind, RowAction, preview_height};
use crate::app::model::popup_rows::popup_rows;
use crate::app::model::state::{Mode, State};
use crate::library::LibraryCommand;
use crate::search::{SortDirection, SortKey};

pub fn open(state: &mut State, kind: PopupKind) {
    let is_a_log = kind == PopupKind::Messages;
    state.mode = Mode::Popup(Popup::new(kind));
    if is_a_log {
        motion(state, Action::Last, None);
    }
}

/// Moves the cursor of the overlay.
pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
    let Mode::Popup(overlay) = &state.mode else { return };
    let last = popup_rows(state, overlay).len().saturating_sub(1);
    let page = page(state);
    let steps = count.unwrap_or(1);
    let Mode::Popup(overlay) = &mut state.mode else { return };
    let cursor = overlay.cursor;
    let moved = match action {
        Action::Down => cursor.saturating_add(steps),
        Action::Up => cursor.saturating_sub(steps),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::First => steps.saturating_sub(1),
        Action::Last => count.map_or(last, |row| row - 1),
        _ => cursor,
    };
    let is_page =
        matches!(action, Action::HalfDown | Action::HalfUp | Action::PageDown | Action::PageUp);
    overlay.cursor = moved.min(last);
    if is_page {
        // The rows move and the cursor with them, as in a pager.
        let lowest = (last + 1).saturating_sub(page);
        let top = (overlay.top + overlay.cursor).saturating_sub(cursor);
        overlay.top = top.min(lowest);
    }
    scroll(state);
}

/// Rows that an overlay shows at once, less one that stays in sight from page to page.
pub fn page(state: &State) -> usize {
    let height = state.view.areas.body.height;
    let is_styles =
        matches!(&state.mode, Mode::Popup(it) if matches!(it.kind, PopupKind::Styles(_)));
    let preview = if is_styles { preview_height(height.saturating_sub(1)) } else { 0 };
    usize::from(height.saturating_sub(preview)).saturating_sub(2).max(1)
}

/// Keeps the cursor of the overlay on one of its rows, of which an event may leave fewer, and
/// scrolls so that it is in sight.
pub fn scroll(state: &mut State) {
    let page = page(state);
    let Mode::Popup(overlay) = &state.mode else { return };
    let last = popup_rows(state, overlay).len().saturating_sub(1);
    let Mode::Popup(overlay) = &mut state.mode else { return };
    overlay.cursor = overlay.cursor.min(last);
    overlay.top = overlay.top.clamp((overlay.cursor + 1).saturating_sub(page), overlay.cursor);
}

/// A letter that picks a row by its label.
pub fn pick_by_label(state: &mut State, letter: char) -> Vec<Effect> {
    let Mode::Popup(overlay) = &state.mode else { return Vec::new() };
    if !overlay.has_labels() {
        return Vec::new();
    }
    let at = popup_rows(state, overlay).iter().position(|row| row.keys == letter.to_string());
    let Some(at) = at else { return Vec::new() };
    if let Mode::Popup(overlay) = &mut state.mode {
        overlay.cursor = at;
    }
    accept(state)
}

/// Does what the row under the cursor offers.
pub fn accept(state: &mut State) -> Vec<Effect> {
    let Mode::Popup(overlay) = &state.mode else { return Vec::new() };
    let choice = popup_rows(state, overlay).get(overlay.cursor).and_then(|row| row.action.clone());
    let Some(choice) = choice else { return Vec::new() };
    if let RowAction::ToggleChangeSet(act) = choice {
        // The log stays to be looked at.
        return library::send_command(
            state,
            LibraryCommand::ToggleUndone(act),
            PendingRequest::ToggleChangeSet,
        );
    }
    state.mode = Mode::Panes;
    match choice {
        RowAction::Run(action) => super::dispatch::dispatch(state, action, None),
        RowAction::Open(url) => vec![Effect::OpenLink { url }],
        RowAction::Cite(offer) => citing::apply_choice(state, offer),
        RowAction::Search(name) => saved_searches::run(state, &name),
        RowAction::ToggleChangeSet(_) => Vec::new(),
        RowAction::Sort(order) => sort(state, order, SortDirection::Forward),
    }
}

/// Shows the hits in that order; the cursor stays on its paper.
pub fn sort(state: &mut State, order: SortKey, direction: SortDirection) -> Vec<Effect> {
    selection::end_range(state);
    state.list.anchor = state.current().map(|(id, _)| id);
    (state.filter.order, state.filter.direction) = (order, direction);
    let turned = if direction == SortDirection::Reverse { ", reversed" } else { "" };
    state.notices.info(format!("Ordered by {}{turned}.", sort_name(order)));
    filter::restart_search(state)
}

/// Begins to narrow a listing.
pub fn open_filter_field(state: &mut State) {
    if let Mode::Popup(overlay) = &mut state.mode {
        overlay.filter_field.get_or_insert_default();
        overlay.focus = PopupFocus::FilterField;
    }
}
