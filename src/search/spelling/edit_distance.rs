//! Slips of the fingers: one letter dropped, added or changed, or two neighbours swapped.

use crate::search::query::QueryWord;

/// Words shorter than this, in letters, are too near to too many others.
const MIN_CORRECTABLE_LEN: usize = 4;
/// From this many letters on, a word may stand for the beginning of a longer one.
const MIN_PREFIX_CORRECTABLE_LEN: usize = 6;

/// Whether the word is long enough to be a slip.
pub fn is_correctable(word: &QueryWord) -> bool {
    word.letters.chars().count() >= MIN_CORRECTABLE_LEN
}

/// The word, or its beginning, that one slip turns into what was typed.
pub fn corrected_prefix<'a>(typed: &str, word: &'a str) -> Option<&'a str> {
    if !may_be_one_edit(typed.as_bytes(), word.as_bytes()) {
        return None;
    }
    if typed.is_ascii() && word.is_ascii() {
        let end = corrected_len(typed.as_bytes(), word.as_bytes())?;
        return Some(&word[..end]);
    }
    let letters: Vec<char> = word.chars().collect();
    let count = corrected_len(&typed.chars().collect::<Vec<_>>(), &letters)?;
    Some(&word[..letters[..count].iter().map(|it| it.len_utf8()).sum()])
}

/// Whether one slip may turn a word that begins so into what was typed; tells so of some that it
/// cannot.
pub fn may_match_prefix(typed: &str, beginning: &str) -> bool {
    if !typed.is_ascii() || !beginning.is_ascii() {
        return true;
    }
    let (typed, word) = (typed.as_bytes(), beginning.as_bytes());
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (typed, word) = (&typed[same..], &word[same..]);
    let agree = |typed: &[u8], word: &[u8]| typed.iter().zip(word).all(|(a, b)| a == b);
    match (typed, word) {
        ([], _) | (_, []) => true,
        ([a, typed_rest @ ..], [b, word_rest @ ..]) => {
            let swapped = |typed: &[u8], word: &[u8]| match (typed, word) {
                ([c, typed @ ..], [d, word @ ..]) => a == d && c == b && agree(typed, word),
                _ => false,
            };
            // A letter changed, added, dropped, or two swapped.
            agree(typed_rest, word_rest)
                || agree(typed_rest, word)
                || agree(typed, word_rest)
                || swapped(typed_rest, word_rest)
        }
    }
}

/// Whether the first two bytes allow for at most one slip: rejects most words at once.
fn may_be_one_edit(typed: &[u8], word: &[u8]) -> bool {
    match (typed, word) {
        ([a, b, ..], [c, d, ..]) => a == c || b == d || a == d || b == c || !a.is_ascii(),
        _ => false,
    }
}

/// How many letters from the start of the word were meant.
fn corrected_len<T: Character>(typed: &[T], word: &[T]) -> Option<usize> {
    let (typed_count, count) = (typed.len(), word.len());
    if typed_count < MIN_CORRECTABLE_LEN || count + 1 < typed_count {
        return None;
    }
    if count <= typed_count + 1 {
        return is_one_edit(typed, word).then_some(count);
    }
    if typed_count < MIN_PREFIX_CORRECTABLE_LEN {
        return None;
    }
    // The longest first: a letter dropped is likelier than one added.
    [typed_count + 1, typed_count].into_iter().find(|&end| is_one_edit(typed, &word[..end]))
}

/// A letter, in whichever unit is cheap.
trait Character: Copy + PartialEq {
    fn is_digit(self) -> bool;
}

impl Character for u8 {
    fn is_digit(self) -> bool {
        self.is_ascii_digit()
    }
}

impl Character for char {
    fn is_digit(self) -> bool {
        self.is_ascii_digit()
    }
}

/// Whether one slip turns one into the other. A digit is never a slip: 2018 is not 2019.
fn is_one_edit<T: Character>(one: &[T], other: &[T]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    let is_one = match (one, other) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    is_one && !one.iter().chain(other).any(|it| it.is_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_beginning_of_what_was_meant_may_begin_it(typed in "[a-cé]{4,8}", word in "[a-cé]{3,12}") {
            let meant = corrected_prefix(&typed, &word).is_some();
            for (at, _) in word.char_indices().filter(|_| meant) {
                prop_assert!(may_match_prefix(&typed, &word[..at]), "{}", &word[..at]);
            }
        }
    }

    #[test]
    fn one_slip_is_forgiven() {
        for (typed, word) in [
            ("brian", "brain"),
            ("bran", "brain"),
            ("braain", "brain"),
            ("brein", "brain"),
            ("rbain", "brain"),
            ("müler", "müller"),
        ] {
            assert_eq!(corrected_prefix(typed, word), Some(word), "{typed}");
        }
    }

    #[test]
    fn two_slips_the_same_word_and_short_words_are_not_slips() {
        for (typed, word) in
            [("bairn", "brain"), ("brain", "brain"), ("bian", "brain"), ("teh", "the")]
        {
            assert_eq!(corrected_prefix(typed, word), None, "{typed}");
        }
    }

    #[test]
    fn a_long_word_may_be_the_beginning_of_a_longer_one() {
        assert_eq!(corrected_prefix("trasnfor", "transformer"), Some("transfor"));
        assert_eq!(corrected_prefix("tranformer", "transformers"), Some("transformer"));
        assert_eq!(corrected_prefix("brian", "brainstem"), None, "too short for a beginning");
    }

    #[test]
    fn a_digit_is_no_slip() {
        assert_eq!(corrected_prefix("2018", "2019"), None);
        assert_eq!(corrected_prefix("gpt3", "gpt4"), None);
    }
}
