//! Scrolls the text of the current paper, searches in it, and moves to other papers.

use super::{find, list, marks, unread};
use crate::app::action::{Motion, ReaderAction, UnreadAction};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;

pub fn apply(state: &mut State, action: ReaderAction, count: Option<usize>) -> Vec<Effect> {
    let steps = count.unwrap_or(1);
    match action {
        ReaderAction::ReadOn if is_at_end(state) => return marks::mark_read_at_end(state),
        ReaderAction::ReadOn => scroll(state, Motion::PageDown, None),
        ReaderAction::NextPaper if lists_papers(state) => {
            go_to_paper(state, Motion::Down, count, "End of the list: this is the last paper");
        }
        ReaderAction::PreviousPaper if lists_papers(state) => {
            go_to_paper(state, Motion::Up, count, "Start of the list: this is the first paper");
        }
        ReaderAction::NextPaper | ReaderAction::PreviousPaper => {}
        ReaderAction::ScrollDown => scroll(state, Motion::Down, count),
        ReaderAction::ScrollUp => scroll(state, Motion::Up, count),
        ReaderAction::Find => find::open(state),
        ReaderAction::FindNext if find::is_active(state) => find::next(state, steps),
        ReaderAction::FindPrevious if find::is_active(state) => find::previous(state, steps),
        ReaderAction::FindNext => return unread::apply(state, UnreadAction::Next, count),
        ReaderAction::FindPrevious => return unread::apply(state, UnreadAction::Previous, count),
    }
    Vec::new()
}

/// Moves to another paper of the list; reports the end of the list.
fn go_to_paper(state: &mut State, motion: Motion, count: Option<usize>, end_notice: &str) {
    let before = state.list.viewport.cursor;
    list::move_cursor(state, motion, count);
    if state.list.viewport.cursor == before {
        state.notices.info(end_notice);
    }
}

/// Returns true if the focused pane shows a paper of the list.
fn lists_papers(state: &State) -> bool {
    match state.view.pane {
        Pane::List | Pane::Detail | Pane::Reader | Pane::Triage => true,
        Pane::Facets | Pane::Basket => false,
    }
}

/// Scrolls the text. Motions of the cursor within the screen do nothing, since the text has no
/// cursor.
pub fn scroll(state: &mut State, motion: Motion, count: Option<usize>) {
    let height = usize::from(state.view.areas.detail.height).max(1);
    let steps = count.unwrap_or(1);
    let Some(paper_text) = &mut state.view.paper_text else { return };
    let last = paper_text.lines.len().saturating_sub(height);
    let page = (height - 1).max(1);
    let top = paper_text.top;
    let moved = match motion {
        Motion::Down => top.saturating_add(steps),
        Motion::Up => top.saturating_sub(steps),
        Motion::HalfDown => top + height / 2,
        Motion::HalfUp => top.saturating_sub(height / 2),
        Motion::PageDown => top + page,
        Motion::PageUp => top.saturating_sub(page),
        Motion::First => steps - 1,
        Motion::Last => last,
        Motion::ScreenTop
        | Motion::ScreenMiddle
        | Motion::ScreenBottom
        | Motion::CursorTop
        | Motion::CursorMiddle
        | Motion::CursorBottom => top,
    };
    paper_text.top = moved.min(last);
}

/// Returns true if the end of the text is visible.
fn is_at_end(state: &State) -> bool {
    let height = usize::from(state.view.areas.detail.height).max(1);
    state.view.paper_text.as_ref().is_some_and(|it| it.top + height >= it.lines.len())
}
