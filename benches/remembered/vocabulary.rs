//! The words of a corpus: those that a mistake may be taken for.

use std::collections::HashSet;

use offprint::domain::{Corpus, family_names};
use offprint::text::{fold, tex_to_unicode, words};

use super::recalled::tokens;

/// Papers whose abstracts are read; those of a million would take minutes.
const ABSTRACTS: usize = 5_000;

/// The folded words of all titles, of all first authors' names, and of some abstracts.
pub(crate) struct Vocabulary {
    words: HashSet<String>,
    /// Tokens of titles and abstracts with a hyphen inside.
    hyphenated: HashSet<String>,
}

impl Vocabulary {
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let mut vocabulary = Self { words: HashSet::new(), hyphenated: HashSet::new() };
        for (at, (id, paper)) in corpus.papers().enumerate() {
            vocabulary.add(paper.title);
            let name = family_names(&paper).first().map(|it| fold(it)).unwrap_or_default();
            words(&name).for_each(|it| vocabulary.add_word(it));
            if at < ABSTRACTS {
                vocabulary.add(&corpus.abstract_text(id).unwrap_or_default());
            }
        }
        vocabulary
    }

    fn add(&mut self, text: &str) {
        let folded = fold(&tex_to_unicode(text));
        words(&folded).for_each(|it| self.add_word(it));
        self.hyphenated.extend(tokens(&folded).into_iter().filter(|it| it.contains('-')));
    }

    fn add_word(&mut self, word: &str) {
        if !self.words.contains(word) {
            self.words.insert(word.to_owned());
        }
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Returns true if the corpus has the word with this hyphen.
    pub(crate) fn has_hyphenated(&self, token: &str) -> bool {
        self.hyphenated.contains(token)
    }
}
