//! The words that were met, numbered in order of appearance.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// Distinct words of letters and digits. Most fit into their head, by which they are told apart,
/// hashed and sorted without looking elsewhere.
#[derive(Debug)]
pub struct TermTable {
    words: HashTable<TermEntry>,
    hasher: DefaultHashBuilder,
    /// What does not fit into the heads, each ended by [`TAIL_END`]; most words have the first, of
    /// nothing.
    tails: Vec<u8>,
}

/// A word, and where it occurred last. All that is looked at lies close together.
#[derive(Debug, Clone, Copy)]
pub struct TermEntry {
    head: TermHead,
    /// Where its tail begins.
    tail: u32,
    pub number: u32,
    /// The last of its postings, and the number behind the row of that; zero where there is none.
    pub last_posting: u32,
    pub next_row: u16,
}

/// The first bytes of a word, the first of them the highest, and zeros where it is shorter: these
/// numbers sort as their words do.
type TermHead = u128;

const HEAD_LEN: usize = size_of::<TermHead>();
const TAIL_END: u8 = b'\n';

impl Default for TermTable {
    fn default() -> Self {
        Self {
            words: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            tails: vec![TAIL_END],
        }
    }
}

impl TermTable {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The word, with the next number where it is a new one.
    pub fn entry(&mut self, SplitTerm { head, tail }: SplitTerm<'_>) -> &mut TermEntry {
        let Self { words, hasher, tails } = self;
        let hash = |head: TermHead, tail: &[u8]| match tail {
            [] => hasher.hash_one(head),
            tail => hasher.hash_one((head, tail)),
        };
        let number = words.len() as u32;
        let is_it = |it: &TermEntry| {
            // Most tails are nothing, and to compare nothing with nothing is slow.
            it.head == head
                && (it.tail == 0) == tail.is_empty()
                && (it.tail == 0 || tail_at(tails, it.tail) == tail)
        };
        let again = |it: &TermEntry| hash(it.head, tail_at(tails, it.tail));
        match words.entry(hash(head, tail), is_it, again) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let mut new = TermEntry { head, tail: 0, number, last_posting: 0, next_row: 0 };
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
    pub fn push_term(&self, word: &TermEntry, text: &mut Vec<u8>) {
        let length = HEAD_LEN - word.head.trailing_zeros() as usize / 8;
        text.extend_from_slice(&word.head.to_be_bytes()[..length]);
        text.extend_from_slice(tail_at(&self.tails, word.tail));
    }

    /// All words, in their order.
    pub fn sorted(&self) -> Vec<TermEntry> {
        let mut sorted: Vec<TermEntry> = self.words.iter().copied().collect();
        let tail = |word: &TermEntry| tail_at(&self.tails, word.tail);
        sorted.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| tail(a).cmp(tail(b))));
        sorted
    }
}

/// A word that is not empty, as its head and what follows that.
#[derive(Debug, Clone, Copy)]
pub struct SplitTerm<'a> {
    head: TermHead,
    tail: &'a [u8],
}

impl<'a> From<&'a str> for SplitTerm<'a> {
    fn from(word: &'a str) -> Self {
        let word = word.as_bytes();
        if let Some((head, tail)) = word.split_first_chunk() {
            return Self { head: TermHead::from_be_bytes(*head), tail };
        }
        // In steps, since a copy of any length is a call.
        let (mut head, mut rest) = (0, word);
        if let Some((eight, more)) = rest.split_first_chunk() {
            (head, rest) = (TermHead::from(u64::from_be_bytes(*eight)), more);
        }
        if let Some((four, more)) = rest.split_first_chunk() {
            (head, rest) = (head << 32 | TermHead::from(u32::from_be_bytes(*four)), more);
        }
        for &byte in rest {
            head = head << 8 | TermHead::from(byte);
        }
        Self { head: head << (8 * (HEAD_LEN - word.len())), tail: &[] }
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
            let mut vocabulary = TermTable::default();
            let numbers: Vec<u32> =
                words.iter().map(|it| vocabulary.entry(it.as_str().into()).number).collect();
            let distinct: BTreeSet<&String> = words.iter().collect();
            prop_assert_eq!(vocabulary.len(), distinct.len());
            let sorted = vocabulary.sorted();
            for (word, expected) in sorted.iter().zip(distinct) {
                let mut text = Vec::new();
                vocabulary.push_term(word, &mut text);
                prop_assert_eq!(String::from_utf8(text).unwrap(), expected.as_str());
                for (its, &number) in words.iter().zip(&numbers) {
                    prop_assert_eq!(its == expected, number == word.number);
                }
            }
        }
    }
}
