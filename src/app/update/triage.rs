//! Triage: one paper a screen, one key a verdict, and how long the rest will take.

use std::time::Duration;

use super::{focus, list};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::triage::{AWAY, LAST};
use crate::app::model::unread;

/// Opens triage at the first unread paper from the cursor on.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(rank) = unread::from(state, state.list.cursor) else {
        state.notices.tell("There is no unread paper here.");
        return Vec::new();
    };
    list::go_to(state, rank);
    focus::focus(state, Pane::Triage);
    state.library.triage.since = None;
    vec![Effect::Time]
}

/// Another paper has come up.
pub fn went_on(state: &State) -> Vec<Effect> {
    if state.view.pane == Pane::Triage { vec![Effect::Time] } else { Vec::new() }
}

/// It is so late now, counted from any moment.
pub fn clocked(state: &mut State, now: Duration) {
    let triage = &mut state.library.triage;
    if let Some(took) = triage.since.and_then(|since| now.checked_sub(since))
        && took < AWAY
        && !took.is_zero()
    {
        if triage.took.len() == LAST {
            triage.took.remove(0);
        }
        triage.took.push(took);
    }
    triage.since = Some(now);
}
