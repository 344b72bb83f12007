//! A cursor over JSON of a known layout that jumps from quote to quote. It fails on everything
//! unusual, which is then left to `serde_json`.

use std::borrow::Cow;

/// The remaining JSON of one line.
pub struct JsonCursor<'a>(&'a str);

/// A string with its quotes and escapes; empty for `null`.
#[derive(Clone, Copy)]
pub struct RawString<'a> {
    raw: &'a str,
    has_escapes: bool,
}

impl<'a> RawString<'a> {
    /// Returns `None` for `null`.
    pub fn non_null(self) -> Option<Self> {
        (!self.raw.is_empty()).then_some(self)
    }

    /// Returns the string with its quotes and escapes.
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// Decodes the string; borrowed if it has no escapes.
    pub fn unescape(self) -> Option<Cow<'a, str>> {
        if self.has_escapes {
            return serde_json::from_str(self.raw).ok().map(Cow::Owned);
        }
        Some(Cow::Borrowed(&self.raw[1..self.raw.len() - 1]))
    }
}

impl<'a> JsonCursor<'a> {
    /// Creates a cursor, or returns `None` if the text has control characters, which JSON strings
    /// must not contain.
    pub fn new(text: &'a str) -> Option<Self> {
        // No early exit, so that the compiler can vectorise the loop.
        let is_plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..));
        is_plain.then_some(Self(text))
    }

    pub fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// Returns the rest after blanks. Mostly there are none.
    fn rest(&self) -> &'a str {
        if self.0.as_bytes().first() == Some(&b' ') {
            self.0.trim_start_matches(' ')
        } else {
            self.0
        }
    }

    /// Consumes a character, or fails if another is next.
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    /// Consumes an object. `visit` gets every member's name and must consume its value.
    pub fn object(&mut self, mut visit: impl FnMut(&mut Self, &str) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        self.items(b'}', |cursor| {
            let name = cursor.raw_string()?;
            cursor.expect(b':')?;
            if name.has_escapes { None } else { visit(cursor, &name.raw[1..name.raw.len() - 1]) }
        })
    }

    /// Consumes a list. `visit` must consume one item per call.
    pub fn list(&mut self, visit: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(b'[')?;
        self.items(b']', visit)
    }

    /// Consumes a string or `null`.
    pub fn text(&mut self) -> Option<RawString<'a>> {
        if self.rest().starts_with('n') {
            self.0 = self.rest().strip_prefix("null")?;
            return Some(RawString { raw: "", has_escapes: false });
        }
        self.raw_string()
    }

    /// Consumes a string, `null`, or lists and objects of these, nested at most `depth` levels.
    pub fn skip(&mut self, depth: u8) -> Option<()> {
        match (self.rest().as_bytes().first()?, depth.checked_sub(1)) {
            (b'[', Some(depth)) => self.list(|it| it.skip(depth)),
            (b'{', Some(depth)) => self.object(|it, _| it.skip(depth)),
            _ => self.text().map(drop),
        }
    }

    /// Consumes a character if it is next, and returns true if it was.
    fn eat(&mut self, byte: u8) -> bool {
        let rest = self.rest();
        let is_next = rest.as_bytes().first() == Some(&byte);
        if is_next {
            self.0 = &rest[1..];
        }
        is_next
    }

    fn items(&mut self, end: u8, mut visit: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if self.eat(end) {
            return Some(());
        }
        loop {
            visit(self)?;
            if self.eat(end) {
                return Some(());
            }
            self.expect(b',')?;
        }
    }

    fn raw_string(&mut self) -> Option<RawString<'a>> {
        let text = self.rest();
        let bytes = text.as_bytes();
        let (mut at, mut has_escapes) = (1, false);
        if bytes.first() != Some(&b'"') {
            return None;
        }
        loop {
            at += find_quote_or_escape(&bytes[at..])?;
            if bytes[at] == b'"' {
                break;
            }
            has_escapes = true;
            at += match bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                b'u' if bytes.get(at + 2..at + 6)?.iter().all(u8::is_ascii_hexdigit) => 6,
                _ => return None,
            };
        }
        let (raw, rest) = text.split_at(at + 1);
        self.0 = rest;
        Some(RawString { raw, has_escapes })
    }
}

/// Finds the first quote or backslash. Most strings are so short that a few steps of eight bytes
/// are faster than starting `memchr`.
fn find_quote_or_escape(bytes: &[u8]) -> Option<usize> {
    const MAX_BYTEWISE_LEN: usize = 4;
    let (words, _) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().take(MAX_BYTEWISE_LEN).enumerate() {
        let word = u64::from_le_bytes(*word);
        let marks = zero_bytes(word ^ (LOW_BITS * u64::from(b'"')))
            | zero_bytes(word ^ (LOW_BITS * u64::from(b'\\')));
        if marks != 0 {
            return Some(8 * at + marks.trailing_zeros() as usize / 8);
        }
    }
    let offset = 8 * words.len().min(MAX_BYTEWISE_LEN);
    memchr::memchr2(b'"', b'\\', &bytes[offset..]).map(|at| offset + at)
}

const LOW_BITS: u64 = u64::from_le_bytes([1; 8]);

/// Sets the highest bit of each zero byte, and possibly of bytes after the first one.
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(LOW_BITS) & !word & (LOW_BITS << 7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_stepped_over_is_json(text in "(\\{|\\}|\\[|\\]|:|,| |\"a\"|\"\\\\n\"|\"\\\\u00e9\"|\\\\|\"|null|1|\n){0,12}") {
            let mut steps = JsonCursor::new(&text);
            let is_stepped = steps.as_mut().is_some_and(|it| it.skip(3).is_some() && it.is_at_end());
            if is_stepped {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
            }
        }

        #[test]
        fn a_text_is_what_json_says_it_is(text in ".{0,20}") {
            let json = serde_json::to_string(&text).unwrap();
            let quoted = JsonCursor::new(&json).unwrap().text().unwrap().non_null().unwrap();
            prop_assert_eq!((quoted.unescape().unwrap(), quoted.raw()), (text.into(), &*json));
        }
    }

    proptest! {
        #[test]
        fn a_mark_is_the_first(text in "[ -~é]{0,9}[!-}]{0,40}") {
            let expected = text.bytes().position(|it| matches!(it, b'"' | b'\\'));
            prop_assert_eq!(find_quote_or_escape(text.as_bytes()), expected);
        }
    }

    #[test]
    fn lists_and_objects_are_stepped_over_so_deep_and_no_deeper() {
        let skipped = |text: &str| JsonCursor::new(text).and_then(|mut it| it.skip(2)).is_some();
        assert!(skipped("[{\"a\" : \"b\"}, [], null]"));
        assert!(!skipped("[[[]]]"));
        assert!(!skipped("[\"\t\"]"));
        assert!(!skipped("[\"\\q\"]") && !skipped("[\"\\u00g0\"]"));
    }
}
