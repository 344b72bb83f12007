//! Sentences of an abstract.

use std::ops::Range;

/// A sentence of an abstract that shows why a paper matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Where it is in the abstract, in bytes.
    pub range: Range<usize>,
    /// What to emphasise in it, in bytes from its start; sorted and apart from each other.
    pub highlights: Vec<Range<usize>>,
}

/// Cuts a text into its sentences, blanks at their ends left out.
///
/// A full stop ends one where a blank and no small letter follow, and where more than an
/// abbreviation stands before.
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

fn is_end(before: &str, behind: &str) -> bool {
    const ABBREVIATIONS: [&str; 10] =
        ["al", "e.g", "i.e", "cf", "vs", "Fig", "Eq", "etc", "resp", "approx"];
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    let mut next = behind.chars();
    if !next.next().is_none_or(char::is_whitespace) {
        return false;
    }
    let is_small = next.find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase);
    !is_small && word.chars().count() > 1 && !ABBREVIATIONS.contains(&word)
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
