//! The list: where the cursor stands, and what follows when it moves.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::list::{DetailDelay, FilterOrigin};
use crate::app::model::state::{Mode, State};
use crate::domain::PaperId;
use crate::search::{Hit, Query, needs_abstract};

/// Rows kept in sight above and below the cursor.
const SCROLL_OFF: usize = 1;

/// Moves the cursor to a rank, as far as there are hits, and the list no further than it must.
pub fn go_to(state: &mut State, rank: usize) {
    state.list.cursor = rank.min(state.hits().len().saturating_sub(1));
    state.list.anchor = state.current().map(|(id, _)| id);
    scroll(state);
}

pub fn down(state: &mut State, rows: usize) {
    go_to(state, state.list.cursor.saturating_add(rows));
}

pub fn up(state: &mut State, rows: usize) {
    go_to(state, state.list.cursor.saturating_sub(rows));
}

/// Moves the cursor to a paper, if the list shows it.
pub fn go_to_paper(state: &mut State, id: Option<&PaperId>) {
    if let Some(rank) = id.and_then(|id| state.hits().position(*id)) {
        go_to(state, rank);
    }
}

/// After rows have moved: the cursor stays on its paper if it is still there.
pub fn restore_cursor(state: &mut State) {
    let rank = state.list.anchor.and_then(|id| state.hits().position(id));
    let last = state.hits().len().saturating_sub(1);
    state.list.cursor = rank.unwrap_or(state.list.cursor).min(last);
    if let Some(above) = state.list.rows_above.take_if(|_| rank.is_some()) {
        state.list.top = state.list.cursor.saturating_sub(above);
    }
    scroll(state);
    super::selection::count_hidden(state);
}

/// Remembers the paper under the cursor as the one that a filter is begun from.
pub fn save_filter_origin(state: &mut State) {
    if let Some(origin) = current_origin(state) {
        state.list.filter_origin = Some(origin);
    }
}

pub fn current_origin(state: &State) -> Option<FilterOrigin> {
    let (id, _) = state.current()?;
    Some(FilterOrigin { id, rows_above: state.list.cursor.saturating_sub(state.list.top) })
}

/// Has the cursor keep to its paper while the filter is cleared. While the filter is typed, and where
/// its paper will not be listed, it goes back to the one that the filter was begun from. Without
/// either it goes to the first row.
pub fn keep_through_clearing(state: &mut State, query: &Query) {
    let (here, begun) = (current_origin(state), state.list.filter_origin);
    let wanted = match state.mode {
        Mode::Filter => [begun, here],
        _ => [here, begun],
    };
    let marks = &state.filter.marks.snapshot;
    let listed = wanted.into_iter().flatten().find_map(|it| {
        let id = state.corpus.paper_of_record(it.id);
        (!query.hides(marks, id)).then_some(FilterOrigin { id, ..it })
    });
    match listed {
        Some(FilterOrigin { id, rows_above: above }) => {
            (state.list.anchor, state.list.rows_above) = (Some(id), Some(above));
        }
        None => go_to_top(state),
    }
}

/// Puts the cursor on the first hit to come.
pub fn go_to_top(state: &mut State) {
    (state.list.cursor, state.list.top) = (0, 0);
    (state.list.anchor, state.list.rows_above) = (None, None);
}

fn scroll(state: &mut State) {
    let height = state.view.areas.list_rows();
    let margin = SCROLL_OFF.min((height - 1) / 2);
    let (cursor, len) = (state.list.cursor, state.hits().len());
    let lowest = cursor.saturating_sub(margin);
    let highest = (cursor + margin + 1).min(len).saturating_sub(height);
    state.list.top = state.list.top.clamp(highest.min(lowest), lowest);
    state.list.top = state.list.top.min(len.saturating_sub(height));
}

/// Performs a motion in the list. `count` is what was typed before it.
pub fn move_cursor(state: &mut State, action: Action, count: Option<usize>) {
    let height = state.view.areas.list_rows();
    let steps = count.unwrap_or(1);
    let half = (height / 2).max(1).saturating_mul(steps);
    let page = height.saturating_sub(2).max(1).saturating_mul(steps);
    let rows = state.rows();
    match action {
        Action::Down => down(state, steps),
        Action::Up => up(state, steps),
        Action::HalfDown => down(state, half),
        Action::HalfUp => up(state, half),
        Action::PageDown => page_down(state, page),
        Action::PageUp => page_up(state, page),
        Action::First => go_to(state, steps - 1),
        Action::Last => go_to(state, count.map_or(usize::MAX, |row| row - 1)),
        Action::ScreenTop => go_to(state, rows.start.saturating_add(steps - 1).min(rows.end)),
        Action::ScreenMiddle => go_to(state, rows.start + rows.len() / 2),
        Action::ScreenBottom => go_to(state, rows.end.saturating_sub(steps).max(rows.start)),
        Action::CursorTop => scroll_cursor_to(state, 0),
        Action::CursorMiddle => scroll_cursor_to(state, height / 2),
        Action::CursorBottom => scroll_cursor_to(state, height),
        _ => {}
    }
}

/// Shows the rows after those on the screen, as less and vim do, or goes to the last row.
fn page_down(state: &mut State, rows: usize) {
    let height = state.view.areas.list_rows();
    let lowest = state.hits().len().saturating_sub(height);
    if state.list.top >= lowest {
        return go_to(state, usize::MAX);
    }
    state.list.top = state.list.top.saturating_add(rows).min(lowest);
    go_to(state, state.list.cursor.max(state.list.top + SCROLL_OFF.min(height - 1)));
}

fn page_up(state: &mut State, rows: usize) {
    let height = state.view.areas.list_rows();
    if state.list.top == 0 {
        return go_to(state, 0);
    }
    state.list.top = state.list.top.saturating_sub(rows);
    go_to(state, state.list.cursor.min(state.list.top + (height - 1).saturating_sub(SCROLL_OFF)));
}

/// Scrolls so that the cursor stands that many rows below the top.
fn scroll_cursor_to(state: &mut State, below: usize) {
    state.list.top = state.list.cursor.saturating_sub(below);
    scroll(state);
}

/// What must be fetched so that detail and rows show what they should.
pub fn request_detail(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    let current = state.current().map(|(id, _)| id);
    let shown = state.view.paper_text.as_ref().map(|it| it.id);
    if current.is_none() && shown.is_some() {
        state.view.paper_text = None;
        state.list.detail_paper = None;
    } else if current != shown && current != state.list.detail_paper {
        state.list.detail_paper = current;
        let is_first_move =
            state.list.detail_delay == DetailDelay::Elapsed && !matches!(state.mode, Mode::Filter);
        if shown.is_none() || state.view.pane == Pane::Reader || is_first_move {
            effects.extend(current.map(Effect::FetchAbstract));
        }
        state.list.detail_delay = DetailDelay::Running;
        effects.push(Effect::ScheduleWakeUp);
    }
    effects.extend(request_snippets(state));
    effects
}

/// The pause after the last move is over: the detail pane follows.
pub fn end_detail_delay(state: &mut State) -> Vec<Effect> {
    state.list.detail_delay = DetailDelay::Elapsed;
    let current = state.current().map(|(id, _)| id);
    let shown = state.view.paper_text.as_ref().map(|it| it.id);
    current.filter(|_| current != shown).map(Effect::FetchAbstract).into_iter().collect()
}

fn request_snippets(state: &mut State) -> Option<Effect> {
    // Rows of the last question may still be on the screen.
    if state.list.response_id != state.filter.query_id {
        return None;
    }
    if state.list.requested_for != state.filter.query_id {
        state.list.requested_for = state.filter.query_id;
        state.list.requested_snippets.clear();
        state.list.snippets.clear();
    }
    let hits = state.rows().filter_map(|place| state.hits().hit(place));
    let papers: Vec<PaperId> = hits
        .filter(|hit| needs_abstract(*hit) && !state.list.requested_snippets.contains(&hit.id()))
        .map(Hit::id)
        .collect();
    if papers.is_empty() {
        return None;
    }
    state.list.requested_snippets.extend(&papers);
    let highlighter = state.filter.highlighter();
    Some(Effect::FetchSnippets { ticket: state.filter.query_id, papers, highlighter })
}
