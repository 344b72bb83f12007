//! Slips of the fingers: one letter dropped, added or changed, or two neighbours swapped.

use crate::search::query::Word;

/// Words shorter than this, in letters, are too near to too many others.
const SHORTEST: usize = 4;
/// From this many letters on, a word may stand for the beginning of a longer one.
const SHORTEST_BEGINNING: usize = 6;

/// Whether the word is long enough to be a slip.
pub fn is_possible(word: &Word) -> bool {
    word.letters.chars().count() >= SHORTEST
}

/// The word, or its beginning, that one slip turns into what was typed.
pub fn meant<'a>(typed: &str, word: &'a str) -> Option<&'a str> {
    if !may_be_slip(typed.as_bytes(), word.as_bytes()) {
        return None;
    }
    if typed.is_ascii() && word.is_ascii() {
        let end = meant_length(typed.as_bytes(), word.as_bytes())?;
        return Some(&word[..end]);
    }
    let letters: Vec<char> = word.chars().collect();
    let count = meant_length(&typed.chars().collect::<Vec<_>>(), &letters)?;
    Some(&word[..letters[..count].iter().map(|it| it.len_utf8()).sum()])
}

/// Whether one slip may turn a word that begins so into what was typed; tells so of some that it
/// cannot.
pub fn may_begin(typed: &str, beginning: &str) -> bool {
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
fn may_be_slip(typed: &[u8], word: &[u8]) -> bool {
    match (typed, word) {
        ([a, b, ..], [c, d, ..]) => a == c || b == d || a == d || b == c || !a.is_ascii(),
        _ => false,
    }
}

/// How many letters from the start of the word were meant.
fn meant_length<T: Letter>(typed: &[T], word: &[T]) -> Option<usize> {
    let (typed_count, count) = (typed.len(), word.len());
    if typed_count < SHORTEST || count + 1 < typed_count {
        return None;
    }
    if count <= typed_count + 1 {
        return is_slip(typed, word).then_some(count);
    }
    if typed_count < SHORTEST_BEGINNING {
        return None;
    }
    // The longest first: a letter dropped is likelier than one added.
    [typed_count + 1, typed_count].into_iter().find(|&end| is_slip(typed, &word[..end]))
}

/// A letter, in whichever unit is cheap.
trait Letter: Copy + PartialEq {
    fn is_digit(self) -> bool;
}

impl Letter for u8 {
    fn is_digit(self) -> bool {
        self.is_ascii_digit()
    }
}

impl Letter for char {
    fn is_digit(self) -> bool {
        self.is_ascii_digit()
    }
}

/// Whether one slip turns one into the other. A digit is never a slip: 2018 is not 2019.
fn is_slip<T: Letter>(one: &[T], other: &[T]) -> bool {
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
            let meant = meant(&typed, &word).is_some();
            for (at, _) in word.char_indices().filter(|_| meant) {
                prop_assert!(may_begin(&typed, &word[..at]), "{}", &word[..at]);
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
            assert_eq!(meant(typed, word), Some(word), "{typed}");
        }
    }

    #[test]
    fn two_slips_the_same_word_and_short_words_are_not_slips() {
        for (typed, word) in
            [("bairn", "brain"), ("brain", "brain"), ("bian", "brain"), ("teh", "the")]
        {
            assert_eq!(meant(typed, word), None, "{typed}");
        }
    }

    #[test]
    fn a_long_word_may_be_the_beginning_of_a_longer_one() {
        assert_eq!(meant("trasnfor", "transformer"), Some("transfor"));
        assert_eq!(meant("tranformer", "transformers"), Some("transformer"));
        assert_eq!(meant("brian", "brainstem"), None, "too short for a beginning");
    }

    #[test]
    fn a_digit_is_no_slip() {
        assert_eq!(meant("2018", "2019"), None);
        assert_eq!(meant("gpt3", "gpt4"), None);
    }
}
