//! Tags, typed into a line: those that all papers have stand in it, and what is changed there is
//! done to all.

use std::collections::HashSet;

use super::state::{Mode, State};
use super::target::Target;
use super::text_field::TextField;
use crate::text::distinct;

/// Tags being typed.
#[derive(Debug)]
pub struct TagPrompt {
    pub field: TextField,
    /// Those that stood in the line at first.
    pub original_tags: Vec<String>,
    pub target: Target,
}

/// What is typed, taken apart at commas.
pub fn split_tags(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    distinct(names.map(str::to_owned))
}

/// The tags that begin as the last of the line does, with how many papers have them.
pub fn tag_candidates(state: &State) -> Vec<(String, usize)> {
    let Mode::Tags(tagging) = &state.mode else { return Vec::new() };
    let (done, begun) = split_last_tag(tagging.field.text());
    let (done, begun) = (split_tags(done), begun.to_lowercase());
    let done: HashSet<&str> = done.iter().map(String::as_str).collect();
    let tags = state.library.marks.tags();
    let tags =
        tags.filter(|(tag, _)| tag.to_lowercase().starts_with(&begun) && !done.contains(tag));
    tags.map(|(tag, papers)| (tag.to_owned(), papers.len())).collect()
}

/// The line up to its last comma, and what stands behind it.
pub fn split_last_tag(text: &str) -> (&str, &str) {
    let at = text.rfind(',').map_or(0, |at| at + 1);
    (&text[..at], text[at..].trim_start())
}
