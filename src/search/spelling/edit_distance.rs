//! Edits of distance one: a letter dropped, added or changed, or two neighbours swapped.

use crate::search::query::QueryWord;

/// Shorter words, in letters, are within one edit of too many others.
const MIN_CORRECTABLE_LEN: usize = 4;
/// Words of at least this many letters can also be corrected to the beginning of a longer word.
const MIN_PREFIX_CORRECTABLE_LEN: usize = 6;

/// Returns true if the word is long enough to be corrected.
pub fn is_correctable(word: &QueryWord) -> bool {
    word.letters.chars().count() >= MIN_CORRECTABLE_LEN
}

/// The word, or the prefix of it, that is one edit away from the typed word.
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

const MAX_EDITS: usize = 2;
/// Shorter words, in bytes, are within two edits of too many others.
const MIN_TWO_EDITS_LEN: usize = 8;

/// Returns true if the word is long enough to have two slips.
pub fn may_have_two_edits(typed: &str) -> bool {
    typed.len() >= MIN_TWO_EDITS_LEN && !has_digit(typed)
}

/// Returns true if the words differ by one or two edits, and the typed one is long enough for two.
pub fn within_two_edits(typed: &str, word: &str) -> bool {
    // Each edit changes at most two letters of the set.
    let different = (letter_set(typed) ^ letter_set(word)).count_ones() as usize;
    typed.len().abs_diff(word.len()) <= MAX_EDITS
        && different <= 2 * MAX_EDITS
        && may_have_two_edits(typed)
        && typed != word
        && !has_digit(word)
        && strsim::osa_distance(typed, word) <= MAX_EDITS
}

/// Returns false only if no word with the prefix is within two edits of the typed word. Each edit
/// adds at most one letter that the typed word does not have.
pub fn may_match_prefix_twice(typed: &str, prefix: &str) -> bool {
    let added = letter_set(prefix) & !letter_set(typed);
    added.count_ones() as usize <= MAX_EDITS && begins_within_two_edits(typed, prefix)
}

/// Returns false only if no beginning of the typed word is within two edits of the prefix. The last
/// letter of the prefix may be swapped with the one behind it.
fn begins_within_two_edits(typed: &str, prefix: &str) -> bool {
    if !typed.is_ascii() || !prefix.is_ascii() {
        return true;
    }
    let lengths = prefix.len().saturating_sub(MAX_EDITS)..=prefix.len() + MAX_EDITS;
    let is_near = |prefix: &str, edits: usize| {
        lengths.clone().any(|len| {
            let beginning = &typed[..len.min(typed.len())];
            strsim::osa_distance(beginning, prefix) <= edits
        })
    };
    is_near(prefix, MAX_EDITS) || is_near(&prefix[..prefix.len().saturating_sub(1)], MAX_EDITS - 1)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|it| it.is_ascii_digit())
}

/// A bit for each byte value modulo 64 that occurs, to reject most words quickly.
fn letter_set(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte % 64))
}

/// Returns false only if no word with the prefix is a correction of the typed word. Lets a search
/// of sorted words skip all words with the prefix.
pub fn may_match_prefix(typed: &str, prefix: &str) -> bool {
    if !typed.is_ascii() || !prefix.is_ascii() {
        return true;
    }
    let (typed, word) = (typed.as_bytes(), prefix.as_bytes());
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
            // In this order: a letter changed, added, dropped, or two swapped.
            agree(typed_rest, word_rest)
                || agree(typed_rest, word)
                || agree(typed, word_rest)
                || swapped(typed_rest, word_rest)
        }
    }
}

/// Returns false if the first two bytes differ by more than one edit, which rejects most words
/// quickly.
fn may_be_one_edit(typed: &[u8], word: &[u8]) -> bool {
    match (typed, word) {
        ([a, b, ..], [c, d, ..]) => a == c || b == d || a == d || b == c || !a.is_ascii(),
        _ => false,
    }
}

/// The length, in letters, of the prefix of the word that is one edit away from the typed word.
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
    // The longer prefix first, since a dropped letter is likelier than an added one.
    [typed_count + 1, typed_count].into_iter().find(|&end| is_one_edit(typed, &word[..end]))
}

/// A letter: a byte in ASCII text, else a `char`.
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

/// Returns true if the edit distance is one. Edits of digits do not count: 2018 is not a typo of
/// 2019.
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

    proptest! {
        #[test]
        fn every_beginning_of_a_word_with_two_slips_may_begin_it(
            typed in "[a-dé]{8,9}", edits in prop::collection::vec((0..8_usize, "[a-d]{0,2}"), 2),
        ) {
            let mut word = typed.clone();
            for (at, text) in edits {
                let letters: Vec<char> = word.chars().collect();
                let end = (at + 1).min(letters.len());
                word = letters[..at.min(end)].iter().collect::<String>();
                word.push_str(&text);
                word.extend(&letters[end..]);
            }
            prop_assume!(within_two_edits(&typed, &word));
            for (at, _) in word.char_indices() {
                prop_assert!(may_match_prefix_twice(&typed, &word[..at]), "{}", &word[..at]);
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
    fn a_long_word_may_have_two_slips() {
        for (typed, word) in [
            ("transfomrers", "transformers"),
            ("transformer", "transformre"),
            ("hipocampuss", "hippocampus"),
            ("reinfrocemnet", "reinforcement"),
        ] {
            assert!(within_two_edits(typed, word), "{typed}");
            for (at, _) in word.char_indices() {
                assert!(may_match_prefix_twice(typed, &word[..at]), "{}", &word[..at]);
            }
        }
        for (typed, word) in [
            ("transformer", "transformer"),
            ("trnsfromre", "transformer"),
            ("bairn", "brain"),
            ("version2017", "version2019"),
        ] {
            assert!(!within_two_edits(typed, word), "{typed}");
        }
        for prefix in ["zeb", "quant", "formal"] {
            assert!(!may_match_prefix_twice("transformer", prefix), "{prefix}");
        }
    }

    #[test]
    fn a_digit_is_no_slip() {
        assert_eq!(corrected_prefix("2018", "2019"), None);
        assert_eq!(corrected_prefix("gpt3", "gpt4"), None);
    }
}
