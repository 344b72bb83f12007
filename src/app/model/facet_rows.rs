//! TODO header.

use super::facets::{Extent, FacetRow, Group};
use super::state::State;

/// Values shown before the rest is asked for.
pub const SHORT: usize = 7;

/// The rows of the pane, from the top.
pub fn rows(state: &State) -> Vec<FacetRow> {
    let mut rows = Vec::new();
    for (group, extent) in Group::ALL.into_iter().zip(state.view.facets.extents) {
        let values = with_chosen(state, group, &group.values(&state.filter));
        if values.is_empty() {
            continue;
        }
        rows.push(FacetRow::Group(group));
        if group == Group::Year {
            rows.push(FacetRow::Histogram);
        }
        let shown = match extent {
            Extent::Closed => 0,
            Extent::Short => SHORT,
            Extent::All => values.len(),
        };
        let more = values.len().saturating_sub(shown);
        let value = |(value, count)| FacetRow::Value { group, value, count };
        rows.extend(values.into_iter().take(shown).map(value));
        if more > 0 && extent == Extent::Short {
            rows.push(FacetRow::More(group, more));
        }
    }
    rows
}

/// The values, and before them those that were chosen here and that no hit has, as long as the
/// filter speaks of them.
pub fn with_chosen(state: &State, group: Group, values: &[(String, u32)]) -> Vec<(String, u32)> {
    let query = &state.filter.query;
    let is_absent = |value: &String| !values.iter().any(|(it, _)| it == value);
    let chosen = state.view.facets.chosen.iter().filter(|(it, value)| {
        *it == group && query.state(group.field(), value).is_some() && is_absent(value)
    });
    chosen.map(|(_, value)| (value.clone(), 0)).chain(values.iter().cloned()).collect()
}

pub fn group_of(row: &FacetRow) -> Group {
    match row {
        FacetRow::Group(group) | FacetRow::More(group, _) | FacetRow::Value { group, .. } => *group,
        FacetRow::Histogram => Group::Year,
    }
}
