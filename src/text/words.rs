//! Where words begin and end in folded text: they are runs of letters and digits.

/// The words of folded text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[run(rest, Run::Between)..];
        let (word, behind) = rest.split_at(run(rest, Run::Word));
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

/// Whether no word goes on over the offset, which is on a character.
#[inline]
pub fn is_boundary(text: &str, at: usize) -> bool {
    !(is_alphanumeric_before(text, at) && is_alphanumeric_behind(text, at))
}

/// What a byte of text belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Word,
    Between,
    /// A character of several bytes, which tell.
    Unknown,
}

/// A table is quicker than comparisons, and nearly all text is ASCII, where a byte is a character.
static RUNS: [Run; 256] = {
    let mut runs = [Run::Unknown; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let is_word = (byte as u8).is_ascii_alphanumeric();
        runs[byte] = if is_word { Run::Word } else { Run::Between };
        byte += 1;
    }
    runs
};

/// How many bytes from the start of the text are of one kind.
fn run(text: &str, kind: Run) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match RUNS[usize::from(byte)] {
            it if it == kind => at += 1,
            Run::Unknown => match text[at..].chars().next() {
                Some(c) if c.is_alphanumeric() == (kind == Run::Word) => at += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    at
}

fn is_alphanumeric_before(text: &str, at: usize) -> bool {
    match text.as_bytes()[..at].last() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text[..at].chars().next_back().is_some_and(char::is_alphanumeric),
        None => false,
    }
}

fn is_alphanumeric_behind(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text[at..].chars().next().is_some_and(char::is_alphanumeric),
        None => false,
    }
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
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), expected);
        }
    }
}
