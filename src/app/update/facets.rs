//! Moves in the facet pane and toggles values in the filter.

use super::filter;
use crate::app::action::{FacetAction, Motion};
use crate::app::effect::Effect;
use crate::app::model::facet_rows::{facet_rows, group_of};
use crate::app::model::facets::{Expansion, FacetRow};
use crate::app::model::state::State;
use crate::app::model::viewport::Extent;
use crate::search::{Toggle, toggle_value};

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
    state.view.facets.viewport.apply(motion, count, extent);
}

pub fn apply(state: &mut State, action: FacetAction) -> Vec<Effect> {
    match action {
        FacetAction::Include => return toggle(state, Toggle::Include),
        FacetAction::Exclude => return toggle(state, Toggle::Exclude),
        FacetAction::Expand => expand(state),
        FacetAction::Collapse => collapse(state),
    }
    Vec::new()
}

/// Shows more values of the group under the cursor.
fn expand(state: &mut State) {
    let rows = facet_rows(state);
    let Some(row) = rows.get(state.view.facets.viewport.cursor) else { return };
    let facets = &mut state.view.facets;
    facets.anchor = None;
    let expansion = &mut facets.expansions[group_of(row) as usize];
    *expansion = match *expansion {
        Expansion::Closed => Expansion::FirstValues,
        Expansion::FirstValues | Expansion::All => Expansion::All,
    };
}

/// Shows fewer values of the group under the cursor, and moves to its heading.
fn collapse(state: &mut State) {
    let rows = facet_rows(state);
    let Some(row) = rows.get(state.view.facets.viewport.cursor) else { return };
    let group = group_of(row);
    let facets = &mut state.view.facets;
    facets.anchor = None;
    let expansion = &mut facets.expansions[group as usize];
    *expansion = match *expansion {
        Expansion::All => Expansion::FirstValues,
        Expansion::FirstValues | Expansion::Closed => Expansion::Closed,
    };
    let heading = rows.iter().position(|row| *row == FacetRow::Group(group));
    facets.viewport.cursor = heading.unwrap_or(0);
}

/// Toggles the value under the cursor in the filter; on a heading, expands or collapses the group.
fn toggle(state: &mut State, how: Toggle) -> Vec<Effect> {
    let row = facet_rows(state).get(state.view.facets.viewport.cursor).cloned();
    match row {
        Some(FacetRow::Value { group, value, .. }) => {
            let toggled = (group, value.clone());
            state.view.facets.toggled_values.retain(|it| *it != toggled);
            state.view.facets.toggled_values.push(toggled.clone());
            state.view.facets.anchor = Some(toggled);
            let text = toggle_value(state.filter.field.text(), group.field(), &value, how);
            let effects = filter::replace(state, &text);
            state.filter.history.add(&text);
            effects
        }
        Some(row) => {
            match state.view.facets.expansions[group_of(&row) as usize] {
                Expansion::All => collapse(state),
                Expansion::Closed | Expansion::FirstValues => expand(state),
            }
            Vec::new()
        }
        None => Vec::new(),
    }
}
