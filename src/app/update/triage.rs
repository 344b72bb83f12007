//! Triage: one paper a screen, one key a verdict, and how long the rest will take.

use std::time::Duration;

use super::{dispatch, list};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::unread;
use crate::domain::Mark;

/// How fast the reader is.
#[derive(Debug, Clone, Default)]
pub struct Triage {
    /// How long the last verdicts took, the oldest first.
    took: Vec<Duration>,
    /// When the paper on the screen came up.
    since: Option<Duration>,
}

/// Verdicts from which the pace is told.
const LAST: usize = 32;
/// From so many on it is told at all.
const ENOUGH: usize = 3;
/// Who takes longer for one paper was away.
const AWAY: Duration = Duration::from_mins(10);

/// Opens triage at the first unread paper from the cursor on.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(rank) = unread::from(state, state.list.cursor) else {
        state.notices.tell("There is no unread paper here.");
        return Vec::new();
    };
    list::go_to(state, rank);
    dispatch::focus(state, Pane::Triage);
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

/// What was skipped in earlier sittings is out of sight, and part of the way.
fn judged_before(state: &State) -> usize {
    let (query, asked) = (&state.filter.query, &state.filter.marks.asked);
    let is_whole = query.is_empty() && query.leaves_out_any(asked);
    if is_whole { asked.count(Mark::Skipped) } else { 0 }
}

/// Which paper of how many is on the screen, and how long the rest takes at the reader's pace:
/// `31 of 198, about 6 min left`.
pub fn progress(state: &State) -> String {
    let all = state.hits().len() + judged_before(state);
    let left = unread::left(state).min(all);
    let at = (all - left + 1).min(all);
    let mut took = state.library.triage.took.clone();
    if took.len() < ENOUGH || left == 0 {
        return format!("{at} of {all}");
    }
    took.sort_unstable();
    let seconds = took[took.len() / 2].as_millis() * left as u128 / 1000;
    match (seconds + 30) / 60 {
        0 => format!("{at} of {all}, less than a minute left"),
        minutes @ 1..=99 => format!("{at} of {all}, about {minutes} min left"),
        minutes => format!("{at} of {all}, about {} h left", (minutes + 30) / 60),
    }
}
