//! The words of a segment, each once, to look up what a slip may have meant.

use std::collections::HashMap;

use super::searcher::Interrupted;
use super::slip;
use crate::domain::Segment;
use crate::text::words;

/// The folded words of titles, authors and abstracts, and how often each occurs.
#[derive(Debug)]
pub(super) struct Vocabulary {
    text: String,
    /// Where each word ends in the text, and how often it occurs.
    words: Vec<(u32, u32)>,
}

/// Papers read between two looks at the mailbox.
const STRIDE: u32 = 1 << 10;

impl Vocabulary {
    pub(super) fn of(
        segment: &Segment,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Interrupted> {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for row in 0..segment.len() {
            if row.is_multiple_of(STRIDE) && interrupted() {
                return Err(Interrupted);
            }
            let abstracts = segment.abstracts().folded_block();
            for block in [Some(segment.folded()), abstracts].into_iter().flatten() {
                for word in words(block.record(row)).filter(|it| it.len() >= slip::SHORTEST - 1) {
                    *counts.entry(word).or_default() += 1;
                }
            }
        }
        let mut vocabulary = Self { text: String::new(), words: Vec::with_capacity(counts.len()) };
        for (word, count) in counts {
            vocabulary.text.push_str(word);
            vocabulary.words.push((vocabulary.text.len() as u32, count));
        }
        Ok(vocabulary)
    }

    fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut start = 0;
        self.words.iter().map(move |&(end, count)| {
            let word = &self.text[start..end as usize];
            start = end as usize;
            (word, count)
        })
    }

    /// What may have been meant, and how often it occurs.
    pub(super) fn meant(&self, typed: &str) -> HashMap<&str, u32> {
        let mut counts = HashMap::new();
        for (word, count) in self.words() {
            if let Some(meant) = slip::meant(typed, word) {
                *counts.entry(meant).or_default() += count;
            }
        }
        counts
    }
}
