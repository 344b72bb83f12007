//! Papers with a query word in the user's tags or notes.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::metadata::MIN_METADATA_WORD_LEN;
use crate::domain::{Marks, PaperId};
use crate::search::occurrence::{WordBoundary, occurrences};
use crate::search::query::{Condition, FieldScope, Phrase, QueryWord, Term};
use crate::text::fold;

/// For each word and phrase of a query, the papers with a tag or a note that has it. Looked up on
/// first use, since most queries need none.
#[derive(Debug)]
pub struct MarkedPapers<'a>(Vec<(&'a Condition, OnceLock<Arc<HashSet<PaperId>>>)>);

impl<'a> MarkedPapers<'a> {
    pub fn new(terms: &[&'a Term]) -> Self {
        let conditions = terms.iter().map(|term| &term.condition);
        Self(
            conditions
                .filter(|it| it.is_in_tags_and_notes())
                .map(|it| (it, OnceLock::new()))
                .collect(),
        )
    }

    /// The papers of a condition, or `None` if there are none.
    pub fn papers_with(
        &self,
        condition: &Condition,
        marks: &Marks,
    ) -> Option<Arc<HashSet<PaperId>>> {
        if !marks.has_tags_or_notes() {
            return None;
        }
        let (_, papers) = self.0.iter().find(|(it, _)| std::ptr::eq(*it, condition))?;
        let papers = papers.get_or_init(|| {
            Arc::new(match condition {
                Condition::Word(word) => papers_with(word, marks),
                Condition::Phrase(phrase) => papers_with_phrase(phrase, marks),
                Condition::Regex(_)
                | Condition::Name(_)
                | Condition::Predicate(_)
                | Condition::Group(_) => HashSet::new(),
            })
        });
        (!papers.is_empty()).then(|| Arc::clone(papers))
    }
}

/// The papers with a tag or a note that has the phrase, from the beginning of a word on.
fn papers_with_phrase(phrase: &Phrase, marks: &Marks) -> HashSet<PaperId> {
    papers_where(marks, |text| {
        let mut all = phrase.spellings.iter().flat_map(|needle| occurrences(needle, text));
        all.any(|it| it.boundary != WordBoundary::InsideWord)
    })
}

/// The papers with a tag or a note whose folded text passes a test.
fn papers_where(marks: &Marks, has: impl Fn(&str) -> bool) -> HashSet<PaperId> {
    let tagged = marks.tags().filter(|(tag, _)| has(&fold(tag)));
    let noted = marks.folded_notes().filter(|(_, note)| has(note));
    let tagged = tagged.flat_map(|(_, papers)| papers.iter().copied());
    tagged.chain(noted.map(|(id, _)| id)).collect()
}

/// The papers with a tag or a note in which a word begins with the query word.
pub fn papers_with(word: &QueryWord, marks: &Marks) -> HashSet<PaperId> {
    let is_short = word.letters.chars().count() < MIN_METADATA_WORD_LEN;
    if word.scope != FieldScope::Anywhere || is_short || !marks.has_tags_or_notes() {
        return HashSet::new();
    }
    papers_where(marks, |text| {
        let mut all = word.spellings().flat_map(|needle| occurrences(needle, text));
        let mut whole = word.whole_variants.iter().flat_map(|needle| occurrences(needle, text));
        all.any(|it| it.boundary != WordBoundary::InsideWord)
            || whole.any(|it| it.boundary == WordBoundary::WholeWord)
    })
}
