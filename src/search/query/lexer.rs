//! Lexer: splits a query into words, quoted values, regular expressions and operators.

use std::ops::Range;

use super::field::{FieldPrefix, is_identifier};

/// Required or excluded occurrence of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    Include,
    Exclude,
}

/// Syntax of a token's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Plain,
    /// In double quotes; the closing one may still be missing.
    Quoted,
    /// Between slashes.
    Regex,
    /// `|` or `OR`.
    Or,
}

/// State of a token's end: text appended to an open token becomes part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenEnd {
    Closed,
    Open,
}

/// A token with byte ranges in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub range: Range<usize>,
    pub occur: Occur,
    pub prefix: Option<FieldPrefix>,
    /// The part before the value: `!`, `title:`, `title:!`, `'`.
    pub head: Range<usize>,
    /// The value without its quotes or slashes.
    pub value: Range<usize>,
    pub kind: TokenKind,
    pub end: TokenEnd,
}

/// Tokens of a query; the rest is ignored. No typed query has as many, and each costs time.
const MAX_TOKENS: usize = 4096;

/// Splits the text into at most [`MAX_TOKENS`] tokens.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while tokens.len() < MAX_TOKENS {
        at += source[at..].len() - source[at..].trim_start().len();
        if at == source.len() {
            return tokens;
        }
        let token = token(source, at);
        at = token.range.end;
        tokens.push(token);
    }
    tokens
}

/// The token that begins at `start`, which is not a blank.
fn token(source: &str, start: usize) -> Token {
    let word_end = source[start..].find(char::is_whitespace).map_or(source.len(), |it| start + it);
    let whole = |kind| Token {
        range: start..word_end,
        occur: Occur::Include,
        prefix: None,
        head: start..start,
        value: start..word_end,
        kind,
        end: TokenEnd::Closed,
    };
    if matches!(&source[start..word_end], "|" | "OR") {
        return Token { head: start..word_end, end: TokenEnd::Open, ..whole(TokenKind::Or) };
    }
    let mut at = start;
    let mut occur = Occur::Include;
    if source[at..word_end].starts_with('!') {
        (at, occur) = (at + 1, Occur::Exclude);
    }
    if source[at..].starts_with('/')
        && let Some(close) = closing_slash(source, at + 1)
    {
        let (value, range) = (at + 1..close, start..close + 1);
        return Token { range, occur, head: start..at, value, ..whole(TokenKind::Regex) };
    }
    // A closing slash, typed later, makes the token a regular expression.
    let might_close = source[at..].starts_with('/');
    let mut prefix = None;
    if !is_identifier(&source[at..word_end])
        && let Some((field_prefix, len)) = FieldPrefix::parse(&source[at..word_end])
    {
        (at, prefix) = (at + len, Some(field_prefix));
        if occur == Occur::Include && source[at..].starts_with('!') {
            (at, occur) = (at + 1, Occur::Exclude);
        }
    }
    if source[at..].starts_with("'\"") || source[at..].starts_with("^\"") {
        at += 1;
    }
    if source[at..].starts_with('"') {
        let (value, range, end) = quoted(source, start, at + 1);
        let (head, kind) = (start..at, TokenKind::Quoted);
        return Token { range, occur, prefix, head, value, kind, end };
    }
    let end = if might_close { TokenEnd::Open } else { TokenEnd::Closed };
    Token { occur, prefix, head: start..at, value: at..word_end, end, ..whole(TokenKind::Plain) }
}

/// The value, range and end of a token that begins at `start`, with its quoted text from `from` on.
/// An open quotation extends to the end of the query.
fn quoted(source: &str, start: usize, from: usize) -> (Range<usize>, Range<usize>, TokenEnd) {
    match source[from..].find('"').map(|length| from + length) {
        Some(close) => (from..close, start..close + 1, TokenEnd::Closed),
        None => (from..source.len(), start..source.len(), TokenEnd::Open),
    }
}

/// The offset of the slash that closes a regular expression from `from` on: the first one before a
/// blank or the end.
fn closing_slash(source: &str, from: usize) -> Option<usize> {
    source[from..]
        .match_indices('/')
        .map(|(at, _)| from + at)
        .find(|&at| source[at + 1..].chars().next().is_none_or(char::is_whitespace))
        .filter(|&at| at > from)
}
