//! Deterministic mutations of small files.

use std::ops::Range;

/// Bytes with a meaning in one of the formats.
const TOKENS: [&[u8]; 34] = [
    b"{", b"}", b"[", b"]", b"\"", b"\\", b"\\\"", b",", b";", b":", b"\n", b"\r", b"\r\n", b"\t",
    b"\0", b"\x1b]52;c;eA==\x07", b"\xff\xfe", b"\xef\xbb\xbf", b"\xf0\x9f", b"&#x0;", b"&lt;",
    b"<![CDATA[", b"]]>", b"<!--", b"ER  - ", b"TY  - JOUR\n", b"%0 Book\n", b"@string{",
    b"$\\frac", b"null", b"1e999", b"-9223372036854775809", b"--", b" and others",
];
/// Maximum number of repetitions of a piece.
const MOST_REPEATS: usize = 2_000;
/// Maximum length of a mutated file, in bytes.
const LONGEST: usize = 256 << 10;

/// Deterministic random numbers (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`, or 0 if `end` is 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0).checked_rem(end).unwrap_or(0)
    }

    fn range(&mut self, len: usize) -> Range<usize> {
        let start = self.below(len + 1);
        start..start + self.below((len - start).min(200) + 1)
    }
}

/// The file with one to six mutations, some of them pieces of another file.
pub(crate) fn mutated(file: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=random.below(6) {
        mutate(&mut bytes, other, random);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let range = random.range(bytes.len());
    match random.below(8) {
        0 => drop(bytes.drain(range)),
        1 => {
            let piece = bytes[range.clone()].to_vec();
            bytes.splice(range.end..range.end, piece);
        }
        2 => {
            let end = range.start.saturating_add(1 + random.below(40)).min(bytes.len());
            let piece = bytes[range.start..end].repeat(random.below(MOST_REPEATS));
            bytes.splice(end..end, piece);
        }
        3 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(range.start..range.start, token.repeat(random.below(MOST_REPEATS)));
        }
        4 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(range, token.iter().copied());
        }
        5 => {
            if let Some(byte) = bytes.get_mut(range.start) {
                *byte ^= 1 << random.below(8);
            }
        }
        6 => {
            let piece = other[random.range(other.len())].to_vec();
            bytes.splice(range, piece);
        }
        _ => bytes.truncate(range.start),
    }
}
