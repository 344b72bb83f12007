//! Lexer: splits a query into words, quoted values, regular expressions, operators and parentheses.

use std::ops::Range;

use super::field::{FieldPrefix, is_identifier};

/// Required or excluded occurrence of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    Include,
    Exclude,
}

impl Occur {
    /// The occurrence within an excluded or included group.
    #[must_use]
    pub fn within(self, group: Self) -> Self {
        if self == group { Self::Include } else { Self::Exclude }
    }
}

/// Syntax of a token's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Plain,
    /// In double quotes; the closing one may still be missing.
    Quoted,
    /// Between slashes.
    Regex,
    /// `AND` or `&&`.
    And,
    /// `OR`, `|` or `||`.
    Or,
    /// `|` or `||` without blanks: binds its operands before all other operators.
    TightOr,
    /// `NOT`.
    Not,
    /// `(`, with a sign or a prefix before it.
    Open,
    Close,
    /// `&` or `et al.`, as between and behind names: asks for nothing.
    Connective,
}

impl TokenKind {
    /// Returns true for words, quoted values and regular expressions.
    pub fn is_term(self) -> bool {
        matches!(self, Self::Plain | Self::Quoted | Self::Regex)
    }
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
    /// The part before the value: `!`, `-`, `title:`, `title:!`, `'`.
    pub head: Range<usize>,
    /// The value without its quotes or slashes; the whole text of an operator.
    pub value: Range<usize>,
    pub kind: TokenKind,
    pub end: TokenEnd,
}

/// Tokens of a query; the rest is ignored. No typed query has as many, and each costs time.
const MAX_TOKENS: usize = 4096;
/// Groups within groups. Deeper parentheses are text.
const MAX_DEPTH: usize = 16;

/// Splits the text into at most [`MAX_TOKENS`] tokens.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { source, tokens: Vec::new(), depth: 0 };
    let mut at = 0;
    while lexer.tokens.len() < MAX_TOKENS {
        at += source[at..].len() - source[at..].trim_start().len();
        if at == source.len() {
            break;
        }
        let token = lexer.next_token(at);
        at = token.range.end;
        lexer.tokens.push(token);
    }
    mark_et_al(source, &mut lexer.tokens);
    lexer.tokens
}

struct Lexer<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    /// Number of open groups.
    depth: usize,
}

impl Lexer<'_> {
    /// The token that begins at `start`, which is not a blank.
    fn next_token(&mut self, start: usize) -> Token {
        if self.depth > 0 && self.source[start..].starts_with(')') {
            self.depth -= 1;
            return Token { value: start..start, ..whole(TokenKind::Close, start..start + 1) };
        }
        self.operator(start).unwrap_or_else(|| self.operand(start))
    }

    /// The operator that begins at `start`.
    fn operator(&self, start: usize) -> Option<Token> {
        const WORDS: [(&str, TokenKind); 3] =
            [("AND", TokenKind::And), ("OR", TokenKind::Or), ("NOT", TokenKind::Not)];
        let rest = &self.source[start..];
        let ends = |rest: &str| {
            let next = rest.chars().next();
            let closes = next == Some(')') && self.depth > 0;
            closes || next.is_none_or(|it| it.is_whitespace() || it == '(')
        };
        for (word, kind) in WORDS {
            if rest.strip_prefix(word).is_some_and(ends) {
                return Some(whole(kind, start..start + word.len()));
            }
        }
        if rest.starts_with("&&") {
            return Some(whole(TokenKind::And, start..start + 2));
        }
        if rest.strip_prefix('&').is_some_and(ends) {
            return Some(whole(TokenKind::Connective, start..start + 1));
        }
        let len = if rest.starts_with("||") { 2 } else { 1 };
        let follows = self.tokens.last().is_some_and(|last| {
            let is_operand = last.kind.is_term() || last.kind == TokenKind::Close;
            is_operand && last.range.end == start
        });
        let next = rest.get(len..).unwrap_or_default().chars().next();
        let is_tight = follows
            && next.is_some_and(|it| !it.is_whitespace() && it != '|')
            && !(next == Some(')') && self.depth > 0);
        let kind = if is_tight { TokenKind::TightOr } else { TokenKind::Or };
        rest.starts_with('|').then(|| whole(kind, start..start + len))
    }

    /// The term, or the start of the group, that begins at `start`.
    fn operand(&mut self, start: usize) -> Token {
        let source = self.source;
        let (mut at, mut occur) = (start, Occur::Include);
        if self.has_sign(start) {
            (at, occur) = (at + 1, Occur::Exclude);
        }
        if source[at..].starts_with('/')
            && let Some(close) = self.closing_slash(at + 1)
        {
            let token = whole(TokenKind::Regex, start..close + 1);
            return Token { occur, head: start..at, value: at + 1..close, ..token };
        }
        // A closing slash, typed later, makes the token a regular expression.
        let might_close = source[at..].starts_with('/');
        let mut prefix = None;
        if let Some((field_prefix, len)) = self.prefix(at) {
            (at, prefix) = (at + len, Some(field_prefix));
            if occur == Occur::Include && source[at..].starts_with('!') {
                (at, occur) = (at + 1, Occur::Exclude);
            }
        }
        if source[at..].starts_with('(') && self.depth < MAX_DEPTH && !is_identifier_at(source, at)
        {
            self.depth += 1;
            let token = whole(TokenKind::Open, start..at + 1);
            let end = TokenEnd::Open;
            return Token { occur, prefix, head: start..at, value: at..at, end, ..token };
        }
        if source[at..].starts_with("'\"") || source[at..].starts_with("^\"") {
            at += 1;
        }
        if source[at..].starts_with('"') {
            let (value, range, end) = quoted(source, start, at + 1);
            let token = whole(TokenKind::Quoted, range);
            return Token { occur, prefix, head: start..at, value, end, ..token };
        }
        let word_end = self.word_end(at, might_close);
        let end = if might_close { TokenEnd::Open } else { TokenEnd::Closed };
        let token = whole(TokenKind::Plain, start..word_end);
        Token { occur, prefix, head: start..at, value: at..word_end, end, ..token }
    }

    /// Returns true if the token begins with `!`, or with `-` before a word, a quotation or a group.
    /// A query that begins as `!Kung San` does is text: names of languages are written so, and what
    /// is to be excluded is rarely typed first.
    fn has_sign(&self, start: usize) -> bool {
        let rest = &self.source[start..];
        if let Some(rest) = rest.strip_prefix('-') {
            let begins =
                |it: char| it.is_alphanumeric() || matches!(it, '"' | '(' | '\'' | '^' | '/');
            return rest.starts_with(begins);
        }
        rest.starts_with('!') && !self.is_click_name(start)
    }

    /// Returns true for a `!` before a capitalised word at the start of a query, behind which another
    /// term follows.
    fn is_click_name(&self, start: usize) -> bool {
        let is_first =
            self.tokens.iter().all(|it| it.kind == TokenKind::Open && it.prefix.is_none());
        let mut letters = self.source[start..].chars().skip(1);
        let is_capitalised = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase);
        is_first
            && is_capitalised
            && self.prefix(start + 1).is_none()
            && self.is_term_at(self.word_end(start + 1, false))
    }

    /// Returns true if a term, or a group, begins at the offset or behind blanks there.
    fn is_term_at(&self, at: usize) -> bool {
        let rest = self.source[at..].trim_start();
        let closes_group = self.depth > 0 && rest.starts_with(')');
        !rest.is_empty() && !closes_group && self.operator(self.source.len() - rest.len()).is_none()
    }

    /// The prefix at an offset, and its length. Identifiers such as `doi:10.1000/182` have none.
    fn prefix(&self, at: usize) -> Option<(FieldPrefix, usize)> {
        if is_identifier_at(self.source, at) {
            return None;
        }
        let rest = &self.source[at..];
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        FieldPrefix::parse(word).or_else(|| FieldPrefix::parse_comparison(word))
    }

    /// The end of a plain word from `start` on: a blank, an operator without blanks, or the
    /// parenthesis that closes a group. Parentheses within the word, and all that they enclose, are
    /// text, as in `O(n)` and `p(x|y)`.
    fn word_end(&self, start: usize, might_close: bool) -> usize {
        let source = self.source;
        let is_whole = might_close || is_identifier_at(source, start);
        let mut nested = 0;
        for (offset, c) in source[start..].char_indices() {
            let at = start + offset;
            match c {
                '(' => nested += 1,
                ')' if nested > 0 => nested -= 1,
                ')' if self.depth > 0 => return at,
                '|' if nested == 0 && offset > 0 && !is_whole => return at,
                '&' if nested == 0 && offset > 0 && source[at..].starts_with("&&") => return at,
                _ if c.is_whitespace() => return at,
                _ => {}
            }
        }
        source.len()
    }

    /// The offset of the slash that closes a regular expression from `from` on: the first one
    /// before a blank, the end, or the end of a group.
    fn closing_slash(&self, from: usize) -> Option<usize> {
        let is_end = |next: Option<char>| {
            next.is_none_or(char::is_whitespace) || next == Some(')') && self.depth > 0
        };
        self.source[from..]
            .match_indices('/')
            .map(|(at, _)| from + at)
            .find(|&at| is_end(self.source[at + 1..].chars().next()))
            .filter(|&at| at > from)
    }
}

/// A token of which the range is the value.
fn whole(kind: TokenKind, range: Range<usize>) -> Token {
    let waits_for_operand =
        matches!(kind, TokenKind::And | TokenKind::Or | TokenKind::TightOr | TokenKind::Not);
    Token {
        occur: Occur::Include,
        prefix: None,
        head: range.start..range.start,
        value: range.clone(),
        range,
        kind,
        end: if waits_for_operand { TokenEnd::Open } else { TokenEnd::Closed },
    }
}

/// Returns true if the text up to the next blank is an identifier or an address.
fn is_identifier_at(source: &str, at: usize) -> bool {
    let rest = &source[at..];
    is_identifier(&rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())])
}

/// The value, range and end of a token that begins at `start`, with its quoted text from `from` on.
/// An open quotation extends to the end of the query.
fn quoted(source: &str, start: usize, from: usize) -> (Range<usize>, Range<usize>, TokenEnd) {
    match source[from..].find('"').map(|length| from + length) {
        Some(close) => (from..close, start..close + 1, TokenEnd::Closed),
        None => (from..source.len(), start..source.len(), TokenEnd::Open),
    }
}

/// Turns `et al.` behind another term into a connective.
fn mark_et_al(source: &str, tokens: &mut [Token]) {
    let is_word = |token: &Token, word: &str| {
        let is_plain = token.kind == TokenKind::Plain && token.range == token.value;
        let text = source[token.value.clone()].trim_end_matches(['.', ',', ';', ':']);
        is_plain && text.eq_ignore_ascii_case(word)
    };
    for at in 1..tokens.len().saturating_sub(1) {
        if tokens[at - 1].kind.is_term()
            && is_word(&tokens[at], "et")
            && is_word(&tokens[at + 1], "al")
        {
            tokens[at].kind = TokenKind::Connective;
            tokens[at + 1].kind = TokenKind::Connective;
        }
    }
}
