//! Gives a pane the focus and divides the screen for it.

use super::{basket, facets, list};
use crate::app::model::layout::Pane;
use crate::app::model::state::State;

/// Gives a pane the focus; the screen is divided for it.
pub fn focus(state: &mut State, pane: Pane) {
    state.view.pane = pane;
    state.divide_screen();
    list::restore_cursor(state);
    facets::clamp(state);
    basket::scroll(state);
}

/// The pane that Tab goes to: the list, the detail, the facets, and round.
pub fn next_pane(pane: Pane) -> Pane {
    match pane {
        Pane::List => Pane::Detail,
        Pane::Detail => Pane::Facets,
        Pane::Facets | Pane::Reader | Pane::Triage | Pane::Basket => Pane::List,
    }
}
