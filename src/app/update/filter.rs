//! The filter: edits of its text, search requests and their responses.

use std::sync::Arc;

use super::for_you;
use crate::app::effect::Effect;
use crate::app::model::filter::{CompletionCycle, SkippedVisibility};
use crate::app::model::layout::Pane;
use crate::app::model::load::SearchedCorpus;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;
use crate::app::model::undo::UndoEntry;
use crate::search::{
    CalendarDay, Facets, Hits, Query, QueryField, Request, Response, Stage, complete, format_term,
    paste_likelihood,
};
use crate::text::tex_to_unicode;

/// Searches for the text of the field if its meaning has changed.
pub fn search_if_changed(state: &mut State) -> Vec<Effect> {
    let text = state.filter.field.text();
    if text == state.filter.query.source() {
        return Vec::new();
    }
    let query = state.filter.parse_field();
    if query.is_equivalent(&state.filter.query) {
        state.filter.query = Arc::new(query);
        return Vec::new();
    }
    search_query(state, query)
}

/// Searches for the text of the field with the current marks.
fn search_again(state: &mut State) -> Vec<Effect> {
    let query = state.filter.parse_field();
    search_query(state, query)
}

/// Searches for the query with the current marks. The cursor goes to the first hit, or stays on its
/// paper if the query is empty.
fn search_query(state: &mut State, query: Query) -> Vec<Effect> {
    state.filter.marks.snapshot = Arc::clone(&state.library.marks);
    // A range in progress becomes the selection before its ranks change.
    super::selection::end_range(state);
    if query.is_empty() {
        super::list::keep_through_clearing(state, &query);
    } else {
        super::list::go_to_top(state);
    }
    report_cut_query(state, &query);
    state.filter.query = Arc::new(query);
    let mut effects = restart_search(state);
    if state.filter.query.depends_on_today() {
        effects.push(Effect::ReadDate);
    }
    effects
}

/// Sets the day from which ages are counted back. Searches again if the query has an age.
pub fn set_today(state: &mut State, today: CalendarDay) -> Vec<Effect> {
    let query = Query::clone(&state.filter.query).with_today(today);
    state.filter.query = Arc::new(query);
    if state.filter.query.depends_on_today() { restart_search(state) } else { Vec::new() }
}

/// Notifies once that the query was truncated. Pasted text may be a list of references, which is
/// read as a whole, so that its response decides.
fn report_cut_query(state: &mut State, query: &Query) {
    if paste_likelihood(query.source()).is_some() {
        return;
    }
    if state.filter.query.ignored_tail().is_empty() {
        report_ignored_words(state, query);
    }
}

fn report_ignored_words(state: &mut State, query: &Query) {
    let unasked = query.ignored_tail().split_whitespace().count();
    if unasked > 0 {
        state.notices.info(format!("Filter too long: its last {unasked} words are ignored"));
    }
}

/// Replaces the text of the field and searches.
pub fn replace(state: &mut State, text: &str) -> Vec<Effect> {
    state.filter.field = TextField::new(text);
    state.filter.forget_completion();
    search_if_changed(state)
}

/// As [`replace`], but the cursor stays on its paper if that is listed.
pub fn replace_from_current(state: &mut State, text: &str) -> Vec<Effect> {
    let current = state.current().map(|(id, _)| id);
    let effects = replace(state, text);
    if !state.filter.query.is_empty() && current.is_some() {
        state.list.anchor = current;
    }
    effects
}

/// Searches for the same query under a new id; the cursor stays on its paper.
pub fn restart_search(state: &mut State) -> Vec<Effect> {
    state.filter.query_id.0 += 1;
    state.filter.approximate.corrections.clear();
    state.filter.approximate.similar = Arc::default();
    state.list.references = None;
    search(state)
}

/// Searches for the same query under the same id, for example after papers were added.
pub fn search(state: &mut State) -> Vec<Effect> {
    let judged_marks = for_you::freeze_judged_marks(state);
    show_all(state);
    state.load.searched = SearchedCorpus { len: state.corpus.len(), is_linked_since: false };
    state.filter.stage = Stage::Partial;
    vec![Effect::Search(Request {
        bibliographies: state.settings.bibliography.clone(),
        query_id: state.filter.query_id,
        query: Arc::clone(&state.filter.query),
        corpus: state.corpus.clone(),
        marks: Arc::clone(&state.filter.marks.snapshot),
        sort_key: state.filter.order,
        direction: state.filter.direction,
        judged_marks,
    })]
}

/// Lists every paper if nothing is filtered, which needs no search.
pub fn show_all(state: &mut State) {
    if state.filter.shows_all(&state.corpus) {
        let all = Hits::all(&state.corpus, state.filter.order, &state.load.all_hits);
        state.load.all_hits.clone_from(&all);
        state.set_hits(all);
    }
}

/// Applies a search response, unless it is stale or follows the final one.
pub fn handle_response(state: &mut State, answer: Response) -> Vec<Effect> {
    let filter = &mut state.filter;
    let is_late = filter.stage == Stage::Final && answer.stage != Stage::Final;
    if answer.query_id != filter.query_id || is_late {
        return Vec::new();
    }
    if !filter.shows_all(&state.corpus) {
        let anchor = state.selection.anchor().and_then(|rank| filter.hits.get(rank));
        state.set_hits(answer.hits);
        if let Some(rank) = anchor.and_then(|id| state.hits().position(id)) {
            state.selection.begin_range(rank);
        }
    }
    let filter = &mut state.filter;
    state.list.response_id = answer.query_id;
    state.list.references = answer.references;
    filter.approximate.corrections = answer.corrections;
    filter.approximate.similar = answer.similar;
    filter.stage = answer.stage;
    if let Some(facets) = answer.facets {
        // Names are counted last; until then the previous counts are shown.
        filter.facets = if facets.names.is_some() {
            facets
        } else {
            let names = filter.facets.names.clone();
            Arc::new(Facets { names, ..Facets::clone(&facets) })
        };
    }
    let is_final = state.filter.stage == Stage::Final;
    let query = Arc::clone(&state.filter.query);
    if is_final && state.list.references.is_none() && paste_likelihood(query.source()).is_some() {
        report_ignored_words(state, &query);
    }
    let is_due = is_final && state.is_search_due();
    if is_due { search(state) } else { Vec::new() }
}

/// Closes the filter and keeps its query. Searches again if marks have changed since.
pub fn accept(state: &mut State) -> Vec<Effect> {
    state.filter.field.trim_end();
    state.filter.history.add(state.filter.field.text());
    state.filter.forget_completion();
    state.mode = Mode::Panes;
    let is_changed = !Arc::ptr_eq(&state.filter.marks.snapshot, &state.library.marks);
    if is_changed { search_from_current(state) } else { Vec::new() }
}

/// Searches again and keeps the cursor on its paper.
fn search_from_current(state: &mut State) -> Vec<Effect> {
    let current = state.current().map(|(id, _)| id);
    let effects = search_again(state);
    if !state.filter.query.is_empty() {
        state.list.anchor = current;
    }
    effects
}

/// Shows or hides skipped papers.
pub fn toggle_skipped(state: &mut State) -> Vec<Effect> {
    let skipped = match state.filter.marks.skipped {
        SkippedVisibility::Hidden => SkippedVisibility::Shown,
        SkippedVisibility::Shown => SkippedVisibility::Hidden,
    };
    set_skipped(state, skipped)
}

pub fn set_skipped(state: &mut State, skipped: SkippedVisibility) -> Vec<Effect> {
    state.filter.marks.skipped = skipped;
    state.notices.info(match skipped {
        SkippedVisibility::Shown => "Skipped papers shown; :hidden hides them",
        SkippedVisibility::Hidden => "Skipped papers hidden",
    });
    search_from_current(state)
}

/// Opens the filter and remembers its text and the current paper, to which a cancel returns.
pub fn open(state: &mut State) {
    super::list::save_filter_origin(state);
    let text = state.filter.field.text().trim_end();
    text.clone_into(&mut state.filter.history.text_before);
    state.mode = Mode::Filter;
}

/// Opens the filter with this text; undo restores the one before.
pub fn edit_as(state: &mut State, text: &str) -> Vec<Effect> {
    state.view.pane = Pane::List;
    open(state);
    replace_undoably(state, text)
}

/// Replaces the filter; undo restores the one before.
pub fn replace_undoably(state: &mut State, text: &str) -> Vec<Effect> {
    remember_for_undo(state, text);
    replace(state, text)
}

/// Closes the filter and returns to the text and to the row from which it was opened. Undo restores
/// the cancelled text.
pub fn cancel(state: &mut State) -> Vec<Effect> {
    let text = std::mem::take(&mut state.filter.history.text_before);
    state.filter.field.trim_end();
    let is_edited = state.filter.field.text() != text;
    remember_for_undo(state, &text);
    let effects = replace(state, &text);
    // A filter that becomes empty has found its row already.
    if !is_edited || !state.filter.query.is_empty() {
        super::list::return_to_origin(state);
    }
    state.mode = Mode::Panes;
    effects
}

/// Clears the filter; undo restores it.
pub fn clear(state: &mut State) -> Vec<Effect> {
    if state.filter.field.is_empty() {
        return Vec::new();
    }
    remember_for_undo(state, "");
    replace(state, "")
}

/// Adds the current filter to the history and to the undo stack before it is replaced.
pub fn remember_for_undo(state: &mut State, after: &str) {
    let before = state.filter.field.text().to_owned();
    if !before.is_empty() && before != after {
        state.filter.history.add(&before);
        state.library.undo.record(UndoEntry::Filter { before, after: after.to_owned() });
    }
}

/// Completes a prefix or the value after it; repeated calls cycle through the candidates. Returns
/// `None` without candidates.
pub fn complete_value(state: &mut State) -> Option<Vec<Effect>> {
    let filter = &mut state.filter;
    // After the only prefix that begins with the typed letters, its value is completed.
    let is_prefix = |it: &CompletionCycle| match it.candidates.as_slice() {
        [only] => only.text.ends_with(':'),
        _ => false,
    };
    let cycle = filter.completion.take().filter(|it| !is_prefix(it));
    let (candidates, at, before) = if let Some(it) = cycle {
        (it.candidates, it.current + 1, it.original_text)
    } else {
        let text = filter.field.text();
        let marks = &state.library.marks;
        let candidates = complete(&state.corpus, marks, text, filter.field.cursor());
        (candidates, 0, text.to_owned())
    };
    let at = at.checked_rem(candidates.len())?;
    let chosen = &candidates[at];
    let mut text = before.clone();
    text.replace_range(chosen.replace.clone(), &chosen.text);
    let effects = replace(state, &text);
    state.filter.completion =
        Some(CompletionCycle { candidates, current: at, original_text: before });
    Some(effects)
}

pub fn filter_by_author(state: &mut State) -> Vec<Effect> {
    let first = state.current().map(|(_, paper)| paper.authors().next().unwrap_or_default());
    let author = first.map(|it| tex_to_unicode(it).into_owned());
    filter_by_value(state, QueryField::Authors, "author", author)
}

pub fn filter_by_category(state: &mut State) -> Vec<Effect> {
    let category = state.current().map(|(_, paper)| paper.category().to_owned());
    filter_by_value(state, QueryField::Category, "category", category)
}

/// Filters by a value of the current paper. Does nothing in the basket, which has no filter.
fn filter_by_value(
    state: &mut State,
    field: QueryField,
    name: &str,
    value: Option<String>,
) -> Vec<Effect> {
    let Some(value) = value.filter(|_| state.view.pane != Pane::Basket) else { return Vec::new() };
    if value.is_empty() {
        state.notices.info(format!("No {name} known for this paper"));
        return Vec::new();
    }
    if state.view.pane == Pane::Reader {
        state.view.pane = Pane::List;
    }
    let text = format_term(field, &value);
    if state.filter.field.text() != text {
        remember_for_undo(state, &text);
    }
    replace(state, &text)
}
