//! Converts crossterm keys to the program's keys.

use crossterm::event::{self, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::{Key, KeyCode};

/// The pressed or repeated key; `None` if the program does not use it.
pub fn key_from_event(pressed: KeyEvent) -> Option<Key> {
    let held = |modifier| pressed.modifiers.intersects(modifier);
    if pressed.kind == KeyEventKind::Release || held(KeyModifiers::SUPER | KeyModifiers::HYPER) {
        return None;
    }
    let (ctrl, shift) = (held(KeyModifiers::CONTROL), held(KeyModifiers::SHIFT));
    let alt = held(KeyModifiers::ALT | KeyModifiers::META);
    let named = |code| Key { code, ctrl, alt, shift };
    Some(match pressed.code {
        event::KeyCode::Char(c) => return character(c, Key { ctrl, alt, shift, ..Key::char(c) }),
        event::KeyCode::Null => Key { ctrl: true, alt, ..Key::char(' ') },
        event::KeyCode::Enter => named(KeyCode::Enter),
        event::KeyCode::Esc => named(KeyCode::Esc),
        event::KeyCode::Tab => named(KeyCode::Tab),
        event::KeyCode::BackTab => Key { shift: true, ..named(KeyCode::Tab) },
        event::KeyCode::Backspace => named(KeyCode::Backspace),
        event::KeyCode::Delete => named(KeyCode::Delete),
        event::KeyCode::Up => named(KeyCode::Up),
        event::KeyCode::Down => named(KeyCode::Down),
        event::KeyCode::Left => named(KeyCode::Left),
        event::KeyCode::Right => named(KeyCode::Right),
        event::KeyCode::Home => named(KeyCode::Home),
        event::KeyCode::End => named(KeyCode::End),
        event::KeyCode::PageUp => named(KeyCode::PageUp),
        event::KeyCode::PageDown => named(KeyCode::PageDown),
        event::KeyCode::F(number) => named(KeyCode::F(number)),
        _ => return None,
    })
}

/// Applies shift to the character. With control, case makes no difference.
fn character(c: char, held: Key) -> Option<Key> {
    if c.is_control() {
        return None;
    }
    // AltGr is reported as control and alt together; its characters are plain text.
    let typed = cfg!(windows) && held.ctrl && held.alt && !c.is_ascii_alphabetic();
    let c = match c {
        _ if typed => c,
        // Crossterm reports these legacy control characters as digits.
        '4' if held.ctrl => '\\',
        '5' if held.ctrl => ']',
        '6' if held.ctrl => '^',
        '7' if held.ctrl => '_',
        _ if held.ctrl => one_char(c.to_lowercase()).unwrap_or(c),
        _ if held.shift => one_char(c.to_uppercase()).unwrap_or(c),
        _ => c,
    };
    Some(Key { ctrl: held.ctrl && !typed, alt: held.alt && !typed, ..Key::char(c) })
}

fn one_char(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next();
    first.filter(|_| chars.next().is_none())
}
