//! The canonical text of a query: one spelling of prefixes and operators, single blanks, closed
//! groups. It has the same syntax tree as the text. A text with TeX is its own canonical text.

use std::fmt::{Display, Formatter, Result};

use super::Query;
use super::lexer::{Occur, Token, TokenEnd, TokenKind};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.has_tex {
            return f.write_str(&self.source);
        }
        let mut end = 0;
        for (at, token) in self.tokens.iter().enumerate() {
            let before = at.checked_sub(1).map(|it| &self.tokens[it]);
            // A backslash and a blank are a command of TeX, but not a backslash and another space.
            let blanks = self.source.get(end..token.range.start).unwrap_or_default();
            if before.is_some() && self.source[..end].ends_with('\\') {
                f.write_str(blanks)?;
            } else if before.is_some_and(|it| !blanks.is_empty() || self.are_apart(it, token)) {
                f.write_str(" ")?;
            }
            self.write_token(token, f)?;
            end = token.range.end;
        }
        // Text behind an open quotation would become part of it.
        let last = self.tokens.last();
        let groups = if last.is_some_and(is_open_quotation) { 0 } else { self.open_groups() };
        if groups > 0 && last.is_some_and(|token| self.has_open_parenthesis(token)) {
            f.write_str(" ")?;
        }
        f.write_str(&")".repeat(groups))
    }
}

fn is_open_quotation(token: &Token) -> bool {
    token.kind == TokenKind::Quoted && token.end == TokenEnd::Open
}

impl Query {
    fn text(&self, token: &Token) -> &str {
        &self.source[token.range.clone()]
    }

    /// Returns true if a blank must stand between adjacent tokens.
    fn are_apart(&self, before: &Token, token: &Token) -> bool {
        let is_or = |it: &Token| matches!(it.kind, TokenKind::Or | TokenKind::TightOr);
        [before, token].into_iter().any(|it| self.is_operator_word(it))
            || is_or(before) && is_or(token)
    }

    /// Returns true for `OR`, which becomes `|` between blanks.
    fn is_operator_word(&self, token: &Token) -> bool {
        token.kind == TokenKind::Or && self.text(token) == "OR"
    }

    /// Returns true for a word such as `f(`, of which a parenthesis behind it would become part.
    fn has_open_parenthesis(&self, token: &Token) -> bool {
        token.kind == TokenKind::Plain && self.text(token).contains('(')
    }

    fn write_token(&self, token: &Token, f: &mut Formatter<'_>) -> Result {
        let text = self.text(token);
        match token.kind {
            TokenKind::Or | TokenKind::TightOr => f.write_str("|"),
            TokenKind::And
            | TokenKind::Not
            | TokenKind::Close
            | TokenKind::Connective
            | TokenKind::Regex => f.write_str(text),
            TokenKind::Plain | TokenKind::Quoted | TokenKind::Open => {
                // The whole text of a term without a valid value is its meaning.
                let is_literal = self.invalid_values.contains(&token.value)
                    || self.incomplete_terms.contains(&token.range);
                let head = &self.source[token.head.clone()];
                match token.prefix.filter(|_| !is_literal && !head.ends_with('=')) {
                    None => f.write_str(text),
                    Some(prefix) => {
                        let sign = if head.starts_with('-') { "-" } else { "!" };
                        let sign = if token.occur == Occur::Exclude { sign } else { "" };
                        let sigil = head.chars().next_back().filter(|it| matches!(it, '^' | '\''));
                        write!(f, "{sign}{}:", prefix.name())?;
                        if let Some(sigil) = sigil {
                            write!(f, "{sigil}")?;
                        }
                        f.write_str(&self.source[token.head.end..token.range.end])
                    }
                }
            }
        }
    }
}
