//! Maps key presses to actions: counts, pending sequences, prompts.

use super::outcome::{FollowUp, Outcome};
use super::{dispatch, marks, menu, prompt, unbound};
use crate::app::action::keymap::Lookup;
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, KeyCode};
use crate::app::model::popup::PopupKind;
use crate::app::model::state::{Mode, State};

/// Limit of counts: larger than any corpus, and small enough to be added to a rank.
const MAX_COUNT: usize = 999_999_999;

pub fn press_key(state: &mut State, key: Key) -> Outcome {
    if let Some(mut keys) = latin_keys(state, key) {
        let first = keys.remove(0);
        let mut outcome = press_latin_key(state, first);
        outcome.then.extend(keys.into_iter().map(FollowUp::Key));
        return outcome;
    }
    press_latin_key(state, key)
}

/// The keys of the Latin layout for a key of another layout. Returns `None` for text, and for a key
/// that is bound itself.
fn latin_keys(state: &State, key: Key) -> Option<Vec<Key>> {
    let KeyCode::Char(c) = key.code else { return None };
    if state.is_text(key) {
        return None;
    }
    let pending = &state.view.pending_keys;
    let context = pending.forced_context.unwrap_or_else(|| state.context());
    let sequence = [&pending.keys[..], &[key]].concat();
    let keymap = &state.settings.keymap;
    if !c.is_ascii() && keymap.lookup(context, &sequence) != Lookup::Unbound {
        return None;
    }
    state.settings.lang_map.translate(key).filter(|keys| !keys.is_empty())
}

fn press_latin_key(state: &mut State, key: Key) -> Outcome {
    if matches!(state.mode, Mode::Confirmation(_)) {
        return answer(state, key);
    }
    if let Some(outcome) = menu::pick_by_label(state, key) {
        return outcome;
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
            state.notices.expire();
            state.notices.end_tips(action);
            dispatch::dispatch(state, action, count)
        }
        Lookup::Pending => Outcome::default(),
        Lookup::Unbound => handle_unbound_key(state, context, key),
    }
}

/// Answers the question with the key. A key with Alt is no answer.
fn answer(state: &mut State, key: Key) -> Outcome {
    if key.alt {
        return Outcome::default();
    }
    state.notices.expire();
    let is_yes = !key.ctrl && matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter);
    marks::answer_confirmation(state, is_yes).into()
}

/// Handles a key without a binding in its context. A key with Alt does nothing: in a terminal
/// without a keyboard protocol it may be an Esc that ran into the next key, but a filter dropped or
/// a paper marked by accident is worse than a key to press again.
fn handle_unbound_key(state: &mut State, context: KeyContext, key: Key) -> Outcome {
    let keys = state.view.pending_keys.keys.clone();
    let _ = take_count(state);
    if keys.len() > 1 {
        // A key that does not continue the sequence ends it; Esc and ^C are meant to.
        if key.code != KeyCode::Esc && key != Key::ctrl('c') && !key.alt {
            unbound::report(state, context, &keys);
        }
        return Outcome::default();
    }
    if key.alt {
        return Outcome::default();
    }
    if state.has_prompt() {
        state.notices.expire();
    }
    if let Some(effects) = prompt::type_key(state, key) {
        return effects.into();
    }
    if matches!(&state.mode, Mode::Popup(it) if matches!(it.kind, PopupKind::Link { .. })) {
        // The popup shows a link to copy, so a key such as `y` applies to the paper.
        state.mode = Mode::Panes;
        return Outcome { then: vec![FollowUp::Key(key)], ..Outcome::default() };
    }
    unbound::report(state, context, &keys);
    Outcome::default()
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
