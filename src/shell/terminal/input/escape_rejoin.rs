//! Rejoins an Esc and the rest of a key's escape sequence that a slow link has split, and takes the
//! terminal's answers out of the keys.

use crate::app::{Key, KeyCode};

use super::TerminalEvent;
use super::mouse::MouseReport;
use super::reply::{Reply, ReplyPart};

/// A paste without its end sequence ends after this many timeouts.
const MAX_QUIET_PASTE_TIMEOUTS: u8 = 10;
/// Maximum length of a key's escape sequence after the Esc.
const MAX_TAIL_LEN: usize = 10;
/// Maximum length of a report of the mouse after the Esc.
const MAX_MOUSE_TAIL_LEN: usize = 20;
const PASTE_END: &str = "\x1b[201~";

/// State machine that takes keys and timeouts and returns terminal events.
#[derive(Debug, Default)]
pub struct EscapeRejoiner(State);

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    /// An Esc arrived, and then these characters.
    AfterEscape(String),
    /// The start sequence of a paste was split; the following keys are its text.
    Pasting { text: String, timeouts: u8 },
    /// An answer of the terminal has begun.
    Replying(Reply),
}

/// Parse result of the characters after an Esc.
#[derive(Debug, PartialEq, Eq)]
enum Tail {
    /// The sequence of a key; `None` if the program does not use the key.
    Key(Option<Key>),
    PasteStart,
    Mouse(MouseReport),
    /// A prefix of some sequence.
    Incomplete,
    NotASequence,
}

impl EscapeRejoiner {
    /// Returns true if input is buffered that the next key or timeout decides.
    pub fn is_waiting(&self) -> bool {
        !matches!(self.0, State::Idle)
    }

    pub fn key(&mut self, key: Key) -> Vec<TerminalEvent> {
        match std::mem::take(&mut self.0) {
            State::Idle => self.begin(key),
            State::AfterEscape(tail) => self.extend_sequence(tail, key),
            State::Pasting { mut text, .. } => {
                text.extend(char_of_key(key));
                if let Some(pasted) = text.strip_suffix(PASTE_END) {
                    return vec![TerminalEvent::Paste(pasted.to_owned())];
                }
                self.0 = State::Pasting { text, timeouts: 0 };
                Vec::new()
            }
            State::Replying(reply) => self.extend_reply(reply, key),
        }
    }

    fn extend_reply(&mut self, reply: Reply, key: Key) -> Vec<TerminalEvent> {
        match reply.extend(key) {
            ReplyPart::Incomplete(reply) => {
                self.0 = State::Replying(reply);
                Vec::new()
            }
            ReplyPart::Complete(background) => vec![TerminalEvent::Background(background)],
            ReplyPart::NotAReply(keys) => {
                let mut events: Vec<_> = keys.into_iter().map(TerminalEvent::Key).collect();
                events.extend(self.key(key));
                events
            }
        }
    }

    /// Handles a timeout without a key.
    pub fn on_timeout(&mut self) -> Vec<TerminalEvent> {
        match std::mem::take(&mut self.0) {
            State::Idle => Vec::new(),
            State::AfterEscape(tail) => separate_keys(&tail),
            State::Pasting { text, timeouts } if timeouts >= MAX_QUIET_PASTE_TIMEOUTS => {
                vec![TerminalEvent::Paste(text)]
            }
            State::Pasting { text, timeouts } => {
                self.0 = State::Pasting { text, timeouts: timeouts + 1 };
                Vec::new()
            }
            State::Replying(reply) => match reply.on_timeout() {
                Ok(reply) => {
                    self.0 = State::Replying(reply);
                    Vec::new()
                }
                Err(keys) => keys.into_iter().map(TerminalEvent::Key).collect(),
            },
        }
    }

    /// Returns buffered input, as an event of another kind arrived.
    pub fn flush(&mut self) -> Vec<TerminalEvent> {
        match std::mem::take(&mut self.0) {
            State::Idle => Vec::new(),
            State::AfterEscape(tail) => separate_keys(&tail),
            State::Pasting { text, .. } => vec![TerminalEvent::Paste(text)],
            State::Replying(reply) => reply.keys().into_iter().map(TerminalEvent::Key).collect(),
        }
    }

    fn begin(&mut self, key: Key) -> Vec<TerminalEvent> {
        if key == Key::plain(KeyCode::Esc) {
            self.0 = State::AfterEscape(String::new());
            return Vec::new();
        }
        if let Some(reply) = Reply::begin(key) {
            self.0 = State::Replying(reply);
            return Vec::new();
        }
        vec![TerminalEvent::Key(key)]
    }

    fn extend_sequence(&mut self, mut tail: String, key: Key) -> Vec<TerminalEvent> {
        if let Some(c) = plain_char(key) {
            if tail.is_empty() && c == ']' {
                self.0 = State::Replying(Reply::after_escape(key));
                return Vec::new();
            }
            tail.push(c);
            match parse_tail(&tail) {
                Tail::Mouse(report) => {
                    return report.input().map(TerminalEvent::Mouse).into_iter().collect();
                }
                Tail::Key(key) => return key.map(TerminalEvent::Key).into_iter().collect(),
                Tail::PasteStart => {
                    self.0 = State::Pasting { text: String::new(), timeouts: 0 };
                    return Vec::new();
                }
                Tail::Incomplete => {
                    self.0 = State::AfterEscape(tail);
                    return Vec::new();
                }
                Tail::NotASequence => _ = tail.pop(),
            }
        }
        let mut all = separate_keys(&tail);
        all.extend(self.begin(key));
        all
    }
}

fn plain_char(key: Key) -> Option<char> {
    match key {
        Key { code: KeyCode::Char(c), ctrl: false, alt: false, shift: false } => Some(c),
        _ => None,
    }
}

/// The buffered input as single keys.
fn separate_keys(tail: &str) -> Vec<TerminalEvent> {
    let esc = Key::plain(KeyCode::Esc);
    std::iter::once(esc).chain(tail.chars().map(Key::char)).map(TerminalEvent::Key).collect()
}

/// The character of a key within a paste.
fn char_of_key(key: Key) -> Option<char> {
    match key.code {
        KeyCode::Char('j' | 'm') if key.ctrl => Some('\n'),
        KeyCode::Char(c) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        KeyCode::Esc => Some('\x1b'),
        _ => None,
    }
}

fn parse_tail(tail: &str) -> Tail {
    if tail == "O" || tail == "[" {
        return Tail::Incomplete;
    }
    let application = tail.strip_prefix('O').and_then(|it| it.chars().next());
    if let Some(last) = application {
        return code_from_letter(last)
            .map_or(Tail::NotASequence, |code| Tail::Key(Some(Key::plain(code))));
    }
    let Some(rest) = tail.strip_prefix('[') else { return Tail::NotASequence };
    if let Some(report) = rest.strip_prefix('<') {
        return parse_mouse_tail(report);
    }
    let numbers = rest.trim_end_matches(|c: char| !c.is_ascii_digit() && c != ';');
    let is_number = |c: char| c.is_ascii_digit() || c == ';';
    if !numbers.chars().all(is_number) || tail.len() > MAX_TAIL_LEN {
        return Tail::NotASequence;
    }
    let mut fields = numbers.split(';').map(|field| field.parse::<u32>().ok());
    let (number, modifiers) = (fields.next().flatten(), fields.next().flatten());
    let last = &rest[numbers.len()..];
    match (last, number) {
        ("", _) => Tail::Incomplete,
        ("~", Some(200)) => Tail::PasteStart,
        ("~", Some(number)) => {
            Tail::Key(code_from_number(number).map(|it| modified(it, modifiers)))
        }
        ("u", Some(number)) => Tail::Key(code_from_char(number).map(|it| modified(it, modifiers))),
        // Focus events are not keys.
        ("I" | "O", None) => Tail::Key(None),
        ("Z", None) => Tail::Key(Some(Key { shift: true, ..Key::plain(KeyCode::Tab) })),
        _ => match last.chars().next().and_then(code_from_letter) {
            Some(code) if last.len() == 1 => Tail::Key(Some(modified(code, modifiers))),
            _ => Tail::NotASequence,
        },
    }
}

/// Parses the part of a report of the mouse after `[<`, such as `0;10;5M`.
fn parse_mouse_tail(report: &str) -> Tail {
    if let Some(report) = MouseReport::parse(report) {
        return Tail::Mouse(report);
    }
    let is_prefix = report.chars().all(|c| c.is_ascii_digit() || c == ';');
    if is_prefix && report.len() <= MAX_MOUSE_TAIL_LEN {
        Tail::Incomplete
    } else {
        Tail::NotASequence
    }
}

fn code_from_letter(last: char) -> Option<KeyCode> {
    Some(match last {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        'R' => KeyCode::F(3),
        'S' => KeyCode::F(4),
        _ => return None,
    })
}

fn code_from_number(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23 | 24 => KeyCode::F(number as u8 - 12),
        _ => return None,
    })
}

fn code_from_char(number: u32) -> Option<KeyCode> {
    match number {
        9 => Some(KeyCode::Tab),
        13 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        127 => Some(KeyCode::Backspace),
        _ => char::from_u32(number).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}

/// Modifiers in escape sequences are 1 plus a bit mask: shift 1, alt 2, control 4.
fn modified(code: KeyCode, modifiers: Option<u32>) -> Key {
    let bits = modifiers.unwrap_or(1).saturating_sub(1);
    let shift = bits & 1 != 0 && !matches!(code, KeyCode::Char(_));
    Key { code, shift, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
}
