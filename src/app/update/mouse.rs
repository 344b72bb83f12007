//! Handles the mouse: the wheel scrolls what is under it, a press moves the cursor there, a double
//! press reads, and dividers are dragged.

use ratatui::layout::{Position, Rect};

use super::outcome::{FollowUp, Outcome};
use super::{filter, keys, list, menu, popup, reader};
use crate::app::action::{Action, BasketAction, FacetAction, Motion, OpenAction};
use crate::app::effect::Effect;
use crate::app::input::mouse::{MouseInput, MouseKind};
use crate::app::model::facet_rows::facet_rows;
use crate::app::model::layout::{Divider, Pane, drag_divider};
use crate::app::model::popup_rows::popup_rows;
use crate::app::model::settings::RunMode;
use crate::app::model::state::{Mode, State};
use crate::app::model::viewport::{Extent, Viewport};

/// Rows or lines that a step of the wheel scrolls.
const WHEEL_STEP: usize = 3;
/// Columns of the list in which a press selects the paper.
const GUTTER_WIDTH: u16 = 3;

/// The part of the screen under the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    Filter,
    /// The list, in or beside its gutter, with the rank of the row.
    Gutter(usize),
    List(usize),
    /// The row of the facets, from 0.
    Facets(usize),
    Basket(usize),
    Detail,
    Divider(Divider),
    Elsewhere,
}

pub fn handle(state: &mut State, input: MouseInput) -> Outcome {
    let at = Position { x: input.x, y: input.y };
    if matches!(state.mode, Mode::Popup(_)) {
        return handle_in_popup(state, input.kind, at);
    }
    match input.kind {
        MouseKind::Drag => drag(state, at).into(),
        MouseKind::Release => {
            state.view.areas.dividers.dragged = None;
            Outcome::default()
        }
        MouseKind::WheelUp => scroll(state, at, Motion::Up).into(),
        MouseKind::WheelDown => scroll(state, at, Motion::Down).into(),
        // A prompt other than the filter keeps its target.
        MouseKind::Press | MouseKind::DoublePress
            if !matches!(state.mode, Mode::Panes | Mode::Filter) =>
        {
            Outcome::default()
        }
        MouseKind::Press => {
            let _ = keys::take_count(state);
            press(state, at).into()
        }
        MouseKind::DoublePress => double_press(state, at),
    }
}

fn spot(state: &State, at: Position) -> Spot {
    let areas = &state.view.areas;
    let (list, detail, facets) = (areas.list, areas.detail, areas.facets);
    let row_in = |area: Rect, viewport: &Viewport| viewport.top + usize::from(at.y - area.y);
    let is_beside = list.y == detail.y && !list.is_empty() && !detail.is_empty();
    let is_above = !is_beside && !list.is_empty() && !detail.is_empty();
    let is_body_row = (areas.body.top()..areas.body.bottom()).contains(&at.y);
    let rank = || state.rank_at_line(usize::from(at.y - list.y));
    match state.view.pane {
        _ if areas.filter.contains(at) => Spot::Filter,
        Pane::Basket if areas.body.contains(at) && at.y > areas.body.y => {
            Spot::Basket(row_in(areas.body, &state.library.basket_viewport) - 1)
        }
        Pane::Reader | Pane::Triage if areas.body.contains(at) => Spot::Detail,
        _ if facets.contains(at) => Spot::Facets(row_in(facets, &state.view.facets.viewport)),
        _ if is_body_row && !facets.is_empty() && list.x > facets.x && at.x == facets.right() => {
            Spot::Divider(Divider::Facets)
        }
        _ if is_body_row && is_beside && at.x == list.right() => Spot::Divider(Divider::Detail),
        _ if is_above && at.y == list.bottom() => Spot::Divider(Divider::Stack),
        _ if list.contains(at) && at.x < list.x + GUTTER_WIDTH => Spot::Gutter(rank()),
        _ if list.contains(at) => Spot::List(rank()),
        _ if detail.contains(at) => Spot::Detail,
        _ => Spot::Elsewhere,
    }
}

fn press(state: &mut State, at: Position) -> Vec<Effect> {
    match spot(state, at) {
        Spot::Filter if state.is_browsing() => {
            state.view.pane = Pane::List;
            filter::open(state);
        }
        Spot::List(rank) => return press_row(state, rank),
        Spot::Gutter(rank) if rank < state.hits().len() => {
            let effects = press_row(state, rank);
            if let Some((id, _)) = state.current() {
                state.selection.toggle(id);
            }
            return effects;
        }
        Spot::Detail if matches!(state.view.pane, Pane::List | Pane::Facets) => {
            let effects = leave_filter(state);
            if state.is_browsing() {
                state.view.pane = Pane::Detail;
            }
            return effects;
        }
        Spot::Facets(row) => {
            let effects = leave_filter(state);
            if state.is_browsing() {
                state.view.pane = Pane::Facets;
                state.view.facets.anchor = None;
                state.view.facets.viewport.cursor = row;
            }
            return effects;
        }
        Spot::Basket(row) => state.library.basket_viewport.cursor = row,
        Spot::Divider(divider) => state.view.areas.dividers.dragged = Some(divider),
        Spot::Filter | Spot::Gutter(_) | Spot::Detail | Spot::Elsewhere => {}
    }
    Vec::new()
}

/// Moves the cursor to a row of the list, if there is one.
fn press_row(state: &mut State, rank: usize) -> Vec<Effect> {
    if rank >= state.hits().len() {
        return Vec::new();
    }
    list::go_to(state, rank);
    let effects = leave_filter(state);
    state.view.pane = Pane::List;
    effects
}

/// Accepts the filter that is being typed. In a run for picking, the filter line keeps the keys.
fn leave_filter(state: &mut State) -> Vec<Effect> {
    if matches!(state.mode, Mode::Filter) && state.settings.run_mode == RunMode::Browse {
        return filter::accept(state);
    }
    Vec::new()
}

/// Acts on the row that the first press has moved the cursor to.
fn double_press(state: &mut State, at: Position) -> Outcome {
    let action = match spot(state, at) {
        Spot::List(rank) if rank < state.hits().len() => Action::Open(OpenAction::Reader),
        Spot::Detail if state.view.pane == Pane::Detail => Action::Open(OpenAction::Reader),
        Spot::Facets(_) if state.view.pane == Pane::Facets => Action::Facet(FacetAction::Include),
        Spot::Basket(row) if row < state.library.basket.library_ids.len() => {
            Action::Basket(BasketAction::ShowInList)
        }
        _ => return press(state, at).into(),
    };
    let effects = press(state, at);
    Outcome { effects, then: vec![FollowUp::Action(action)] }
}

/// Moves the dragged divider to the mouse.
fn drag(state: &mut State, at: Position) {
    let areas = &mut state.view.areas;
    if let Some(divider) = areas.dividers.dragged {
        areas.dividers = drag_divider(areas, divider, (at.x, at.y));
    }
}

fn scroll(state: &mut State, at: Position, motion: Motion) {
    match spot(state, at) {
        Spot::List(_) | Spot::Gutter(_) => {
            let extent = state.list_extent();
            scroll_viewport(&mut state.list.viewport, motion, extent);
            if motion == Motion::Up {
                state.raise_cursor_into_view();
            }
            list::go_to(state, state.list.viewport.cursor);
        }
        Spot::Facets(_) => {
            let len = facet_rows(state).len();
            let extent = Extent::new(len, state.view.areas.facets.height.into());
            state.view.facets.anchor = None;
            scroll_viewport(&mut state.view.facets.viewport, motion, extent);
        }
        Spot::Basket(_) => {
            let extent = state.basket_extent();
            scroll_viewport(&mut state.library.basket_viewport, motion, extent);
        }
        Spot::Detail => reader::scroll(state, motion, Some(WHEEL_STEP)),
        Spot::Filter | Spot::Divider(_) | Spot::Elsewhere => {}
    }
}

fn scroll_viewport(viewport: &mut Viewport, motion: Motion, extent: Extent) {
    if motion == Motion::Up {
        viewport.scroll_up(WHEEL_STEP, extent);
    } else {
        viewport.scroll_down(WHEEL_STEP, extent);
    }
}

/// The wheel moves the cursor of a popup, a press moves it to a row, a double press runs the row,
/// and a press beside the popup closes it.
fn handle_in_popup(state: &mut State, kind: MouseKind, at: Position) -> Outcome {
    match kind {
        MouseKind::WheelUp => popup::move_cursor(state, Motion::Up, Some(WHEEL_STEP)),
        MouseKind::WheelDown => popup::move_cursor(state, Motion::Down, Some(WHEEL_STEP)),
        MouseKind::Press | MouseKind::DoublePress => {
            let Mode::Popup(popup) = &state.mode else { return Outcome::default() };
            let body = state.view.areas.body;
            let len = popup_rows(state, popup).len();
            let height = (len.min(body.height.into()) as u16 + 2).min(body.height);
            // The title is above the rows.
            let first =
                if popup.covers_body() { body.y } else { body.bottom() - height }.saturating_add(1);
            if !body.contains(at) || at.y + 1 < first {
                state.mode = Mode::Panes;
                return Outcome::default();
            }
            let row = popup.viewport.top + usize::from(at.y.saturating_sub(first));
            if at.y < first || row >= len {
                return Outcome::default();
            }
            if let Mode::Popup(popup) = &mut state.mode {
                popup.viewport.cursor = row;
            }
            if kind == MouseKind::DoublePress {
                return menu::accept(state);
            }
        }
        MouseKind::Drag | MouseKind::Release => {}
    }
    Outcome::default()
}
