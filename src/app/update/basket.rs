//! The basket on the screen: its order, and what leaves it.

use super::{focus, list, marks};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::library::AfterChange;
use crate::app::model::state::State;
use crate::domain::PaperId;
use crate::library::{Basket, BasketPosition, Change, ChangeSet, PaperRef};

/// The basket is another now; its cursor stays on its paper.
pub fn replace_basket(state: &mut State, basket: Basket) {
    let cursor = state.library.basket_pane.cursor;
    let kept = state.library.basket.library_ids.get(cursor).copied();
    let at = kept.and_then(|kept| basket.library_ids.iter().position(|it| *it == kept));
    state.library.basket = basket;
    go_to(state, at.unwrap_or(cursor));
}

fn go_to(state: &mut State, row: usize) {
    let last = state.library.basket.library_ids.len().saturating_sub(1);
    let height = usize::from(state.view.areas.basket_rows()).max(1);
    let pane = &mut state.library.basket_pane;
    pane.cursor = row.min(last);
    pane.top = pane.top.clamp((pane.cursor + 1).saturating_sub(height), pane.cursor);
}

/// After the screen was divided anew: the cursor is in sight.
pub fn scroll(state: &mut State) {
    go_to(state, state.library.basket_pane.cursor);
}

pub fn move_cursor(state: &mut State, action: Action, count: Option<usize>) {
    let steps = count.unwrap_or(1);
    let page = usize::from(state.view.areas.basket_rows()).max(2) - 1;
    let cursor = state.library.basket_pane.cursor;
    let row = match action {
        Action::Down => cursor.saturating_add(steps),
        Action::Up => cursor.saturating_sub(steps),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::First => steps - 1,
        Action::Last => count.map_or(usize::MAX, |row| row - 1),
        _ => cursor,
    };
    go_to(state, row);
}

/// Moves the paper under the cursor, or takes it out.
pub fn reorder(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(row) = state.basket_row() else { return Vec::new() };
    let kept = |row: usize| state.library.basket.library_ids.get(row).copied();
    let spot = match action {
        Action::TakeOut => Some(BasketPosition::Removed),
        Action::MoveEarlier => row.checked_sub(1).and_then(kept).map(BasketPosition::Before),
        // Behind the next is before the one after it.
        _ => {
            kept(row + 1).map(|_| kept(row + 2).map_or(BasketPosition::End, BasketPosition::Before))
        }
    };
    let (Some(spot), Some(paper)) = (spot, kept(row)) else { return Vec::new() };
    let act =
        ChangeSet { changes: vec![Change::Basket(spot)], papers: vec![PaperRef::Library(paper)] };
    marks::record(state, act, AfterChange::KeepCursor)
}

/// Goes to the paper in the list, if it is there.
pub fn show_in_list(state: &mut State) {
    let Some(row) = state.basket_row() else { return };
    match state.library.basket.corpus_ids.get(row).copied().flatten() {
        Some(id) if state.hits().position(id).is_some() => {
            focus::focus(state, Pane::List);
            list::go_to_paper(state, Some(&id));
        }
        Some(_) => state.notices.info("The filter does not show this paper; ^G clears it."),
        None => state.notices.info("This paper is from another source."),
    }
}

/// The papers of the basket, in order.
pub fn papers(state: &State) -> Vec<PaperId> {
    (0..state.library.basket.corpus.len()).map(PaperId).collect()
}
