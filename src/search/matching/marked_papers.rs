//! Papers with a query word in the user's tags or notes.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::metadata::MIN_METADATA_WORD_LEN;
use crate::domain::{Marks, PaperId};
use crate::search::occurrence::{WordBoundary, occurrences};
use crate::search::query::{FieldScope, QueryWord};
use crate::text::fold;

/// For each word of a query, by its index, the papers with a tag or a note that has it. Looked up on
/// first use, since most queries need none.
#[derive(Debug, Default)]
pub struct MarkedPapers(Vec<OnceLock<Arc<HashSet<PaperId>>>>);

impl MarkedPapers {
    pub fn new(word_count: usize) -> Self {
        Self((0..word_count).map(|_| OnceLock::new()).collect())
    }

    /// The papers of a word, or `None` if there are none.
    pub fn papers_with(&self, word: &QueryWord, marks: &Marks) -> Option<Arc<HashSet<PaperId>>> {
        if !marks.has_tags_or_notes() {
            return None;
        }
        let papers = self.0.get(word.index)?.get_or_init(|| Arc::new(papers_with(word, marks)));
        (!papers.is_empty()).then(|| Arc::clone(papers))
    }
}

/// The papers with a tag or a note in which a word begins with the query word.
pub fn papers_with(word: &QueryWord, marks: &Marks) -> HashSet<PaperId> {
    let is_short = word.letters.chars().count() < MIN_METADATA_WORD_LEN;
    if word.scope != FieldScope::Anywhere || is_short || !marks.has_tags_or_notes() {
        return HashSet::new();
    }
    let has_word = |text: &str| {
        let mut all = word.spellings().flat_map(|needle| occurrences(needle, text));
        let mut whole = word.whole_variants.iter().flat_map(|needle| occurrences(needle, text));
        all.any(|it| it.boundary != WordBoundary::InsideWord)
            || whole.any(|it| it.boundary == WordBoundary::WholeWord)
    };
    let tagged = marks.tags().filter(|(tag, _)| has_word(&fold(tag)));
    let noted = marks.folded_notes().filter(|(_, note)| has_word(note));
    let tagged = tagged.flat_map(|(_, papers)| papers.iter().copied());
    tagged.chain(noted.map(|(id, _)| id)).collect()
}
