//! From the terminal library's keys to the program's own.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::{Code, Key};

/// Returns the key that was pressed or repeats, or none if the program has no use for it.
pub fn from_event(event: KeyEvent) -> Option<Key> {
    let held = |modifier| event.modifiers.intersects(modifier);
    if event.kind == KeyEventKind::Release || held(KeyModifiers::SUPER | KeyModifiers::HYPER) {
        return None;
    }
    let (ctrl, shift) = (held(KeyModifiers::CONTROL), held(KeyModifiers::SHIFT));
    let alt = held(KeyModifiers::ALT | KeyModifiers::META);
    let named = |code| Key { code, ctrl, alt, shift };
    Some(match event.code {
        KeyCode::Char(c) => return character(c, Key { ctrl, alt, shift, ..Key::char(c) }),
        KeyCode::Null => Key { ctrl: true, alt, ..Key::char(' ') },
        KeyCode::Enter => named(Code::Enter),
        KeyCode::Esc => named(Code::Esc),
        KeyCode::Tab => named(Code::Tab),
        KeyCode::BackTab => Key { shift: true, ..named(Code::Tab) },
        KeyCode::Backspace => named(Code::Backspace),
        KeyCode::Delete => named(Code::Delete),
        KeyCode::Up => named(Code::Up),
        KeyCode::Down => named(Code::Down),
        KeyCode::Left => named(Code::Left),
        KeyCode::Right => named(Code::Right),
        KeyCode::Home => named(Code::Home),
        KeyCode::End => named(Code::End),
        KeyCode::PageUp => named(Code::PageUp),
        KeyCode::PageDown => named(Code::PageDown),
        KeyCode::F(number) => named(Code::F(number)),
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
