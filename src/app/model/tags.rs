//! The prompt for tags. Starts with the tags common to all target papers; edits apply to all of
//! them.

use std::collections::HashSet;

use super::target::Target;
use super::text_field::TextField;
use crate::domain::Marks;
use crate::text::distinct;

/// The tag prompt.
#[derive(Debug)]
pub struct TagPrompt {
    pub field: TextField,
    /// The tags in the field when the prompt was opened.
    pub original_tags: Vec<String>,
    pub target: Target,
}

/// Splits the text at commas; drops empty and repeated tags.
pub fn split_tags(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    distinct(names.map(str::to_owned))
}

impl TagPrompt {
    /// Completions of the last tag in the field, each with its number of papers.
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

/// The text up to and including the last comma, and the text after it.
pub fn split_last_tag(text: &str) -> (&str, &str) {
    let at = text.rfind(',').map_or(0, |at| at + 1);
    (&text[..at], text[at..].trim_start())
}
