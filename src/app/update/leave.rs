//! Goes back: out of popups, panes and the program.

use super::{enrichment, facets, filter, find, lists, load, popup, selection};
use crate::app::action::LeaveAction;
use crate::app::effect::{Effect, ExitResult};
use crate::app::model::layout::Pane;
use crate::app::model::state::{Mode, State};
use crate::app::model::undo::UndoEntry;
use crate::text::counted;

pub fn apply(state: &mut State, action: LeaveAction) -> Vec<Effect> {
    let is_popup = matches!(state.mode, Mode::Popup(_));
    match (action, state.view.pane) {
        (LeaveAction::Suspend, _) => return vec![Effect::Suspend],
        (
            LeaveAction::Back | LeaveAction::Close | LeaveAction::Peel | LeaveAction::Interrupt,
            _,
        ) if is_popup => popup::close(state),
        (LeaveAction::Interrupt, _) => return interrupt(state),
        (LeaveAction::Peel, Pane::Reader | Pane::Detail) if find::is_active(state) => {
            find::forget(state);
        }
        (LeaveAction::Peel, Pane::Facets) if !state.view.facets.needle.is_empty() => {
            facets::set_needle(state, "");
        }
        (LeaveAction::Peel, Pane::List) => return clear_selection_or_filter(state),
        (LeaveAction::Quit, _) => return vec![Effect::Quit(ExitResult::Quit)],
        (LeaveAction::Close, Pane::List) => {
            let quit = || vec![Effect::Quit(ExitResult::Quit)];
            return lists::go_back(state).unwrap_or_else(quit);
        }
        (LeaveAction::Back, Pane::List) => return lists::go_back(state).unwrap_or_default(),
        (
            LeaveAction::Back | LeaveAction::Close | LeaveAction::Peel,
            Pane::Reader | Pane::Detail | Pane::Facets | Pane::Triage | Pane::Basket,
        ) => state.view.pane = Pane::List,
    }
    Vec::new()
}

/// Clears the selection, or else the filter, or else goes back to the list below.
fn clear_selection_or_filter(state: &mut State) -> Vec<Effect> {
    selection::end_range(state);
    let taken = state.selection.take();
    if taken.is_empty() && state.filter.field.is_empty() {
        return lists::go_back(state).unwrap_or_default();
    }
    if taken.is_empty() {
        return filter::clear(state);
    }
    state.notices.info(format!("Deselected {}; u restores them", counted(taken.len(), "paper")));
    state.library.undo.record(UndoEntry::Selection(taken));
    Vec::new()
}

/// Ends a range, stops the completion of papers or a fetch, or pauses loading. With nothing to
/// interrupt, shows how to quit; a second time quits.
fn interrupt(state: &mut State) -> Vec<Effect> {
    if state.selection.anchor().is_some() {
        selection::end_range(state);
        return Vec::new();
    }
    if enrichment::is_running(state) {
        return vec![Effect::StopEnrichment];
    }
    if load::is_running(state) {
        return load::pause(state);
    }
    state.view.pending_keys.interrupts += 1;
    if state.view.pending_keys.interrupts > 1 {
        return vec![Effect::Quit(ExitResult::Quit)];
    }
    state.notices.info("Press q or ^C again to quit");
    Vec::new()
}
