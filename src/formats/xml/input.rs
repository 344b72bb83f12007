//! The input of the XML parser: counts lines, limits the length of tags and texts, and decodes
//! characters.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use crate::formats::input::lines::MAX_LINE;

use crate::formats::input::windows_1252::decode_byte;

/// A stream that ends if one piece (a tag, or the text between two tags) exceeds [`MAX_LINE`].
pub struct BoundedInput<'a> {
    input: &'a mut dyn BufRead,
    remaining: usize,
    /// Counted from one.
    line: u64,
}

impl<'a> BoundedInput<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, remaining: MAX_LINE, line: 1 }
    }

    /// Begins a piece, and returns the line at which it begins.
    pub fn begin(&mut self) -> u64 {
        self.remaining = MAX_LINE;
        self.line
    }

    /// Returns true if the piece was cut off because it exceeds the limit.
    pub fn is_exhausted(&self) -> bool {
        self.remaining == 0
    }

    pub fn line(&self) -> u64 {
        self.line
    }
}

impl BufRead for BoundedInput<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.remaining == 0 {
            return Ok(&[]);
        }
        let available = self.input.fill_buf()?;
        Ok(&available[..available.len().min(self.remaining)])
    }

    fn consume(&mut self, len: usize) {
        // The buffer is filled already, so this neither blocks nor fails.
        if let Ok(available) = self.input.fill_buf() {
            let consumed = available.get(..len).unwrap_or(available);
            self.line += memchr::memchr_iter(b'\n', consumed).count() as u64;
        }
        self.input.consume(len);
        self.remaining = self.remaining.saturating_sub(len);
    }
}

impl Read for BoundedInput<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(out)?;
        self.consume(len);
        Ok(len)
    }
}

/// The character encoding. All of them agree in ASCII, which suffices to parse tags.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    /// Latin-1 in name, Windows-1252 in practice.
    Latin1,
}

impl Charset {
    /// Returns the encoding with the label of an XML declaration, if it is known.
    pub fn from_label(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => Some(Self::Utf8),
            "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" | "windows-1252"
            | "cp1252" => Some(Self::Latin1),
            _ => None,
        }
    }

    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        if self == Self::Utf8 || bytes.is_ascii() {
            return String::from_utf8_lossy(bytes);
        }
        bytes.iter().map(|&byte| decode_byte(byte)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_1_is_decoded_as_windows_means_it() {
        assert_eq!(Charset::Latin1.decode(b"M\xfcller \x93x\x94 \x9f"), "Müller “x” Ÿ");
        assert_eq!(Charset::Utf8.decode("Müller\u{0}".as_bytes()), "Müller\u{0}");
        assert!(Charset::from_label("ISO-8859-1") == Some(Charset::Latin1));
        assert!(Charset::from_label("Shift_JIS").is_none());
    }

    #[test]
    fn lines_are_counted_and_a_piece_ends_at_its_bound() {
        let mut input = b"a\nb\n".repeat(MAX_LINE / 4 + 1);
        input.push(b'c');
        let mut slice = input.as_slice();
        let mut bounded = BoundedInput::new(&mut slice);
        let mut piece = Vec::new();
        bounded.read_to_end(&mut piece).unwrap();
        assert_eq!((piece.len(), bounded.is_exhausted()), (MAX_LINE, true));
        assert_eq!(bounded.begin(), MAX_LINE as u64 / 2 + 1);
        piece.clear();
        bounded.read_to_end(&mut piece).unwrap();
        assert_eq!((piece.as_slice(), bounded.is_exhausted()), (&b"a\nb\nc"[..], false));
    }
}
