//! Maps key presses to actions: counts, pending sequences, prompts.

use super::outcome::{FollowUp, Outcome};
use super::{dispatch, marks, menu, prompt};
use crate::app::action::keymap::Lookup;
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, KeyCode};
use crate::app::model::popup::PopupKind;
use crate::app::model::state::{Mode, State};

/// Limit of counts: larger than any corpus, and small enough to be added to a rank.
const MAX_COUNT: usize = 999_999_999;

pub fn press_key(state: &mut State, key: Key) -> Outcome {
    if matches!(state.mode, Mode::Confirmation(_)) {
        return marks::answer_confirmation(
            state,
            matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter),
        )
        .into();
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
        return Outcome::default();
    }
    state.view.pending_keys.keys.push(key);
    match state.settings.keymap.lookup(context, &state.view.pending_keys.keys) {
        Lookup::Action(action) => {
            let count = take_count(state);
            dispatch::dispatch(state, action, count)
        }
        Lookup::Pending => Outcome::default(),
        Lookup::Unbound => handle_unbound_key(state, key),
    }
}

/// Handles a key without a binding in its context.
fn handle_unbound_key(state: &mut State, key: Key) -> Outcome {
    let was_pending = state.view.pending_keys.keys.len() > 1;
    let _ = take_count(state);
    if was_pending {
        // A key that does not continue the sequence ends it and is ignored, as are Esc and ^C.
        return Outcome::default();
    }
    if !key.alt
        && let Some(effects) = prompt::type_key(state, key)
    {
        return effects.into();
    }
    if key.alt {
        // Without a keyboard protocol, Esc and a letter in quick succession arrive as Alt and a
        // letter.
        let keys = [Key::plain(KeyCode::Esc), Key { alt: false, ..key }];
        return Outcome { then: keys.map(FollowUp::Key).into(), ..Outcome::default() };
    }
    if matches!(&state.mode, Mode::Popup(it) if matches!(it.kind, PopupKind::Link { .. })) {
        // The popup shows a link to copy, so a key such as `y` applies to the paper.
        state.mode = Mode::Panes;
        return Outcome { then: vec![FollowUp::Key(key)], ..Outcome::default() };
    }
    match key.code {
        KeyCode::Char(letter) if !key.ctrl => menu::pick_by_label(state, letter),
        _ => Outcome::default(),
    }
}

/// Returns true if digits pick a row of a menu.
fn has_labels(state: &State) -> bool {
    matches!(&state.mode, Mode::Popup(it) if it.has_labels())
}

pub fn take_count(state: &mut State) -> Option<usize> {
    state.view.pending_keys.keys.clear();
    state.view.pending_keys.forced_context = None;
    state.view.pending_keys.count.take()
}
