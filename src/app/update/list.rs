//! The list: where the cursor stands, and what follows when it moves.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::list::{Origin, Pause};
use crate::app::model::state::{Mode, State};
use crate::domain::PaperId;
use crate::search::{Hit, Query, made_by_abstract};

/// Rows kept in sight above and below the cursor.
const MARGIN: usize = 1;

/// Moves the cursor to a rank, as far as there are hits, and the list no further than it must.
pub fn go_to(state: &mut State, rank: usize) {
    state.list.cursor = rank.min(state.hits().len().saturating_sub(1));
    state.list.at = state.current().map(|(id, _)| id);
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
    if let Some(rank) = id.and_then(|id| state.hits().place(*id)) {
        go_to(state, rank);
    }
}

/// After rows have moved: the cursor stays on its paper if it is still there.
pub fn keep_place(state: &mut State) {
    let rank = state.list.at.and_then(|id| state.hits().place(id));
    let last = state.hits().len().saturating_sub(1);
    state.list.cursor = rank.unwrap_or(state.list.cursor).min(last);
    if let Some(above) = state.list.above.take_if(|_| rank.is_some()) {
        state.list.top = state.list.cursor.saturating_sub(above);
    }
    scroll(state);
    super::selection::count_hidden(state);
}

/// Remembers the paper under the cursor as the one that a filter is begun from.
pub fn begin_filter(state: &mut State) {
    if let Some(origin) = origin(state) {
        state.list.origin = Some(origin);
    }
}

pub fn origin(state: &State) -> Option<Origin> {
    let (id, _) = state.current()?;
    Some(Origin { id, above: state.list.cursor.saturating_sub(state.list.top) })
}

/// Has the cursor keep to its paper while the filter is cleared. While the filter is typed, and where
/// its paper will not be listed, it goes back to the one that the filter was begun from. Without
/// either it goes to the first row.
pub fn keep_through_clearing(state: &mut State, query: &Query) {
    let (here, begun) = (origin(state), state.list.origin);
    let wanted = match state.mode {
        Mode::Filter => [begun, here],
        _ => [here, begun],
    };
    let marks = &state.filter.marks.asked;
    let listed = wanted.into_iter().flatten().find_map(|it| {
        let id = state.corpus.first(it.id);
        (!query.leaves_out(marks, id)).then_some(Origin { id, ..it })
    });
    match listed {
        Some(Origin { id, above }) => (state.list.at, state.list.above) = (Some(id), Some(above)),
        None => go_to_top(state),
    }
}

/// Puts the cursor on the first hit to come.
pub fn go_to_top(state: &mut State) {
    (state.list.cursor, state.list.top) = (0, 0);
    (state.list.at, state.list.above) = (None, None);
}

fn scroll(state: &mut State) {
    let height = state.view.areas.list_rows();
    let margin = MARGIN.min((height - 1) / 2);
    let (cursor, len) = (state.list.cursor, state.hits().len());
    let lowest = cursor.saturating_sub(margin);
    let highest = (cursor + margin + 1).min(len).saturating_sub(height);
    state.list.top = state.list.top.clamp(highest.min(lowest), lowest);
    state.list.top = state.list.top.min(len.saturating_sub(height));
}

/// Performs a motion in the list. `count` is what was typed before it.
pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
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
        Action::CursorTop => bring(state, 0),
        Action::CursorMiddle => bring(state, height / 2),
        Action::CursorBottom => bring(state, height),
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
    go_to(state, state.list.cursor.max(state.list.top + MARGIN.min(height - 1)));
}

fn page_up(state: &mut State, rows: usize) {
    let height = state.view.areas.list_rows();
    if state.list.top == 0 {
        return go_to(state, 0);
    }
    state.list.top = state.list.top.saturating_sub(rows);
    go_to(state, state.list.cursor.min(state.list.top + (height - 1).saturating_sub(MARGIN)));
}

/// Scrolls so that the cursor stands that many rows below the top.
fn bring(state: &mut State, below: usize) {
    state.list.top = state.list.cursor.saturating_sub(below);
    scroll(state);
}

/// What must be fetched so that detail and rows show what they should.
pub fn follow(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    let current = state.current().map(|(id, _)| id);
    let shown = state.view.reading.as_ref().map(|it| it.id);
    if current.is_none() && shown.is_some() {
        state.view.reading = None;
        state.list.followed = None;
    } else if current != shown && current != state.list.followed {
        state.list.followed = current;
        let is_first_move = state.list.pause == Pause::Over && !matches!(state.mode, Mode::Filter);
        if shown.is_none() || state.view.pane == Pane::Reader || is_first_move {
            effects.extend(current.map(Effect::Fetch));
        }
        state.list.pause = Pause::Running;
        effects.push(Effect::Wake);
    }
    effects.extend(ask_for_sentences(state));
    effects
}

/// The pause after the last move is over: the detail pane follows.
pub fn woke(state: &mut State) -> Vec<Effect> {
    state.list.pause = Pause::Over;
    let current = state.current().map(|(id, _)| id);
    let shown = state.view.reading.as_ref().map(|it| it.id);
    current.filter(|_| current != shown).map(Effect::Fetch).into_iter().collect()
}

fn ask_for_sentences(state: &mut State) -> Option<Effect> {
    // Rows of the last question may still be on the screen.
    if state.list.answered != state.filter.ticket {
        return None;
    }
    if state.list.asked_under != state.filter.ticket {
        state.list.asked_under = state.filter.ticket;
        state.list.asked.clear();
        state.list.sentences.clear();
    }
    let hits = state.rows().filter_map(|place| state.hits().hit(place));
    let papers: Vec<PaperId> = hits
        .filter(|hit| made_by_abstract(*hit) && !state.list.asked.contains(&hit.id()))
        .map(Hit::id)
        .collect();
    if papers.is_empty() {
        return None;
    }
    state.list.asked.extend(&papers);
    let highlighter = state.filter.highlighter();
    Some(Effect::Sentences { ticket: state.filter.ticket, papers, highlighter })
}
