//! The syntax of one entry: its kind, its key, and fields with values in pieces.

use std::ops::Range;

use memchr::memchr;

use super::parse_error::{Fault, clipped, entry_message};

/// Braces may be nested so deep. Nobody means more, and what comes after may recurse.
const DEEPEST: usize = 100;

/// What stands behind an `@`.
#[derive(Debug, PartialEq, Eq)]
pub enum Item<'a> {
    Entry(Entry<'a>),
    /// `@string`: a name for a text.
    Macro(Field<'a>),
    /// A comment or a preamble.
    Aside,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub kind: &'a str,
    /// Empty where there is none.
    pub key: &'a str,
    pub fields: Vec<Field<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a str,
    pub value: Vec<Piece<'a>>,
    /// The place of name and value in the text.
    pub span: Range<usize>,
}

/// Values are pieces joined by `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// In braces or in quotes.
    Text(&'a str),
    /// A number or the name of a macro, and where it stands.
    Word(&'a str, usize),
}

/// Whether a backslash hides a brace or a quote. For BibTeX it does not, but not all programs
/// that write BibTeX know that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escapes {
    Nothing,
    Signs,
}

/// Reads the item whose `@` stands at an offset, and returns it with where it ends.
pub fn item(text: &str, at: usize) -> Result<(Item<'_>, usize), Fault> {
    let parsed =
        |escapes| Parser { text, start: at, at: at + 1, escapes, key: "", close: b'}' }.item();
    parsed(Escapes::Nothing).or_else(|fault| parsed(Escapes::Signs).map_err(|_| fault))
}

struct Parser<'a> {
    text: &'a str,
    /// Where the entry begins.
    start: usize,
    at: usize,
    escapes: Escapes,
    /// Of the entry, for messages.
    key: &'a str,
    /// What ends the entry.
    close: u8,
}

impl<'a> Parser<'a> {
    fn item(mut self) -> Result<(Item<'a>, usize), Fault> {
        self.skip_blanks();
        let kind = self.kind();
        self.skip_blanks();
        let open = self.at;
        self.close = if self.peek() == Some(b'(') { b')' } else { b'}' };
        self.at += 1;
        let item = if kind.eq_ignore_ascii_case("comment") || kind.eq_ignore_ascii_case("preamble")
        {
            self.skip_aside(open);
            Item::Aside
        } else if kind.eq_ignore_ascii_case("string") {
            self.skip_blanks();
            let field = self.field()?;
            self.end()?;
            Item::Macro(field)
        } else {
            self.key = self.key()?;
            let fields = self.fields()?;
            Item::Entry(Entry { kind, key: self.key, fields })
        };
        Ok((item, self.at))
    }

    /// A word; or the list of Python that a service writes by mistake: `['JournalArticle']`.
    fn kind(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let len = list_length(rest);
        if len == 0 {
            return self.take_while(|it| it.is_ascii_alphabetic());
        }
        self.at += len;
        &rest[..len]
    }

    /// A comment that is not in braces, or whose brace is not closed, is its first line.
    fn skip_aside(&mut self, open: usize) {
        if self.close != b'}' || self.braced("").is_err() {
            self.at = open;
            self.skip_line();
        }
    }

    /// The key with the comma after it. Where that is missing, the last word before an equals sign
    /// is the name of a field.
    fn key(&mut self) -> Result<&'a str, Fault> {
        self.skip_blanks();
        let start = self.at;
        let is_end = |it: &u8| b",={}\"".contains(it) || (*it == self.close);
        let bytes = &self.text.as_bytes()[start..];
        let len = bytes.iter().position(is_end).unwrap_or(bytes.len());
        let words = &self.text[start..start + len];
        match bytes.get(len) {
            Some(b',') => self.at = start + len + 1,
            Some(b'=') => {
                let words = words.trim_end();
                let name = words.rsplit(char::is_whitespace).next().unwrap_or_default();
                let key = &words[..words.len() - name.len()];
                self.at = start + key.len();
                return Ok(key.trim_end());
            }
            Some(it) if *it == self.close => self.at = start + len,
            Some(_) => return Err(self.fault(start, "there is no comma after its key")),
            None => return Err(self.unclosed()),
        }
        Ok(words.trim_end())
    }

    fn fields(&mut self) -> Result<Vec<Field<'a>>, Fault> {
        let mut fields: Vec<Field<'a>> = Vec::new();
        let mut starts = Vec::new();
        loop {
            self.skip_between();
            match self.peek() {
                None => {
                    let open = starts.into_iter().zip(&fields).find(|(_, it)| holds_field(it));
                    return Err(open.map_or_else(
                        || self.unclosed(),
                        |(at, it)| self.open_value(at, it.name, '}'),
                    ));
                }
                Some(it) if it == self.close => break,
                Some(_) => {
                    starts.push(self.at);
                    fields.push(self.field()?);
                }
            }
        }
        self.at += 1;
        self.check_rest()?;
        Ok(fields)
    }

    /// A field, and what may follow one: a comma, the end, or another field whose comma is missing.
    fn field(&mut self) -> Result<Field<'a>, Fault> {
        let start = self.at;
        let name = self.name();
        self.skip_blanks();
        if name.is_empty() || self.peek() != Some(b'=') {
            let what = match self.text[start..].chars().next() {
                _ if !name.is_empty() => format!("there is no = after `{}`", clipped(name)),
                Some(c) => format!("a field cannot begin with {c}"),
                None => return Err(self.unclosed()),
            };
            return Err(self.fault(start, &what));
        }
        self.at += 1;
        let value = self.value(name)?;
        let span = start..start + self.text[start..self.at].trim_end().len();
        self.skip_blanks();
        let is_followed = self.peek().is_none_or(|it| it == b',' || it == b'%' || it == self.close);
        if !is_followed && !self.is_at_field() {
            let what = match value.as_slice() {
                [.., Piece::Text(_)] => "there is no comma after the value of",
                _ => "neither braces nor quotes are around the value of",
            };
            let what = format!("{what} `{}`", clipped(name));
            return Err(self.fault(self.at, &what));
        }
        Ok(Field { name, value, span })
    }

    fn value(&mut self, name: &str) -> Result<Vec<Piece<'a>>, Fault> {
        let mut pieces = Vec::new();
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    self.braced(name)?;
                    pieces.push(Piece::Text(&self.text[start + 1..self.at - 1]));
                }
                Some(b'"') => {
                    self.at += 1;
                    self.quoted(name)?;
                    pieces.push(Piece::Text(&self.text[start + 1..self.at - 1]));
                }
                _ => match self.word() {
                    "" => {}
                    word => pieces.push(Piece::Word(word, start)),
                },
            }
            self.skip_blanks();
            if self.peek() != Some(b'#') {
                return Ok(pieces);
            }
            self.at += 1;
        }
    }

    /// Goes past the brace that closes the one before.
    fn braced(&mut self, name: &str) -> Result<(), Fault> {
        let start = self.at - 1;
        let mut depth = 1;
        while depth > 0 {
            match self.next_sign() {
                None => return Err(self.open_value(start, name, '}')),
                Some(b'{') => depth += 1,
                Some(b'}') => depth -= 1,
                Some(_) => {}
            }
            self.check_depth(depth, start, name)?;
        }
        Ok(())
    }

    /// Goes past the quote that closes the one before; quotes in braces do not.
    fn quoted(&mut self, name: &str) -> Result<(), Fault> {
        let start = self.at - 1;
        let mut depth = 0_usize;
        loop {
            match self.next_sign() {
                None => return Err(self.open_value(start, name, '"')),
                Some(b'{') => depth += 1,
                Some(b'}') if depth == 0 => return Err(self.open_value(start, name, '"')),
                Some(b'}') => depth -= 1,
                Some(_) if depth == 0 => return Ok(()),
                Some(_) => {}
            }
            self.check_depth(depth, start, name)?;
        }
    }

    /// Goes past the next brace or quote.
    fn next_sign(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' if self.escapes == Escapes::Signs => {
                    let hides = bytes.get(self.at).is_some_and(|it| b"{}\"\\".contains(it));
                    self.at += usize::from(hides);
                }
                b'{' | b'}' | b'"' => return Some(byte),
                _ => {}
            }
        }
        None
    }

    fn check_depth(&self, depth: usize, start: usize, name: &str) -> Result<(), Fault> {
        if depth <= DEEPEST {
            return Ok(());
        }
        let name = clipped(name);
        let what = format!("the braces of `{name}` are nested more than {DEEPEST} deep");
        Err(self.fault(start, &what))
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.skip_between();
        if self.peek() != Some(self.close) {
            return Err(self.unclosed());
        }
        self.at += 1;
        Ok(())
    }

    /// Where fields follow the end, that was not meant to be the end.
    fn check_rest(&self) -> Result<(), Fault> {
        let mut rest = Self { ..*self };
        rest.skip_between();
        if rest.is_at_field() {
            let name = clipped(rest.name());
            let what = format!("a {} too many closes it before `{name}`", char::from(self.close));
            return Err(self.fault(self.at - 1, &what));
        }
        Ok(())
    }

    fn is_at_field(&self) -> bool {
        let mut rest = Self { ..*self };
        let name = rest.name();
        rest.skip_blanks();
        !name.is_empty() && rest.peek() == Some(b'=')
    }

    fn name(&mut self) -> &'a str {
        self.take_while(|it| !it.is_ascii_whitespace() && !b"@=,#%\"{}()".contains(&it))
    }

    fn word(&mut self) -> &'a str {
        let close = self.close;
        self.take_while(|it| !it.is_ascii_whitespace() && !b"=,#\"{}".contains(&it) && it != close)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes the bytes of which all that are not ASCII pass.
    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| c.is_ascii() && !is_part(c as u8)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Skips what may stand between fields: blanks, commas, lines that are commented out.
    fn skip_between(&mut self) {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'%') => self.skip_line(),
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        let end = memchr(b'\n', &self.text.as_bytes()[self.at..]);
        self.at = end.map_or(self.text.len(), |it| self.at + it + 1);
    }

    fn open_value(&self, start: usize, name: &str, sign: char) -> Fault {
        let what = format!("the value of `{}` is not closed, a {sign} is missing", clipped(name));
        self.fault(start, &what)
    }

    fn unclosed(&self) -> Fault {
        let what = format!("it is not closed, a {} is missing", char::from(self.close));
        self.fault(self.start, &what)
    }

    fn fault(&self, at: usize, what: &str) -> Fault {
        Fault { at, reason: entry_message(self.key, what) }
    }
}

/// Whether a line of the value reads like the next field, so that its own brace seems to be missing.
fn holds_field(field: &Field<'_>) -> bool {
    let is_field = |line: &str| {
        let name = line.split_once('=').map_or("", |(name, _)| name.trim());
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
    };
    let holds = |piece: &Piece<'_>| matches!(piece, Piece::Text(text) if text.lines().skip(1).any(is_field));
    field.value.iter().any(holds)
}

/// Returns the length of a list like `['JournalArticle', 'Review']` that the text begins with.
pub fn list_length(text: &str) -> usize {
    let Some(inner) = text.strip_prefix('[') else { return 0 };
    let is_part = |c: char| c.is_ascii_alphabetic() || "'\", ".contains(c);
    let len = inner.find(|c| !is_part(c)).unwrap_or(inner.len());
    if inner[len..].starts_with(']') { len + 2 } else { 0 }
}
