//! Splits an abstract into sentences, one of which is shown as a snippet.

use std::ops::Range;

/// A sentence of an abstract that shows why a paper matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Byte range in the abstract.
    pub range: Range<usize>,
    /// Matching byte ranges, relative to the start of the sentence; sorted and disjoint.
    pub highlights: Vec<Range<usize>>,
}

/// A text of another field that shows why a paper matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSnippet {
    /// The kind of the field: `keyword`, `note`, `comment` or `tag`.
    pub label: &'static str,
    /// One line.
    pub text: String,
    /// Matching byte ranges of the text; sorted and disjoint.
    pub highlights: Vec<Range<usize>>,
}

/// Splits a text into sentences without surrounding blanks.
///
/// `.`, `?` or `!` ends a sentence if a blank and no lower-case letter follow, and the word before
/// is neither a single letter nor a known abbreviation.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        start += text[start..].len() - text[start..].trim_start().len();
        let range = (start < text.len()).then(|| start..sentence_end(text, start))?;
        start = range.end;
        Some(range)
    })
}

fn sentence_end(text: &str, start: usize) -> usize {
    let ends = |(at, _): &(usize, &str)| is_end(&text[start..start + at], &text[start + at + 1..]);
    let stops = text[start..].match_indices(['.', '?', '!']).find(ends);
    match stops {
        Some((at, _)) => start + at + 1,
        None => start + text[start..].trim_end().len(),
    }
}

fn is_end(before: &str, after: &str) -> bool {
    const ABBREVIATIONS: [&str; 10] =
        ["al", "e.g", "i.e", "cf", "vs", "Fig", "Eq", "etc", "resp", "approx"];
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    let mut next = after.chars();
    if !next.next().is_none_or(char::is_whitespace) {
        return false;
    }
    let is_lowercase = next.find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase);
    !is_lowercase && word.chars().count() > 1 && !ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        let text = " We use X (Fig. 2). It gains 1.5 points, e.g. on J. Doe's set! And more";
        let cut: Vec<&str> = sentences(text).map(|it| &text[it]).collect();
        assert_eq!(
            cut,
            ["We use X (Fig. 2).", "It gains 1.5 points, e.g. on J. Doe's set!", "And more"]
        );
        assert_eq!(sentences("  ").count(), 0);
    }
}
