//! A hash that is the same in every build, for what outlives a run.

use super::words::words;

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a in 64 bits.
pub fn fnv(text: &str) -> u64 {
    fnv_of_parts([text])
}

/// The hash of text without the case of its ASCII letters.
pub fn fnv_ignoring_case(text: &str) -> u64 {
    text.bytes().fold(BASIS, |hash, byte| step(hash, byte.to_ascii_lowercase()))
}

/// The hash of texts that stand one behind the other.
pub fn fnv_of_parts<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    texts.into_iter().flat_map(str::bytes).fold(BASIS, step)
}

/// The hash of the words of folded texts, with a bar between those of two texts, and how many bytes
/// the words of the first have.
pub fn fnv_of_words(texts: [&str; 2]) -> (u64, usize) {
    let (first, len) = hash_words(BASIS, texts[0]);
    (hash_words(step(first, b'|'), texts[1]).0, len)
}

/// Goes on from a hash with the words of a folded text; returns also how many bytes these have.
fn hash_words(before: u64, text: &str) -> (u64, usize) {
    let begun = (before, 0);
    if !text.is_ascii() {
        return words(text)
            .fold(begun, |(hash, len), word| (word.bytes().fold(hash, step), len + word.len()));
    }
    // A processor guesses badly where words end, and need not guess here.
    text.bytes().fold(begun, |(hash, len), byte| {
        let is_word = byte.is_ascii_alphanumeric();
        let taken = u64::from(is_word).wrapping_neg();
        (hash & !taken | step(hash, byte) & taken, len + usize::from(is_word))
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
