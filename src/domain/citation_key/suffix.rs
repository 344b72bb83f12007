//! The suffix that makes a citation key differ from the same key of another paper.

use crate::domain::paper::paper::Paper;
use crate::text::{fnv, fold, tex_to_unicode};

/// Appends `-` and the paper's identifier to the key, or a hash of title and authors if it has
/// none.
pub fn with_suffix(key: &str, paper: &Paper<'_>) -> String {
    let hash_of_text = || short_hash(&format!("{}\n{}\n", paper.title, paper.author_list));
    let tail = key_identifier(paper).unwrap_or_else(hash_of_text);
    format!("{key}-{tail}")
}

/// Returns the arXiv identifier or else the DOI, in the characters of [`key_characters`].
pub fn key_identifier(paper: &Paper<'_>) -> Option<String> {
    [paper.arxiv, paper.doi].map(key_characters).into_iter().find(|it| !it.is_empty())
}

/// Rewrites an identifier in the characters that every BibTeX program accepts in a key: lower-case
/// ASCII letters, digits, `.` and `-`.
pub fn key_characters(identifier: &str) -> String {
    let clean_char = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let clean: String = identifier.to_ascii_lowercase().chars().map(clean_char).collect();
    clean.trim_matches('-').to_owned()
}

/// Returns six hexadecimal digits of the hash of the folded text, so that case, accents and TeX
/// markup make no difference.
pub fn short_hash(text: &str) -> String {
    format!("{:06x}", fnv(&fold(&tex_to_unicode(text))) >> 40)
}
