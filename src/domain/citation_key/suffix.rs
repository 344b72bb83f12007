//! The suffix that sets a citation key apart from the same key of another paper.

use crate::domain::paper::paper::Paper;
use crate::text::{fnv, fold, tex_to_unicode};

pub fn with_suffix(key: &str, paper: &Paper<'_>) -> String {
    let of_text = || short_hash(&format!("{}\n{}\n", paper.title, paper.author_list));
    let tail = key_identifier(paper).unwrap_or_else(of_text);
    format!("{key}-{tail}")
}

/// The arXiv id or the DOI.
pub fn key_identifier(paper: &Paper<'_>) -> Option<String> {
    [paper.arxiv, paper.doi].map(key_characters).into_iter().find(|it| !it.is_empty())
}

/// An identifier in the characters that every program takes in a key.
pub fn key_characters(identifier: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let clean: String = identifier.to_ascii_lowercase().chars().map(keep).collect();
    clean.trim_matches('-').to_owned()
}

/// Six hexadecimal digits of the text as it reads, whatever its case and accents.
pub fn short_hash(text: &str) -> String {
    format!("{:06x}", fnv(&fold(&tex_to_unicode(text))) >> 40)
}
