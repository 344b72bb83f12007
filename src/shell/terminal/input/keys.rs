//! From the terminal library's keys to the program's own.

use crossterm::event::{self, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::{Key, KeyCode};

/// Returns the key that was pressed or repeats, or none if the program has no use for it.
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

/// Shift is in the character already, or is put there; control makes no difference between cases.
fn character(c: char, held: Key) -> Option<Key> {
    if c.is_control() {
        return None;
    }
    // The right Alt key of many keyboards is reported as both; what it types is plain text.
    let typed = cfg!(windows) && held.ctrl && held.alt && !c.is_ascii_alphabetic();
    let c = match c {
        _ if typed => c,
        // What an old terminal sends for these is reported as a digit.
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
