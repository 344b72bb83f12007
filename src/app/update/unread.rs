//! Moves to the next unread paper.

use super::{jumps, list, triage};
use crate::app::action::UnreadAction;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::unread::{is_unread, next_unread, previous_unread, unread_count};

const ALL_READ_MESSAGE: &str = "No unread papers left";

pub fn apply(state: &mut State, action: UnreadAction, count: Option<usize>) -> Vec<Effect> {
    jumps::record(state);
    match action {
        UnreadAction::Next => go_to_unread(state, count, next_unread, |rank, cursor| {
            (rank < cursor).then_some("Wrapped around to the top")
        }),
        UnreadAction::Previous => go_to_unread(state, count, previous_unread, |rank, cursor| {
            (rank > cursor).then_some("Wrapped around to the end")
        }),
        UnreadAction::OpenTriage => return triage::open(state),
    }
    Vec::new()
}

/// Moves to the unread paper that `find` returns for the cursor, and reports a wrap around the end
/// of the list.
fn go_to_unread(
    state: &mut State,
    count: Option<usize>,
    find: fn(&State, usize) -> Option<usize>,
    wrap_notice: fn(usize, usize) -> Option<&'static str>,
) {
    for _ in 0..count.unwrap_or(1).min(unread_count(state).max(1)) {
        let cursor = state.list.viewport.cursor;
        let Some(rank) = find(state, cursor) else {
            let is_last = unread_count(state) == 1 && is_unread(state, cursor);
            let notice = if is_last { "No other unread paper" } else { ALL_READ_MESSAGE };
            return state.notices.info(notice);
        };
        if let Some(notice) = wrap_notice(rank, cursor) {
            state.notices.info(notice);
        }
        list::go_to(state, rank);
    }
}

/// Moves to the next unread paper after a decision; leaves the reader if there is none.
pub fn go_to_next_unread(state: &mut State) -> Vec<Effect> {
    let Some(rank) = next_unread(state, state.list.viewport.cursor) else {
        if matches!(state.view.pane, Pane::Reader | Pane::Triage) {
            state.view.pane = Pane::List;
        }
        state.notices.info(ALL_READ_MESSAGE);
        return Vec::new();
    };
    if state.view.pane == Pane::Reader && rank < state.list.viewport.cursor {
        state.notices.info("Wrapped around to the top");
    }
    list::go_to(state, rank);
    triage::request_time(state)
}
