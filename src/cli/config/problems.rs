//! Errors of a configuration, each with its line.

/// Errors of one configuration.
pub struct ConfigProblems<'a> {
    text: &'a str,
    /// Messages by line number, from 1.
    messages: Vec<(usize, String)>,
}

impl<'a> ConfigProblems<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, messages: Vec::new() }
    }

    /// Adds an error at a byte offset of the text.
    pub fn add(&mut self, offset: usize, message: impl Into<String>) {
        let before = self.text.bytes().take(offset);
        self.add_to_line(before.filter(|byte| *byte == b'\n').count() + 1, message);
    }

    pub fn add_to_line(&mut self, line: usize, message: impl Into<String>) {
        self.messages.push((line, message.into()));
    }

    /// The messages in the order of their lines, as in `line 4: unknown setting`.
    pub fn into_messages(mut self) -> Vec<String> {
        self.messages.sort_by_key(|(line, _)| *line);
        self.messages.iter().map(|(line, message)| format!("line {line}: {message}")).collect()
    }
}
