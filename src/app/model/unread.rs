//! Finds the next unread paper and counts those left.

use super::state::State;
use super::triage::MIN_DURATIONS;
use super::unread;
use crate::domain::Mark;
use crate::search::{self, QueryField};

/// Returns true if the paper at the rank is unread. In a list of papers marked `later`, a paper
/// counts as unread while it has that mark.
pub fn is_unread(state: &State, rank: usize) -> bool {
    let marks = &state.library.marks;
    let waits = |id| {
        if lists_later(state) { marks.has(Mark::Later, id) } else { !marks.has(Mark::Read, id) }
    };
    state.hits().get(rank).is_some_and(waits)
}

/// Returns true if the filter includes `is:later`.
fn lists_later(state: &State) -> bool {
    state.filter.query.value_state(QueryField::Is, "later") == Some(search::ValueState::Included)
}

/// Number of unread papers among the hits.
pub fn unread_count(state: &State) -> usize {
    let tally = &state.filter.marks.counts;
    if lists_later(state) { tally.count(Mark::Later) } else { tally.unread }
}

/// The next unread paper after the rank, wrapping around.
pub fn next_unread(state: &State, rank: usize) -> Option<usize> {
    let mut ranks = (rank + 1..state.hits().len()).chain(0..rank);
    if unread_count(state) == 0 { None } else { ranks.find(|it| is_unread(state, *it)) }
}

pub fn previous_unread(state: &State, rank: usize) -> Option<usize> {
    let mut ranks = (0..rank).rev().chain((rank + 1..state.hits().len()).rev());
    if unread_count(state) == 0 { None } else { ranks.find(|it| is_unread(state, *it)) }
}

/// The first unread paper from the rank on, wrapping around.
pub fn first_unread_from(state: &State, rank: usize) -> Option<usize> {
    if is_unread(state, rank) { Some(rank) } else { next_unread(state, rank) }
}

/// Number of papers skipped before the last edit of the query. They are hidden, but count as done
/// in the progress of triage.
pub fn skipped_earlier(state: &State) -> usize {
    let (query, marks) = (&state.filter.query, &state.filter.marks.snapshot);
    let is_whole = query.is_empty() && query.hides_any(marks);
    if is_whole { marks.count(Mark::Skipped) } else { 0 }
}

/// Position, total and estimated time left: `31 of 198, about 6 min left`. The estimate uses the
/// median duration of a decision.
pub fn triage_progress(state: &State) -> String {
    let all = state.hits().len() + skipped_earlier(state);
    let left = unread::unread_count(state).min(all);
    let at = (all - left + 1).min(all);
    let mut took = state.library.triage.durations.clone();
    if took.len() < MIN_DURATIONS || left == 0 {
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
