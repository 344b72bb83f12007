//! Converts UTF-16 to UTF-8, and the line ends of old Macintosh files to line feeds, before any
//! format sees the text.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// The encoding of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEncoding {
    /// Read unchanged.
    Utf8,
    Utf16(ByteOrder),
    /// A single carriage return ends a line.
    CarriageReturns,
}

/// The order of the bytes of a UTF-16 unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    Little,
    Big,
}

impl StreamEncoding {
    /// Detects the encoding from the first bytes.
    pub fn detect(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => Self::Utf16(ByteOrder::Little),
            [0xfe, 0xff, ..] => Self::Utf16(ByteOrder::Big),
            // A carriage return at the end may be followed by a line feed.
            [inner @ .., _]
                if memchr::memchr(b'\r', inner).is_some()
                    && memchr::memchr(b'\n', head).is_none() =>
            {
                Self::CarriageReturns
            }
            _ => Self::Utf8,
        }
    }
}

/// Decodes the first bytes of a stream to UTF-8.
pub fn decode_head(head: &[u8]) -> Cow<'_, [u8]> {
    match StreamEncoding::detect(head) {
        StreamEncoding::Utf8 => Cow::Borrowed(head),
        encoding => {
            let mut text = Vec::new();
            let mut bytes = head;
            let mut input = Decoder::new(&mut bytes, encoding);
            // Reading a slice cannot fail.
            let _ = input.read_to_end(&mut text);
            Cow::Owned(text)
        }
    }
}

/// A reader that yields UTF-8 with line feeds.
pub struct Decoder<'a, R: BufRead + ?Sized> {
    input: &'a mut R,
    encoding: StreamEncoding,
    text: Vec<u8>,
    pos: usize,
    /// The first byte of an incomplete unit, and a high surrogate without its low one.
    odd_byte: Option<u8>,
    surrogate: Option<u16>,
}

impl<'a, R: BufRead + ?Sized> Decoder<'a, R> {
    pub fn new(input: &'a mut R, encoding: StreamEncoding) -> Self {
        Self { input, encoding, text: Vec::new(), pos: 0, odd_byte: None, surrogate: None }
    }

    /// Decodes a piece. An incomplete character at its end is stored for the next piece.
    fn decode(&mut self, bytes: &[u8]) {
        let StreamEncoding::Utf16(order) = self.encoding else {
            let line_feed = |it: &u8| if *it == b'\r' { b'\n' } else { *it };
            self.text.extend(bytes.iter().map(line_feed));
            return;
        };
        let mut units = Vec::with_capacity(bytes.len() / 2 + 2);
        units.extend(self.surrogate.take());
        for &byte in bytes {
            match self.odd_byte.take() {
                None => self.odd_byte = Some(byte),
                Some(first) => units.push(match order {
                    ByteOrder::Little => u16::from_le_bytes([first, byte]),
                    ByteOrder::Big => u16::from_be_bytes([first, byte]),
                }),
            }
        }
        self.surrogate = units.pop_if(|it| (0xd800..0xdc00).contains(it));
        for c in char::decode_utf16(units) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.text.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

impl<R: BufRead + ?Sized> BufRead for Decoder<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.pos == self.text.len() {
            self.text.clear();
            self.pos = 0;
            let bytes = self.input.fill_buf()?.to_vec();
            if bytes.is_empty() {
                break;
            }
            self.decode(&bytes);
            self.input.consume(bytes.len());
        }
        Ok(&self.text[self.pos..])
    }

    fn consume(&mut self, len: usize) {
        self.pos = (self.pos + len).min(self.text.len());
    }
}

impl<R: BufRead + ?Sized> Read for Decoder<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(out)?;
        self.consume(len);
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: ByteOrder) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let bytes = |it: u16| match order {
            ByteOrder::Little => it.to_le_bytes(),
            ByteOrder::Big => it.to_be_bytes(),
        };
        units.flat_map(bytes).collect()
    }

    #[test]
    fn text_in_utf_16_is_read_by_its_mark_wherever_it_is_cut() {
        let text = "\u{feff}title\nÜber 𝔸\n";
        for order in [ByteOrder::Little, ByteOrder::Big] {
            let bytes = utf16(&text[3..], order);
            assert_eq!(decode_head(&bytes), text.as_bytes());
            let mut input = io::BufReader::with_capacity(1, &bytes[..]);
            let mut decoder = Decoder::new(&mut input, StreamEncoding::Utf16(order));
            let mut read = String::new();
            decoder.read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }

    #[test]
    fn a_return_alone_ends_a_line() {
        assert_eq!(&*decode_head(b"a\rb\r"), b"a\nb\n");
        assert_eq!(&*decode_head(b"a\r\nb"), b"a\r\nb");
        assert_eq!(&*decode_head(b"a\r"), b"a\r");
        assert_eq!(StreamEncoding::detect(b""), StreamEncoding::Utf8);
    }
}
