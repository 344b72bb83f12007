//! What an action acts on, and copying it.

use super::list::PutAway;
use super::{Effect, State};
use crate::cite::Form;
use crate::domain::PaperId;
use crate::search::Hits;

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

/// Asks for a copy; it ends the selection, which can be selected again.
pub(super) fn copy(state: &mut State, form: Form) -> Vec<Effect> {
    let papers = subject(state);
    state.selection.last_form = Some(form);
    if papers.is_empty() {
        state.notices.fail("There is no paper to copy.");
        return Vec::new();
    }
    let taken = state.selection.take();
    if !taken.is_empty() {
        state.list.put_away.push(PutAway::Selection(taken));
    }
    count_hidden(state);
    vec![Effect::Copy { papers, form }]
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
    let shown = match &state.filter.hits {
        Hits::All(count) => state.selection.papers().iter().filter(|id| id.0 < *count).count(),
        Hits::Ranked(_) if state.selection.is_empty() => 0,
        Hits::Ranked(hits) => {
            hits.iter().filter(|hit| state.selection.place(hit.id()).is_some()).count()
        }
    };
    state.selection.hidden = state.selection.papers().len() - shown;
}
