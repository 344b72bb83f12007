//! TODO header.

use super::{list, triage};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::unread::{before, behind, is_unread, left};

/// Goes to an unread paper further on or further back, round the end.
pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
    for _ in 0..count.unwrap_or(1).min(left(state).max(1)) {
        let cursor = state.list.cursor;
        let found = match action {
            Action::PreviousUnread => before(state, cursor),
            _ => behind(state, cursor),
        };
        let Some(rank) = found else {
            let is_last = left(state) == 1 && is_unread(state, cursor);
            let told = if is_last { "This is the only unread paper." } else { NONE };
            return state.notices.tell(told);
        };
        match (action, rank < cursor) {
            (Action::PreviousUnread, false) => state.notices.tell("From the end again."),
            (Action::NextUnread, true) => state.notices.tell("From the top again."),
            _ => {}
        }
        list::go_to(state, rank);
    }
}

pub const NONE: &str = "Every paper here is read.";

/// On from a paper that is read now; out of the reader where it was the last.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    let Some(rank) = behind(state, state.list.cursor) else {
        if matches!(state.view.pane, Pane::Reader | Pane::Triage) {
            super::focus::focus(state, Pane::List);
        }
        state.notices.tell(NONE);
        return Vec::new();
    };
    list::go_to(state, rank);
    triage::went_on(state)
}
