//! The table of distinct words during a build, numbered in order of first occurrence.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// A hash table of distinct words that consist of letters and digits. Words of up to 16 bytes fit
/// in their head, so that comparing, hashing and sorting them touches no other memory.
#[derive(Debug)]
pub struct TermTable {
    words: HashTable<TermEntry>,
    hasher: DefaultHashBuilder,
    /// The bytes beyond the heads, each tail followed by [`TAIL_END`]. The tail at offset 0 is
    /// empty and shared by all short words.
    tails: Vec<u8>,
}

/// A word, and its last occurrence. Everything that adding an occurrence needs is in one entry.
#[derive(Debug, Clone, Copy)]
pub struct TermEntry {
    head: TermHead,
    /// The offset of the tail in `tails`.
    tail: u32,
    pub number: u32,
    /// The index of its last posting, and that posting's row plus one; zero if it has none.
    pub last_posting: u32,
    pub next_row: u16,
}

/// The first 16 bytes of a word, big-endian and padded with zeros, so that heads sort like words.
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

    /// Returns the entry of a word, inserted with the next number if it is new.
    pub fn entry(&mut self, SplitTerm { head, tail }: SplitTerm<'_>) -> &mut TermEntry {
        let Self { words, hasher, tails } = self;
        let hash = |head: TermHead, tail: &[u8]| match tail {
            [] => hasher.hash_one(head),
            tail => hasher.hash_one((head, tail)),
        };
        let number = words.len() as u32;
        let is_same = |it: &TermEntry| {
            // Compares offsets before bytes: most tails are empty, and comparing empty slices is
            // slow.
            it.head == head
                && (it.tail == 0) == tail.is_empty()
                && (it.tail == 0 || tail_at(tails, it.tail) == tail)
        };
        let rehash = |it: &TermEntry| hash(it.head, tail_at(tails, it.tail));
        match words.entry(hash(head, tail), is_same, rehash) {
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

    /// Appends the text of a word.
    pub fn push_term(&self, word: &TermEntry, text: &mut Vec<u8>) {
        let length = HEAD_LEN - word.head.trailing_zeros() as usize / 8;
        text.extend_from_slice(&word.head.to_be_bytes()[..length]);
        text.extend_from_slice(tail_at(&self.tails, word.tail));
    }

    /// Returns all words in byte order.
    pub fn sorted(&self) -> Vec<TermEntry> {
        let mut sorted: Vec<TermEntry> = self.words.iter().copied().collect();
        let tail = |word: &TermEntry| tail_at(&self.tails, word.tail);
        sorted.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| tail(a).cmp(tail(b))));
        sorted
    }
}

/// A non-empty word, split into its head and the bytes beyond.
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
        // Copies in fixed-size steps: a copy of variable length is a call to `memcpy`.
        let (mut head, mut rest) = (0, word);
        if let Some((bytes, remaining)) = rest.split_first_chunk() {
            (head, rest) = (TermHead::from(u64::from_be_bytes(*bytes)), remaining);
        }
        if let Some((bytes, remaining)) = rest.split_first_chunk() {
            (head, rest) = (head << 32 | TermHead::from(u32::from_be_bytes(*bytes)), remaining);
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
            let mut term_table = TermTable::default();
            let numbers: Vec<u32> =
                words.iter().map(|it| term_table.entry(it.as_str().into()).number).collect();
            let distinct: BTreeSet<&String> = words.iter().collect();
            prop_assert_eq!(term_table.len(), distinct.len());
            let sorted = term_table.sorted();
            for (word, expected) in sorted.iter().zip(distinct) {
                let mut text = Vec::new();
                term_table.push_term(word, &mut text);
                prop_assert_eq!(String::from_utf8(text).unwrap(), expected.as_str());
                for (term, &number) in words.iter().zip(&numbers) {
                    prop_assert_eq!(term == expected, number == word.number);
                }
            }
        }
    }
}
