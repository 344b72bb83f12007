//! Helpers for the texts of records: joins wrapped lines, finds identifiers and URLs.

use std::borrow::Cow;

use crate::domain::{arxiv_id, repeats_identifier};
use crate::text::is_tidy;

/// Returns the arXiv identifier of a line that begins with its prefix: `arXiv:2501.02950 [cs.CL]`,
/// or `abs/2501.02950` in a volume from DBLP. An identifier further on in a line is that of another
/// paper.
pub fn prefixed_arxiv_id(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let line = line.trim_start();
        let is_marked = line.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("arxiv:"));
        let id = if is_marked { &line[6..] } else { line.strip_prefix("abs/")? };
        arxiv_id(id.split_whitespace().next()?)
    })
}

/// Returns true for a URL that does not follow from the identifiers.
pub fn is_address(url: &str, arxiv: &str, doi: &str) -> bool {
    url.contains("://") && !repeats_identifier(url, arxiv, doi)
}

/// Joins wrapped lines and collapses blanks.
pub fn join_wrapped_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_tidy(&text) {
        return text;
    }
    let stripped = text.trim();
    let is_wrapped = memchr::memchr3(b'\n', b'\r', b'\t', stripped.as_bytes()).is_some();
    if is_wrapped || stripped.contains("  ") {
        let mut unwrapped = String::with_capacity(stripped.len());
        for line in stripped.split('\n').map(str::trim) {
            if is_tidy(line) {
                push_word(line, &mut unwrapped);
            } else {
                line.split_whitespace().for_each(|it| push_word(it, &mut unwrapped));
            }
        }
        return Cow::Owned(unwrapped);
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(_) if stripped.len() < text.len() => Cow::Owned(stripped.to_owned()),
        Cow::Owned(text) => Cow::Owned(text),
    }
}

/// Appends a word after a blank, unless it is empty.
fn push_word(word: &str, text: &mut String) {
    if !text.is_empty() && !word.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// Strips the identifiers that `OpenCitations` puts behind the name of an author or a journal:
/// `Peroni, Silvio [orcid:0000-0003-0530-4305 omid:ra/0610110096]`.
pub fn without_entity_ids(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"omid:").is_none() {
        return Cow::Borrowed(text);
    }
    let mut stripped = String::new();
    for (at, part) in text.split('[').enumerate() {
        let rest = part.split_once(']').map_or("", |(_, rest)| rest);
        stripped.push_str(if at == 0 { part } else { rest });
        let len = stripped.trim_end().len();
        stripped.truncate(len);
    }
    Cow::Owned(stripped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_what_is_wrapped_is_put_together_anew(text in "(a|b|é| |  |\n|\r|\t|\u{a0}){0,12}") {
            let stripped = text.trim();
            let is_wrapped = stripped.contains(['\n', '\r', '\t']) || stripped.contains("  ");
            let words: Vec<&str> = stripped.split_whitespace().collect();
            let expected = if is_wrapped { words.join(" ") } else { stripped.to_owned() };
            prop_assert_eq!(join_wrapped_lines(Cow::Borrowed(&text)), expected.as_str());
            prop_assert_eq!(join_wrapped_lines(Cow::Owned(text)), expected);
        }
    }

    #[test]
    fn an_identifier_is_a_papers_own_where_a_line_begins_with_it() {
        for (text, id) in [
            ("arXiv:2501.02950 [cs.CL]", Some("2501.02950")),
            ("Citation Key: a\nARXIV:2501.02950", Some("2501.02950")),
            ("abs/2501.02950", Some("2501.02950")),
            ("Comment: superseded by arXiv:2501.02950", None),
        ] {
            assert_eq!(prefixed_arxiv_id(text).as_deref(), id, "{text}");
        }
    }
}
