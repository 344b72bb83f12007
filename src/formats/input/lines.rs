//! Lines of a stream, repaired where they are not UTF-8 and bounded in length.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::windows_1252::from_latin;

/// The longest line that is read, in bytes. What is longer is passed over as one defect.
pub const MAX_LINE: usize = 8 << 20;

pub struct Lines<'a> {
    input: &'a mut dyn BufRead,
    buffer: Vec<u8>,
    number: u64,
    broken: Broken,
}

/// What bytes are taken for that are not UTF-8.
#[derive(Clone, Copy)]
enum Broken {
    /// Damage, which a mark stands for.
    Damage,
    /// Letters of Western Europe, in the encoding of old programs.
    Latin,
}

/// A line without its end.
pub enum Line<'a> {
    Text(Cow<'a, str>),
    TooLong,
}

/// As they came, without the end; nothing where the line is too long.
type Bytes<'a> = Option<&'a [u8]>;

impl<'a> Lines<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, buffer: Vec::new(), number: 0, broken: Broken::Damage }
    }

    /// Lines of formats older than UTF-8.
    pub fn latin(input: &'a mut dyn BufRead) -> Self {
        Self { broken: Broken::Latin, ..Self::new(input) }
    }

    /// The next line and its number, from one.
    pub fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        let decode = match self.broken {
            Broken::Damage => String::from_utf8_lossy,
            Broken::Latin => from_latin,
        };
        let text = |bytes| Line::Text(decode(bytes));
        let line = self.next_bytes()?;
        Ok(line.map(|(number, bytes)| (number, bytes.map_or(Line::TooLong, text))))
    }

    /// As [`Lines::next`], but not yet text.
    pub fn next_bytes(&mut self) -> io::Result<Option<(u64, Bytes<'_>)>> {
        self.buffer.clear();
        let Some(is_whole) = self.fill()? else { return Ok(None) };
        self.number += 1;
        if !is_whole {
            return Ok(Some((self.number, None)));
        }
        let mut bytes = self.buffer.as_slice();
        if self.number == 1 {
            bytes = without_mark(bytes);
        }
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        Ok(Some((self.number, Some(bytes))))
    }

    /// Takes the bytes up to the end of the line; tells whether they all fitted, or nothing at the
    /// end of the stream.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        let mut taken = 0_usize;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', available).map(|at| at + 1);
            let len = end.unwrap_or(available.len());
            let room = MAX_LINE.saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(&available[..len.min(room)]);
            self.input.consume(len);
            taken += len;
            if end.is_some() || len == 0 {
                return Ok((taken > 0).then_some(taken <= MAX_LINE));
            }
        }
    }
}

/// Drops the mark that some editors put before UTF-8.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
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
                Line::Text(text) => Some(text.into_owned()),
                Line::TooLong => None,
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
