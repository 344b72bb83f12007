//! Steps over JSON whose layout is known, from quote to quote at memory speed. What is out of the
//! ordinary is left to a reader of any JSON.

use std::borrow::Cow;

/// What is left of JSON on one line.
pub struct JsonCursor<'a>(&'a str);

/// A text between its quotes, as it is written; nothing for `null`.
#[derive(Clone, Copy)]
pub struct RawString<'a> {
    raw: &'a str,
    has_escapes: bool,
}

impl<'a> RawString<'a> {
    /// The text, if it is one.
    pub fn non_null(self) -> Option<Self> {
        (!self.raw.is_empty()).then_some(self)
    }

    /// With its quotes and its escapes.
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// What is meant, borrowed where it is written so.
    pub fn unescape(self) -> Option<Cow<'a, str>> {
        if self.has_escapes {
            return serde_json::from_str(self.raw).ok().map(Cow::Owned);
        }
        Some(Cow::Borrowed(&self.raw[1..self.raw.len() - 1]))
    }
}

impl<'a> JsonCursor<'a> {
    /// Nothing where there are control characters: no text may hold them as they are.
    pub fn new(text: &'a str) -> Option<Self> {
        // Looks at every byte rather than stopping early, which the compiler makes fast.
        let is_plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..));
        is_plain.then_some(Self(text))
    }

    pub fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// What is left behind blanks, of which there are none mostly.
    fn rest(&self) -> &'a str {
        if self.0.as_bytes().first() == Some(&b' ') {
            self.0.trim_start_matches(' ')
        } else {
            self.0
        }
    }

    /// Steps over the sign, which must be next.
    fn expect(&mut self, sign: u8) -> Option<()> {
        self.eat(sign).then_some(())
    }

    /// Steps over members of an object, each of them in its turn from behind its name.
    pub fn object(&mut self, mut each: impl FnMut(&mut Self, &str) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        self.items(b'}', |it| {
            let name = it.raw_string()?;
            it.expect(b':')?;
            if name.has_escapes { None } else { each(it, &name.raw[1..name.raw.len() - 1]) }
        })
    }

    /// Steps over a list, each of its items in its turn.
    pub fn list(&mut self, each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(b'[')?;
        self.items(b']', each)
    }

    /// Steps over a text or `null`.
    pub fn text(&mut self) -> Option<RawString<'a>> {
        if self.rest().starts_with('n') {
            self.0 = self.rest().strip_prefix("null")?;
            return Some(RawString { raw: "", has_escapes: false });
        }
        self.raw_string()
    }

    /// Steps over a text, `null`, or lists and objects of such, so many inside of each other.
    pub fn skip(&mut self, depth: u8) -> Option<()> {
        match (self.rest().as_bytes().first()?, depth.checked_sub(1)) {
            (b'[', Some(depth)) => self.list(|it| it.skip(depth)),
            (b'{', Some(depth)) => self.object(|it, _| it.skip(depth)),
            _ => self.text().map(drop),
        }
    }

    /// Whether the sign is next, which is then stepped over.
    fn eat(&mut self, sign: u8) -> bool {
        let rest = self.rest();
        let is_next = rest.as_bytes().first() == Some(&sign);
        if is_next {
            self.0 = &rest[1..];
        }
        is_next
    }

    fn items(&mut self, end: u8, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if self.eat(end) {
            return Some(());
        }
        loop {
            each(self)?;
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

/// Where the first quote or backslash is. Most texts are so short that eight bytes at a time are
/// quicker than to begin looking at memory speed.
fn find_quote_or_escape(bytes: &[u8]) -> Option<usize> {
    const MAX_BYTEWISE_LEN: usize = 4;
    let (eights, _) = bytes.as_chunks::<8>();
    for (at, eight) in eights.iter().take(MAX_BYTEWISE_LEN).enumerate() {
        let eight = u64::from_le_bytes(*eight);
        let marks = zero_bytes(eight ^ (LOW_BITS * u64::from(b'"')))
            | zero_bytes(eight ^ (LOW_BITS * u64::from(b'\\')));
        if marks != 0 {
            return Some(8 * at + marks.trailing_zeros() as usize / 8);
        }
    }
    let seen = 8 * eights.len().min(MAX_BYTEWISE_LEN);
    memchr::memchr2(b'"', b'\\', &bytes[seen..]).map(|at| seen + at)
}

const LOW_BITS: u64 = u64::from_le_bytes([1; 8]);

/// The highest bit of each byte that is zero, and perhaps of some behind the first such.
const fn zero_bytes(eight: u64) -> u64 {
    eight.wrapping_sub(LOW_BITS) & !eight & (LOW_BITS << 7)
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
