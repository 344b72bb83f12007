//! The sort order of the hits.

use super::{filter, selection};
use crate::app::action::sort_order::sort_name;
use crate::app::effect::Effect;
use crate::app::model::state::State;
use crate::search::{SortDirection, SortKey};

/// Sorts the hits; the cursor stays on its paper.
pub fn sort(state: &mut State, key: SortKey, direction: SortDirection) -> Vec<Effect> {
    selection::end_range(state);
    state.list.anchor = state.current().map(|(id, _)| id);
    (state.filter.order, state.filter.direction) = (key, direction);
    let reversed = if direction == SortDirection::Reverse { ", reversed" } else { "" };
    state.notices.info(format!("Sorted by {}{reversed}", sort_name(key)));
    filter::restart_search(state)
}

pub fn reverse(state: &mut State) -> Vec<Effect> {
    let direction = match state.filter.direction {
        SortDirection::Forward => SortDirection::Reverse,
        SortDirection::Reverse => SortDirection::Forward,
    };
    sort(state, state.filter.order, direction)
}
