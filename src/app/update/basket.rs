//! The basket pane: reordering and removing papers.

use super::{list, menu, request};
use crate::app::action::{BasketAction, Motion};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::library::AfterChange;
use crate::app::model::state::{Mode, State};
use crate::library::{Basket, BasketPosition, Change, ChangeSet, LibraryId, PaperRef};

pub fn apply(state: &mut State, action: BasketAction) -> Vec<Effect> {
    match action {
        BasketAction::Open => state.view.pane = Pane::Basket,
        BasketAction::ShowInList => show_in_list(state),
        BasketAction::Remove if matches!(state.mode, Mode::Popup(_)) => {
            return menu::delete_search(state);
        }
        BasketAction::Remove => return reorder(state, |_, _| Some(BasketPosition::Removed)),
        BasketAction::MoveEarlier => {
            return reorder(state, |ids, row| {
                Some(BasketPosition::Before(*ids.get(row.checked_sub(1)?)?))
            });
        }
        BasketAction::MoveLater => return reorder(state, position_after_next),
    }
    Vec::new()
}

/// Replaces the basket; the cursor stays on its paper.
pub fn replace_basket(state: &mut State, basket: Basket) {
    let viewport = &mut state.library.basket_viewport;
    let current = state.library.basket.library_ids.get(viewport.cursor);
    let row = current.and_then(|id| basket.library_ids.iter().position(|it| it == id));
    viewport.cursor = row.unwrap_or(viewport.cursor);
    state.library.basket = basket;
}

pub fn move_cursor(state: &mut State, motion: Motion, count: Option<usize>) {
    let extent = state.basket_extent();
    state.library.basket_viewport.apply(motion, count, extent);
}

/// The position after the next paper, which is before the one after it.
fn position_after_next(ids: &[LibraryId], row: usize) -> Option<BasketPosition> {
    ids.get(row + 1)?;
    Some(ids.get(row + 2).copied().map_or(BasketPosition::End, BasketPosition::Before))
}

/// Moves or removes the paper under the cursor.
fn reorder(
    state: &mut State,
    position: fn(&[LibraryId], usize) -> Option<BasketPosition>,
) -> Vec<Effect> {
    let Some(row) = state.basket_row() else { return Vec::new() };
    let ids = &state.library.basket.library_ids;
    let (Some(position), Some(paper)) = (position(ids, row), ids.get(row).copied()) else {
        return Vec::new();
    };
    let changes = vec![Change::Basket(position)];
    let changes = ChangeSet { changes, papers: vec![PaperRef::Library(paper)] };
    request::record(state, changes, AfterChange::KeepCursor)
}

/// Goes to the paper in the list, if the list has it.
fn show_in_list(state: &mut State) {
    let Some(row) = state.basket_row() else { return };
    match state.library.basket.corpus_ids.get(row).copied().flatten() {
        Some(id) if state.hits().position(id).is_some() => {
            state.view.pane = Pane::List;
            list::go_to_paper(state, Some(&id));
        }
        Some(_) => state.notices.info("The filter hides this paper; ^G clears it"),
        None => state.notices.info("This paper is from another source"),
    }
}
