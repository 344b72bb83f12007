//! Moves in the facet pane, searches its values and toggles them in the filter.

use std::sync::Arc;

use super::filter;
use crate::app::action::{FacetAction, Motion};
use crate::app::effect::Effect;
use crate::app::model::facet_counts::{CountedFacets, FacetKey, FacetRequest};
use crate::app::model::facet_group::FacetGroup;
use crate::app::model::facet_rows::{facet_rows, group_of, listed_values};
use crate::app::model::facets::{CountingStatus, Expansion, FacetOrder, FacetRow};
use crate::app::model::state::{Mode, State};
use crate::app::model::viewport::{Extent, Viewport};
use crate::search::{Request, Stage, Toggle, ValueState, toggle_value};
use crate::text::fold;

/// Keeps the cursor on its value, or at least on a row. Skipped while the pane is not on the screen,
/// since computing the rows clones every value.
pub fn refresh(state: &mut State) {
    if state.view.areas.facets.is_empty() {
        return;
    }
    let rows = facet_rows(state);
    let facets = &mut state.view.facets;
    let is_anchor = |row: &FacetRow| match (row, &facets.anchor) {
        (FacetRow::Value { group, value, .. }, Some((of, anchor))) => {
            group == of && value == anchor
        }
        _ => false,
    };
    if let Some(row) = rows.iter().position(is_anchor) {
        facets.viewport.cursor = row;
    }
    let height = state.view.areas.facets.height;
    facets.viewport.scroll_to_cursor(Extent::new(rows.len(), height.into()));
}

pub fn move_cursor(state: &mut State, motion: Motion, count: Option<usize>) {
    state.view.facets.anchor = None;
    let extent = Extent::new(facet_rows(state).len(), state.view.areas.facets.height.into());
    let before = state.view.facets.viewport.cursor;
    state.view.facets.viewport.apply(motion, count, extent);
    // The histogram only shows: it has nothing to choose.
    let at = state.view.facets.viewport.cursor;
    if facet_rows(state).get(at) == Some(&FacetRow::Histogram) {
        let motion = if at < before { Motion::Up } else { Motion::Down };
        state.view.facets.viewport.apply(motion, None, extent);
    }
}

pub fn apply(state: &mut State, action: FacetAction) -> Vec<Effect> {
    match action {
        FacetAction::Include => return toggle(state, Toggle::Include),
        FacetAction::Exclude => return toggle(state, Toggle::Exclude),
        FacetAction::Expand => expand(state),
        FacetAction::Collapse => collapse(state),
        FacetAction::SortValues => sort_values(state),
    }
    Vec::new()
}

/// The row under the cursor, with its group.
fn current_row(state: &State) -> Option<(FacetRow, FacetGroup)> {
    let row = facet_rows(state).into_iter().nth(state.view.facets.viewport.cursor)?;
    let group = group_of(&row)?;
    Some((row, group))
}

/// Shows more values of the group under the cursor.
fn expand(state: &mut State) {
    let Some((_, group)) = current_row(state) else { return };
    let facets = &mut state.view.facets;
    facets.anchor = None;
    let expansion = &mut facets.expansions[group as usize];
    *expansion = match *expansion {
        Expansion::Closed => Expansion::FirstValues,
        Expansion::FirstValues | Expansion::All => Expansion::All,
    };
}

/// Shows fewer values of the group under the cursor, and moves to its heading.
fn collapse(state: &mut State) {
    let Some((_, group)) = current_row(state) else { return };
    let facets = &mut state.view.facets;
    facets.anchor = None;
    let expansion = &mut facets.expansions[group as usize];
    *expansion = match *expansion {
        Expansion::All => Expansion::FirstValues,
        Expansion::FirstValues | Expansion::Closed => Expansion::Closed,
    };
    let rows = facet_rows(state);
    let heading = rows.iter().position(|row| *row == FacetRow::Group(group));
    state.view.facets.viewport.cursor = heading.unwrap_or(0);
}

/// Switches the order of the group under the cursor.
fn sort_values(state: &mut State) {
    let Some((row, group)) = current_row(state) else { return };
    let order = &mut state.view.facets.orders[group as usize];
    let (other, name) = match (*order, group) {
        (FacetOrder::Count, FacetGroup::Year) => (FacetOrder::Name, "year"),
        (FacetOrder::Count, _) => (FacetOrder::Name, "name"),
        (FacetOrder::Name, _) => (FacetOrder::Count, "count"),
    };
    *order = other;
    if let FacetRow::Value { value, .. } = row {
        state.view.facets.anchor = Some((group, value));
    }
    state.notices.info(format!("{} sorted by {name}", group.heading()));
}

/// Toggles the value under the cursor in the filter; on a heading, expands or collapses the group.
fn toggle(state: &mut State, how: Toggle) -> Vec<Effect> {
    let Some((row, group)) = current_row(state) else { return Vec::new() };
    let FacetRow::Value { value, .. } = row else {
        match state.view.facets.expansions[group as usize] {
            Expansion::All => collapse(state),
            Expansion::Closed | Expansion::FirstValues => expand(state),
        }
        return Vec::new();
    };
    let filter = state.filter.field.text();
    let Some(text) = toggle_value(filter, group.field(), &value, how) else {
        state.notices.error("The filter takes no value: close its parentheses and quotation marks");
        return Vec::new();
    };
    if how == Toggle::Include {
        keep_values(state, group);
    }
    let toggled = (group, value.clone());
    state.view.facets.toggled_values.retain(|it| *it != toggled);
    state.view.facets.toggled_values.push(toggled.clone());
    state.view.facets.anchor = Some(toggled);
    let was_included = state.filter.query.value_state(group.field(), &value);
    let effects = if was_included == Some(ValueState::Included) {
        filter::replace_from_current(state, &text)
    } else {
        filter::replace(state, &text)
    };
    state.filter.history.add(&text);
    effects
}

/// Keeps the values of a group that has none in the filter yet, so that its other values stay listed
/// once the filter has one.
fn keep_values(state: &mut State, group: FacetGroup) {
    let is_counted = group.is_counted_at_once() || state.filter.facets.names.is_some();
    if !is_final(state) || !is_counted || state.filter.query.includes_value(group.field()) {
        return;
    }
    let key = key(state, group, state.filter.query.source());
    let values = listed_values(state, group);
    state.view.facets.counting.counts.set(key, values);
}

fn is_final(state: &State) -> bool {
    state.filter.stage == Stage::Final
}

/// Sets the text that the listed values contain, and moves to the first value.
pub fn set_needle(state: &mut State, needle: &str) {
    let facets = &mut state.view.facets;
    needle.clone_into(&mut facets.needle);
    facets.counting.needed_for = None;
    facets.anchor = None;
    facets.viewport = Viewport::default();
    leave_needle_row(state);
}

/// Moves the cursor from the row of the needle to the first value, if there is one.
fn leave_needle_row(state: &mut State) {
    let rows = facet_rows(state);
    if rows.get(state.view.facets.viewport.cursor) != Some(&FacetRow::Needle) {
        return;
    }
    let first = rows.iter().position(|row| matches!(row, FacetRow::Value { .. }));
    state.view.facets.viewport.cursor = first.unwrap_or(0);
}

fn key(state: &State, group: FacetGroup, query: &str) -> FacetKey {
    let facets = &state.view.facets;
    FacetKey {
        group,
        query: query.trim_end().to_owned(),
        needle: fold(facets.needle.trim()),
        papers: state.load.searched.len,
        marks_version: facets.counting.marks_version,
    }
}

/// Requests the counts that the pane needs beside those of the search, one request at a time.
pub fn request_counts(state: &mut State) -> Option<Effect> {
    // While a filter is typed, the searches of its keys come first.
    let is_typing = matches!(state.mode, Mode::Filter);
    if state.view.areas.facets.is_empty() || !is_final(state) || is_typing {
        return None;
    }
    let counting = &state.view.facets.counting;
    let needed_for = (state.filter.query_id, state.load.searched.len, counting.marks_version);
    if counting.needed_for != Some(needed_for) {
        let needed = needed_keys(state);
        let counting = &mut state.view.facets.counting;
        (counting.needed, counting.needed_for) = (needed, Some(needed_for));
    }
    let counting = &state.view.facets.counting;
    let missing = counting.needed.iter().filter(|key| !counting.counts.has(key));
    let parts: Vec<_> = missing.map(|key| (key.clone(), request(state, key))).collect();
    if parts.is_empty() || counting.status == CountingStatus::Counting {
        return None;
    }
    state.view.facets.counting.status = CountingStatus::Counting;
    Some(Effect::CountFacets(FacetRequest { parts }))
}

/// The groups whose values are not those of the hits: all while values are searched, or else those
/// with a value in the filter.
fn needed_keys(state: &State) -> Vec<FacetKey> {
    let query = &state.filter.query;
    let is_searched = !state.view.facets.needle.trim().is_empty();
    let needed =
        FacetGroup::ALL.into_iter().filter_map(|group| match query.without_values(group.field()) {
            Some(rest) => Some(key(state, group, &rest)),
            None => is_searched.then(|| key(state, group, query.source())),
        });
    needed.collect()
}

fn request(state: &State, key: &FacetKey) -> Request {
    Request {
        bibliographies: state.settings.bibliography.clone(),
        query_id: state.filter.query_id,
        query: Arc::new(state.filter.parse(&key.query)),
        corpus: state.corpus.clone(),
        marks: Arc::clone(&state.library.marks),
        sort_key: state.filter.order,
        direction: state.filter.direction,
        judged_marks: None,
    }
}

/// Shows the values counted for a request.
pub fn show_counts(state: &mut State, counts: CountedFacets) {
    let counting = &mut state.view.facets.counting;
    counting.status = CountingStatus::Idle;
    for (key, values) in counts.counted {
        counting.counts.set(key, values);
    }
    leave_needle_row(state);
}
