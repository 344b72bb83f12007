//! Search within the text of the current paper.

use crate::app::model::find::FindState;
use crate::app::model::state::{Mode, State};

/// Searches for the text of the prompt, and goes to the first match from the top of the screen.
pub fn typed(state: &mut State) {
    let Mode::Find(line) = &state.mode else { return };
    let Some(paper_text) = &mut state.view.paper_text else { return };
    line.text().clone_into(&mut paper_text.find.needle);
    paper_text.find.search(&paper_text.lines);
    let top = paper_text.top;
    let first = paper_text.find.matches.iter().position(|pieces| pieces[0].0 >= top);
    paper_text.find.current = first.unwrap_or(0);
    scroll_to_match(state);
}

/// Returns true if a search is active.
pub fn is_active(state: &State) -> bool {
    state.view.paper_text.as_ref().is_some_and(|it| !it.find.needle.is_empty())
}

/// Ends the search.
pub fn forget(state: &mut State) {
    if let Some(paper_text) = &mut state.view.paper_text {
        paper_text.find = FindState::default();
    }
}

/// Goes forward by this number of matches, wrapping around.
pub fn next(state: &mut State, matches: usize) {
    go_to_match(state, |at, count| (at + matches % count) % count);
}

/// Goes back by this number of matches, wrapping around.
pub fn previous(state: &mut State, matches: usize) {
    go_to_match(state, |at, count| (at + count - matches % count) % count);
}

pub fn go_to_match(state: &mut State, target: impl FnOnce(usize, usize) -> usize) {
    let Some(paper_text) = &mut state.view.paper_text else { return };
    let find = &mut paper_text.find;
    if find.matches.is_empty() {
        let notice = format!("No match for \"{}\"", find.needle);
        state.notices.info(notice);
        return;
    }
    find.current = target(find.current, find.matches.len());
    scroll_to_match(state);
}

/// Scrolls the current match into view.
pub fn scroll_to_match(state: &mut State) {
    let height = usize::from(state.view.areas.detail.height).max(1);
    let Some(paper_text) = &mut state.view.paper_text else { return };
    let Some(line) = paper_text.find.matches.get(paper_text.find.current).map(|pieces| pieces[0].0)
    else {
        return;
    };
    if !(paper_text.top..paper_text.top + height).contains(&line) {
        paper_text.top = line.saturating_sub(height / 3);
    }
}
