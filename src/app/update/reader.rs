//! Moving in the text that is being read, and on from one paper to another.

use super::list;
use crate::app::action::Action;
use crate::app::model::state::State;

/// Moves in the text that is being read, or on to another paper.
pub fn scroll(state: &mut State, action: Action, count: Option<usize>) {
    let height = usize::from(state.view.areas.detail.height).max(1);
    let steps = count.unwrap_or(1);
    let Some(reading) = &mut state.view.paper_text else { return };
    let last = reading.lines.len().saturating_sub(height);
    let top = reading.top;
    reading.top = match action {
        Action::NextPaper => return list::down(state, steps),
        Action::PreviousPaper => return list::up(state, steps),
        Action::Down | Action::ScrollDown => top.saturating_add(steps),
        Action::Up | Action::ScrollUp => top.saturating_sub(steps),
        Action::HalfDown => top + height / 2,
        Action::HalfUp => top.saturating_sub(height / 2),
        Action::ReadOn | Action::PageDown => top + height.saturating_sub(1).max(1),
        Action::PageUp => top.saturating_sub(height.saturating_sub(1).max(1)),
        Action::First => steps - 1,
        Action::Last => last,
        _ => top,
    }
    .min(last);
}

/// Whether the end of the text is on the screen.
pub fn is_at_end(state: &State) -> bool {
    let height = usize::from(state.view.areas.detail.height).max(1);
    state.view.paper_text.as_ref().is_some_and(|it| it.top + height >= it.lines.len())
}
