//! The list: movement of the cursor, and the requests that follow from it.

use crate::app::action::Motion;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::list::{DetailDelay, FilterOrigin};
use crate::app::model::state::{Mode, State};
use crate::app::model::viewport::Viewport;
use crate::domain::PaperId;
use crate::search::{Hit, Query, needs_abstract};

/// Moves the cursor to a rank, at most to the last hit.
pub fn go_to(state: &mut State, rank: usize) {
    state.list.viewport.cursor = rank.min(state.hits().len().saturating_sub(1));
    follow_cursor(state);
}

/// Performs a motion in the list. `count` is the number typed before it.
pub fn move_cursor(state: &mut State, motion: Motion, count: Option<usize>) {
    let extent = state.list_extent();
    state.list.viewport.apply(motion, count, extent);
    if motion == Motion::PageUp {
        state.raise_cursor_into_view();
    }
    follow_cursor(state);
}

/// Anchors the cursor to its paper.
fn follow_cursor(state: &mut State) {
    state.list.anchor = state.current().map(|(id, _)| id);
}

/// Moves the cursor to a paper, if the list has it.
pub fn go_to_paper(state: &mut State, id: Option<&PaperId>) {
    if let Some(rank) = id.and_then(|id| state.hits().position(*id)) {
        go_to(state, rank);
    }
}

/// Remembers the current paper as the origin of the filter.
pub fn save_filter_origin(state: &mut State) {
    if let Some(origin) = current_origin(state) {
        state.list.filter_origin = Some(origin);
    }
}

/// Moves the cursor back to the origin of the filter, once it is listed.
pub fn return_to_origin(state: &mut State) {
    if let Some(FilterOrigin { id, rows_above }) = state.list.filter_origin {
        let id = state.corpus.paper_of_record(id);
        state.anchor_cursor(id, Some(rows_above));
    }
}

pub fn current_origin(state: &State) -> Option<FilterOrigin> {
    let (id, _) = state.current()?;
    Some(FilterOrigin {
        id,
        rows_above: state.list.viewport.cursor.saturating_sub(state.list.viewport.top),
    })
}

/// Keeps the cursor on a paper while the filter is cleared: on the current paper, or on the origin
/// of the filter if the former will not be listed. While the filter is being typed, the origin
/// comes first. Without either, the cursor goes to the first row.
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
        Some(FilterOrigin { id, rows_above }) => state.anchor_cursor(id, Some(rows_above)),
        None => go_to_top(state),
    }
}

/// Moves the cursor to the first row and removes its anchor.
pub fn go_to_top(state: &mut State) {
    state.list.viewport = Viewport::default();
    (state.list.anchor, state.list.rows_above) = (None, None);
}

/// Requests the abstract for the detail pane and the snippets for the visible rows.
pub fn request_detail(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    let current = state.current().map(|(id, _)| id);
    let shown = state.view.paper_text.as_ref().map(|it| it.id);
    if current.is_none() && shown.is_some() {
        state.view.paper_text = None;
        state.list.detail_paper = None;
    } else if current == shown {
        // A response that is still to come is for a paper that was left.
        state.list.detail_paper = current;
    } else if current != state.list.detail_paper {
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

/// Shows the current paper in the detail pane after the delay.
pub fn end_detail_delay(state: &mut State) -> Vec<Effect> {
    state.list.detail_delay = DetailDelay::Elapsed;
    let current = state.current().map(|(id, _)| id);
    let shown = state.view.paper_text.as_ref().map(|it| it.id);
    current.filter(|_| current != shown).map(Effect::FetchAbstract).into_iter().collect()
}

fn request_snippets(state: &mut State) -> Option<Effect> {
    // The visible rows may still belong to the previous query.
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
    Some(Effect::FetchSnippets { query_id: state.filter.query_id, papers, highlighter })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::event::Event;
    use crate::app::input::key::Key;
    use crate::app::update::update;
    use crate::domain::{Draft, SegmentBuilder};
    use crate::sources::LoadEvent;

    /// The papers whose abstracts are requested by the events.
    fn requested(state: &mut State, events: Vec<Event>) -> Vec<PaperId> {
        let effects = events.into_iter().flat_map(|event| update(state, event));
        let id = |effect| if let Effect::FetchAbstract(id) = effect { Some(id) } else { None };
        effects.filter_map(id).collect()
    }

    #[test]
    fn an_abstract_that_came_too_late_is_requested_again() {
        let mut builder = SegmentBuilder::default();
        for title in ["Key Memories", "Deep Nets"] {
            builder.push(&Draft { title: title.to_owned(), ..Draft::default() });
        }
        let mut state = State::new(Arc::default(), 80, 24);
        let key = |letter| Event::Key(Key::char(letter));
        let arrived = |id| Event::Abstract { id: PaperId(id), abstract_text: Ok("".into()) };
        let papers = Event::Load(LoadEvent::Segment(builder.seal()));
        assert_eq!(requested(&mut state, vec![papers, arrived(0), Event::WakeUp]), [PaperId(0)]);
        assert_eq!(requested(&mut state, vec![key('j')]), [PaperId(1)]);
        assert!(requested(&mut state, vec![key('k'), arrived(1), Event::WakeUp]).is_empty());
        assert_eq!(requested(&mut state, vec![key('j')]), [PaperId(1)]);
    }
}
