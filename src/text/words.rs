//! Word boundaries in folded text. Words are runs of letters and digits.

/// Iterates over the words of folded text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[run_len(rest, Run::Separator)..];
        let (word, tail) = rest.split_at(run_len(rest, Run::Word));
        rest = tail;
        (!word.is_empty()).then_some(word)
    })
}

/// Returns the beginning of folded text that contains its first `count` words.
pub fn first_words(text: &str, count: usize) -> &str {
    let mut end = 0;
    for _ in 0..count {
        end += run_len(&text[end..], Run::Separator);
        end += run_len(&text[end..], Run::Word);
    }
    &text[..end]
}

/// Returns true if no word extends across the offset, which must be on a character boundary.
#[inline]
pub fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (Some(&next), Some(&previous)) = (bytes.get(at), bytes[..at].last()) else { return true };
    match (BYTE_RUNS[usize::from(previous)], BYTE_RUNS[usize::from(next)]) {
        (Run::Multibyte, _) | (_, Run::Multibyte) => is_unicode_boundary(text, at),
        (previous, next) => previous == Run::Separator || next == Run::Separator,
    }
}

#[cold]
fn is_unicode_boundary(text: &str, at: usize) -> bool {
    let (head, tail) = text.split_at(at);
    let ends_in_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    !(ends_in_word(head.chars().next_back()) && ends_in_word(tail.chars().next()))
}

/// The class of a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Word,
    Separator,
    /// Part of a multi-byte character, which must be decoded.
    Multibyte,
}

/// The class of each byte. A table is faster than comparisons, and nearly all text is ASCII.
static BYTE_RUNS: [Run; 256] = {
    let mut runs = [Run::Multibyte; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let is_word = (byte as u8).is_ascii_alphanumeric();
        runs[byte] = if is_word { Run::Word } else { Run::Separator };
        byte += 1;
    }
    runs
};

/// Returns the length in bytes of the run of this class at the start of a text.
fn run_len(text: &str, kind: Run) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match BYTE_RUNS[usize::from(byte)] {
            it if it == kind => at += 1,
            Run::Multibyte => match text[at..].chars().next() {
                Some(c) if c.is_alphanumeric() == (kind == Run::Word) => at += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_the_runs_between_what_is_no_letter_and_no_digit(text in "[a-c1é東 .-]{0,12}") {
            let expected: Vec<&str> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), expected.clone());
            prop_assert_eq!(words(first_words(&text, 2)).collect::<Vec<_>>(), &expected[..expected.len().min(2)]);
            for (at, _) in text.char_indices() {
                let is_inner = expected.iter().any(|word| {
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    (start + 1..start + word.len()).contains(&at)
                });
                prop_assert_eq!(is_boundary(&text, at), !is_inner);
            }
        }
    }
}
