//! Moves in the facet pane and toggles values in the filter.

use super::filter;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::facet_rows::{facet_rows, group_of};
use crate::app::model::facets::{Expansion, FacetRow};
use crate::app::model::state::State;
use crate::search::{Toggle, toggle_value};

/// After the counts have changed: the cursor stays on its value, or at least among the rows.
pub fn clamp(state: &mut State) {
    let rows = facet_rows(state);
    let is_at = |row: &FacetRow| match (row, &state.view.facets.anchor) {
        (FacetRow::Value { group, value, .. }, Some((at, kept))) => group == at && value == kept,
        _ => false,
    };
    let cursor = rows.iter().position(is_at).unwrap_or(state.view.facets.cursor);
    state.view.facets.cursor = cursor.min(rows.len().saturating_sub(1));
    scroll(state);
}

pub fn scroll(state: &mut State) {
    let height = usize::from(state.view.areas.facets.height).max(1);
    let cursor = state.view.facets.cursor;
    state.view.facets.top =
        state.view.facets.top.clamp((cursor + 1).saturating_sub(height), cursor);
}

pub fn move_cursor(state: &mut State, action: Action, count: Option<usize>) {
    state.view.facets.anchor = None;
    let steps = count.unwrap_or(1);
    let page = usize::from(state.view.areas.facets.height).max(2) - 1;
    let cursor = state.view.facets.cursor;
    state.view.facets.cursor = match action {
        Action::Down => cursor.saturating_add(steps),
        Action::Up => cursor.saturating_sub(steps),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::First => count.unwrap_or(1).saturating_sub(1),
        Action::Last => count.map_or(usize::MAX, |row| row.saturating_sub(1)),
        _ => cursor,
    };
    clamp(state);
}

/// Opens or closes the group under the cursor.
pub fn set_expansion(state: &mut State, action: Action) {
    state.view.facets.anchor = None;
    let rows = facet_rows(state);
    let Some(row) = rows.get(state.view.facets.cursor) else { return };
    let group = group_of(row);
    let extent = &mut state.view.facets.expansions[group as usize];
    *extent = match (action, *extent) {
        (Action::Expand, Expansion::Closed) => Expansion::FirstValues,
        (Action::Expand, _) => Expansion::All,
        (_, Expansion::All) => Expansion::FirstValues,
        (_, _) => Expansion::Closed,
    };
    let heading = rows.iter().position(|row| *row == FacetRow::Group(group)).unwrap_or(0);
    if action == Action::Collapse {
        state.view.facets.cursor = heading;
    }
    clamp(state);
}

/// Puts the value under the cursor into the filter or takes it out; on a heading opens or closes.
pub fn toggle(state: &mut State, how: Toggle) -> Vec<Effect> {
    let row = facet_rows(state).get(state.view.facets.cursor).cloned();
    match row {
        Some(FacetRow::Value { group, value, .. }) => {
            let chosen = (group, value.clone());
            state.view.facets.toggled_values.retain(|it| *it != chosen);
            state.view.facets.toggled_values.push(chosen.clone());
            state.view.facets.anchor = Some(chosen);
            let text = toggle_value(state.filter.field.text(), group.field(), &value, how);
            let effects = filter::replace(state, &text);
            state.filter.history.add(&text);
            effects
        }
        Some(row) => {
            let is_open = state.view.facets.expansions[group_of(&row) as usize] == Expansion::All;
            set_expansion(state, if is_open { Action::Collapse } else { Action::Expand });
            Vec::new()
        }
        None => Vec::new(),
    }
}
