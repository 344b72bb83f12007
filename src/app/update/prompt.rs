//! The lines that are typed into: what keys and actions do while one has the focus.

use super::{citing, dispatch, filter, find, list, selection, tags};
use crate::app::action::Action;
use crate::app::action::command_line::{self, common_beginning};
use crate::app::effect::Effect;
use crate::app::input::key::{Code, Key};
use crate::app::model::popup::Typing;
use crate::app::model::settings::Purpose;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field;

/// The line that is being typed into.
fn active(state: &mut State) -> Option<&mut text_field::Line> {
    match &mut state.mode {
        Mode::Panes | Mode::Question(_) => None,
        Mode::Tags(tagging) => Some(&mut tagging.line),
        Mode::Filter => Some(&mut state.filter.line),
        Mode::Command(line) | Mode::Find(line) => Some(line),
        Mode::Asking(asking) => Some(&mut asking.line),
        Mode::Overlay(overlay) => match overlay.typing {
            Typing::Typed => overlay.narrowing.as_mut(),
            Typing::Rests => None,
        },
    }
}

/// Types a key into the active line and says whether there is one.
pub fn type_key(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    let is_empty = active(state)?.is_empty();
    let line = active(state)?;
    match key {
        Key { code: Code::Char(c), ctrl: false, alt: false, .. } => line.insert(c),
        Key { code: Code::Backspace, .. } if is_empty => return Some(leave(state)),
        Key { code: Code::Backspace, .. } => line.backspace(),
        Key { code: Code::Delete, .. } => line.delete(),
        Key { code: Code::Left, .. } => line.left(),
        Key { code: Code::Right, .. } => line.right(),
        _ => return Some(Vec::new()),
    }
    Some(changed(state))
}

/// Puts a paste into the active line. Outside any line it opens the filter, and is never run as keys.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if active(state).is_none() {
        super::focus::focus(state, crate::app::model::layout::Pane::List);
        filter::open(state);
        let mut line = text_field::Line::default();
        line.paste(text);
        filter::put_away(state, line.text());
        state.filter.line = line;
    } else if let Some(line) = active(state) {
        line.paste(text);
    }
    changed(state)
}

/// What follows from another text in the line.
fn changed(state: &mut State) -> Vec<Effect> {
    state.filter.forget_completion();
    match &mut state.mode {
        Mode::Filter => return filter::ask_anew(state),
        Mode::Find(_) => find::typed(state),
        Mode::Overlay(overlay) => (overlay.cursor, overlay.top) = (0, 0),
        Mode::Command(_) | Mode::Asking(_) | Mode::Tags(_) | Mode::Question(_) | Mode::Panes => {}
    }
    Vec::new()
}

/// Performs an action on the active line, if there is one and the action is one of a line's.
pub fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    if active(state)?.edit(action) {
        return Some(changed(state));
    }
    match (&state.mode, action) {
        (Mode::Filter, Action::Accept) => {
            let mut effects = filter::accept(state);
            if state.settings.purpose == Purpose::Pick {
                effects.extend(dispatch::act(state, Action::Open, None));
            }
            Some(effects)
        }
        (Mode::Filter, Action::Peel) => {
            let effects = filter::clear(state);
            state.mode = Mode::Panes;
            Some(effects)
        }
        (Mode::Filter, Action::Complete) => Some(complete(state)),
        (Mode::Filter, Action::Recall) => Some(recall(state)),
        // Above the first row are the filters typed before.
        (Mode::Filter, Action::Up) if state.list.cursor == 0 => Some(recall(state)),
        (Mode::Filter, Action::Down) if state.filter.history.is_recalling() => {
            Some(unrecall(state))
        }
        (Mode::Tags(_), Action::Accept) => Some(tags::accept(state)),
        (Mode::Tags(_), Action::Complete) => {
            tags::complete(state);
            Some(Vec::new())
        }
        (Mode::Command(line), Action::Accept) => {
            let text = line.text().to_owned();
            state.mode = Mode::Panes;
            state.view.commands.add(&text);
            Some(dispatch::run(state, &text))
        }
        (Mode::Command(_), Action::Complete | Action::Up | Action::Down) => {
            command_line(state, action);
            Some(Vec::new())
        }
        (Mode::Asking(_), Action::Accept) => Some(citing::entered(state)),
        (Mode::Overlay(_), Action::Accept) => {
            rest(state);
            Some(Vec::new())
        }
        (_, Action::Accept | Action::Peel | Action::Interrupt) => Some(leave(state)),
        _ => None,
    }
}

/// Leaves the line: the filter and what is found are kept, a command is not run.
fn leave(state: &mut State) -> Vec<Effect> {
    match &mut state.mode {
        Mode::Filter => return filter::accept(state),
        Mode::Overlay(overlay) => {
            overlay.narrowing = None;
            rest(state);
        }
        _ => state.mode = Mode::Panes,
    }
    Vec::new()
}

fn rest(state: &mut State) {
    if let Mode::Overlay(overlay) = &mut state.mode {
        overlay.typing = Typing::Rests;
    }
}

/// After a prefix completes the value; else selects and moves down, as fzf does.
fn complete(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = filter::complete_line(state) {
        return effects;
    }
    if let Some((id, _)) = state.current() {
        state.selection.toggle(id);
        selection::count_hidden(state);
        list::down(state, 1);
    }
    Vec::new()
}

fn recall(state: &mut State) -> Vec<Effect> {
    let Some(text) = state.filter.history.recall().map(str::to_owned) else {
        state.notices.tell("No earlier filter.");
        return Vec::new();
    };
    state.filter.line = text_field::Line::new(&text);
    filter::ask_anew(state)
}

/// Goes back to the filter recalled before, or to an empty line.
fn unrecall(state: &mut State) -> Vec<Effect> {
    let text = state.filter.history.unrecall().unwrap_or_default().to_owned();
    state.filter.line = text_field::Line::new(&text);
    filter::ask_anew(state)
}

fn command_line(state: &mut State, action: Action) {
    let Mode::Command(line) = &mut state.mode else { return };
    let chosen = match action {
        Action::Up => state.view.commands.recall().map(str::to_owned),
        Action::Down => Some(state.view.commands.unrecall().unwrap_or_default().to_owned()),
        _ => common_beginning(&command_line::completions(line.text())),
    };
    if let Some(text) = chosen {
        *line = text_field::Line::new(&text);
    }
}
