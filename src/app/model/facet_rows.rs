//! Computes the rows of the facet pane from the state.

use std::cmp::Reverse;

use super::facet_counts::FacetValues;
use super::facet_group::FacetGroup;
use super::facets::{Expansion, FacetOrder, FacetRow};
use super::state::State;
use crate::text::fold;

/// Number of values shown in a group until it is expanded.
pub const FIRST_VALUES_COUNT: usize = 7;

/// The rows of the pane, from the top.
pub fn facet_rows(state: &State) -> Vec<FacetRow> {
    let facets = &state.view.facets;
    let has_needle = !facets.needle.trim().is_empty();
    let mut rows = Vec::new();
    if has_needle {
        rows.push(FacetRow::Needle);
    }
    for (group, expansion) in FacetGroup::ALL.into_iter().zip(facets.expansions) {
        let values = with_toggled_values(state, group, &listed_values(state, group));
        if values.is_empty() {
            continue;
        }
        rows.push(FacetRow::Group(group));
        if group == FacetGroup::Year && !has_needle {
            rows.push(FacetRow::Histogram);
        }
        let shown = match expansion {
            _ if has_needle => values.len(),
            Expansion::Closed => 0,
            Expansion::FirstValues => FIRST_VALUES_COUNT,
            Expansion::All => values.len(),
        };
        let more = values.len().saturating_sub(shown);
        let value = |(value, count)| FacetRow::Value { group, value, count };
        rows.extend(values.into_iter().take(shown).map(value));
        if more > 0 && expansion == Expansion::FirstValues {
            rows.push(FacetRow::More(group, more));
        }
    }
    rows
}

/// The values of a group in its order: those counted beside the search if the group needs them, or
/// else those of the hits. While a count is pending, the last one is listed.
pub fn listed_values(state: &State, group: FacetGroup) -> FacetValues {
    let facets = &state.view.facets;
    let is_needed = facets.counting.needed.iter().any(|key| key.group == group);
    let counted = facets.counting.counts.of_group(group).filter(|_| is_needed);
    let needle = fold(facets.needle.trim());
    let mut values = match counted {
        Some((_, values)) => values.clone(),
        None => group.values(&state.filter),
    };
    // The last count may be of another needle.
    values.retain(|(value, _)| needle.is_empty() || fold(value).contains(&needle));
    sort_values(&mut values, group, facets.orders[group as usize]);
    values
}

fn sort_values(values: &mut FacetValues, group: FacetGroup, order: FacetOrder) {
    match (group, order) {
        (FacetGroup::Marks, FacetOrder::Count) => {}
        (FacetGroup::Year, FacetOrder::Name) => {
            values.sort_by_key(|(year, _)| Reverse(year.parse::<i16>().ok()));
        }
        (_, FacetOrder::Count) => values.sort_by_key(|(_, count)| Reverse(*count)),
        (_, FacetOrder::Name) => values.sort_by_cached_key(|(value, _)| fold(value)),
    }
}

/// Prepends the toggled values that no hit has, while the query still contains them.
pub fn with_toggled_values(
    state: &State,
    group: FacetGroup,
    values: &[(String, u32)],
) -> Vec<(String, u32)> {
    let query = &state.filter.query;
    let needle = fold(state.view.facets.needle.trim());
    let is_absent =
        |value: &String| fold(value).contains(&needle) && !values.iter().any(|(it, _)| it == value);
    let chosen = state.view.facets.toggled_values.iter().filter(|(it, value)| {
        *it == group && query.value_state(group.field(), value).is_some() && is_absent(value)
    });
    chosen.map(|(_, value)| (value.clone(), 0)).chain(values.iter().cloned()).collect()
}

/// The group of a row; `None` for the needle.
pub fn group_of(row: &FacetRow) -> Option<FacetGroup> {
    match row {
        FacetRow::Needle => None,
        FacetRow::Group(group) | FacetRow::More(group, _) | FacetRow::Value { group, .. } => {
            Some(*group)
        }
        FacetRow::Histogram => Some(FacetGroup::Year),
    }
}
