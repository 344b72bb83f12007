//! Goes back and forward through the places that jumps, filters and other lists have left.

use std::sync::Arc;

use super::filter;
use crate::app::action::{JumpAction, Motion};
use crate::app::effect::Effect;
use crate::app::model::jumps::Place;
use crate::app::model::layout::Pane;
use crate::app::model::state::{Mode, State};

pub fn apply(state: &mut State, action: JumpAction, count: Option<usize>) -> Vec<Effect> {
    let start = current_place(state);
    let mut target = None;
    for _ in 0..count.unwrap_or(1) {
        let here = target.clone().unwrap_or_else(|| start.clone());
        let next = match action {
            JumpAction::Back => state.list.jumps.go_back(here),
            JumpAction::Forward => state.list.jumps.go_forward(here),
        };
        match next {
            Some(place) => target = Some(place),
            None => break,
        }
    }
    let Some(place) = target else {
        state.notices.info(match action {
            JumpAction::Back => "No earlier place",
            JumpAction::Forward => "No later place",
        });
        return Vec::new();
    };
    go_to(state, &place)
}

/// Shows the list of the place, with the cursor on its paper.
fn go_to(state: &mut State, place: &Place) -> Vec<Effect> {
    state.view.pane = place.pane;
    let order = (state.filter.order, state.filter.direction);
    (state.filter.order, state.filter.direction) = (place.order, place.direction);
    let mut effects = filter::replace(state, place.query.source());
    if effects.is_empty() && order != (place.order, place.direction) {
        effects = filter::restart_search(state);
    }
    if let Some(id) = place.paper {
        let id = state.corpus.paper_of_record(id);
        state.anchor_cursor(id, Some(place.rows_above));
    }
    let here = Place { query: Arc::clone(&state.filter.query), ..place.clone() };
    state.list.jumps.arrive(here);
    effects
}

/// Records the place before a jump of the cursor.
pub fn record(state: &mut State) {
    let here = current_place(state);
    state.list.jumps.record(here);
}

/// Records the place if the motion is a jump in the list, as in vim.
pub fn record_motion(state: &mut State, motion: Motion) {
    let is_jump = matches!(
        motion,
        Motion::First
            | Motion::Last
            | Motion::ScreenTop
            | Motion::ScreenMiddle
            | Motion::ScreenBottom
    );
    if is_jump && matches!(state.mode, Mode::Panes) && state.view.pane == Pane::List {
        record(state);
    }
}

/// Takes note of the current place, once after each event. A filter that is still being typed is no
/// place yet, nor is a session that is being restored.
pub fn note_place(state: &mut State) {
    let is_restoring = state.library.session.pending.is_some();
    if matches!(state.mode, Mode::Filter) || state.corpus.is_empty() || is_restoring {
        return;
    }
    let here = current_place(state);
    state.list.jumps.note(&here);
}

/// The place on the screen. Panes other than reader and basket count as the list.
fn current_place(state: &State) -> Place {
    let pane = match state.view.pane {
        pane @ (Pane::Reader | Pane::Basket) => pane,
        Pane::List | Pane::Detail | Pane::Facets | Pane::Triage => Pane::List,
    };
    let viewport = &state.list.viewport;
    Place {
        query: Arc::clone(&state.filter.query),
        order: state.filter.order,
        direction: state.filter.direction,
        pane,
        paper: state.list.anchor.or_else(|| state.current().map(|(id, _)| id)),
        rows_above: viewport.cursor.saturating_sub(viewport.top),
    }
}
