//! The sort order of the hits.

use super::{filter, for_you, selection};
use crate::app::action::sort_order::sort_phrase;
use crate::app::effect::Effect;
use crate::app::model::state::State;
use crate::search::{SortDirection, SortKey};

/// Sorts the hits; the cursor stays on its paper. With too few stars to sort by, the order stays as
/// it is.
pub fn sort(state: &mut State, key: SortKey, direction: SortDirection) -> Vec<Effect> {
    if key == SortKey::ForYou {
        if for_you::has_too_few_stars(state) {
            for_you::report_too_few_stars(state);
            return Vec::new();
        }
        // The stars given since the order was chosen last count from now on.
        state.filter.marks.judged = None;
    }
    set_order(state, key, direction)
}

pub fn reverse(state: &mut State) -> Vec<Effect> {
    let direction = match state.filter.direction {
        SortDirection::Forward => SortDirection::Reverse,
        SortDirection::Reverse => SortDirection::Forward,
    };
    set_order(state, state.filter.order, direction)
}

fn set_order(state: &mut State, key: SortKey, direction: SortDirection) -> Vec<Effect> {
    selection::end_range(state);
    state.list.anchor = state.current().map(|(id, _)| id);
    (state.filter.order, state.filter.direction) = (key, direction);
    let reversed = if direction == SortDirection::Reverse { ", reversed" } else { "" };
    state.notices.info(format!("Sorted {}{reversed}", sort_phrase(key)));
    filter::restart_search(state)
}
