//! Updates the derived parts of the state, once after each input.

use super::{facets, pick, popup};
use crate::app::model::mark_counts::MarkCounts;
use crate::app::model::state::State;

/// Computes the areas, scrolls cursors into view, recounts stale counts and lays out the paper.
/// Handlers only set flags of [`Stale`](crate::app::model::state::Stale).
pub fn refresh(state: &mut State) {
    state.divide_screen();
    if std::mem::take(&mut state.stale.cursor) {
        find_anchor(state);
    }
    let extent = state.list_extent();
    state.list.viewport.scroll_to_cursor(extent);
    state.scroll_below_headings();
    let extent = state.basket_extent();
    state.library.basket_viewport.scroll_to_cursor(extent);
    if state.selection.take_hidden_stale() {
        let shown = state.filter.hits.count_among(state.selection.papers());
        state.selection.hidden = state.selection.papers().len() - shown;
    }
    if std::mem::take(&mut state.stale.mark_counts) {
        let (hits, marks) = (&state.filter.hits, &state.library.marks);
        state.filter.marks.counts = MarkCounts::from_hits(hits, marks, state.corpus.len());
    }
    facets::refresh(state);
    popup::refresh(state);
    lay_out_text(state);
    pick::focus_filter(state);
}

/// Moves the cursor to its anchor paper, if the list has it.
fn find_anchor(state: &mut State) {
    let Some(rank) = state.list.anchor.and_then(|id| state.hits().position(id)) else { return };
    let viewport = &mut state.list.viewport;
    viewport.cursor = rank;
    if let Some(above) = state.list.rows_above.take() {
        viewport.top = rank.saturating_sub(above);
    }
}

/// Lays out the paper for the pane that shows it.
fn lay_out_text(state: &mut State) {
    let area = state.view.areas.detail;
    if let Some(paper_text) = &mut state.view.paper_text
        && !area.is_empty()
    {
        // One blank column on each side.
        let width = area.width.saturating_sub(2).max(1);
        let (marks, own) = (&state.library.marks, &state.settings.bibliography);
        paper_text.lay_out(&state.corpus, marks, own, width, state.view.tex_display, &state.filter);
        let last = paper_text.lines.len().saturating_sub(area.height.into());
        paper_text.top = paper_text.top.min(last);
    }
}
