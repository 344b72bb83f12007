//! Going from one unread paper to the next.

use super::layout::Pane;
use super::state::State;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::update::{list, triage};
use crate::domain::Mark;
use crate::search::{self, Field};

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

const NONE: &str = "Every paper here is read.";

/// On from a paper that is read now; out of the reader where it was the last.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    let Some(rank) = behind(state, state.list.cursor) else {
        if matches!(state.view.pane, Pane::Reader | Pane::Triage) {
            crate::app::update::dispatch::focus(state, Pane::List);
        }
        state.notices.tell(NONE);
        return Vec::new();
    };
    list::go_to(state, rank);
    triage::went_on(state)
}

/// Whether the paper waits to be read: among what was put aside for later, until that is over.
fn is_unread(state: &State, rank: usize) -> bool {
    let marks = &state.library.marks;
    let waits = |id| {
        if is_of_later(state) { marks.has(Mark::Later, id) } else { !marks.has(Mark::Read, id) }
    };
    state.hits().get(rank).is_some_and(waits)
}

/// Whether the list is of what was put aside for later.
fn is_of_later(state: &State) -> bool {
    state.filter.query.state(Field::Is, "later") == Some(search::State::Included)
}

/// How many of the hits wait to be read.
pub fn left(state: &State) -> usize {
    let tally = &state.filter.marks.tally;
    if is_of_later(state) { tally.count(Mark::Later) } else { tally.unread }
}

/// The next unread paper behind the rank, or else the first before it.
fn behind(state: &State, rank: usize) -> Option<usize> {
    let mut ranks = (rank + 1..state.hits().len()).chain(0..rank);
    if left(state) == 0 { None } else { ranks.find(|it| is_unread(state, *it)) }
}

fn before(state: &State, rank: usize) -> Option<usize> {
    let mut ranks = (0..rank).rev().chain((rank + 1..state.hits().len()).rev());
    if left(state) == 0 { None } else { ranks.find(|it| is_unread(state, *it)) }
}

/// The first unread paper from the rank on, round the end.
pub fn from(state: &State, rank: usize) -> Option<usize> {
    if is_unread(state, rank) { Some(rank) } else { behind(state, rank) }
}
