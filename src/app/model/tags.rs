//! Tags, typed into a line: those that all papers have stand in it, and what is changed there is
//! done to all.

use std::collections::HashSet;

use super::target::Target;
use super::text_field::TextField;
use crate::domain::Marks;
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

impl TagPrompt {
    /// The tags that begin as the last of the prompt does, with how many papers have them.
    pub fn candidates(&self, marks: &Marks) -> Vec<(String, usize)> {
        let (typed, begun) = split_last_tag(self.field.text());
        let (typed, begun) = (split_tags(typed), begun.to_lowercase());
        let typed: HashSet<&str> = typed.iter().map(String::as_str).collect();
        let tags = marks
            .tags()
            .filter(|(tag, _)| tag.to_lowercase().starts_with(&begun) && !typed.contains(tag));
        tags.map(|(tag, papers)| (tag.to_owned(), papers.len())).collect()
    }
}

/// The line up to its last comma, and what stands behind it.
pub fn split_last_tag(text: &str) -> (&str, &str) {
    let at = text.rfind(',').map_or(0, |at| at + 1);
    (&text[..at], text[at..].trim_start())
}
