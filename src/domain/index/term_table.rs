//! The words that were met, numbered in order of appearance.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// Distinct words of letters and digits. Most fit into their head, by which they are told apart,
/// hashed and sorted without looking elsewhere.
#[derive(Debug)]
pub struct Vocabulary {
    words: HashTable<Word>,
    hasher: DefaultHashBuilder,
    /// What does not fit into the heads, each ended by [`TAIL_END`]; most words have the first, of
    /// nothing.
    tails: Vec<u8>,
}

/// A word, and where it occurred last. All that is looked at lies close together.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    head: Head,
    /// Where its tail begins.
    tail: u32,
    pub number: u32,
    /// The last of its postings, and the number behind the row of that; zero where there is none.
    pub last: u32,
    pub behind: u16,
}

/// The first bytes of a word, the first of them the highest, and zeros where it is shorter: these
/// numbers sort as their words do.
type Head = u128;

const HEAD: usize = size_of::<Head>();
const TAIL_END: u8 = b'\n';

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            words: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            tails: vec![TAIL_END],
        }
    }
}

impl Vocabulary {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The word, with the next number where it is a new one.
    pub fn word(&mut self, Spelling { head, tail }: Spelling<'_>) -> &mut Word {
        let Self { words, hasher, tails } = self;
        let hash = |head: Head, tail: &[u8]| match tail {
            [] => hasher.hash_one(head),
            tail => hasher.hash_one((head, tail)),
        };
        let number = words.len() as u32;
        let is_it = |it: &Word| {
            // Most tails are nothing, and to compare nothing with nothing is slow.
            it.head == head
                && (it.tail == 0) == tail.is_empty()
                && (it.tail == 0 || tail_at(tails, it.tail) == tail)
        };
        let again = |it: &Word| hash(it.head, tail_at(tails, it.tail));
        match words.entry(hash(head, tail), is_it, again) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let mut new = Word { head, tail: 0, number, last: 0, behind: 0 };
                if !tail.is_empty() {
                    new.tail = tails.len() as u32;
                    tails.extend_from_slice(tail);
                    tails.push(TAIL_END);
                }
                entry.insert(new).into_mut()
            }
        }
    }

    /// Appends a word of those that were met.
    pub fn push_word(&self, word: &Word, text: &mut Vec<u8>) {
        let length = HEAD - word.head.trailing_zeros() as usize / 8;
        text.extend_from_slice(&word.head.to_be_bytes()[..length]);
        text.extend_from_slice(tail_at(&self.tails, word.tail));
    }

    /// All words, in their order.
    pub fn sorted(&self) -> Vec<Word> {
        let mut sorted: Vec<Word> = self.words.iter().copied().collect();
        let tail = |word: &Word| tail_at(&self.tails, word.tail);
        sorted.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| tail(a).cmp(tail(b))));
        sorted
    }
}

/// A word that is not empty, as its head and what follows that.
#[derive(Debug, Clone, Copy)]
pub struct Spelling<'a> {
    head: Head,
    tail: &'a [u8],
}

impl<'a> From<&'a str> for Spelling<'a> {
    fn from(word: &'a str) -> Self {
        let word = word.as_bytes();
        if let Some((head, tail)) = word.split_first_chunk() {
            return Self { head: Head::from_be_bytes(*head), tail };
        }
        // In steps, since a copy of any length is a call.
        let (mut head, mut rest) = (0, word);
        if let Some((eight, more)) = rest.split_first_chunk() {
            (head, rest) = (Head::from(u64::from_be_bytes(*eight)), more);
        }
        if let Some((four, more)) = rest.split_first_chunk() {
            (head, rest) = (head << 32 | Head::from(u32::from_be_bytes(*four)), more);
        }
        for &byte in rest {
            head = head << 8 | Head::from(byte);
        }
        Self { head: head << (8 * (HEAD - word.len())), tail: &[] }
    }
}

fn tail_at(tails: &[u8], start: u32) -> &[u8] {
    let tails = &tails[start as usize..];
    match tails.first() {
        Some(&TAIL_END) | None => &[],
        _ => &tails[..memchr::memchr(TAIL_END, tails).unwrap_or(tails.len())],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_has_one_number_and_comes_back_in_its_place(
            words in prop::collection::vec("[ab東1]{1,3}|a{5,40}b?|[a-d]{14,18}", 0..60),
        ) {
            let mut vocabulary = Vocabulary::default();
            let numbers: Vec<u32> =
                words.iter().map(|it| vocabulary.word(it.as_str().into()).number).collect();
            let distinct: BTreeSet<&String> = words.iter().collect();
            prop_assert_eq!(vocabulary.len(), distinct.len());
            let sorted = vocabulary.sorted();
            for (word, expected) in sorted.iter().zip(distinct) {
                let mut text = Vec::new();
                vocabulary.push_word(word, &mut text);
                prop_assert_eq!(String::from_utf8(text).unwrap(), expected.as_str());
                for (its, &number) in words.iter().zip(&numbers) {
                    prop_assert_eq!(its == expected, number == word.number);
                }
            }
        }
    }
}
