//! How the words of queries stand in the corpus, remembered from key to key.

use std::collections::HashMap;

use crate::domain::Corpus;
use crate::search::query::{Name, Word};

/// How one word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether many papers have the word as it was typed, so that letters that are scattered are
    /// an accident.
    pub is_common: bool,
    /// Whether some paper has it as it was typed, or it is too short to be a slip.
    pub is_known: bool,
    /// Whether no paper has it as it was typed, but perhaps with its letters scattered.
    pub is_absent: bool,
}

/// How words do in one corpus.
#[derive(Debug, Default)]
pub struct Standings {
    corpus: Corpus,
    words: HashMap<Name, Standing>,
}

/// Shorter words, in bytes, are looked for in less than longer ones.
const SHORTEST_BEGINNING: usize = 2;
/// Words that are remembered; then all are forgotten.
const REMEMBERED: usize = 1 << 12;

impl Standings {
    pub fn of(&self, corpus: &Corpus, name: &Name) -> Option<Standing> {
        self.words.get(name).filter(|_| self.corpus.is_same(corpus)).copied()
    }

    /// Whether a word is known to be absent with which this one begins, so that no abstract has this
    /// one, and none of the facts that words begin.
    pub fn begins_absent(&self, corpus: &Corpus, word: &Word) -> bool {
        let (letters, scope) = word.name();
        let is_absent =
            |end| self.of(corpus, &(letters[..end].to_vec(), scope)).is_some_and(|it| it.is_absent);
        // A year is whole, and a citation key has one.
        let has_digit = letters.iter().any(u8::is_ascii_digit);
        word.is_plain()
            && word.others.is_empty()
            && !has_digit
            && (SHORTEST_BEGINNING..letters.len()).any(is_absent)
    }

    pub fn remember(&mut self, corpus: &Corpus, word: &Word, standing: Standing) {
        if self.words.len() == REMEMBERED || !self.corpus.is_same(corpus) {
            *self = Self { corpus: corpus.clone(), words: HashMap::new() };
        }
        self.words.insert(word.name(), standing);
    }
}
