//! A 64-bit mask of the letters of a text and the letters that begin its words. One AND rejects
//! most papers before they are scanned.

/// Bits 0 to 25: the letter occurs; 26 to 51: the letter begins a word; 52 to 61: the digit occurs;
/// 62: a character beyond ASCII occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LetterMask(u64);

const WORD_START_BIT: u8 = 26;
const DIGIT_BIT: u8 = 52;
const NON_ASCII_BIT: u8 = 62;

impl LetterMask {
    /// Returns the mask of folded text.
    pub fn from_folded(folded: &str) -> Self {
        let (mut mask, mut is_start) = (0, u64::MAX);
        for byte in folded.bytes() {
            let ByteBits { occurs, begins, ends_word } = BYTE_BITS[usize::from(byte)];
            mask |= occurs | begins & is_start;
            is_start = ends_word;
        }
        Self(mask)
    }

    /// Returns the bits that a text must have to contain the word as a subsequence that starts at a
    /// word's first letter.
    pub fn for_subsequence(word: &str) -> Self {
        let Self(mut mask) = Self::for_substring(word);
        mask |= word.bytes().next().map_or(0, begins);
        Self(mask)
    }

    /// Returns the bits that a text must have for each letter to begin one of its words.
    pub fn for_initials(letters: &str) -> Self {
        Self(letters.bytes().fold(0, |mask, byte| mask | occurs(byte) | begins(byte)))
    }

    /// Returns the bits that a text must have to contain the word as a substring.
    pub fn for_substring(word: &str) -> Self {
        Self(word.bytes().fold(0, |mask, byte| mask | occurs(byte)))
    }

    pub fn bits(self) -> u64 {
        self.0
    }

    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Returns true if all bits of `needed` are set.
    pub fn contains(self, needed: Self) -> bool {
        self.0 & needed.0 == needed.0
    }
}

/// The contribution of a byte: the bit if it occurs, the bit if it begins a word, and all ones if a
/// word can begin after it.
#[derive(Clone, Copy)]
struct ByteBits {
    occurs: u64,
    begins: u64,
    ends_word: u64,
}

static BYTE_BITS: [ByteBits; 256] = byte_bits();

const fn byte_bits() -> [ByteBits; 256] {
    let mut byte_bits = [ByteBits { occurs: 0, begins: 0, ends_word: 0 }; 256];
    let mut byte = 0;
    while byte < byte_bits.len() {
        let it = byte as u8;
        byte_bits[byte] = ByteBits {
            occurs: occurs(it),
            begins: begins(it),
            // A word can begin after a character beyond ASCII, such as a sign or a Han character.
            ends_word: if it.is_ascii_alphanumeric() { 0 } else { u64::MAX },
        };
        byte += 1;
    }
    byte_bits
}

const fn occurs(byte: u8) -> u64 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'0'..=b'9' => 1 << (DIGIT_BIT + byte - b'0'),
        0x80.. => 1 << NON_ASCII_BIT,
        _ => 0,
    }
}

const fn begins(byte: u8) -> u64 {
    match byte {
        b'a'..=b'z' => 1 << (WORD_START_BIT + byte - b'a'),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words;

    #[test]
    fn a_text_has_what_its_initials_need() {
        let text = LetterMask::from_folded("learning from human-made 3d data");
        assert!(text.contains(LetterMask::for_initials("lfhm3d")));
        assert!(!text.contains(LetterMask::for_initials("lfe")), "no word begins with e");
    }

    proptest! {
        #[test]
        fn a_text_has_what_its_own_initials_need(text in "[a-z0-9é模ß '-]{0,20}") {
            let initials: String = words(&text).filter_map(|it| it.chars().next()).collect();
            let needed = LetterMask::for_initials(&initials);
            prop_assert!(LetterMask::from_folded(&text).contains(needed), "{}", initials);
        }
    }

    #[test]
    fn a_text_has_what_its_scattered_words_need() {
        let text = LetterMask::from_folded("the transformer, 2nd edition");
        assert!(text.contains(LetterMask::for_subsequence("trfmr")));
        assert!(text.contains(LetterMask::for_subsequence("2e")));
    }

    #[test]
    fn a_word_begins_where_the_script_changes() {
        let text = LetterMask::from_folded("模型gpt");
        assert!(text.contains(LetterMask::for_subsequence("gt")));
    }

    #[test]
    fn a_missing_letter_or_word_start_is_noticed() {
        let text = LetterMask::from_folded("the transformer");
        assert!(!text.contains(LetterMask::for_subsequence("trx")));
        assert!(!text.contains(LetterMask::for_subsequence("former")), "no word begins with f");
    }
}
