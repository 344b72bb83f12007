//! The terminal's answer about its background, which arrives among the keys: `ESC ] 11;rgb:… ESC \`.

use crate::app::{Background, Key, KeyCode};
use crate::shell::terminal::background::{REPLY_START, parse_reply};

/// An answer without its end is given up after this many timeouts.
const MAX_QUIET_TIMEOUTS: u8 = 10;
/// Longer text is no answer.
const MAX_REPLY_LEN: usize = 64;

/// The keys of an answer so far.
#[derive(Debug)]
pub struct Reply {
    /// The keys of the introducer.
    start: Vec<Key>,
    text: String,
    timeouts: u8,
}

/// The result of a further key.
#[derive(Debug)]
pub enum ReplyPart {
    Incomplete(Reply),
    Complete(Background),
    /// The keys before this one, typed by the user.
    NotAReply(Vec<Key>),
}

impl Reply {
    /// Begins with the key that the introducer is decoded as.
    pub fn begin(key: Key) -> Option<Self> {
        let introducer = Key { alt: true, ..Key::char(']') };
        (key == introducer).then(|| Self { start: vec![key], text: String::new(), timeouts: 0 })
    }

    /// Begins with the `]` of an introducer that was split after its Esc.
    pub fn after_escape(key: Key) -> Self {
        Self { start: vec![Key::plain(KeyCode::Esc), key], text: String::new(), timeouts: 0 }
    }

    pub fn extend(mut self, key: Key) -> ReplyPart {
        let end = Key { alt: true, ..Key::char('\\') };
        let is_started = self.is_started();
        let is_end = key == end
            || key == Key::ctrl('g')
            || key == Key::char('\\') && self.text.ends_with('\u{1b}');
        if is_started && is_end {
            return ReplyPart::Complete(parse_reply(self.text.trim_end_matches('\u{1b}')));
        }
        let c = match key {
            Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. } => c,
            Key { code: KeyCode::Esc, .. } if is_started => '\u{1b}',
            _ => return ReplyPart::NotAReply(self.keys()),
        };
        self.text.push(c);
        self.timeouts = 0;
        if (is_started || REPLY_START.starts_with(&self.text)) && self.text.len() <= MAX_REPLY_LEN {
            return ReplyPart::Incomplete(self);
        }
        self.text.pop();
        ReplyPart::NotAReply(self.keys())
    }

    /// Handles a timeout without a key. Returns the keys if they are no answer.
    ///
    /// # Errors
    ///
    /// Returns the keys, none of them if an answer was cut off.
    pub fn on_timeout(self) -> Result<Self, Vec<Key>> {
        if !self.is_started() || self.timeouts >= MAX_QUIET_TIMEOUTS {
            return Err(self.keys());
        }
        Ok(Self { timeouts: self.timeouts + 1, ..self })
    }

    /// The keys if the user may have typed them; none of an answer.
    pub fn keys(self) -> Vec<Key> {
        if self.is_started() {
            return Vec::new();
        }
        self.start.into_iter().chain(self.text.chars().map(Key::char)).collect()
    }

    /// Returns true if the text has the start of an answer, which nobody types.
    fn is_started(&self) -> bool {
        self.text.starts_with(REPLY_START)
    }
}
