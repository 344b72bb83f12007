//! Search within the text of the current paper.

use super::facets;
use crate::app::model::find::{FindOrigin, FindState};
use crate::app::model::layout::Pane;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;

/// Opens the prompt. The facets have a search of their own, for values.
pub fn open(state: &mut State) {
    if state.view.pane == Pane::Facets {
        state.mode = Mode::Find(TextField::new(&state.view.facets.needle));
        return;
    }
    if let Some(paper_text) = &mut state.view.paper_text {
        let needle = paper_text.find.needle.clone();
        paper_text.find.origin = FindOrigin { needle, top: paper_text.top };
    }
    state.mode = Mode::Find(TextField::default());
}

/// Searches for the text of the prompt, and goes to the first match from the position at which the
/// prompt was opened.
pub fn typed(state: &mut State) {
    let Mode::Find(line) = &state.mode else { return };
    let needle = line.text().to_owned();
    if state.view.pane == Pane::Facets {
        return facets::set_needle(state, &needle);
    }
    let Some(paper_text) = &mut state.view.paper_text else { return };
    paper_text.top = paper_text.find.origin.top;
    paper_text.find.needle = needle;
    paper_text.find.search(&paper_text.lines);
    let top = paper_text.top;
    let first = paper_text.find.matches.iter().position(|pieces| pieces[0].0 >= top);
    paper_text.find.current = first.or_else(|| (!paper_text.find.matches.is_empty()).then_some(0));
    scroll_to_match(state);
}

/// Reports that nothing was found.
pub fn accept(state: &mut State) {
    let Some(paper_text) = &state.view.paper_text else { return };
    let find = &paper_text.find;
    if state.view.pane != Pane::Facets && find.matches.is_empty() && !find.needle.is_empty() {
        let notice = not_found_message(find);
        state.notices.info(notice);
    }
}

/// Returns to the search and the position at which the prompt was opened.
pub fn cancel(state: &mut State) {
    if state.view.pane == Pane::Facets {
        return facets::set_needle(state, "");
    }
    let Some(paper_text) = &mut state.view.paper_text else { return };
    let origin = std::mem::take(&mut paper_text.find.origin);
    paper_text.top = origin.top;
    paper_text.find = FindState { needle: origin.needle, ..FindState::default() };
    paper_text.find.search(&paper_text.lines);
}

fn not_found_message(find: &FindState) -> String {
    format!("Not found: {}", find.needle.trim())
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

/// Goes forward by this number of matches, wrapping around. Without a current match, goes to the
/// first one from the top of the screen on.
pub fn next(state: &mut State, matches: usize) {
    let Some(paper_text) = &state.view.paper_text else { return };
    let find = &paper_text.find;
    let from_top = find.matches.iter().position(|pieces| pieces[0].0 >= paper_text.top);
    let at = match find.current {
        Some(current) => current + matches,
        None => from_top.unwrap_or(find.matches.len()) + matches.saturating_sub(1),
    };
    let notice = (at >= find.matches.len()).then_some("Wrapped around to the first match");
    go_to_match(state, |count| at % count, notice);
}

/// Goes back by this number of matches, wrapping around. Without a current match, goes to the last
/// one above the top of the screen.
pub fn previous(state: &mut State, matches: usize) {
    let Some(paper_text) = &state.view.paper_text else { return };
    let find = &paper_text.find;
    let above = find.matches.iter().filter(|pieces| pieces[0].0 < paper_text.top).count();
    let from = find.current.unwrap_or(above);
    let notice = (matches > from).then_some("Wrapped around to the last match");
    go_to_match(state, |count| (from + count - matches % count) % count, notice);
}

/// Goes to the match that `target` returns for the number of matches. Reports a wrap around an end
/// of the text.
fn go_to_match(
    state: &mut State,
    target: impl FnOnce(usize) -> usize,
    wrap_notice: Option<&'static str>,
) {
    let Some(paper_text) = &mut state.view.paper_text else { return };
    let find = &mut paper_text.find;
    let count = find.matches.len();
    if count == 0 {
        let notice = not_found_message(find);
        state.notices.info(notice);
        return;
    }
    let before = find.current.replace(target(count));
    let is_only = count == 1 && before == Some(0);
    if let Some(notice) = wrap_notice {
        state.notices.info(if is_only { "No other match" } else { notice });
    }
    scroll_to_match(state);
}

/// Scrolls the current match into view.
fn scroll_to_match(state: &mut State) {
    let height = usize::from(state.view.areas.detail.height).max(1);
    let Some(paper_text) = &mut state.view.paper_text else { return };
    let current = paper_text.find.current.and_then(|at| paper_text.find.matches.get(at));
    let Some(line) = current.map(|pieces| pieces[0].0) else { return };
    if !(paper_text.top..paper_text.top + height).contains(&line) {
        paper_text.top = line.saturating_sub(height / 3);
    }
}
