//! Terms of single tokens: words, phrases, regular expressions, and the values of prefixes.

use std::ops::Range;

use memchr::memmem::Finder;
use regex::RegexBuilder;

use super::ast::{Anchor, Condition, FieldScope, Phrase, Predicate, QueryWord, Term};
use super::author_name::{AuthorName, WordEnd};
use super::field::{FieldPrefix, QueryField, is_identifier};
use super::lexer::{Occur, Token, TokenEnd, TokenKind};
use super::spellings::OtherSpellings;
use super::value::{PrefixValue, normalise_identifier, predicate, without_wildcard};
use crate::domain::LetterMask;
use crate::text::{fold, is_word_char};

/// Size limit of a compiled regular expression, in bytes. A larger one is searched for as text.
const MAX_REGEX_SIZE: usize = 1 << 20;
/// Blanks of a phrase up to which it is also searched for with hyphens: at most 8 spellings.
const MAX_HYPHENATED_BLANKS: usize = 3;
/// Capital letters before a `$`, as in `US$`, up to which it can be the sign of a currency.
const MAX_CURRENCY_LEN: usize = 3;

/// Parses the terms of a query and numbers its words.
pub struct TermParser<'a> {
    source: &'a str,
    pub word_count: usize,
    /// Byte ranges of the values that their prefixes do not accept.
    pub invalid_values: Vec<Range<usize>>,
}

/// A token with the prefix and occurrence that its groups and operators give it.
#[derive(Clone, Copy)]
struct TermToken<'a> {
    token: &'a Token,
    value: &'a str,
    occur: Occur,
}

impl<'a> TermParser<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, word_count: 0, invalid_values: Vec::new() }
    }

    /// The terms of a token, of which one must match. Empty while the token is incomplete.
    pub fn alternatives(
        &mut self,
        token: &Token,
        prefix: Option<FieldPrefix>,
        occur: Occur,
    ) -> Vec<Term> {
        let value = &self.source[token.value.clone()];
        let at = TermToken { token, value, occur };
        let conditions = match prefix {
            _ if token.kind == TokenKind::Regex => {
                vec![regex(value).or_else(|| self.literal(token))]
            }
            // Also in quotes, in which an identifier may be pasted.
            None if is_identifier(value) => {
                vec![Some(Condition::Predicate(Predicate::Id(normalise_identifier(value))))]
            }
            None if is_currency(at) => {
                let literal = phrase(value, FieldScope::Anywhere, Anchor::None);
                vec![self.text(at, FieldScope::Anywhere, Anchor::None), literal]
            }
            None => vec![self.text(at, FieldScope::Anywhere, Anchor::None)],
            Some(FieldPrefix::Start) => vec![self.text(at, FieldScope::Anywhere, Anchor::Start)],
            Some(FieldPrefix::End) => vec![self.text(at, FieldScope::Anywhere, Anchor::End)],
            Some(FieldPrefix::Field(field)) => vec![self.field_value(at, field)],
        };
        let term = |condition| Term { occur, condition };
        conditions.into_iter().flatten().map(term).collect()
    }

    fn field_value(&mut self, at: TermToken<'_>, field: QueryField) -> Option<Condition> {
        match field {
            QueryField::Title => self.text(at, FieldScope::Title, Anchor::None),
            QueryField::Authors => self.author(at),
            QueryField::Abstract => self.text(at, FieldScope::Abstract, Anchor::None),
            _ => match predicate(field, at.value, at.token) {
                PrefixValue::Predicate(predicate) => {
                    if matches!(predicate, Predicate::Years(years) if !years.is_plausible()) {
                        self.invalid_values.push(at.token.value.clone());
                    }
                    Some(Condition::Predicate(predicate))
                }
                PrefixValue::Incomplete => None,
                PrefixValue::Text => {
                    self.invalid_values.push(at.token.value.clone());
                    let whole = self.without_sign(at.token);
                    self.word(whole, FieldScope::Anywhere)
                }
            },
        }
    }

    /// A quoted name, which one author must have, or a word of the authors.
    fn author(&mut self, at: TermToken<'_>) -> Option<Condition> {
        let head = &self.source[at.token.head.clone()];
        if at.token.kind != TokenKind::Quoted || head.ends_with(['^', '\'']) {
            return self.text(at, FieldScope::Authors, Anchor::None);
        }
        let name = if head.ends_with('=') && at.token.end == TokenEnd::Closed {
            AuthorName::exact(at.value)
        } else {
            let is_closed = at.token.end == TokenEnd::Closed;
            AuthorName::parse(at.value, if is_closed { WordEnd::Complete } else { WordEnd::Begun })
        };
        Some(Condition::Name(Box::new(name?)))
    }

    /// The text of a token without the sign that excludes it.
    fn without_sign(&self, token: &Token) -> &'a str {
        let whole = &self.source[token.range.clone()];
        let is_excluded = token.occur == Occur::Exclude;
        whole.strip_prefix(['!', '-']).filter(|_| is_excluded).unwrap_or(whole)
    }

    /// The whole token as a phrase: its regular expression is invalid.
    fn literal(&mut self, token: &Token) -> Option<Condition> {
        self.invalid_values.push(token.value.clone());
        phrase(self.without_sign(token), FieldScope::Anywhere, Anchor::None)
    }

    /// A word, or a phrase if it is quoted, anchored or excluded.
    fn text(&mut self, at: TermToken<'_>, scope: FieldScope, anchor: Anchor) -> Option<Condition> {
        let TermToken { token, value, occur } = at;
        let sigil = self.source[token.head.clone()].chars().next_back();
        if token.kind == TokenKind::Quoted {
            return phrase(value, scope, if sigil == Some('^') { Anchor::Start } else { anchor });
        }
        let (value, is_exact) = value.strip_prefix('\'').map_or((value, false), |it| (it, true));
        let (value, at_start) = value.strip_prefix('^').map_or((value, false), |it| (it, true));
        let (value, at_end) = match value.strip_suffix('$') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (value, false),
        };
        let value = without_wildcard(value);
        let (at_start, at_end) =
            (at_start || anchor == Anchor::Start, at_end || anchor == Anchor::End);
        let anchor = match (at_start, at_end) {
            (true, true) => Anchor::Both,
            (true, false) => Anchor::Start,
            (false, true) => Anchor::End,
            (false, false) => Anchor::None,
        };
        if is_exact || anchor != Anchor::None || occur == Occur::Exclude {
            return phrase(value, scope, anchor);
        }
        self.word(value, scope)
    }

    fn word(&mut self, value: &str, scope: FieldScope) -> Option<Condition> {
        let folded = fold(value);
        let text = trim_punctuation(&folded);
        if text.is_empty() {
            return None;
        }
        let letters: String = text.chars().filter(|it| is_word_char(*it)).collect();
        let OtherSpellings { variants, whole_variants } = OtherSpellings::new(value, text);
        let finder = |it: &str| Finder::new(it.as_bytes()).into_owned();
        let finders = |all: Vec<String>| all.iter().map(|it| finder(it)).collect();
        self.word_count += 1;
        Some(Condition::Word(Box::new(QueryWord {
            index: self.word_count - 1,
            needle: finder(text),
            variants: finders(variants),
            whole_variants: finders(whole_variants),
            initials_mask: LetterMask::for_initials(&letters),
            letters,
            scope,
        })))
    }
}

/// Returns true for `US$` and `C$`, which are rather text than the end of a title.
fn is_currency(at: TermToken<'_>) -> bool {
    let is_capital = |it: u8| it.is_ascii_uppercase();
    at.token.kind == TokenKind::Plain
        && at.value.strip_suffix('$').is_some_and(|name| {
            (1..=MAX_CURRENCY_LEN).contains(&name.len()) && name.bytes().all(is_capital)
        })
}

fn regex(pattern: &str) -> Option<Condition> {
    let mut builder = RegexBuilder::new(pattern);
    builder.case_insensitive(true).size_limit(MAX_REGEX_SIZE);
    builder.build().ok().map(Condition::Regex)
}

fn phrase(value: &str, scope: FieldScope, anchor: Anchor) -> Option<Condition> {
    let text = fold(value);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let finder = |it: String| Finder::new(it.as_bytes()).into_owned();
    let spellings = hyphenations(text).into_iter().map(finder).collect();
    Some(Condition::Phrase(Box::new(Phrase { spellings, anchor, scope })))
}

/// The text as typed, and with hyphens for each subset of its blanks: papers write "key-value" for
/// "key value". A text with more than [`MAX_HYPHENATED_BLANKS`] blanks is searched for only as
/// typed.
fn hyphenations(text: &str) -> Vec<String> {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    if blanks.len() > MAX_HYPHENATED_BLANKS {
        return vec![text.to_owned()];
    }
    let spelling = |choice: usize| {
        let is_hyphen = |at: usize| {
            blanks.iter().position(|&blank| blank == at).is_some_and(|it| choice >> it & 1 == 1)
        };
        text.char_indices().map(|(at, c)| if is_hyphen(at) { '-' } else { c }).collect()
    };
    (0..1 << blanks.len()).map(spelling).collect()
}

/// Trims punctuation around a word, as of a sentence.
fn trim_punctuation(word: &str) -> &str {
    const OPENING: [char; 6] = ['(', '[', '{', '"', '\'', '/'];
    const CLOSING: [char; 12] = [',', ';', ':', '.', '?', '!', ')', ']', '}', '"', '\'', '/'];
    word.trim().trim_start_matches(OPENING).trim_end_matches(CLOSING)
}
