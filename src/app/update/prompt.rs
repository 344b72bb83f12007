//! The lines that are typed into: what keys and actions do while one has the focus.

use super::{citing, dispatch, filter, find, list, selection, tags};
use crate::app::action::Action;
use crate::app::action::command_line::{self, common_prefix};
use crate::app::effect::Effect;
use crate::app::input::key::{Key, KeyCode};
use crate::app::model::popup::PopupFocus;
use crate::app::model::settings::RunMode;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field;

/// The line that is being typed into.
fn active_field(state: &mut State) -> Option<&mut text_field::TextField> {
    match &mut state.mode {
        Mode::Panes | Mode::Confirmation(_) => None,
        Mode::Tags(tagging) => Some(&mut tagging.field),
        Mode::Filter => Some(&mut state.filter.field),
        Mode::Command(line) | Mode::Find(line) => Some(line),
        Mode::Destination(asking) => Some(&mut asking.field),
        Mode::Popup(overlay) => match overlay.focus {
            PopupFocus::FilterField => overlay.filter_field.as_mut(),
            PopupFocus::Rows => None,
        },
    }
}

/// Types a key into the active line and says whether there is one.
pub fn type_key(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    let is_empty = active_field(state)?.is_empty();
    let line = active_field(state)?;
    match key {
        Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. } => line.insert(c),
        Key { code: KeyCode::Backspace, .. } if is_empty => return Some(close(state)),
        Key { code: KeyCode::Backspace, .. } => line.backspace(),
        Key { code: KeyCode::Delete, .. } => line.delete(),
        Key { code: KeyCode::Left, .. } => line.left(),
        Key { code: KeyCode::Right, .. } => line.right(),
        _ => return Some(Vec::new()),
    }
    Some(handle_edit(state))
}

/// Puts a paste into the active line. Outside any line it opens the filter, and is never run as keys.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if active_field(state).is_none() {
        super::focus::focus(state, crate::app::model::layout::Pane::List);
        filter::open(state);
        let mut line = text_field::TextField::default();
        line.paste(text);
        filter::remember_for_undo(state, line.text());
        state.filter.field = line;
    } else if let Some(line) = active_field(state) {
        line.paste(text);
    }
    handle_edit(state)
}

/// What follows from another text in the line.
fn handle_edit(state: &mut State) -> Vec<Effect> {
    state.filter.forget_completion();
    match &mut state.mode {
        Mode::Filter => return filter::search_if_changed(state),
        Mode::Find(_) => find::typed(state),
        Mode::Popup(overlay) => (overlay.cursor, overlay.top) = (0, 0),
        Mode::Command(_)
        | Mode::Destination(_)
        | Mode::Tags(_)
        | Mode::Confirmation(_)
        | Mode::Panes => {}
    }
    Vec::new()
}

/// Performs an action on the active line, if there is one and the action is one of a line's.
pub fn apply_action(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    if active_field(state)?.edit(action) {
        return Some(handle_edit(state));
    }
    match (&state.mode, action) {
        (Mode::Filter, Action::Accept) => {
            let mut effects = filter::accept(state);
            if state.settings.run_mode == RunMode::Pick {
                effects.extend(dispatch::dispatch(state, Action::Open, None));
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
            Some(recall_newer(state))
        }
        (Mode::Tags(_), Action::Accept) => Some(tags::accept(state)),
        (Mode::Tags(_), Action::Complete) => {
            tags::complete(state);
            Some(Vec::new())
        }
        (Mode::Command(line), Action::Accept) => {
            let text = line.text().to_owned();
            state.mode = Mode::Panes;
            state.view.command_history.add(&text);
            Some(dispatch::run_command_line(state, &text))
        }
        (Mode::Command(_), Action::Complete | Action::Up | Action::Down) => {
            edit_command_line(state, action);
            Some(Vec::new())
        }
        (Mode::Destination(_), Action::Accept) => Some(citing::accept_prompt(state)),
        (Mode::Popup(_), Action::Accept) => {
            focus_rows(state);
            Some(Vec::new())
        }
        (_, Action::Accept | Action::Peel | Action::Interrupt) => Some(close(state)),
        _ => None,
    }
}

/// Leaves the line: the filter and what is found are kept, a command is not run.
fn close(state: &mut State) -> Vec<Effect> {
    match &mut state.mode {
        Mode::Filter => return filter::accept(state),
        Mode::Popup(overlay) => {
            overlay.filter_field = None;
            focus_rows(state);
        }
        _ => state.mode = Mode::Panes,
    }
    Vec::new()
}

fn focus_rows(state: &mut State) {
    if let Mode::Popup(overlay) = &mut state.mode {
        overlay.focus = PopupFocus::Rows;
    }
}

/// After a prefix completes the value; else selects and moves down, as fzf does.
fn complete(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = filter::complete_value(state) {
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
        state.notices.info("No earlier filter.");
        return Vec::new();
    };
    state.filter.field = text_field::TextField::new(&text);
    filter::search_if_changed(state)
}

/// Goes back to the filter recalled before, or to an empty line.
fn recall_newer(state: &mut State) -> Vec<Effect> {
    let text = state.filter.history.unrecall().unwrap_or_default().to_owned();
    state.filter.field = text_field::TextField::new(&text);
    filter::search_if_changed(state)
}

fn edit_command_line(state: &mut State, action: Action) {
    let Mode::Command(line) = &mut state.mode else { return };
    let chosen = match action {
        Action::Up => state.view.command_history.recall().map(str::to_owned),
        Action::Down => Some(state.view.command_history.unrecall().unwrap_or_default().to_owned()),
        _ => common_prefix(&command_line::completions(line.text())),
    };
    if let Some(text) = chosen {
        *line = text_field::TextField::new(&text);
    }
}
