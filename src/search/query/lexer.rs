//! A query's text cut into tokens: words, quoted values, regular expressions and operators.

use std::ops::Range;

use super::field::{FieldPrefix, is_identifier};

/// What is asked of papers that match a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    Include,
    Exclude,
}

/// How a token's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Plain,
    /// In double quotes; the last may be missing while it is typed.
    Quoted,
    /// Between slashes.
    Regex,
    /// `|` or `OR`.
    Or,
}

/// Whether more text behind a token would become part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenEnd {
    Closed,
    Open,
}

/// A piece of the query's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub range: Range<usize>,
    pub occur: Occur,
    pub prefix: Option<FieldPrefix>,
    /// What stands before the value: `!`, `title:`, `title:!`, `'`.
    pub head: Range<usize>,
    /// The value without its quotes or slashes.
    pub value: Range<usize>,
    pub kind: TokenKind,
    pub end: TokenEnd,
}

/// As many tokens as a query has. More are no question that anyone types, and each takes its time.
const MAX_TOKENS: usize = 4096;

/// Cuts the text into tokens, in order; at most [`MAX_TOKENS`].
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

/// The token that begins at `start`, where there is no blank.
fn token(source: &str, start: usize) -> Token {
    let blank = |from: usize| {
        source[from..].find(char::is_whitespace).map_or(source.len(), |length| from + length)
    };
    let word_end = blank(start);
    let whole = |form| Token {
        range: start..word_end,
        occur: Occur::Include,
        prefix: None,
        head: start..start,
        value: start..word_end,
        kind: form,
        end: TokenEnd::Closed,
    };
    if matches!(&source[start..word_end], "|" | "OR") {
        return Token { head: start..word_end, end: TokenEnd::Open, ..whole(TokenKind::Or) };
    }
    let mut at = start;
    let mut polarity = Occur::Include;
    if source[at..word_end].starts_with('!') {
        (at, polarity) = (at + 1, Occur::Exclude);
    }
    if source[at..].starts_with('/')
        && let Some(close) = closing_slash(source, at + 1)
    {
        let (value, range) = (at + 1..close, start..close + 1);
        return Token { range, occur: polarity, head: start..at, value, ..whole(TokenKind::Regex) };
    }
    let might_close = source[at..].starts_with('/');
    let mut prefix = None;
    if !is_identifier(&source[at..word_end])
        && let Some((found, length)) = FieldPrefix::parse(&source[at..word_end])
    {
        (at, prefix) = (at + length, Some(found));
        if polarity == Occur::Include && source[at..].starts_with('!') {
            (at, polarity) = (at + 1, Occur::Exclude);
        }
    }
    if source[at..].starts_with("'\"") || source[at..].starts_with("^\"") {
        at += 1;
    }
    if source[at..].starts_with('"') {
        let (value, range, end) = quoted(source, start, at + 1);
        let (head, kind) = (start..at, TokenKind::Quoted);
        return Token { range, occur: polarity, prefix, head, value, end, kind };
    }
    let end = if might_close { TokenEnd::Open } else { TokenEnd::Closed };
    Token {
        occur: polarity,
        prefix,
        head: start..at,
        value: at..word_end,
        end,
        ..whole(TokenKind::Plain)
    }
}

/// The value of a token that begins at `start` and whose quotation begins at `from`, the whole of the
/// token, and its end: an open quotation goes on to the end of the query.
fn quoted(source: &str, start: usize, from: usize) -> (Range<usize>, Range<usize>, TokenEnd) {
    match source[from..].find('"').map(|length| from + length) {
        Some(close) => (from..close, start..close + 1, TokenEnd::Closed),
        None => (from..source.len(), start..source.len(), TokenEnd::Open),
    }
}

/// Where the slash stands that closes an expression which begins at `from`: the first with a
/// blank, or nothing, behind it.
fn closing_slash(source: &str, from: usize) -> Option<usize> {
    source[from..]
        .match_indices('/')
        .map(|(at, _)| from + at)
        .find(|&at| source[at + 1..].chars().next().is_none_or(char::is_whitespace))
        .filter(|&at| at > from)
}
