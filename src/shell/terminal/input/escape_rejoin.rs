//! Puts together again what a slow link took apart: an Esc and the rest of a key's sequence.

use crate::app::{Code, Key};

use super::Input;

/// How many quiet moments end a paste whose own end was lost.
const QUIET_ENDS_PASTE: u8 = 10;
/// No sequence of a key is longer.
const LONGEST_TAIL: usize = 10;
const PASTE_END: &str = "\x1b[201~";

/// Fed with keys and with the news that none came for a moment; gives back what they mean.
#[derive(Debug, Default)]
pub struct Rejoin(State);

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    /// An Esc came, and then these characters.
    Held(String),
    /// The start of a paste came apart; what follows is text.
    Pasting { text: String, quiet: u8 },
}

/// What an Esc and some characters after it are.
#[derive(Debug, PartialEq, Eq)]
enum Tail {
    /// A key's sequence; none if the program has no use for the key.
    Key(Option<Key>),
    PasteStart,
    /// The beginning of some sequence.
    Begun,
    Other,
}

impl Rejoin {
    /// Whether something is held that the next moment may decide.
    pub fn is_waiting(&self) -> bool {
        !matches!(self.0, State::Idle)
    }

    pub fn key(&mut self, key: Key) -> Vec<Input> {
        match std::mem::take(&mut self.0) {
            State::Idle => self.begin(key),
            State::Held(tail) => self.go_on(tail, key),
            State::Pasting { mut text, .. } => {
                text.extend(typed(key));
                if let Some(pasted) = text.strip_suffix(PASTE_END) {
                    return vec![Input::Paste(pasted.to_owned())];
                }
                self.0 = State::Pasting { text, quiet: 0 };
                Vec::new()
            }
        }
    }

    /// No key came for a moment.
    pub fn waited(&mut self) -> Vec<Input> {
        match std::mem::take(&mut self.0) {
            State::Idle => Vec::new(),
            State::Held(tail) => apart(&tail),
            State::Pasting { text, quiet } if quiet >= QUIET_ENDS_PASTE => {
                vec![Input::Paste(text)]
            }
            State::Pasting { text, quiet } => {
                self.0 = State::Pasting { text, quiet: quiet + 1 };
                Vec::new()
            }
        }
    }

    /// Gives up what is held, because something else came between.
    pub fn flush(&mut self) -> Vec<Input> {
        match std::mem::take(&mut self.0) {
            State::Idle => Vec::new(),
            State::Held(tail) => apart(&tail),
            State::Pasting { text, .. } => vec![Input::Paste(text)],
        }
    }

    fn begin(&mut self, key: Key) -> Vec<Input> {
        if key == Key::plain(Code::Esc) {
            self.0 = State::Held(String::new());
            return Vec::new();
        }
        vec![Input::Key(key)]
    }

    fn go_on(&mut self, mut tail: String, key: Key) -> Vec<Input> {
        if let Some(c) = plain_char(key) {
            tail.push(c);
            match read(&tail) {
                Tail::Key(key) => return key.map(Input::Key).into_iter().collect(),
                Tail::PasteStart => {
                    self.0 = State::Pasting { text: String::new(), quiet: 0 };
                    return Vec::new();
                }
                Tail::Begun => {
                    self.0 = State::Held(tail);
                    return Vec::new();
                }
                Tail::Other => _ = tail.pop(),
            }
        }
        let mut all = apart(&tail);
        all.extend(self.begin(key));
        all
    }
}

fn plain_char(key: Key) -> Option<char> {
    match key {
        Key { code: Code::Char(c), ctrl: false, alt: false, shift: false } => Some(c),
        _ => None,
    }
}

/// The keys as they came.
fn apart(tail: &str) -> Vec<Input> {
    let esc = Key::plain(Code::Esc);
    std::iter::once(esc).chain(tail.chars().map(Key::char)).map(Input::Key).collect()
}

/// What a key that is part of a paste stands for.
fn typed(key: Key) -> Option<char> {
    match key.code {
        Code::Char('j' | 'm') if key.ctrl => Some('\n'),
        Code::Char(c) => Some(c),
        Code::Enter => Some('\n'),
        Code::Tab => Some('\t'),
        Code::Esc => Some('\x1b'),
        _ => None,
    }
}

fn read(tail: &str) -> Tail {
    if tail == "O" || tail == "[" {
        return Tail::Begun;
    }
    let application = tail.strip_prefix('O').and_then(|it| it.chars().next());
    if let Some(last) = application {
        return letter(last).map_or(Tail::Other, |code| Tail::Key(Some(Key::plain(code))));
    }
    let Some(rest) = tail.strip_prefix('[') else { return Tail::Other };
    let numbers = rest.trim_end_matches(|c: char| !c.is_ascii_digit() && c != ';');
    let is_number = |c: char| c.is_ascii_digit() || c == ';';
    if !numbers.chars().all(is_number) || tail.len() > LONGEST_TAIL {
        return Tail::Other;
    }
    let mut fields = numbers.split(';').map(|field| field.parse::<u32>().ok());
    let (number, modifiers) = (fields.next().flatten(), fields.next().flatten());
    let last = &rest[numbers.len()..];
    match (last, number) {
        ("", _) => Tail::Begun,
        ("~", Some(200)) => Tail::PasteStart,
        ("~", Some(number)) => Tail::Key(numbered(number).map(|it| modified(it, modifiers))),
        ("u", Some(number)) => Tail::Key(by_character(number).map(|it| modified(it, modifiers))),
        // The window has come or gone: no key.
        ("I" | "O", None) => Tail::Key(None),
        ("Z", None) => Tail::Key(Some(Key { shift: true, ..Key::plain(Code::Tab) })),
        _ => match last.chars().next().and_then(letter) {
            Some(code) if last.len() == 1 => Tail::Key(Some(modified(code, modifiers))),
            _ => Tail::Other,
        },
    }
}

fn letter(last: char) -> Option<Code> {
    Some(match last {
        'A' => Code::Up,
        'B' => Code::Down,
        'C' => Code::Right,
        'D' => Code::Left,
        'H' => Code::Home,
        'F' => Code::End,
        'P' => Code::F(1),
        'Q' => Code::F(2),
        'R' => Code::F(3),
        'S' => Code::F(4),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23 | 24 => Code::F(number as u8 - 12),
        _ => return None,
    })
}

fn by_character(number: u32) -> Option<Code> {
    match number {
        9 => Some(Code::Tab),
        13 => Some(Code::Enter),
        27 => Some(Code::Esc),
        127 => Some(Code::Backspace),
        _ => char::from_u32(number).filter(|c| !c.is_control()).map(Code::Char),
    }
}

/// A terminal counts modifiers from 1: shift 1, alt 2, control 4.
fn modified(code: Code, modifiers: Option<u32>) -> Key {
    let bits = modifiers.unwrap_or(1).saturating_sub(1);
    let shift = bits & 1 != 0 && !matches!(code, Code::Char(_));
    Key { code, shift, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
}
