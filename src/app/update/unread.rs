//! Goes from one unread paper to the next.

use super::{list, triage};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::unread::{is_unread, next_unread, previous_unread, unread_count};

/// Goes to an unread paper further on or further back, round the end.
pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
    for _ in 0..count.unwrap_or(1).min(unread_count(state).max(1)) {
        let cursor = state.list.cursor;
        let found = match action {
            Action::PreviousUnread => previous_unread(state, cursor),
            _ => next_unread(state, cursor),
        };
        let Some(rank) = found else {
            let is_last = unread_count(state) == 1 && is_unread(state, cursor);
            let told = if is_last { "This is the only unread paper." } else { ALL_READ_MESSAGE };
            return state.notices.info(told);
        };
        match (action, rank < cursor) {
            (Action::PreviousUnread, false) => state.notices.info("From the end again."),
            (Action::NextUnread, true) => state.notices.info("From the top again."),
            _ => {}
        }
        list::go_to(state, rank);
    }
}

pub const ALL_READ_MESSAGE: &str = "Every paper here is read.";

/// On from a paper that is read now; out of the reader where it was the last.
pub fn go_to_next_unread(state: &mut State) -> Vec<Effect> {
    let Some(rank) = next_unread(state, state.list.cursor) else {
        if matches!(state.view.pane, Pane::Reader | Pane::Triage) {
            super::focus::focus(state, Pane::List);
        }
        state.notices.info(ALL_READ_MESSAGE);
        return Vec::new();
    };
    list::go_to(state, rank);
    triage::request_time(state)
}
