//! TODO header.

use super::{dispatch, marks, prompt};
use crate::app::action::keymap::Lookup;
use crate::app::effect::Effect;
use crate::app::input::context::Context;
use crate::app::input::key::{Code, Key};
use crate::app::model::popup::Kind;
use crate::app::model::state::{Mode, State};

/// More than there are papers, and little enough to be added to a rank.
pub const HIGHEST_COUNT: usize = 999_999_999;

pub fn press(state: &mut State, key: Key) -> Vec<Effect> {
    if matches!(state.mode, Mode::Question(_)) {
        return marks::answer(state, matches!(key.code, Code::Char('y' | 'Y') | Code::Enter));
    }
    let context = state.view.pressed.context.unwrap_or_else(|| state.context());
    let is_typed_into = matches!(context, Context::Filter | Context::Command);
    if let Key { code: Code::Char(digit @ '0'..='9'), ctrl: false, alt: false, .. } = key
        && !is_typed_into
        && state.view.pressed.keys.is_empty()
        && !(digit == '0' && state.view.pressed.count.is_none())
        && !has_labels(state)
    {
        let so_far = state.view.pressed.count.unwrap_or(0);
        let digit = digit as usize - '0' as usize;
        state.view.pressed.count =
            Some(so_far.saturating_mul(10).saturating_add(digit).min(HIGHEST_COUNT));
        return Vec::new();
    }
    state.view.pressed.keys.push(key);
    match state.settings.keymap.lookup(context, &state.view.pressed.keys) {
        Lookup::Action(action) => {
            let count = clear_pressed(state);
            dispatch::act(state, action, count)
        }
        Lookup::Pending => Vec::new(),
        Lookup::Unbound => unbound(state, key),
    }
}

/// A key that asks for nothing where it was pressed.
pub fn unbound(state: &mut State, key: Key) -> Vec<Effect> {
    let was_pending = state.view.pressed.keys.len() > 1;
    let _ = clear_pressed(state);
    if was_pending {
        // Esc and ^C leave a sequence; any other key that does not continue it ends it.
        return Vec::new();
    }
    if let Some(effects) = prompt_types(state, key) {
        return effects;
    }
    if key.alt {
        // Without a keyboard protocol Esc and a letter typed quickly arrive as one.
        let mut effects = press(state, Key::plain(Code::Esc));
        effects.extend(press(state, Key { alt: false, ..key }));
        return effects;
    }
    if matches!(&state.mode, Mode::Overlay(it) if matches!(it.kind, Kind::Link { .. })) {
        // A link is shown to be copied: what was pressed is meant for the paper.
        state.mode = Mode::Panes;
        return press(state, key);
    }
    match key.code {
        Code::Char(letter) if !key.ctrl => super::popup::pick(state, letter),
        _ => Vec::new(),
    }
}

pub fn prompt_types(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    if key.alt { None } else { prompt::type_key(state, key) }
}

/// Whether digits pick a row of a menu.
pub fn has_labels(state: &State) -> bool {
    matches!(&state.mode, Mode::Overlay(it) if it.has_labels())
}

pub fn clear_pressed(state: &mut State) -> Option<usize> {
    state.view.pressed.keys.clear();
    state.view.pressed.context = None;
    state.view.pressed.count.take()
}
