//! Parts of names among bare words: initials beside a family name, and `and` between two names.

use super::author_name::{AuthorName, is_particle};
use super::lexer::{Occur, Token, TokenKind};

/// The meaning of a bare word as a part of names, beside its meaning as text.
#[derive(Debug, Clone)]
pub enum NameHint {
    /// An author has one of the names: the initials with the word before or behind them.
    Initials(Vec<AuthorName>),
    /// Authors have both names: the words around `and`.
    Between([AuthorName; 2]),
}

/// More capital letters without full stops, as in `NASA`, are no initials.
const MAX_INITIALS: usize = 3;
/// A shorter word is no family name beside initials.
const MIN_FAMILY_LEN: usize = 2;

/// Words of titles that are no family names beside acronyms, as in `AI for` and `the RL`.
const FUNCTION_WORDS: [&str; 18] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "is", "of", "on", "or", "the", "to",
    "under", "using", "via", "with",
];

/// The hint of each token.
pub fn name_hints(source: &str, tokens: &[Token]) -> Vec<Option<NameHint>> {
    let words: Vec<&str> = tokens.iter().map(|token| bare_word(source, token)).collect();
    let mut hints = vec![None; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        if words[at] == "and" {
            hints[at] = between(&words, at);
        }
        let count = words[at..].iter().take_while(|word| is_initials(word)).count();
        // Initials with blanks between them, as in `S. J.`, belong to one name.
        let end = at + count;
        if count > 0
            && let Some(names) = names_beside(&words, at..end)
        {
            hints[at..end].fill(Some(NameHint::Initials(names)));
        }
        at += count.max(1);
    }
    hints
}

/// The text of a token that is a word without sign or prefix, else an empty text.
fn bare_word<'a>(source: &'a str, token: &Token) -> &'a str {
    let is_bare = token.kind == TokenKind::Plain
        && token.occur == Occur::Include
        && token.range == token.value;
    if is_bare { source[token.value.clone()].trim_end_matches([',', ';']) } else { "" }
}

/// Returns true for `S`, `SJ`, `S.J.`, `J.-P.` and `s.`.
fn is_initials(word: &str) -> bool {
    let is_dotted = word.ends_with('.')
        && word.split('.').all(|part| part.trim_start_matches('-').chars().count() <= 1)
        && word.starts_with(char::is_alphabetic);
    let is_capital = |c: char| c.is_uppercase();
    is_dotted || (1..=MAX_INITIALS).contains(&word.chars().count()) && word.chars().all(is_capital)
}

fn is_family(word: &&str) -> bool {
    let is_name = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
    let lower = word.to_ascii_lowercase();
    word.chars().count() >= MIN_FAMILY_LEN
        && word.chars().all(is_name)
        && !is_initials(word)
        && !is_particle(&lower)
        && !FUNCTION_WORDS.contains(&lower.as_str())
}

fn names_beside(words: &[&str], at: std::ops::Range<usize>) -> Option<Vec<AuthorName>> {
    let initials = words[at.clone()].concat();
    let before = at.start.checked_sub(1).and_then(|it| words.get(it));
    let beside = before.into_iter().chain(words.get(at.end)).filter(|word| is_family(word));
    let names: Vec<AuthorName> =
        beside.filter_map(|word| AuthorName::from_initials(word, &initials)).collect();
    (!names.is_empty()).then_some(names)
}

fn between(words: &[&str], at: usize) -> Option<NameHint> {
    let name = |at: Option<usize>| {
        let word = words.get(at?).filter(|word| is_family(word))?;
        AuthorName::from_initials(word, "")
    };
    Some(NameHint::Between([name(at.checked_sub(1))?, name(Some(at + 1))?]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::lexer::tokens;

    /// The tokens with a hint.
    fn hinted(source: &str) -> Vec<&str> {
        let tokens = tokens(source);
        let hints = name_hints(source, &tokens);
        let hinted = tokens.iter().zip(hints).filter(|(_, hint)| hint.is_some());
        hinted.map(|(token, _)| &source[token.range.clone()]).collect()
    }

    #[test]
    fn initials_are_capitals_or_have_full_stops() {
        for (source, expected) in [
            ("Gershman SJ", &["SJ"][..]),
            ("Gershman, S.J.", &["S.J."]),
            ("gershman s. j. memory", &["s.", "j."]),
            ("SJ Gershman", &["SJ"]),
            ("J.-P. Serre", &["J.-P."]),
            ("Gershman and Fiete", &["and"]),
            ("gershman sj", &[]),
            ("NASA images", &[]),
            ("SJ", &[]),
            ("SJ 2023", &[]),
            ("and memory", &[]),
            ("brain and", &[]),
            ("!SJ Gershman", &[]),
            ("AI for the RL in", &[]),
            ("t. 3", &[]),
        ] {
            assert_eq!(hinted(source), expected, "{source}");
        }
    }
}
