//! FNV-1a, a hash that is the same in every build, for values that are stored.
//!
//! Source: Fowler, Noll and Vo, with the 64-bit offset basis and prime.

use super::words::words;

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// Returns the 64-bit FNV-1a hash of a text.
pub fn fnv(text: &str) -> u64 {
    fnv_of_parts([text])
}

/// Returns the hash of a text with its ASCII letters in lower case.
pub fn fnv_ignoring_case(text: &str) -> u64 {
    text.bytes().fold(BASIS, |hash, byte| step(hash, byte.to_ascii_lowercase()))
}

/// Returns the hash of the concatenation of texts.
pub fn fnv_of_parts<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    texts.into_iter().flat_map(str::bytes).fold(BASIS, step)
}

/// Returns the hash of the words of two folded texts, with a bar between the texts, and the total
/// length in bytes of the first text's words.
pub fn fnv_of_words(texts: [&str; 2]) -> (u64, usize) {
    let (first, len) = hash_words(BASIS, texts[0]);
    (hash_words(step(first, b'|'), texts[1]).0, len)
}

/// Continues a hash with the words of a folded text. Also returns their total length in bytes.
fn hash_words(hash: u64, text: &str) -> (u64, usize) {
    let start = (hash, 0);
    if !text.is_ascii() {
        return words(text)
            .fold(start, |(hash, len), word| (word.bytes().fold(hash, step), len + word.len()));
    }
    // Branch-free: word ends are unpredictable, so a branch here mispredicts.
    text.bytes().fold(start, |(hash, len), byte| {
        let is_word = byte.is_ascii_alphanumeric();
        let mask = u64::from(is_word).wrapping_neg();
        (hash & !mask | step(hash, byte) & mask, len + usize::from(is_word))
    })
}

const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(fnv_of_parts(["foo", "", "bar"]), fnv("foobar"));
        assert_eq!(fnv_ignoring_case("FooBar"), fnv("foobar"));
    }

    #[test]
    fn what_is_between_words_does_not_matter() {
        assert_eq!(fnv_of_words(["foo - bar", " baz"]), (fnv("foobar|baz"), 6));
        assert_eq!(fnv_of_words(["fó - bar", ""]), (fnv("fóbar|"), 6));
    }
}
