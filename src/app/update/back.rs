//! Going back: out of overlays, panes and prompts.

use super::focus::focus;
use super::{filter, find, load, selection};
use crate::app::action::Action;
use crate::app::effect::{Effect, ExitResult};
use crate::app::model::layout::Pane;
use crate::app::model::load::LoadPhase;
use crate::app::model::state::{Mode, State};
use crate::app::model::undo::UndoEntry;

/// Goes back as far as the action does.
pub fn go_back(state: &mut State, action: Action) -> Vec<Effect> {
    if matches!(state.mode, Mode::Popup(_)) {
        state.mode = Mode::Panes;
        return Vec::new();
    }
    match (action, state.view.pane) {
        (Action::Interrupt, _) => return interrupt(state),
        (Action::Peel, Pane::Reader | Pane::Detail) if find::is_active(state) => {
            find::forget(state);
        }
        (_, Pane::Reader | Pane::Detail | Pane::Facets | Pane::Triage | Pane::Basket) => {
            focus(state, Pane::List);
        }
        (Action::Peel, Pane::List) => return clear_selection_or_filter(state),
        (Action::Close, Pane::List) => return vec![Effect::Quit(ExitResult::Quit)],
        (_, Pane::List) => {}
    }
    Vec::new()
}

/// Puts away the selection, then the filter.
fn clear_selection_or_filter(state: &mut State) -> Vec<Effect> {
    selection::end_range(state);
    let taken = state.selection.take();
    if !taken.is_empty() {
        state.notices.info(format!("{} no longer selected; u selects them again.", taken.len()));
        state.library.undo.record(UndoEntry::Selection(taken));
        selection::count_hidden(state);
        return Vec::new();
    }
    filter::clear(state)
}

/// Stops what is under way; with nothing under way says how to quit, and quits the second time.
fn interrupt(state: &mut State) -> Vec<Effect> {
    if state.selection.anchor().is_some() {
        selection::end_range(state);
        return Vec::new();
    }
    if state.load.phase == LoadPhase::Loading {
        return load::pause(state);
    }
    state.view.pending_keys.interrupts += 1;
    if state.view.pending_keys.interrupts > 1 {
        return vec![Effect::Quit(ExitResult::Quit)];
    }
    state.notices.info("q quits; so does ^C again.");
    Vec::new()
}
