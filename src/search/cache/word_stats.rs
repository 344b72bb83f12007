//! How the words of queries stand in the corpus, remembered from key to key.

use std::collections::HashMap;

use crate::domain::Corpus;
use crate::search::query::{QueryWord, WordKey};

/// How one word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordStats {
    /// Whether many papers have the word as it was typed, so that letters that are scattered are
    /// an accident.
    pub is_common: bool,
    /// Whether some paper has it as it was typed, or it is too short to be a slip.
    pub is_found: bool,
    /// Whether no paper has it as it was typed, but perhaps with its letters scattered.
    pub is_absent: bool,
}

/// How words do in one corpus.
#[derive(Debug, Default)]
pub struct WordStatsCache {
    corpus: Corpus,
    words: HashMap<WordKey, WordStats>,
}

/// Shorter words, in bytes, are looked for in less than longer ones.
const MIN_ABSENT_PREFIX_LEN: usize = 2;
/// Words that are remembered; then all are forgotten.
const MAX_CACHED_WORDS: usize = 1 << 12;

impl WordStatsCache {
    pub fn get(&self, corpus: &Corpus, name: &WordKey) -> Option<WordStats> {
        self.words.get(name).filter(|_| self.corpus.is_same(corpus)).copied()
    }

    /// Whether a word is known to be absent with which this one begins, so that no abstract has this
    /// one, and none of the facts that words begin.
    pub fn has_absent_prefix(&self, corpus: &Corpus, word: &QueryWord) -> bool {
        let (letters, scope) = word.key();
        let is_absent = |end| {
            self.get(corpus, &(letters[..end].to_vec(), scope)).is_some_and(|it| it.is_absent)
        };
        // A year is whole, and a citation key has one.
        let has_digit = letters.iter().any(u8::is_ascii_digit);
        word.is_plain()
            && word.variants.is_empty()
            && !has_digit
            && (MIN_ABSENT_PREFIX_LEN..letters.len()).any(is_absent)
    }

    pub fn insert(&mut self, corpus: &Corpus, word: &QueryWord, standing: WordStats) {
        if self.words.len() == MAX_CACHED_WORDS || !self.corpus.is_same(corpus) {
            *self = Self { corpus: corpus.clone(), words: HashMap::new() };
        }
        self.words.insert(word.key(), standing);
    }
}
