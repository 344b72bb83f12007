//! Errors in the syntax of an entry, and their messages.

/// An error in an entry, and its byte offset in the text.
#[derive(Debug, PartialEq, Eq)]
pub struct BibtexParseError {
    pub offset: usize,
    pub reason: String,
}

/// Prefixes a message with the key of the entry.
pub fn entry_message(key: &str, reason: &str) -> String {
    if key.is_empty() {
        format!("malformed entry: {reason}")
    } else {
        format!("{}: {reason}", clip(key))
    }
}

/// Truncates a text to 60 characters for a message.
pub fn clip(text: &str) -> String {
    const MAX_MESSAGE_CHARS: usize = 60;
    let clean = crate::text::sanitise(text);
    match clean.char_indices().nth(MAX_MESSAGE_CHARS) {
        Some((at, _)) => format!("{}…", &clean[..at]),
        None => clean.into_owned(),
    }
}

/// The opening delimiter of a closing one.
pub const fn opening(closing: char) -> char {
    match closing {
        '}' => '{',
        ')' => '(',
        same => same,
    }
}
