//! Helpers for the texts, names and identifiers in XML formats.

use crate::domain::{arxiv_id, doi};
use crate::text::distinct;

/// Returns the arXiv identifier in the form of feeds and OAI-PMH: `oai:arXiv.org:2501.02950v1`.
pub fn arxiv_in(text: &str) -> Option<String> {
    arxiv_id(text.trim().strip_prefix("oai:arXiv.org:").unwrap_or(text))
}

/// Returns a DOI that does not only repeat the arXiv identifier.
pub fn own_doi(text: &str) -> Option<String> {
    doi(text).filter(|it| arxiv_id(it).is_none())
}

/// Collapses blanks to single spaces.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the arXiv categories among subject terms, each once. The terms of other schemes begin
/// with a digit or a capital.
pub fn categories(terms: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let is_category = |term: &String| {
        term.starts_with(|c: char| c.is_ascii_lowercase())
            && !term.contains(|c: char| c.is_whitespace() || ",;".contains(c))
    };
    let terms = terms.into_iter().map(|it| it.as_ref().trim().to_owned());
    distinct(terms.filter(is_category)).join(" ")
}

/// Formats a name as `Family, Suffix, Given`, without unknown parts.
pub fn name(family: &str, suffix: &str, given: &str) -> String {
    let parts = [family, suffix, given].map(str::trim);
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Strips the full stop that some catalogues put after every title. An ellipsis remains.
pub fn strip_final_dot(title: &str) -> &str {
    title.strip_suffix('.').filter(|it| !it.ends_with('.')).unwrap_or(title)
}
