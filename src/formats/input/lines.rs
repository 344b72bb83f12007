//! Splits a stream into lines of text, with bounded length and invalid UTF-8 repaired.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::windows_1252::decode;

/// The maximal length of a line in bytes. A longer line is skipped and reported as one defect.
pub const MAX_LINE: usize = 8 << 20;

pub struct Lines<'a> {
    input: &'a mut dyn BufRead,
    buffer: Vec<u8>,
    number: u64,
    broken: InvalidUtf8,
}

/// The treatment of bytes that are not UTF-8.
#[derive(Clone, Copy)]
enum InvalidUtf8 {
    /// Replace them with U+FFFD.
    Replace,
    /// Decode them as Windows-1252, the encoding of older programs in Western Europe.
    Windows1252,
}

/// A line without its terminator.
pub enum InputLine<'a> {
    Text(Cow<'a, str>),
    TooLong,
}

/// The raw bytes of a line without its terminator, or `None` if it is too long.
type LineBytes<'a> = Option<&'a [u8]>;

impl<'a> Lines<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, buffer: Vec::new(), number: 0, broken: InvalidUtf8::Replace }
    }

    /// Reads lines of a format that is older than UTF-8.
    pub fn windows_1252(input: &'a mut dyn BufRead) -> Self {
        Self { broken: InvalidUtf8::Windows1252, ..Self::new(input) }
    }

    /// Returns the next line and its number, from one.
    pub fn next(&mut self) -> io::Result<Option<(u64, InputLine<'_>)>> {
        let decode = match self.broken {
            InvalidUtf8::Replace => String::from_utf8_lossy,
            InvalidUtf8::Windows1252 => decode,
        };
        let text = |bytes| InputLine::Text(decode(bytes));
        let line = self.next_bytes()?;
        Ok(line.map(|(number, bytes)| (number, bytes.map_or(InputLine::TooLong, text))))
    }

    /// The same as [`Lines::next`], without decoding.
    pub fn next_bytes(&mut self) -> io::Result<Option<(u64, LineBytes<'_>)>> {
        self.buffer.clear();
        let Some(is_whole) = self.fill()? else { return Ok(None) };
        self.number += 1;
        if !is_whole {
            return Ok(Some((self.number, None)));
        }
        let mut bytes = self.buffer.as_slice();
        if self.number == 1 {
            bytes = strip_bom(bytes);
        }
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        Ok(Some((self.number, Some(bytes))))
    }

    /// Buffers the bytes up to the end of the line. Returns false if they exceed [`MAX_LINE`], and
    /// `None` at the end of the stream.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        let mut consumed = 0_usize;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', available).map(|at| at + 1);
            let len = end.unwrap_or(available.len());
            let free_len = MAX_LINE.saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(&available[..len.min(free_len)]);
            self.input.consume(len);
            consumed += len;
            if end.is_some() || len == 0 {
                return Ok((consumed > 0).then_some(consumed <= MAX_LINE));
            }
        }
    }
}

/// Strips the byte order mark of UTF-8.
pub fn strip_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut input: &[u8]) -> Vec<Option<String>> {
        let mut lines = Lines::new(&mut input);
        let mut all = Vec::new();
        while let Some((_, line)) = lines.next().unwrap() {
            all.push(match line {
                InputLine::Text(text) => Some(text.into_owned()),
                InputLine::TooLong => None,
            });
        }
        all
    }

    #[test]
    fn marks_line_ends_and_broken_characters_do_not_stop_a_reader() {
        let expected = ["a", "b\u{fffd}", "", "c"].map(|it| Some(it.to_owned()));
        assert_eq!(lines(b"\xef\xbb\xbfa\r\nb\xff\n\nc"), expected);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_beyond_all_measure_is_passed_over() {
        let mut input = vec![b'x'; MAX_LINE + 1];
        input.extend(b"\nnext");
        assert_eq!(lines(&input), [None, Some("next".into())]);
    }
}
