//! Computes the rows of the facet pane from the state.

use super::facets::{Expansion, FacetGroup, FacetRow};
use super::state::State;

/// Number of values shown in a group until it is expanded.
pub const FIRST_VALUES_COUNT: usize = 7;

/// The rows of the pane, from the top.
pub fn facet_rows(state: &State) -> Vec<FacetRow> {
    let mut rows = Vec::new();
    for (group, extent) in FacetGroup::ALL.into_iter().zip(state.view.facets.expansions) {
        let values = with_toggled_values(state, group, &group.values(&state.filter));
        if values.is_empty() {
            continue;
        }
        rows.push(FacetRow::Group(group));
        if group == FacetGroup::Year {
            rows.push(FacetRow::Histogram);
        }
        let shown = match extent {
            Expansion::Closed => 0,
            Expansion::FirstValues => FIRST_VALUES_COUNT,
            Expansion::All => values.len(),
        };
        let more = values.len().saturating_sub(shown);
        let value = |(value, count)| FacetRow::Value { group, value, count };
        rows.extend(values.into_iter().take(shown).map(value));
        if more > 0 && extent == Expansion::FirstValues {
            rows.push(FacetRow::More(group, more));
        }
    }
    rows
}

/// Prepends the toggled values that no hit has, while the query still contains them.
pub fn with_toggled_values(
    state: &State,
    group: FacetGroup,
    values: &[(String, u32)],
) -> Vec<(String, u32)> {
    let query = &state.filter.query;
    let is_absent = |value: &String| !values.iter().any(|(it, _)| it == value);
    let chosen = state.view.facets.toggled_values.iter().filter(|(it, value)| {
        *it == group && query.value_state(group.field(), value).is_some() && is_absent(value)
    });
    chosen.map(|(_, value)| (value.clone(), 0)).chain(values.iter().cloned()).collect()
}

pub fn group_of(row: &FacetRow) -> FacetGroup {
    match row {
        FacetRow::Group(group) | FacetRow::More(group, _) | FacetRow::Value { group, .. } => *group,
        FacetRow::Histogram => FacetGroup::Year,
    }
}
