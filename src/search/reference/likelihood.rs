//! A cheap test if a query looks like pasted text, made before every search.

use crate::domain::{Identifier, find_identifiers};
use crate::search::query::field::is_identifier;
use crate::search::query::{FieldPrefix, LINE_BREAK};

/// Likelihood that a query is pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasteLikelihood {
    /// An identifier beside other text, citation syntax, a link, or several lines.
    Certain,
    /// Many words with the punctuation of a reference.
    Possible,
}

/// Words from which a text can be a whole reference.
const MIN_REFERENCE_WORDS: usize = 8;

/// Words from which a text with TeX can be a title of a bibliography.
const MIN_TEX_WORDS: usize = 3;

/// Returns `None` for a query that looks typed.
pub fn paste_likelihood(source: &str) -> Option<PasteLikelihood> {
    let text = source.trim();
    if text.contains(['\n', LINE_BREAK]) || has_markup(text) {
        return Some(PasteLikelihood::Certain);
    }
    if !text.contains(char::is_whitespace) {
        let is_address = text.contains("://") && !has_query_syntax(text);
        return (is_address || is_key_like(text) || is_pubmed_number(text))
            .then_some(PasteLikelihood::Certain);
    }
    let has_digit = text.bytes().any(|it| it.is_ascii_digit());
    let has_words = |count: usize| text.split_whitespace().nth(count - 1).is_some();
    let is_tex = text.contains(['\\', '{']) || text.matches('$').nth(1).is_some();
    let has_tex = is_tex && has_words(MIN_TEX_WORDS);
    let has_signs = has_digit || text.contains([',', '.', ':', ';', '"', '“', '(']);
    let is_long = has_signs && has_words(MIN_REFERENCE_WORDS);
    let is_address = text.contains("://");
    if !(has_digit || has_tex || is_long || is_address) || has_query_syntax(text) {
        return None;
    }
    if is_address || has_digit && !find_identifiers(text).is_empty() {
        return Some(PasteLikelihood::Certain);
    }
    (is_long || has_tex).then_some(PasteLikelihood::Possible)
}

/// Returns true for cite commands, links of markup languages, and records.
fn has_markup(text: &str) -> bool {
    let has = |mark: &str| text.contains(mark);
    let is_record = text.starts_with(['{', '[']) && has("\"title\"");
    let is_citation = text.starts_with(['@', '[', '(', '#']) || has(" @") || has("[@");
    is_citation && text.contains('@') && !text.ends_with('@')
        || text.contains('\\') && (has("cite") || has("\\href") || has("\\bibitem"))
        || has("](")
        || has("][")
        || has("#link(")
        || has("#cite(")
        || has("<a ")
        || is_record
}

/// Returns true for a word that can only be a whole citation key, such as
/// `DBLP:conf/nips/VaswaniSPUJGKP17` or `smith-2020-title`.
fn is_key_like(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':', ')']);
    let has_digit = word.bytes().any(|it| it.is_ascii_digit());
    word.starts_with(char::is_alphanumeric)
        && word.contains(char::is_alphabetic)
        && (word.contains([':', '_', '/']) || has_digit && word.contains(['-', '.', '+']))
        && FieldPrefix::parse(word).is_none()
        && !is_identifier(word)
}

fn is_pubmed_number(word: &str) -> bool {
    let starts = |it: &str| it.eq_ignore_ascii_case("pm");
    word.get(..2).is_some_and(starts)
        && find_identifiers(word)
            .iter()
            .any(|it| matches!(it.identifier, Identifier::Pmid(_) | Identifier::Pmcid(_)))
}

/// Returns true if a word of the text is an operator, an excluded word, or a field with a value.
fn has_query_syntax(text: &str) -> bool {
    const OPERATORS: [&str; 4] = ["|", "||", "&&", "OR"];
    const COMPARED_FIELDS: [&str; 4] = ["year", "date", "since", "before"];
    let is_upper = !text.chars().any(char::is_lowercase);
    text.split_whitespace().any(|word| {
        let starts_word = |rest: &str| rest.starts_with(char::is_alphanumeric);
        let is_excluded = word.strip_prefix(['!', '-']).is_some_and(starts_word);
        let rest = COMPARED_FIELDS.iter().find_map(|it| word.strip_prefix(it));
        let is_compared = rest.is_some_and(|it| it.starts_with(['<', '>', '=']));
        let has_value = FieldPrefix::parse(word).is_some_and(|(_, len)| len < word.len());
        let is_operator = OPERATORS.contains(&word) || matches!(word, "AND" | "NOT");
        is_operator && !(is_upper && word.starts_with(char::is_alphabetic))
            || is_excluded
            || is_compared
            || has_value && !is_identifier(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_query_does_not_look_pasted() {
        for query in [
            "",
            "key value memory",
            "'brain ^deep nets$",
            "2501.02950",
            "https",
            "year:2020..2022 memory",
            "id:2501.02950 brain",
            "2501.02950 | 2501.02951",
            "!image 2501.02950 brain",
            "how do brains store memories in the cortex",
            "gpt-4",
            "title:brain-inspired",
            "a(b|c)",
            "brain memory 2025",
            "author:gershman year>2020 key value memory in the brain",
        ] {
            let is_harmless = query == "gpt-4";
            assert!(paste_likelihood(query).is_none() || is_harmless, "{query}");
        }
    }

    #[test]
    fn a_reference_looks_pasted() {
        for text in [
            "arXiv: 2501.02950",
            "doi 10.1007/s10955-022-02966-8",
            "\\cite{poe2020graphs}",
            "[@poe2020graphs; @moss2021maps]",
            "@poe2020graphs @moss2021maps",
            "[Graphs](https://example.org/a)",
            "https://example.org/a",
            "DBLP:conf/nips/VaswaniSPUJGKP17",
            "smith-2020-title",
            "PMC1373603",
            "Graphs that forget ⏎ Maps of eels",
        ] {
            assert_eq!(paste_likelihood(text), Some(PasteLikelihood::Certain), "{text}");
        }
        for text in [
            "Poe, A., & Moss, B. (2020). Graphs that forget.",
            "Poe A, Moss B. Graphs that forget. Networks. 2020;3(1):4-5.",
            "{G}raphs that forget",
        ] {
            assert_eq!(paste_likelihood(text), Some(PasteLikelihood::Possible), "{text}");
        }
    }
}
