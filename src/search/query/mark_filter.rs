//! Filters over the reader's marks, which need no segment.

use super::ast::{Predicate, WholeWord};
use super::parser::normalise_value;
use crate::domain::{Mark, Marks, PaperId};
use crate::search::occurrence::{WordBoundary, occurrences};

/// Whether the paper passes a filter that asks of the reader's marks, and nothing for any other.
pub fn passes_mark_filter(filter: &Predicate, marks: &Marks, id: PaperId) -> Option<bool> {
    Some(match filter {
        Predicate::Mark(mark) => marks.has(*mark, id),
        Predicate::Unread => !marks.has(Mark::Read, id),
        Predicate::Tag(value, whole) => {
            marks.tags_of(id).any(|tag| begins_with_value(tag, value, *whole))
        }
        Predicate::Note(words) => begins_word(words, marks.folded_note(id)),
        _ => return None,
    })
}

pub fn begins_with_value(text: &str, value: &str, whole: WholeWord) -> bool {
    let text = normalise_value(text);
    match whole {
        WholeWord::Required => text == value,
        WholeWord::NotRequired => text.starts_with(value),
    }
}

/// Whether the text holds the words, from the start of one on.
pub fn begins_word(words: &str, text: &str) -> bool {
    let needle = memchr::memmem::Finder::new(words);
    !text.is_empty()
        && occurrences(&needle, text).any(|spot| spot.boundary != WordBoundary::InsideWord)
}
