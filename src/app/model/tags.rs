//! Tags, typed into a line: those that all papers have stand in it, and what is changed there is
//! done to all.

use std::collections::HashSet;

use super::state::{Mode, State};
use super::target::Subject;
use super::text_field::Line;
use crate::text::distinct;

/// Tags being typed.
#[derive(Debug)]
pub struct Tagging {
    pub line: Line,
    /// Those that stood in the line at first.
    pub before: Vec<String>,
    pub subject: Subject,
}

/// What is typed, taken apart at commas.
pub fn names(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    distinct(names.map(str::to_owned))
}

/// The tags that begin as the last of the line does, with how many papers have them.
pub fn candidates(state: &State) -> Vec<(String, usize)> {
    let Mode::Tags(tagging) = &state.mode else { return Vec::new() };
    let (done, begun) = parts(tagging.line.text());
    let (done, begun) = (names(done), begun.to_lowercase());
    let done: HashSet<&str> = done.iter().map(String::as_str).collect();
    let tags = state.library.marks.tags();
    let tags =
        tags.filter(|(tag, _)| tag.to_lowercase().starts_with(&begun) && !done.contains(tag));
    tags.map(|(tag, papers)| (tag.to_owned(), papers.len())).collect()
}

/// The line up to its last comma, and what stands behind it.
pub fn parts(text: &str) -> (&str, &str) {
    let at = text.rfind(',').map_or(0, |at| at + 1);
    (&text[..at], text[at..].trim_start())
}
