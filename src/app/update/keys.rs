//! Turns a key press into an action: counts, pending sequences, prompts.

use super::{dispatch, marks, prompt};
use crate::app::action::keymap::Lookup;
use crate::app::effect::Effect;
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, KeyCode};
use crate::app::model::popup::PopupKind;
use crate::app::model::state::{Mode, State};

/// More than there are papers, and little enough to be added to a rank.
pub const MAX_COUNT: usize = 999_999_999;

pub fn press_key(state: &mut State, key: Key) -> Vec<Effect> {
    if matches!(state.mode, Mode::Confirmation(_)) {
        return marks::answer_confirmation(
            state,
            matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter),
        );
    }
    let context = state.view.pending_keys.forced_context.unwrap_or_else(|| state.context());
    let is_typed_into = matches!(context, KeyContext::Filter | KeyContext::Command);
    if let Key { code: KeyCode::Char(digit @ '0'..='9'), ctrl: false, alt: false, .. } = key
        && !is_typed_into
        && state.view.pending_keys.keys.is_empty()
        && !(digit == '0' && state.view.pending_keys.count.is_none())
        && !has_labels(state)
    {
        let so_far = state.view.pending_keys.count.unwrap_or(0);
        let digit = digit as usize - '0' as usize;
        state.view.pending_keys.count =
            Some(so_far.saturating_mul(10).saturating_add(digit).min(MAX_COUNT));
        return Vec::new();
    }
    state.view.pending_keys.keys.push(key);
    match state.settings.keymap.lookup(context, &state.view.pending_keys.keys) {
        Lookup::Action(action) => {
            let count = take_count(state);
            dispatch::dispatch(state, action, count)
        }
        Lookup::Pending => Vec::new(),
        Lookup::Unbound => handle_unbound_key(state, key),
    }
}

/// A key that asks for nothing where it was pressed.
pub fn handle_unbound_key(state: &mut State, key: Key) -> Vec<Effect> {
    let was_pending = state.view.pending_keys.keys.len() > 1;
    let _ = take_count(state);
    if was_pending {
        // Esc and ^C leave a sequence; any other key that does not continue it ends it.
        return Vec::new();
    }
    if let Some(effects) = prompt_types(state, key) {
        return effects;
    }
    if key.alt {
        // Without a keyboard protocol Esc and a letter typed quickly arrive as one.
        let mut effects = press_key(state, Key::plain(KeyCode::Esc));
        effects.extend(press_key(state, Key { alt: false, ..key }));
        return effects;
    }
    if matches!(&state.mode, Mode::Popup(it) if matches!(it.kind, PopupKind::Link { .. })) {
        // A link is shown to be copied: what was pressed is meant for the paper.
        state.mode = Mode::Panes;
        return press_key(state, key);
    }
    match key.code {
        KeyCode::Char(letter) if !key.ctrl => super::popup::pick_by_label(state, letter),
        _ => Vec::new(),
    }
}

pub fn prompt_types(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    if key.alt { None } else { prompt::type_key(state, key) }
}

/// Whether digits pick a row of a menu.
pub fn has_labels(state: &State) -> bool {
    matches!(&state.mode, Mode::Popup(it) if it.has_labels())
}

pub fn take_count(state: &mut State) -> Option<usize> {
    state.view.pending_keys.keys.clear();
    state.view.pending_keys.forced_context = None;
    state.view.pending_keys.count.take()
}
