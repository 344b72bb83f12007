//! Selecting papers, and what an action acts on.

use super::{State, list};
use crate::domain::PaperId;

/// The papers to act on: the selection in its order, hidden rows included, else the paper under
/// the cursor. A range being chosen becomes the selection.
pub(super) fn subject(state: &mut State) -> Vec<PaperId> {
    end_range(state);
    if state.selection.is_empty() {
        state.current().map(|(id, _)| id).into_iter().collect()
    } else {
        state.selection.papers().to_vec()
    }
}

/// A range being chosen becomes part of the selection.
pub(super) fn end_range(state: &mut State) {
    let ranks = state.selection.end_range(state.list.cursor);
    let papers: Vec<PaperId> = ranks.iter().filter_map(|&rank| state.hits().get(rank)).collect();
    for id in papers {
        state.selection.add(id);
    }
    count_hidden(state);
}

pub(super) fn select(state: &mut State, count: usize) {
    if state.selection.anchor().is_some() {
        return end_range(state);
    }
    let left = state.hits().len().saturating_sub(state.list.cursor);
    for _ in 0..count.min(left) {
        if let Some((id, _)) = state.current() {
            state.selection.toggle(id);
            list::down(state, 1);
        }
    }
    count_hidden(state);
}

pub(super) fn range(state: &mut State) {
    if state.selection.anchor().is_some() {
        end_range(state);
    } else if state.current().is_some() {
        state.selection.begin_range(state.list.cursor);
    }
}

pub(super) fn select_again(state: &mut State) {
    let previous = state.selection.previous().to_vec();
    if previous.is_empty() {
        state.notices.tell("Nothing was selected before.");
    }
    for id in previous {
        state.selection.add(id);
    }
    count_hidden(state);
}

/// Selects what is not selected, of the rows shown.
pub(super) fn invert(state: &mut State) {
    end_range(state);
    let hits = state.hits();
    let papers: Vec<PaperId> = (0..hits.len())
        .filter_map(|rank| hits.get(rank))
        .filter(|id| state.selection.place(*id).is_none())
        .collect();
    state.selection.replace(papers);
    count_hidden(state);
}

/// Counts the selected papers that the list does not show.
pub(super) fn count_hidden(state: &mut State) {
    let shown = state.filter.hits.shown(state.selection.papers());
    state.selection.hidden = state.selection.papers().len() - shown;
}
