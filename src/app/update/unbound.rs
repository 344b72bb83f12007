//! Reports keys without a binding, once each, with the nearest binding.

use crate::app::action::keymap::{Keymap, Lookup};
use crate::app::action::{Action, MenuAction};
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, KeyCode, format_keys, key_label};
use crate::app::model::state::{Mode, State};

/// Reports that the keys are not bound in the context.
pub fn report(state: &mut State, context: KeyContext, keys: &[Key]) {
    if !state.notices.is_first_report(context, keys) {
        return;
    }
    let label = key_label(&format_keys(keys));
    if matches!(&state.mode, Mode::Popup(popup) if popup.has_labels()) {
        state.notices.info(format!("{label} is not in this menu; ? explains it"));
        return;
    }
    let keymap = &state.settings.keymap;
    let hint = if let Some((keys, action)) = nearest(keymap, context, keys) {
        let summary = action.info().map_or("", |entry| short_summary(entry.summary));
        format!("did you mean {keys} ({summary})?")
    } else {
        let help = keymap.keys_of(context, Action::Show(MenuAction::Help));
        let help = help.first().map_or_else(|| ":help".to_owned(), |it| key_label(it));
        format!("{help} lists all keys")
    };
    state.notices.info(format!("{label} is not bound; {hint}"));
}

/// A summary without its parentheses and its second part.
fn short_summary(summary: &str) -> &str {
    summary.split([';', '(', '…']).next().unwrap_or_default().trim_end()
}

/// The nearest binding: the last key in the other case or with the other state of Ctrl, or else a
/// sequence that ends with it.
fn nearest(keymap: &Keymap, context: KeyContext, keys: &[Key]) -> Option<(String, Action)> {
    let (last, before) = keys.split_last()?;
    let variants = [other_case(*last), other_ctrl(*last)].into_iter().flatten();
    let variant = variants.map(|key| [before, &[key]].concat()).find_map(|keys| {
        match keymap.lookup(context, &keys) {
            Lookup::Action(action) => Some((key_label(&format_keys(&keys)), action)),
            Lookup::Pending | Lookup::Unbound => None,
        }
    });
    let is_letter = matches!(last.code, KeyCode::Char(_)) && !last.ctrl && before.is_empty();
    let longer = || {
        let sequences = keymap.continuations(context, &[]).into_iter();
        let is_longer = |keys: &str| keys.len() > 1 && !keys.starts_with('<');
        sequences.into_iter().find(|(keys, _)| {
            is_letter && is_longer(keys) && keys.ends_with(&format_keys(&[*last]))
        })
    };
    variant.or_else(longer)
}

fn other_case(key: Key) -> Option<Key> {
    let KeyCode::Char(letter) = key.code else { return None };
    let other = if letter.is_ascii_uppercase() {
        letter.to_ascii_lowercase()
    } else {
        letter.to_ascii_uppercase()
    };
    (other != letter && !key.ctrl).then_some(Key { code: KeyCode::Char(other), ..key })
}

fn other_ctrl(key: Key) -> Option<Key> {
    let KeyCode::Char(letter) = key.code else { return None };
    let code = KeyCode::Char(letter.to_ascii_lowercase());
    letter.is_ascii_alphabetic().then_some(Key { code, ctrl: !key.ctrl, ..key })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::parse_keys;

    fn nearest_keys(keys: &str) -> Option<String> {
        let keys = parse_keys(keys).unwrap();
        nearest(&Keymap::default(), KeyContext::List, &keys).map(|(keys, _)| keys)
    }

    #[test]
    fn the_nearest_binding_has_the_other_case_or_ctrl_or_ends_with_the_key() {
        for (keys, nearest) in [
            ("U", Some("u")),
            ("d", Some("^D")),
            ("<C-o>", Some("o")),
            ("i", Some("yi")),
            ("yI", Some("yi")),
            ("<F9>", None),
            ("<C-]>", None),
        ] {
            assert_eq!(nearest_keys(keys).as_deref(), nearest, "{keys}");
        }
    }
}
