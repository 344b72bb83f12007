//! Prepares titles for a style: protects words that must not change, and converts titles from
//! BibTeX to sentence case.
//!
//! BibTeX titles are in title case; BibTeX styles lower them, except for text in braces. CSL styles
//! only capitalise, so that a title from BibTeX is lowered here, as in pandoc.

use super::protect::{protect_all, protect_words};
use super::quotes::curl_quotes;
use crate::cite::latex::title_case::{TitleCase, detect_case, is_letter, keeps_case};
use crate::domain::{BibField, Paper};
use crate::text::{capitalise, is_word_part, sanitise, tex_to_unicode};

/// Delimiters of text that was in braces. Private-use characters after those of
/// [`protect`](super::protect).
const PROTECT_START: char = '\u{10fff0}';
const PROTECT_END: char = '\u{10fff1}';

/// Protects the title of a journal, a book or a series.
pub fn collection_title(text: &str) -> String {
    protect_title(text, TitleCase::Title, Lowering::None)
}

/// Returns the protected title of a paper.
pub fn paper_title(paper: &Paper<'_>) -> String {
    let title = mark_braces(paper.title);
    let title = curl_quotes(sanitise(&tex_to_unicode(&title)).trim());
    let unprotected: String =
        title.chars().filter(|it| ![PROTECT_START, PROTECT_END].contains(it)).collect();
    let entry = paper.field(BibField::Raw);
    let is_bibtex = entry.trim_start().starts_with('@');
    if is_bibtex && !title.starts_with(PROTECT_START) && is_in_braces(entry) {
        return protect_all(&unprotected);
    }
    let language = paper.field(BibField::Language);
    let is_english = language.is_empty()
        || crate::cite::language::language_tag(language).is_some_and(|it| it.starts_with("en"));
    let lowering = if is_bibtex && is_english { Lowering::Sentence } else { Lowering::None };
    protect_title(&title, detect_case(&unprotected), lowering)
}

/// Returns true if the title of the entry is as a whole in a second pair of braces.
fn is_in_braces(entry: &str) -> bool {
    let lower = entry.to_ascii_lowercase();
    let mut fields = lower.match_indices("title").filter_map(|(at, name)| {
        let is_name = !lower[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let value = lower[at + name.len()..].trim_start().strip_prefix('=')?;
        is_name.then(|| value.trim_start())
    });
    fields.next().is_some_and(|it| it.starts_with("{{") || it.starts_with("\"{"))
}

/// Conversion of the case of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lowering {
    Sentence,
    None,
}

/// Marks the text inside protecting braces. Braces protect unless they are an argument of a
/// command, or begin with a command other than an accent.
fn mark_braces(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut open: Vec<bool> = Vec::new();
    let (mut is_formula, mut is_argument) = (false, false);
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != PROTECT_START && c != PROTECT_END && c != '}' {
            text.push(c);
        }
        match c {
            '\\' => {
                let name = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let length = name.max(rest.chars().next().map_or(0, char::len_utf8));
                text.push_str(&rest[..length]);
                rest = &rest[length..];
                is_argument = true;
                continue;
            }
            '$' => is_formula = !is_formula,
            '{' => {
                let protects = !is_argument && !is_formula && !begins_with_command(rest);
                let protects = protects && !open.contains(&true) && rest.contains('}');
                if protects {
                    text.push(PROTECT_START);
                }
                open.push(protects);
            }
            '}' => {
                if open.pop() == Some(true) {
                    text.push(PROTECT_END);
                }
                text.push('}');
            }
            _ => {}
        }
        is_argument = false;
    }
    text
}

/// Returns true if the text begins with a command of two letters or more.
fn begins_with_command(text: &str) -> bool {
    let is_letter = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
    text.starts_with('\\') && is_letter(1) && is_letter(2)
}

/// Removes the delimiters, protects text, and converts the case.
fn protect_title(title: &str, case: TitleCase, lowering: Lowering) -> String {
    let mut text = String::with_capacity(title.len());
    let mut text_before = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(c) = rest.chars().next() {
        if c == PROTECT_START {
            let inner = &rest[c.len_utf8()..];
            let end = inner.find(PROTECT_END).unwrap_or(inner.len());
            text.push_str(&protect_all(&inner[..end]));
            text_before.push_str(&inner[..end]);
            rest = inner[end..].trim_start_matches(PROTECT_END);
            // A word that begins in braces is protected to its end.
            let end = rest.find(|it| !is_word_part(it)).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            text.push_str(&protect_all(word));
            text_before.push_str(word);
            rest = tail;
        } else if is_word_part(c) {
            let end = rest.find(|it| !is_word_part(it)).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            if tail.starts_with(PROTECT_START) {
                text.push_str(&protect_all(word));
            } else {
                text.push_str(&write_word(word, &text_before, tail, case, lowering));
            }
            text_before.push_str(word);
            rest = tail;
        } else {
            text.push(c);
            text_before.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    // Broken TeX may have removed one delimiter of a pair.
    protect_words(&text.replace([PROTECT_START, PROTECT_END], ""))
}

/// Converts or protects one word of a title.
fn write_word(
    word: &str,
    text_before: &str,
    text_after: &str,
    case: TitleCase,
    lowering: Lowering,
) -> String {
    let is_small = ["van", "von", "de", "et", "al", "vs", "v"].contains(&word);
    if word == "A" && is_letter(text_before, text_after, case)
        || is_small && !text_before.is_empty()
    {
        return protect_all(word);
    }
    let prefix = text_before.trim_end_matches([' ', '“', '‘', '"', '(', '¿', '¡']);
    let is_first = prefix.is_empty();
    let ends_with = |chars: &[char]| text_before.ends_with(' ') && prefix.ends_with(chars);
    match lowering {
        Lowering::None => word.to_owned(),
        // The rest of a name such as `O’Brien`.
        Lowering::Sentence if text_before.ends_with(['’', '\'']) => word.to_owned(),
        // The full stop may end an abbreviation, as in `E. coli`.
        Lowering::Sentence if ends_with(&['.']) => word.to_owned(),
        Lowering::Sentence if is_first || ends_with(&[':', '?', '!']) => {
            if word.contains(char::is_uppercase) { word.to_owned() } else { capitalise(word) }
        }
        Lowering::Sentence
            if case == TitleCase::Free || keeps_case(word, text_before, text_after, case) =>
        {
            word.to_owned()
        }
        // A single word after the article is the title of a work: `The Odyssey`.
        Lowering::Sentence if text_before == "The " && text_after.is_empty() => word.to_owned(),
        Lowering::Sentence => word.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the title as a style would print it unchanged, with protected text in brackets.
    fn marked(title: &str, lowering: Lowering) -> String {
        let title = curl_quotes(&tex_to_unicode(&mark_braces(title)));
        let unprotected: String =
            title.chars().filter(|it| ![PROTECT_START, PROTECT_END].contains(it)).collect();
        let text = protect_title(&title, detect_case(&unprotected), lowering);
        let mut marked = String::new();
        let mut is_open = false;
        for c in text.chars() {
            let is_guarded = c >= '\u{100000}';
            if is_guarded != is_open {
                marked.push(if is_guarded { '[' } else { ']' });
                is_open = is_guarded;
            }
            marked.push(if is_guarded {
                char::from_u32(u32::from(c) - 0x10_0000).unwrap()
            } else {
                c
            });
        }
        if is_open {
            marked.push(']');
        }
        marked
    }

    #[test]
    fn a_title_from_bibtex_is_lowered_but_for_what_braces_names_and_signs_keep() {
        for (title, expected) in [
            ("Rivers Are All We Map: The {FLOW} Story", "Rivers are all we map: The [FLOW] story"),
            (
                "A Role for Vitamin {A} in Fish: an Overview",
                "A role for vitamin [A] in fish: An overview",
            ),
            ("{{Great Rivers} of} Ely", "[Great Rivers of] ely"),
            (
                "Rivers in the {\\'E}cole of the \\emph{Great} Fen",
                "Rivers in the [École] of the great fen",
            ),
            ("Large-Scale {Web} Search Without GPUs", "Large-scale [Web] search without [GPUs]"),
            ("The e{B}ay of {B}ayesian Rivers", "The [eBay] of [Bayesian] rivers"),
            ("The Fens Of O'Brien's Day", "The fens of [O’Brien’s] day"),
            ("Does It Flow? A Map", "Does it flow? A map"),
            ("Growth of E. coli in Rivers", "Growth of E. coli in rivers"),
            ("The Odyssey", "The Odyssey"),
            ("The Great Odyssey", "The great odyssey"),
            ("ALL IN CAPITALS HERE", "[ALL IN CAPITALS HERE]"),
            ("Deep Markov Models", "Deep Markov models"),
            (
                "Rivers of the Mexican plain and their maps",
                "Rivers of the Mexican plain and their maps",
            ),
        ] {
            let expected =
                expected.replace("[ALL IN CAPITALS HERE]", "[ALL] [IN] [CAPITALS] [HERE]");
            assert_eq!(marked(title, Lowering::Sentence), expected);
        }
    }

    #[test]
    fn a_title_from_elsewhere_stays_and_so_does_the_letter_a() {
        for (title, expected) in [
            ("Hepatitis A in the Fens", "Hepatitis [A] in the Fens"),
            ("Rivers: A {BIG} Map", "Rivers: A [BIG] Map"),
            ("A Map With A Twist", "A Map With A Twist"),
        ] {
            assert_eq!(marked(title, Lowering::None), expected);
        }
        assert!(!collection_title("Physical Review A").ends_with('A'));
        assert_eq!(collection_title("Maps: A Journal"), "Maps: A Journal");
    }

    proptest! {
        #[test]
        fn no_mark_is_left_in_a_title(title in "[a-zA\\\\{}$ '\"^:-]{0,24}") {
            let read = tex_to_unicode(&mark_braces(&title)).into_owned();
            for lowering in [Lowering::Sentence, Lowering::None] {
                prop_assert!(!protect_title(&read, TitleCase::Title, lowering).contains([PROTECT_START, PROTECT_END]));
            }
        }
    }
}
