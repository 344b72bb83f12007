//! Predicates on the user's marks, which need no segment.

use super::ast::{Predicate, WholeWord};
use super::value::normalise_value;
use crate::domain::{Mark, Marks, PaperId};
use crate::search::occurrence::{WordBoundary, occurrences};

/// Evaluates a predicate on marks. Returns `None` for other predicates.
pub fn passes_mark_filter(predicate: &Predicate, marks: &Marks, id: PaperId) -> Option<bool> {
    Some(match predicate {
        Predicate::Mark(mark) => marks.has(*mark, id),
        Predicate::Unread => !marks.has(Mark::Read, id),
        Predicate::Tag(value, whole) => {
            marks.tags_of(id).any(|tag| begins_with_value(tag, value, *whole))
        }
        Predicate::Note(words) => begins_word(words, marks.folded_note(id)),
        _ => return None,
    })
}

/// Returns true if the text begins with the value, or is the value.
pub fn begins_with_value(text: &str, value: &str, whole: WholeWord) -> bool {
    let text = normalise_value(text);
    match whole {
        WholeWord::Required => text == value,
        WholeWord::NotRequired => text.starts_with(value),
    }
}

/// Returns true if the text contains the words from a word start on.
pub fn begins_word(words: &str, text: &str) -> bool {
    let needle = memchr::memmem::Finder::new(words);
    !text.is_empty() && occurrences(&needle, text).any(|it| it.boundary != WordBoundary::InsideWord)
}
