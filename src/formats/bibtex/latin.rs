//! Text of older bibliographies: Windows-1252 where it is not UTF-8.

use std::borrow::Cow;

/// What the bytes from 0x80 to 0x9f mean; Latin-1 has control characters there, which nobody wrote.
const HIGH: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
    '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}',
    'ž', 'Ÿ',
];

/// Decodes a line.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&it| character(it)).collect()),
    }
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_utf8_if_it_can_be() {
        assert_eq!(decoded("Erdős".as_bytes()), "Erdős");
        assert_eq!(decoded(b"M\xfcller \x96 \x93Ma\xdf\x94"), "Müller – “Maß”");
    }
}
