//! Merges the vocabularies of several indexes.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::builder::IndexWriter;
use super::inverted_index::InvertedIndex;
use super::layout::{BlockPart, CorruptIndex, TERMS_PER_BLOCK};

impl InvertedIndex {
    /// Merges the words of all indexes into one without postings, in which every count is in the
    /// title and author frequency. Returns `None` if an index is corrupt, or if `is_stopped`
    /// returns true; it is called once per block.
    ///
    /// # Panics
    ///
    /// Panics if the result exceeds 4 GB.
    pub fn merge<'a>(
        all: impl Iterator<Item = &'a Self>,
        is_stopped: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut cursors = BinaryHeap::new();
        for index in all {
            if let Some(cursor) = TermCursor::open(index).ok()? {
                cursors.push(Reverse(cursor));
            }
        }
        let mut writer = IndexWriter::default();
        let (mut word, mut count, mut words) = (Vec::new(), 0_u32, 0);
        while let Some(mut first) = cursors.peek_mut() {
            if words == 0 || first.0.word() != word {
                if words > 0 {
                    writer.push(&word, count, &[]);
                }
                word.clear();
                word.extend_from_slice(first.0.word());
                count = 0;
                if words % TERMS_PER_BLOCK == 0 {
                    if is_stopped() {
                        return None;
                    }
                    if words > 0 {
                        writer.end_block();
                    }
                    writer.begin_block(&word);
                }
                words += 1;
            }
            count = count.saturating_add(first.0.count());
            if !first.0.advance().ok()? {
                PeekMut::pop(first);
            }
        }
        if words > 0 {
            writer.push(&word, count, &[]);
            writer.end_block();
        }
        Some(writer.into_index())
    }
}

/// A cursor over the words of an index, for the k-way merge.
struct TermCursor<'a> {
    index: &'a InvertedIndex,
    block: usize,
    /// The words of the current block, concatenated, and the end of each with its count.
    text: Vec<u8>,
    words: Vec<(usize, u32)>,
    at: usize,
    /// The first bytes of the current word, which decide most comparisons.
    prefix: u64,
}

impl<'a> TermCursor<'a> {
    /// Opens a cursor at the first word. Returns `None` for an empty index.
    fn open(index: &'a InvertedIndex) -> Result<Option<Self>, CorruptIndex> {
        let (text, words) = (Vec::new(), Vec::new());
        let mut cursor = Self { index, block: 0, text, words, at: 0, prefix: 0 };
        Ok(cursor.read_block()?.then_some(cursor))
    }

    fn word(&self) -> &[u8] {
        let from = self.at.checked_sub(1).map_or(0, |previous| self.words[previous].0);
        &self.text[from..self.words[self.at].0]
    }

    fn count(&self) -> u32 {
        self.words[self.at].1
    }

    /// Moves to the next word. Returns false at the end.
    fn advance(&mut self) -> Result<bool, CorruptIndex> {
        self.at += 1;
        if self.at == self.words.len() {
            return self.read_block();
        }
        self.prefix = sort_prefix(self.word());
        Ok(true)
    }

    /// Reads the next block that is not empty. Returns false if there is none.
    fn read_block(&mut self) -> Result<bool, CorruptIndex> {
        self.text.clear();
        self.words.clear();
        self.at = 0;
        while self.words.is_empty() && self.block < self.index.block_count() {
            let blocks = self.block..self.block + 1;
            let read = self.index.read_blocks(&blocks, BlockPart::Words)?;
            let mut words = self.index.block_terms(&read, &blocks, self.block)?;
            while words.advance()? {
                self.text.extend_from_slice(&words.text);
                let count = words.document_frequency.saturating_add(words.title_author_frequency);
                self.words.push((self.text.len(), count));
            }
            self.block += 1;
        }
        let has_words = !self.words.is_empty();
        if has_words {
            self.prefix = sort_prefix(self.word());
        }
        Ok(has_words)
    }
}

/// Returns the first eight bytes of a word as a number that sorts like the word.
fn sort_prefix(word: &[u8]) -> u64 {
    if let Some(first) = word.first_chunk() {
        return u64::from_be_bytes(*first);
    }
    let mut first = [0; size_of::<u64>()];
    first[..word.len()].copy_from_slice(word);
    u64::from_be_bytes(first)
}

impl PartialEq for TermCursor<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for TermCursor<'_> {}

impl PartialOrd for TermCursor<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TermCursor<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.prefix.cmp(&other.prefix).then_with(|| self.word().cmp(other.word()))
    }
}
