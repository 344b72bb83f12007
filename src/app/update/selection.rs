//! The selection, and the target of actions.

use super::list;
use crate::app::action::{Motion, SelectAction};
use crate::app::model::layout::Pane;
use crate::app::model::state::State;
use crate::app::model::target::{CorpusKind, Target};
use crate::domain::PaperId;

/// The papers that a copy, an export or a pipe applies to. With a count: that many rows from the
/// cursor on. Without: the whole basket if it is open, or else the selection in its order, hidden
/// rows included, or else the paper under the cursor. A range in progress becomes the selection.
pub fn action_target(state: &mut State, count: Option<usize>) -> Target {
    end_range(state);
    if state.view.pane == Pane::Basket {
        let all = basket_papers(state);
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
    let ranks = state.list.viewport.cursor..state.hits().len();
    ranks.take(count).filter_map(|rank| state.hits().get(rank)).collect()
}

/// Every paper of the list, or of the basket if it is open.
pub fn all_listed(state: &State) -> Target {
    if state.view.pane == Pane::Basket {
        return Target { corpus: CorpusKind::Basket, papers: basket_papers(state) };
    }
    let hits = state.hits();
    let papers = (0..hits.len()).filter_map(|rank| hits.get(rank)).collect();
    Target { corpus: CorpusKind::Screen, papers }
}

/// The papers to mark: in the basket and in triage the one under the cursor, elsewhere those of
/// [`action_target`].
pub fn mark_target(state: &mut State) -> Target {
    match state.view.pane {
        Pane::Basket => {
            let row = state.basket_row().map(|row| PaperId(row as u32));
            Target { corpus: CorpusKind::Basket, papers: row.into_iter().collect() }
        }
        // A triage decision applies to the paper on the screen only.
        Pane::Triage => Target { corpus: CorpusKind::Screen, papers: rows_from_cursor(state, 1) },
        Pane::List | Pane::Detail | Pane::Facets | Pane::Reader => action_target(state, None),
    }
}

/// Adds the range in progress to the selection.
pub fn end_range(state: &mut State) {
    let ranks = state.selection.end_range(state.list.viewport.cursor);
    let papers: Vec<PaperId> = ranks.iter().filter_map(|&rank| state.hits().get(rank)).collect();
    for id in papers {
        state.selection.add(id);
    }
}

pub fn apply(state: &mut State, action: SelectAction, count: Option<usize>) {
    match action {
        SelectAction::Toggle => toggle(state, count.unwrap_or(1)),
        SelectAction::Range => toggle_range(state),
        SelectAction::Again => select_again(state),
        SelectAction::Invert => invert(state),
        SelectAction::All => select_all(state),
    }
}

/// Toggles the paper under the cursor and moves down, `count` times; or ends a range.
fn toggle(state: &mut State, count: usize) {
    if state.selection.anchor().is_some() {
        return end_range(state);
    }
    let left = state.hits().len().saturating_sub(state.list.viewport.cursor);
    for _ in 0..count.min(left) {
        if let Some((id, _)) = state.current() {
            state.selection.toggle(id);
            list::move_cursor(state, Motion::Down, None);
        }
    }
}

fn toggle_range(state: &mut State) {
    if state.selection.anchor().is_some() {
        end_range(state);
    } else if state.current().is_some() {
        state.selection.begin_range(state.list.viewport.cursor);
    }
}

fn select_again(state: &mut State) {
    let previous = state.selection.previous().to_vec();
    if previous.is_empty() {
        state.notices.info("No earlier selection");
    }
    for id in previous {
        state.selection.add(id);
    }
}

/// Selects the listed papers that are not selected, and deselects the rest.
/// Adds every listed paper to the selection.
fn select_all(state: &mut State) {
    end_range(state);
    let listed: Vec<PaperId> = state.hits().ids().collect();
    for id in listed {
        state.selection.add(id);
    }
}

fn invert(state: &mut State) {
    end_range(state);
    let hits = state.hits();
    let papers: Vec<PaperId> = (0..hits.len())
        .filter_map(|rank| hits.get(rank))
        .filter(|id| state.selection.number_of(*id).is_none())
        .collect();
    state.selection.replace(papers);
}

/// The papers of the basket, in order.
fn basket_papers(state: &State) -> Vec<PaperId> {
    (0..state.library.basket.corpus.len()).map(PaperId).collect()
}
