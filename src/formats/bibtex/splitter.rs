//! Splits a stream before each line that begins an entry, so that a broken entry does not affect
//! the next.

use std::io::{self, BufRead};

use memchr::{memchr, memrchr};

use super::parser::list_length;
use crate::formats::input::lines::{InputLine, Lines, MAX_LINE};

/// The text from the start of an entry to the next line that begins one.
#[derive(Debug, Default)]
pub struct EntryText {
    /// The number of its first line, from one.
    pub line: u64,
    pub text: String,
    /// The first line that was dropped because the entry exceeds [`MAX_LINE`].
    pub first_dropped_line: Option<u64>,
}

pub struct EntrySplitter<'a> {
    lines: Lines<'a>,
    /// The start of the next chunk, already read.
    next: Option<EntryText>,
    /// An I/O error to return after the open chunk.
    error: Option<io::Error>,
    /// True if there was text outside entries and comments.
    pub has_prose: bool,
}

impl<'a> EntrySplitter<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { lines: Lines::windows_1252(input), next: None, error: None, has_prose: false }
    }

    pub fn next(&mut self) -> io::Result<Option<EntryText>> {
        let mut open = self.next.take();
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        loop {
            let (number, line) = match self.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(open),
                Err(error) if open.is_none() => return Err(error),
                Err(error) => {
                    self.error = Some(error);
                    return Ok(open);
                }
            };
            let InputLine::Text(line) = line else {
                open.get_or_insert_with(|| EntryText { line: number, ..EntryText::default() })
                    .first_dropped_line
                    .get_or_insert(number);
                continue;
            };
            // A file with the line ends of an old Macintosh arrives as one line.
            let line = if line.contains('\r') { line.replace('\r', "\n").into() } else { line };
            if open.is_some() && begins_entry(&line) {
                self.next = Some(EntryText::start(number, &line));
                return Ok(open);
            }
            match &mut open {
                Some(chunk) => chunk.push(number, &line),
                None if find_entry(&line).is_some() || line.lines().any(resembles_entry) => {
                    open = Some(EntryText::start(number, &line));
                }
                None => {
                    let line = line.trim_start();
                    self.has_prose |= !line.is_empty() && !line.starts_with('%');
                }
            }
        }
    }
}

impl EntryText {
    fn start(number: u64, line: &str) -> Self {
        Self { line: number, text: format!("{line}\n"), first_dropped_line: None }
    }

    fn push(&mut self, number: u64, line: &str) {
        if self.text.len() + line.len() > MAX_LINE {
            self.first_dropped_line.get_or_insert(number);
        } else {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }
}

/// Returns true if a line begins with an entry.
pub fn begins_entry(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('@') && is_entry(line)
}

/// Returns true if a line that begins no entry looks as if it should: it has `@` in front, and a
/// bracket.
pub fn resembles_entry(line: &str) -> bool {
    let line = line.trim_start();
    let is_comment = line.get(1..8).is_some_and(|it| it.eq_ignore_ascii_case("comment"));
    line.starts_with('@') && line.contains(['{', '(']) && !is_comment && !is_entry(line)
}

/// Returns the offset of the first entry: `@`, a word, and a brace or parenthesis. Lines that begin
/// with a percent sign are comments.
pub fn find_entry(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr(b'@', &bytes[from..]).map(|it| it + from) {
        from = at + 1;
        if is_entry(&text[at..]) {
            let line = memrchr(b'\n', &bytes[..at]).map_or(0, |it| it + 1);
            if !text[line..].trim_start().starts_with('%') {
                return Some(at);
            }
            from = memchr(b'\n', &bytes[at..])? + at;
        }
    }
    None
}

/// Returns true if a text that begins with `@` continues like an entry.
fn is_entry(text: &str) -> bool {
    let word = text[1..].trim_start_matches([' ', '\t']);
    let letter_count = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let rest = &word[letter_count.max(list_length(word))..];
    rest.len() < word.len() && rest.trim_start_matches([' ', '\t']).starts_with(['{', '('])
}
