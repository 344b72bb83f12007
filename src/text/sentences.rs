//! Splits running text, such as an abstract, into sentences.

use std::ops::Range;

/// Words that end with a full stop within a sentence.
const ABBREVIATIONS: [&str; 20] = [
    "e.g", "i.e", "cf", "vs", "fig", "figs", "eq", "eqs", "ref", "refs", "sec", "resp", "approx",
    "ca", "dr", "prof", "st", "w.r.t", "i.i.d", "no",
];
/// Words that end with a full stop, and often end a sentence with it.
const FINAL_ABBREVIATIONS: [&str; 2] = ["al", "etc"];
/// Letters of a word after which a sentence may end without a blank behind its full stop: the dot
/// of `U.S` or of `Node.js` stands behind a shorter one or before a small letter.
const MIN_WORD_LEN: usize = 4;

/// Splits a text into sentences without surrounding blanks.
///
/// `.`, `?` or `!` ends a sentence if a blank and no lower-case letter follow, and the word before
/// is neither a single letter nor a known abbreviation. In scripts without blanks, the full stop
/// `。` and its relatives end it alone.
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
    const STOPS: [char; 7] = ['.', '?', '!', '。', '！', '？', '．'];
    let end = text[start..].match_indices(STOPS).find_map(|(at, stop)| {
        let closed = start + at + stop.len();
        let end = closed + closing_len(&text[closed..]);
        let is_end = !stop.is_ascii() || is_end(&text[start..start + at], &text[end..]);
        is_end.then_some(end)
    });
    end.unwrap_or_else(|| start + text[start..].trim_end().len())
}

/// The length of the quotes and brackets that close behind a full stop.
fn closing_len(text: &str) -> usize {
    text.len() - text.trim_start_matches(['"', '”', '’', ')', '」', '』', '）']).len()
}

fn is_end(before: &str, after: &str) -> bool {
    let word = before.rsplit([' ', '(', '\n']).next().unwrap_or_default();
    let Some(blank) = after.chars().next() else { return true };
    if !blank.is_whitespace() {
        return is_end_without_blank(word, after);
    }
    let Some(next) = after.chars().find(|it| !it.is_whitespace()) else { return true };
    let is_word = |known: &[&str]| known.iter().any(|it| it.eq_ignore_ascii_case(word));
    if is_word(&FINAL_ABBREVIATIONS) {
        return next.is_uppercase();
    }
    !next.is_lowercase() && word.chars().nth(1).is_some() && !is_word(&ABBREVIATIONS)
}

/// Returns true where only the blank behind a full stop is missing: `assumed.Driven by this`.
fn is_end_without_blank(word: &str, after: &str) -> bool {
    let is_plain = word.ends_with(')')
        || (word.len() >= MIN_WORD_LEN && word.bytes().all(|it| it.is_ascii_lowercase()));
    let next = after.split(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
    let mut letters = next.chars();
    is_plain
        && letters.next().is_some_and(char::is_uppercase)
        && letters.as_str().chars().all(char::is_lowercase)
        && after[next.len()..].starts_with([' ', ','])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|it| &text[it]).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        assert_eq!(
            split(" We use X (Fig. 2). It gains 1.5 points, e.g. on J. Doe's set! And more"),
            ["We use X (Fig. 2).", "It gains 1.5 points, e.g. on J. Doe's set!", "And more"]
        );
        assert_eq!(
            split("It \"stops.\" Then (it does.) It ends."),
            ["It \"stops.\"", "Then (it does.)", "It ends."]
        );
        assert_eq!(sentences("  ").count(), 0);
    }

    #[test]
    fn et_al_ends_a_sentence_only_before_a_capital() {
        assert_eq!(
            split("As Bills et al. (2023) and Ek et al. 2020 say. We see."),
            ["As Bills et al. (2023) and Ek et al. 2020 say.", "We see."]
        );
        assert_eq!(split("As did Bills et al. We see."), ["As did Bills et al.", "We see."]);
    }

    #[test]
    fn a_sentence_ends_where_only_the_blank_is_missing() {
        assert_eq!(
            split("It is assumed.Driven by it, we go. See torch.nn, U.S.A and Node.js."),
            ["It is assumed.", "Driven by it, we go.", "See torch.nn, U.S.A and Node.js."]
        );
    }

    #[test]
    fn scripts_without_blanks_have_full_stops_of_their_own() {
        assert_eq!(
            split("我们提出模型。它很快！“好。”完"),
            ["我们提出模型。", "它很快！", "“好。”", "完"]
        );
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_leave_out_only_blanks(text in "[aB.。?) \u{e9}]{0,24}") {
            let mut end = 0;
            for range in sentences(&text) {
                prop_assert_eq!(text[end..range.start].trim(), "");
                prop_assert!(range.start < range.end && !text[range.clone()].starts_with(' '));
                end = range.end;
            }
            prop_assert_eq!(text[end..].trim(), "");
        }
    }
}
