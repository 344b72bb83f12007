//! Going back: out of overlays, panes and prompts, and bringing back what was put away.

use super::act::focus;
use super::layout::Pane;
use super::list::PutAway;
use super::load::{self, Phase};
use super::{Action, Effect, Mode, Outcome, State, filter, select};

/// Goes back as far as the action does.
pub(super) fn leave(state: &mut State, action: Action) -> Vec<Effect> {
    if matches!(state.mode, Mode::Overlay(_)) {
        state.mode = Mode::Panes;
        return Vec::new();
    }
    match (action, state.view.pane) {
        (Action::Interrupt, _) => return interrupt(state),
        (_, Pane::Reader | Pane::Detail | Pane::Facets) => focus(state, Pane::List),
        (Action::Peel, Pane::List) => return peel(state),
        (Action::Close, Pane::List) => return vec![Effect::Quit(Outcome::Left)],
        (_, Pane::List) => {}
    }
    Vec::new()
}

/// Puts away the selection, then the filter.
fn peel(state: &mut State) -> Vec<Effect> {
    select::end_range(state);
    let taken = state.selection.take();
    if !taken.is_empty() {
        state.notices.tell(format!("{} no longer selected; u selects them again.", taken.len()));
        state.list.put_away.push(PutAway::Selection(taken));
        select::count_hidden(state);
        return Vec::new();
    }
    filter::clear(state)
}

/// Stops what is under way; with nothing under way says how to quit, and quits the second time.
fn interrupt(state: &mut State) -> Vec<Effect> {
    if state.selection.anchor().is_some() {
        select::end_range(state);
        return Vec::new();
    }
    if state.load.phase == Phase::Loading {
        return load::pause(state);
    }
    state.view.pressed.interrupts += 1;
    if state.view.pressed.interrupts > 1 {
        return vec![Effect::Quit(Outcome::Left)];
    }
    state.notices.tell("q quits; so does ^C again.");
    Vec::new()
}

/// Brings back what was put away last.
pub(super) fn restore(state: &mut State) -> Vec<Effect> {
    match state.list.put_away.pop() {
        Some(PutAway::Filter(text)) => filter::replace(state, &text),
        Some(PutAway::Selection(papers)) => {
            state.selection.replace(papers);
            select::count_hidden(state);
            Vec::new()
        }
        None => {
            state.notices.tell("Nothing was put away.");
            Vec::new()
        }
    }
}
