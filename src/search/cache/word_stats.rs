//! Statistics of query words in the corpus.

use std::collections::HashMap;

use crate::search::query::{QueryWord, WordKey};

/// Statistics of one word as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordStats {
    /// Many papers have the word: its subsequences in others are accidents.
    pub is_common: bool,
    /// Some paper has the word, or it is too short to be corrected.
    pub is_in_vocabulary: bool,
    /// No paper has the word, except perhaps as a subsequence.
    pub is_absent: bool,
}

/// Statistics of recent words.
///
/// Valid for: a corpus. Only results that unread abstracts cannot change are cached.
/// Invalidated by: another corpus.
/// Saves: a scan of every segment for each word of the query at each keystroke.
#[derive(Debug, Default)]
pub struct WordStatsCache {
    words: HashMap<WordKey, WordStats>,
}

/// The shortest prefix, in bytes, that is looked up: shorter words are matched in fewer fields, so
/// that their absence proves nothing.
const MIN_ABSENT_PREFIX_LEN: usize = 2;
/// Cached words. At this number all are dropped.
const MAX_CACHED_WORDS: usize = 1 << 12;

impl WordStatsCache {
    pub fn get(&self, key: &WordKey) -> Option<WordStats> {
        self.words.get(key).copied()
    }

    /// Returns true if a prefix of the word is known to be absent. The word is then in no abstract,
    /// and in no metadata that is matched by prefix.
    pub fn has_absent_prefix(&self, word: &QueryWord) -> bool {
        let (letters, scope) = word.key();
        let is_absent =
            |end| self.get(&(letters[..end].to_vec(), scope)).is_some_and(|it| it.is_absent);
        // Years, also those in citation keys, match as a whole.
        let has_digit = letters.iter().any(u8::is_ascii_digit);
        word.is_plain()
            && word.all_spellings().nth(1).is_none()
            && !has_digit
            && (MIN_ABSENT_PREFIX_LEN..letters.len()).any(is_absent)
    }

    pub fn insert(&mut self, word: &QueryWord, stats: WordStats) {
        if self.words.len() == MAX_CACHED_WORDS {
            self.words.clear();
        }
        self.words.insert(word.key(), stats);
    }
}
