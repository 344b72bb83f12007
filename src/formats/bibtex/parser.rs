//! Parses one BibTeX entry: its kind, key, and fields with values in chunks.

use std::ops::Range;

use memchr::memchr;

use super::parse_error::{BibtexParseError, clip, entry_message, opening};

/// The maximal nesting of braces. No real entry needs more, and later stages may recurse per level.
const MAX_BRACE_DEPTH: usize = 100;

/// A block that begins with `@`.
#[derive(Debug, PartialEq, Eq)]
pub enum BibtexBlock<'a> {
    Entry(RawEntry<'a>),
    /// An `@string` definition.
    Abbreviation(RawField<'a>),
    /// A comment or a preamble.
    Comment,
}

#[derive(Debug, PartialEq, Eq)]
pub struct RawEntry<'a> {
    pub kind: &'a str,
    /// Empty if there is none.
    pub key: &'a str,
    pub fields: Vec<RawField<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct RawField<'a> {
    pub name: &'a str,
    pub value: Vec<RawChunk<'a>>,
    /// The byte range of name and value in the text.
    pub span: Range<usize>,
}

/// A part of a value. The parts are joined by `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawChunk<'a> {
    /// Text in braces or quotes, without these.
    Text(&'a str),
    /// A number or the name of an abbreviation, and its offset.
    Abbreviation(&'a str, usize),
}

/// The meaning of a backslash before a brace or quote. In BibTeX it has none, but some programs
/// that write BibTeX assume that it escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BackslashMode {
    Literal,
    Escape,
}

/// Parses the block whose `@` is at offset `at`. Returns it with the offset of its end.
///
/// # Errors
///
/// Returns the first error, with backslashes taken literally, if neither mode of backslashes
/// parses.
pub fn parse_block(text: &str, at: usize) -> Result<(BibtexBlock<'_>, usize), BibtexParseError> {
    let parsed =
        |escapes| Parser { text, start: at, pos: at + 1, escapes, key: "", close: b'}' }.block();
    parsed(BackslashMode::Literal).or_else(|fault| parsed(BackslashMode::Escape).map_err(|_| fault))
}

struct Parser<'a> {
    text: &'a str,
    /// The offset of the entry.
    start: usize,
    pos: usize,
    escapes: BackslashMode,
    /// The key of the entry, for messages.
    key: &'a str,
    /// The closing bracket of the entry.
    close: u8,
}

impl<'a> Parser<'a> {
    fn block(mut self) -> Result<(BibtexBlock<'a>, usize), BibtexParseError> {
        self.skip_blanks();
        let kind = self.kind();
        self.skip_blanks();
        let open = self.pos;
        self.close = if self.peek() == Some(b'(') { b')' } else { b'}' };
        self.pos += 1;
        let item = if kind.eq_ignore_ascii_case("comment") || kind.eq_ignore_ascii_case("preamble")
        {
            self.skip_comment(open);
            BibtexBlock::Comment
        } else if kind.eq_ignore_ascii_case("string") {
            self.skip_blanks();
            let field = self.field()?;
            self.end()?;
            BibtexBlock::Abbreviation(field)
        } else {
            self.key = self.key()?;
            let fields = self.fields()?;
            BibtexBlock::Entry(RawEntry { kind, key: self.key, fields })
        };
        Ok((item, self.pos))
    }

    /// Parses a word, or the Python list that a service writes by mistake: `['JournalArticle']`.
    fn kind(&mut self) -> &'a str {
        let rest = &self.text[self.pos..];
        let len = list_length(rest);
        if len == 0 {
            return self.take_while(|it| it.is_ascii_alphabetic());
        }
        self.pos += len;
        &rest[..len]
    }

    /// Skips a comment. One without braces, or with an unclosed brace, ends with its first line.
    fn skip_comment(&mut self, open: usize) {
        if self.close != b'}' || self.braced_value("").is_err() {
            self.pos = open;
            self.skip_line();
        }
    }

    /// Parses the key and the comma after it. If the comma is missing, the last word before `=` is
    /// the name of a field.
    fn key(&mut self) -> Result<&'a str, BibtexParseError> {
        self.skip_blanks();
        let start = self.pos;
        let is_end = |it: &u8| b",={}\"".contains(it) || (*it == self.close);
        let bytes = &self.text.as_bytes()[start..];
        let len = bytes.iter().position(is_end).unwrap_or(bytes.len());
        let words = &self.text[start..start + len];
        match bytes.get(len) {
            Some(b',') => self.pos = start + len + 1,
            Some(b'=') => {
                let words = words.trim_end();
                let name = words.rsplit(char::is_whitespace).next().unwrap_or_default();
                let key = &words[..words.len() - name.len()];
                self.pos = start + key.len();
                return Ok(key.trim_end());
            }
            Some(byte) if *byte == self.close => self.pos = start + len,
            Some(_) => return Err(self.error(start, "missing comma after the key")),
            None => return Err(self.unclosed_error()),
        }
        Ok(words.trim_end())
    }

    fn fields(&mut self) -> Result<Vec<RawField<'a>>, BibtexParseError> {
        let mut fields: Vec<RawField<'a>> = Vec::new();
        let mut starts = Vec::new();
        loop {
            self.skip_between();
            match self.peek() {
                None => {
                    let open = starts.into_iter().zip(&fields).find(|(_, it)| holds_field(it));
                    return Err(open.map_or_else(
                        || self.unclosed_error(),
                        |(at, it)| self.open_value_error(at, it.name, '}'),
                    ));
                }
                Some(byte) if byte == self.close => break,
                Some(_) => {
                    starts.push(self.pos);
                    fields.push(self.field()?);
                }
            }
        }
        self.pos += 1;
        self.check_rest()?;
        Ok(fields)
    }

    /// Parses a field. It must be followed by a comma, the end, or another field (whose comma is
    /// missing).
    fn field(&mut self) -> Result<RawField<'a>, BibtexParseError> {
        let start = self.pos;
        let name = self.name();
        self.skip_blanks();
        if name.is_empty() || self.peek() != Some(b'=') {
            let reason = match self.text[start..].chars().next() {
                _ if !name.is_empty() => format!("missing `=` after `{}`", clip(name)),
                Some(c) => format!("unexpected `{c}` at the start of a field"),
                None => return Err(self.unclosed_error()),
            };
            return Err(self.error(start, &reason));
        }
        self.pos += 1;
        let value = self.value(name)?;
        let span = start..start + self.text[start..self.pos].trim_end().len();
        self.skip_blanks();
        let is_followed = self.peek().is_none_or(|it| it == b',' || it == b'%' || it == self.close);
        if !is_followed && !self.is_at_field() {
            let reason = match value.as_slice() {
                [.., RawChunk::Text(_)] => "missing comma after the value of",
                _ => "missing braces or quotes around the value of",
            };
            let reason = format!("{reason} `{}`", clip(name));
            return Err(self.error(self.pos, &reason));
        }
        Ok(RawField { name, value, span })
    }

    fn value(&mut self, name: &str) -> Result<Vec<RawChunk<'a>>, BibtexParseError> {
        let mut pieces = Vec::new();
        loop {
            self.skip_blanks();
            let start = self.pos;
            match self.peek() {
                Some(b'{') => {
                    self.pos += 1;
                    self.braced_value(name)?;
                    pieces.push(RawChunk::Text(&self.text[start + 1..self.pos - 1]));
                }
                Some(b'"') => {
                    self.pos += 1;
                    self.quoted_value(name)?;
                    pieces.push(RawChunk::Text(&self.text[start + 1..self.pos - 1]));
                }
                _ => match self.word() {
                    "" => {}
                    word => pieces.push(RawChunk::Abbreviation(word, start)),
                },
            }
            self.skip_blanks();
            if self.peek() != Some(b'#') {
                return Ok(pieces);
            }
            self.pos += 1;
        }
    }

    /// Skips past the brace that matches the one before.
    fn braced_value(&mut self, name: &str) -> Result<(), BibtexParseError> {
        let start = self.pos - 1;
        let mut depth = 1;
        while depth > 0 {
            match self.next_sign() {
                None => return Err(self.open_value_error(start, name, '}')),
                Some(b'{') => depth += 1,
                Some(b'}') => depth -= 1,
                Some(_) => {}
            }
            self.check_depth(depth, start, name)?;
        }
        Ok(())
    }

    /// Skips past the closing quote. Quotes inside braces do not count.
    fn quoted_value(&mut self, name: &str) -> Result<(), BibtexParseError> {
        let start = self.pos - 1;
        let mut depth = 0_usize;
        loop {
            match self.next_sign() {
                None => return Err(self.open_value_error(start, name, '"')),
                Some(b'{') => depth += 1,
                Some(b'}') if depth == 0 => return Err(self.open_value_error(start, name, '"')),
                Some(b'}') => depth -= 1,
                Some(_) if depth == 0 => return Ok(()),
                Some(_) => {}
            }
            self.check_depth(depth, start, name)?;
        }
    }

    /// Skips past the next brace or quote, and returns it.
    fn next_sign(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.pos) {
            self.pos += 1;
            match byte {
                b'\\' if self.escapes == BackslashMode::Escape => {
                    let hides = bytes.get(self.pos).is_some_and(|it| b"{}\"\\".contains(it));
                    self.pos += usize::from(hides);
                }
                b'{' | b'}' | b'"' => return Some(byte),
                _ => {}
            }
        }
        None
    }

    fn check_depth(&self, depth: usize, start: usize, name: &str) -> Result<(), BibtexParseError> {
        if depth <= MAX_BRACE_DEPTH {
            return Ok(());
        }
        let name = clip(name);
        let reason = format!("braces of `{name}` nested more than {MAX_BRACE_DEPTH} deep");
        Err(self.error(start, &reason))
    }

    fn end(&mut self) -> Result<(), BibtexParseError> {
        self.skip_between();
        if self.peek() != Some(self.close) {
            return Err(self.unclosed_error());
        }
        self.pos += 1;
        Ok(())
    }

    /// Fails if fields follow the end of the entry: then a closing bracket is misplaced.
    fn check_rest(&self) -> Result<(), BibtexParseError> {
        let mut lookahead = Self { ..*self };
        lookahead.skip_between();
        if lookahead.is_at_field() {
            let name = clip(lookahead.name());
            let reason = format!("extra `{}` before `{name}`", char::from(self.close));
            return Err(self.error(self.pos - 1, &reason));
        }
        Ok(())
    }

    fn is_at_field(&self) -> bool {
        let mut lookahead = Self { ..*self };
        let name = lookahead.name();
        lookahead.skip_blanks();
        !name.is_empty() && lookahead.peek() == Some(b'=')
    }

    fn name(&mut self) -> &'a str {
        self.take_while(|it| !it.is_ascii_whitespace() && !b"@=,#%\"{}()".contains(&it))
    }

    fn word(&mut self) -> &'a str {
        let close = self.close;
        self.take_while(|it| !it.is_ascii_whitespace() && !b"=,#\"{}".contains(&it) && it != close)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    /// Takes bytes while all ASCII ones satisfy `is_part`.
    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.pos..];
        let len = rest.find(|c: char| c.is_ascii() && !is_part(c as u8)).unwrap_or(rest.len());
        self.pos += len;
        &rest[..len]
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.pos..];
        self.pos += rest.len() - rest.trim_start().len();
    }

    /// Skips blanks, commas and commented lines between fields.
    fn skip_between(&mut self) {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.pos += 1,
                Some(b'%') => self.skip_line(),
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        let end = memchr(b'\n', &self.text.as_bytes()[self.pos..]);
        self.pos = end.map_or(self.text.len(), |it| self.pos + it + 1);
    }

    fn open_value_error(&self, start: usize, name: &str, delimiter: char) -> BibtexParseError {
        let reason = format!("unclosed `{}` in the value of `{}`", opening(delimiter), clip(name));
        self.error(start, &reason)
    }

    fn unclosed_error(&self) -> BibtexParseError {
        let reason = format!("unclosed `{}`", opening(char::from(self.close)));
        self.error(self.start, &reason)
    }

    fn error(&self, offset: usize, reason: &str) -> BibtexParseError {
        BibtexParseError { offset, reason: entry_message(self.key, reason) }
    }
}

/// Returns true if a line of the value looks like the next field, so the value's closing brace
/// seems to be missing.
fn holds_field(field: &RawField<'_>) -> bool {
    let is_field = |line: &str| {
        let name = line.split_once('=').map_or("", |(name, _)| name.trim());
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
    };
    let has_field_line = |piece: &RawChunk<'_>| matches!(piece, RawChunk::Text(text) if text.lines().skip(1).any(is_field));
    field.value.iter().any(has_field_line)
}

/// Returns the length of a list such as `['JournalArticle', 'Review']` at the start of a text, or
/// zero.
pub fn list_length(text: &str) -> usize {
    let Some(inner) = text.strip_prefix('[') else { return 0 };
    let is_part = |c: char| c.is_ascii_alphabetic() || "'\", ".contains(c);
    let len = inner.find(|c| !is_part(c)).unwrap_or(inner.len());
    if inner[len..].starts_with(']') { len + 2 } else { 0 }
}
