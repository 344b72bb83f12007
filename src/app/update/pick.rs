//! Picking papers: the filter line has the keys, and Enter ends the run with the chosen papers.

use std::sync::Arc;

use super::{filter, list, selection};
use crate::app::action::{Action, EditAction, LeaveAction, Motion, ViewAction};
use crate::app::effect::{Effect, ExitResult};
use crate::app::model::layout::Pane;
use crate::app::model::load::LoadPhase;
use crate::app::model::settings::RunMode;
use crate::app::model::state::{Mode, State};

/// Ends the run with the selected papers in their order, or else with the current one.
pub fn pick(state: &mut State) -> Effect {
    let papers = selection::action_target(state, None).papers;
    let query = state.filter.field.text().trim_end().to_owned();
    Effect::Quit(ExitResult::Picked { papers, query })
}

/// Keeps the filter line focused in place of the list, as in fzf: a letter is always text there,
/// and never marks a paper.
pub fn focus_filter(state: &mut State) {
    let is_pick = state.settings.run_mode == RunMode::Pick;
    if is_pick && state.is_browsing() && state.view.pane == Pane::List {
        filter::open(state);
    }
}

/// Applies an action that acts on the list from the filter line, or that ends a run for picking
/// there: Shift-Tab selects and moves up, Esc and `^C` pick nothing. Returns `None` for other
/// actions.
pub fn apply_in_filter(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    if !matches!(state.mode, Mode::Filter) {
        return None;
    }
    if action == Action::View(ViewAction::PreviousPane) {
        if let Some((id, _)) = state.current() {
            state.selection.toggle(id);
            list::move_cursor(state, Motion::Up, None);
        }
        return Some(Vec::new());
    }
    if state.settings.run_mode != RunMode::Pick {
        return None;
    }
    let leaves = [LeaveAction::Peel, LeaveAction::Interrupt].map(Action::Leave);
    if leaves.contains(&action) {
        return Some(vec![Effect::Quit(ExitResult::Quit)]);
    }
    // In a run for browsing, this leaves the empty filter line for the list.
    let erases = action == Action::Edit(EditAction::EraseChar);
    (erases && state.filter.field.is_empty()).then(Vec::new)
}

/// Lets the user choose from now on, since a key was pressed.
pub fn cancel_initial_pick(state: &mut State) {
    if !state.settings.pick_at_once.is_empty() {
        Arc::make_mut(&mut state.settings).pick_at_once.clear();
    }
}

/// Ends the run without a choice if the initial search has one of the requested numbers of matches.
/// Papers that match only approximately are no matches, but may still be chosen from.
pub fn pick_at_start(state: &mut State) -> Option<Effect> {
    if state.settings.pick_at_once.is_empty() {
        return None;
    }
    let is_complete = state.load.phase == LoadPhase::Done
        && !state.is_searching()
        && state.filter.has_final_hits(&state.corpus);
    if !is_complete {
        return None;
    }
    let decisive_counts = std::mem::take(&mut Arc::make_mut(&mut state.settings).pick_at_once);
    let listed = state.hits().len();
    let matches = listed.saturating_sub(state.filter.approximate.similar.hits.len());
    let leaves_no_choice = matches > 0 || listed == 0;
    if !leaves_no_choice || !decisive_counts.contains(&matches) {
        return None;
    }
    list::go_to_top(state);
    Some(pick(state))
}
