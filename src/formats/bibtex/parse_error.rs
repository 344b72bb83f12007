//! The reasons why an entry cannot be read, and the messages that tell them.

/// A fault of an entry, and the place at which it shows, as an offset into the text.
#[derive(Debug, PartialEq, Eq)]
pub struct BibtexParseError {
    pub offset: usize,
    pub reason: String,
}

/// A reason with the entry that it concerns.
pub fn entry_message(key: &str, what: &str) -> String {
    if key.is_empty() { format!("broken entry: {what}") } else { format!("{}: {what}", clip(key)) }
}

/// The beginning of a text, where it is too long for a message.
pub fn clip(text: &str) -> String {
    const MAX_MESSAGE_CHARS: usize = 60;
    let clean = crate::text::sanitise(text);
    match clean.char_indices().nth(MAX_MESSAGE_CHARS) {
        Some((at, _)) => format!("{}…", &clean[..at]),
        None => clean.into_owned(),
    }
}
