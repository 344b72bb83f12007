//! Filters over the reader's marks, which need no segment.

use super::ast::{Filter, Whole};
use super::parser::canonical;
use crate::domain::{Mark, Marks, PaperId};
use crate::search::occurrence::{Fit, spots};

/// Whether the paper passes a filter that asks of the reader's marks, and nothing for any other.
pub fn passes_marked(filter: &Filter, marks: &Marks, id: PaperId) -> Option<bool> {
    Some(match filter {
        Filter::Marked(mark) => marks.has(*mark, id),
        Filter::Unread => !marks.has(Mark::Read, id),
        Filter::Tag(value, whole) => marks.tags_of(id).any(|tag| begins(tag, value, *whole)),
        Filter::Note(words) => begins_word(words, marks.folded_note(id)),
        _ => return None,
    })
}

pub fn begins(text: &str, value: &str, whole: Whole) -> bool {
    let text = canonical(text);
    match whole {
        Whole::Words => text == value,
        Whole::Parts => text.starts_with(value),
    }
}

/// Whether the text holds the words, from the start of one on.
pub fn begins_word(words: &str, text: &str) -> bool {
    let needle = memchr::memmem::Finder::new(words);
    !text.is_empty() && spots(&needle, text).any(|spot| spot.fit != Fit::Inside)
}
