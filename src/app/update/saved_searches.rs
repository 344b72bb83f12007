//! Saved searches: saving, deleting, running, and their menu.

use std::collections::HashMap;
use std::sync::Arc;

use super::{filter, popup};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::popup::{PopupKind, SearchCount};
use crate::app::model::state::{Mode, State};
use crate::app::model::undo::UndoEntry;
use crate::library::{LibraryCommand, SavedSearch};
use crate::search::{Query, Request};

/// Maximum number of saved searches whose hits the menu counts: each count is a full search.
const MAX_COUNTED: usize = 200;

/// Saves the current filter and sort order under a name.
pub fn save(state: &mut State, name: &str) -> Vec<Effect> {
    let saved = SavedSearch {
        name: name.to_owned(),
        query: state.filter.field.text().trim_end().to_owned(),
        order: state.filter.order,
        direction: state.filter.direction,
    };
    let before = find_saved(state, name);
    state.library.undo.record(UndoEntry::Search { before, after: Some(saved.clone()) });
    vec![Effect::Library(LibraryCommand::SaveSearch(saved))]
}

fn find_saved(state: &State, name: &str) -> Option<SavedSearch> {
    state.library.searches.iter().find(|it| it.name == name).cloned()
}

/// Deletes a saved search.
pub fn delete(state: &mut State, name: String) -> Vec<Effect> {
    let Some(before) = find_saved(state, &name) else { return report_unknown(state, &name) };
    state.library.undo.record(UndoEntry::Search { before: Some(before), after: None });
    vec![Effect::Library(LibraryCommand::DeleteSearch(name))]
}

fn report_unknown(state: &mut State, name: &str) -> Vec<Effect> {
    state.notices.error(format!("No saved search \"{name}\" (F lists them)"));
    Vec::new()
}

/// The command that restores a saved search from state `is` to state `was`.
pub fn restore_command(was: Option<&SavedSearch>, is: Option<&SavedSearch>) -> LibraryCommand {
    match was {
        Some(was) => LibraryCommand::SaveSearch(was.clone()),
        None => LibraryCommand::DeleteSearch(is.map(|it| it.name.clone()).unwrap_or_default()),
    }
}

/// Replaces the saved searches, and reports the one added, changed or deleted.
pub fn replace_searches(state: &mut State, searches: Vec<SavedSearch>) {
    let before = std::mem::replace(&mut state.library.searches, searches);
    let now = &state.library.searches;
    let by_name = |all: &[SavedSearch]| -> HashMap<String, SavedSearch> {
        all.iter().map(|it| (it.name.clone(), it.clone())).collect()
    };
    let (old, new) = (by_name(&before), by_name(now));
    if let Some(saved) = now.iter().find(|it| old.get(&it.name) != Some(it)) {
        state.notices.info(format!("Saved search: {}", saved.name));
    } else if let Some(gone) = before.iter().find(|it| !new.contains_key(&it.name)) {
        state.notices.info(format!("Deleted search: {}", gone.name));
    }
}

/// Opens the menu and requests the counts.
pub fn open(state: &mut State) -> Vec<Effect> {
    popup::open(state, PopupKind::Searches(Vec::new()));
    let searches = &state.library.searches;
    if searches.len() > MAX_COUNTED {
        let told =
            format!("Counted only the first {MAX_COUNTED} of {} saved searches", searches.len());
        state.notices.info(told);
    }
    count(state)
}

/// Requests the counts again if the menu is open.
pub fn count_again(state: &State) -> Vec<Effect> {
    match &state.mode {
        Mode::Popup(popup) if matches!(popup.kind, PopupKind::Searches(_)) => count(state),
        _ => Vec::new(),
    }
}

/// Requests the counts, and today if a search has an age as in `since:7d`.
fn count(state: &State) -> Vec<Effect> {
    let searches = state.library.searches.iter().take(MAX_COUNTED);
    let requests: Vec<_> =
        searches.map(|saved| (saved.name.clone(), request(state, saved))).collect();
    if requests.is_empty() {
        return Vec::new();
    }
    let needs_today = requests.iter().any(|(_, request)| request.query.depends_on_today());
    let mut effects = vec![Effect::CountSearches(requests)];
    effects.extend(needs_today.then_some(Effect::ReadDate));
    effects
}

fn request(state: &State, saved: &SavedSearch) -> Request {
    let query = Query::parse(&saved.query);
    let query = match state.filter.query.today() {
        Some(today) => query.with_today(today),
        None => query,
    };
    Request {
        bibliographies: state.settings.bibliography.clone(),
        query_id: state.filter.query_id,
        query: Arc::new(query),
        corpus: state.corpus.clone(),
        marks: Arc::clone(&state.library.marks),
        sort_key: saved.order,
        direction: saved.direction,
        judged_marks: None,
    }
}

/// Shows the counts in the menu, if it is still open.
pub fn show_counts(state: &mut State, counts: Vec<SearchCount>) {
    if let Mode::Popup(popup) = &mut state.mode
        && let PopupKind::Searches(shown) = &mut popup.kind
    {
        *shown = counts;
    }
}

/// Runs the saved search with this name.
pub fn run(state: &mut State, name: &str) -> Vec<Effect> {
    let Some(saved) = find_saved(state, name) else { return report_unknown(state, name) };
    state.view.pane = Pane::List;
    filter::remember_for_undo(state, &saved.query);
    search_as_saved(state, &saved)
}

/// Applies the query and the sort order.
pub fn search_as_saved(state: &mut State, saved: &SavedSearch) -> Vec<Effect> {
    (state.filter.order, state.filter.direction) = (saved.order, saved.direction);
    if !saved.name.is_empty() {
        state.notices.info(format!("Saved search: {}", saved.name));
    }
    let effects = filter::replace(state, &saved.query);
    if effects.is_empty() { filter::restart_search(state) } else { effects }
}
