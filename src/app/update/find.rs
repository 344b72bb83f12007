//! TODO header.

use crate::app::model::find::Found;
use crate::app::model::state::{Mode, State};

/// Looks for what is typed, from the top of what is on the screen.
pub fn typed(state: &mut State) {
    let Mode::Find(line) = &state.mode else { return };
    let Some(reading) = &mut state.view.reading else { return };
    line.text().clone_into(&mut reading.found.needle);
    reading.found.search(&reading.lines);
    let top = reading.top;
    let first = reading.found.places.iter().position(|pieces| pieces[0].0 >= top);
    reading.found.at = first.unwrap_or(0);
    show(state);
}

/// Whether something is looked for in the text.
pub fn is_active(state: &State) -> bool {
    state.view.reading.as_ref().is_some_and(|it| !it.found.needle.is_empty())
}

/// Nothing is looked for any more.
pub fn forget(state: &mut State) {
    if let Some(reading) = &mut state.view.reading {
        reading.found = Found::default();
    }
}

/// Goes to the match that many further on, round the end.
pub fn next(state: &mut State, matches: usize) {
    step(state, |at, count| (at + matches % count) % count);
}

/// Goes to the match that many further back, round the start.
pub fn previous(state: &mut State, matches: usize) {
    step(state, |at, count| (at + count - matches % count) % count);
}

pub fn step(state: &mut State, target: impl FnOnce(usize, usize) -> usize) {
    let Some(reading) = &mut state.view.reading else { return };
    let found = &mut reading.found;
    if found.places.is_empty() {
        let told = format!("“{}” is not in this text.", found.needle);
        state.notices.tell(told);
        return;
    }
    found.at = target(found.at, found.places.len());
    show(state);
}

/// Scrolls so that the match is in sight.
pub fn show(state: &mut State) {
    let height = usize::from(state.view.areas.detail.height).max(1);
    let Some(reading) = &mut state.view.reading else { return };
    let Some(line) = reading.found.places.get(reading.found.at).map(|pieces| pieces[0].0) else {
        return;
    };
    if !(reading.top..reading.top + height).contains(&line) {
        reading.top = line.saturating_sub(height / 3);
    }
}
