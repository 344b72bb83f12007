//! Triage: one paper per screen, one key per decision, with an estimate of the remaining time.

use std::time::Duration;

use super::list;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::triage::{MAX_DURATION, MAX_DURATIONS};
use crate::app::model::unread;

/// Opens triage at the first unread paper from the cursor on.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(rank) = unread::first_unread_from(state, state.list.viewport.cursor) else {
        state.notices.info("No unread papers here");
        return Vec::new();
    };
    list::go_to(state, rank);
    state.view.pane = Pane::Triage;
    state.library.triage.shown_at = None;
    vec![Effect::ReadClock]
}

/// Requests a clock reading, since another paper is shown.
pub fn request_time(state: &State) -> Vec<Effect> {
    if state.view.pane == Pane::Triage { vec![Effect::ReadClock] } else { Vec::new() }
}

/// Handles the clock reading requested by [`Effect::ReadClock`] (arbitrary epoch).
pub fn record_time(state: &mut State, now: Duration) {
    let triage = &mut state.library.triage;
    if let Some(took) = triage.shown_at.and_then(|since| now.checked_sub(since))
        && took < MAX_DURATION
        && !took.is_zero()
    {
        if triage.durations.len() == MAX_DURATIONS {
            triage.durations.remove(0);
        }
        triage.durations.push(took);
    }
    triage.shown_at = Some(now);
}
