//! Selecting papers, and what an action acts on.

use super::{basket, list};
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::target::{CorpusKind, Target};
use crate::domain::PaperId;

/// Returns the papers that a copy, an export or a pipe acts on: where a count was typed, so many
/// rows from the cursor on; else the whole basket where that is open, the selection in its order,
/// hidden rows included, or the paper under the cursor. A range being chosen becomes the selection.
pub fn action_target(state: &mut State, count: Option<usize>) -> Target {
    end_range(state);
    if state.view.pane == Pane::Basket {
        let all = basket::papers(state);
        let papers = match (count, state.basket_row()) {
            (Some(count), Some(row)) => all.into_iter().skip(row).take(count).collect(),
            _ => all,
        };
        return Target { corpus: CorpusKind::Basket, papers };
    }
    let papers = match count {
        None if !state.selection.is_empty() => state.selection.papers().to_vec(),
        _ => rows_from_cursor(state, count.unwrap_or(1)),
    };
    Target { corpus: CorpusKind::Screen, papers }
}

fn rows_from_cursor(state: &State, count: usize) -> Vec<PaperId> {
    let ranks = state.list.cursor..state.hits().len();
    ranks.take(count).filter_map(|rank| state.hits().get(rank)).collect()
}

/// Returns every paper of the list, or of the basket where that is open.
pub fn all_listed(state: &State) -> Target {
    if state.view.pane == Pane::Basket {
        return Target { corpus: CorpusKind::Basket, papers: basket::papers(state) };
    }
    let hits = state.hits();
    let papers = (0..hits.len()).filter_map(|rank| hits.get(rank)).collect();
    Target { corpus: CorpusKind::Screen, papers }
}

/// Returns the papers to mark: in the basket and in triage, that under the cursor; else those that
/// a copy acts on.
pub fn mark_target(state: &mut State) -> Target {
    match state.view.pane {
        Pane::Basket => {
            let row = state.basket_row().map(|row| PaperId(row as u32));
            Target { corpus: CorpusKind::Basket, papers: row.into_iter().collect() }
        }
        // A verdict is on the paper that fills the screen.
        Pane::Triage => Target { corpus: CorpusKind::Screen, papers: rows_from_cursor(state, 1) },
        Pane::List | Pane::Detail | Pane::Facets | Pane::Reader => action_target(state, None),
    }
}

/// A range being chosen becomes part of the selection.
pub fn end_range(state: &mut State) {
    let ranks = state.selection.end_range(state.list.cursor);
    let papers: Vec<PaperId> = ranks.iter().filter_map(|&rank| state.hits().get(rank)).collect();
    for id in papers {
        state.selection.add(id);
    }
    count_hidden(state);
}

pub fn select(state: &mut State, count: usize) {
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

pub fn toggle_range(state: &mut State) {
    if state.selection.anchor().is_some() {
        end_range(state);
    } else if state.current().is_some() {
        state.selection.begin_range(state.list.cursor);
    }
}

pub fn select_again(state: &mut State) {
    let previous = state.selection.previous().to_vec();
    if previous.is_empty() {
        state.notices.info("Nothing was selected before.");
    }
    for id in previous {
        state.selection.add(id);
    }
    count_hidden(state);
}

/// Selects what is not selected, of the rows shown.
pub fn invert(state: &mut State) {
    end_range(state);
    let hits = state.hits();
    let papers: Vec<PaperId> = (0..hits.len())
        .filter_map(|rank| hits.get(rank))
        .filter(|id| state.selection.number_of(*id).is_none())
        .collect();
    state.selection.replace(papers);
    count_hidden(state);
}

/// Counts the selected papers that the list does not show.
pub fn count_hidden(state: &mut State) {
    let shown = state.filter.hits.count_among(state.selection.papers());
    state.selection.hidden = state.selection.papers().len() - shown;
}
