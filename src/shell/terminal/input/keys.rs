//! Converts crossterm keys to the program's keys.

use crossterm::event::{self, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::{Key, KeyCode};

/// The pressed or repeated key; `None` if the program does not use it.
pub fn key_from_event(pressed: KeyEvent) -> Option<Key> {
    let has = |modifier| pressed.modifiers.intersects(modifier);
    if pressed.kind == KeyEventKind::Release || has(KeyModifiers::SUPER | KeyModifiers::HYPER) {
        return None;
    }
    let (ctrl, shift) = (has(KeyModifiers::CONTROL), has(KeyModifiers::SHIFT));
    let alt = has(KeyModifiers::ALT | KeyModifiers::META);
    let key_of = |code| Key { code, ctrl, alt, shift };
    Some(match pressed.code {
        event::KeyCode::Char(c) => return character(c, Key { ctrl, alt, shift, ..Key::char(c) }),
        event::KeyCode::Null => Key { ctrl: true, alt, ..Key::char(' ') },
        event::KeyCode::Enter => key_of(KeyCode::Enter),
        event::KeyCode::Esc => key_of(KeyCode::Esc),
        event::KeyCode::Tab => key_of(KeyCode::Tab),
        event::KeyCode::BackTab => Key { shift: true, ..key_of(KeyCode::Tab) },
        event::KeyCode::Backspace => key_of(KeyCode::Backspace),
        event::KeyCode::Delete => key_of(KeyCode::Delete),
        event::KeyCode::Up => key_of(KeyCode::Up),
        event::KeyCode::Down => key_of(KeyCode::Down),
        event::KeyCode::Left => key_of(KeyCode::Left),
        event::KeyCode::Right => key_of(KeyCode::Right),
        event::KeyCode::Home => key_of(KeyCode::Home),
        event::KeyCode::End => key_of(KeyCode::End),
        event::KeyCode::PageUp => key_of(KeyCode::PageUp),
        event::KeyCode::PageDown => key_of(KeyCode::PageDown),
        event::KeyCode::F(number) => key_of(KeyCode::F(number)),
        _ => return None,
    })
}

/// Applies shift to the character. With control, case makes no difference.
fn character(c: char, key: Key) -> Option<Key> {
    if c.is_control() {
        return None;
    }
    // AltGr is reported as control and alt together; its characters are plain text.
    let is_altgr_text = cfg!(windows) && key.ctrl && key.alt && !c.is_ascii_alphabetic();
    let c = match c {
        _ if is_altgr_text => c,
        // Crossterm reports these legacy control characters as digits.
        '4' if key.ctrl => '\\',
        '5' if key.ctrl => ']',
        '6' if key.ctrl => '^',
        '7' if key.ctrl => '_',
        _ if key.ctrl => one_char(c.to_lowercase()).unwrap_or(c),
        _ if key.shift => one_char(c.to_uppercase()).unwrap_or(c),
        _ => c,
    };
    Some(Key { ctrl: key.ctrl && !is_altgr_text, alt: key.alt && !is_altgr_text, ..Key::char(c) })
}

fn one_char(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next();
    first.filter(|_| chars.next().is_none())
}
