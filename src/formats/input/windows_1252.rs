//! Decodes Windows-1252, the encoding of programs older than UTF-8. Latin-1 is a subset of it.

use std::borrow::Cow;

/// Decodes UTF-8, and all invalid bytes in it as Windows-1252.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() * 2);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| decode_byte(byte)));
    }
    Cow::Owned(text)
}

/// Decodes a byte of Windows-1252.
pub fn decode_byte(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte) - 0x80],
        _ => char::from(byte),
    }
}

/// The characters from 0x80 to 0x9f, from the WHATWG Encoding Standard, except that five undefined
/// bytes are U+FFFD instead of control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
    '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}',
    'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf8_may_be_the_encoding_of_old_programs() {
        assert_eq!(decode(b"M\xfcller\x96B\xe9la, \x81"), "Müller–Béla, \u{fffd}");
        assert_eq!(decode("Erdős \u{e9}".as_bytes()), "Erdős é");
        assert_eq!(decode(b"Erd\xc5\x91s and M\xfcller"), "Erdős and Müller");
    }
}
