//! Syntax classes of the parts of a query, for highlighting.

use std::ops::Range;

use super::Query;
use super::field::unknown_prefix_len;
use super::lexer::{Occur, Token, TokenKind};

/// Syntax class of a span of the query, for highlighting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// `author:`, also of an excluded term.
    Prefix,
    /// The value behind a prefix.
    Value,
    /// `|`, `OR`, `!`, `'`, `^`, quotes, slashes and parentheses; also `&` and `et al.`.
    Operator,
    Word,
    /// An excluded word.
    Negated,
    /// A value that its prefix does not accept, or an unknown prefix.
    Invalid,
}

impl Query {
    /// The spans of the text in order, without blanks.
    pub fn spans(&self) -> Vec<(Range<usize>, Span)> {
        let spans = self.tokens.iter().flat_map(|token| self.token_spans(token));
        spans.filter(|(range, _)| !range.is_empty()).collect()
    }

    fn token_spans(&self, token: &Token) -> [(Range<usize>, Span); 6] {
        let Token { range, head, value, .. } = token;
        let excluded = token.occur == Occur::Exclude;
        let sign = self.source[head.clone()].find(['!', '-']);
        let sign = sign.filter(|_| excluded).unwrap_or_default();
        let sign = head.start + sign..head.start + sign + usize::from(excluded);
        let head_kind = if token.prefix.is_some() { Span::Prefix } else { Span::Operator };
        let kind = match token.prefix {
            _ if !token.kind.is_term() => Span::Operator,
            _ if self.invalid_values.contains(value) => Span::Invalid,
            Some(_) => Span::Value,
            None if excluded => Span::Negated,
            None => Span::Word,
        };
        let prefix_end = match (token.prefix, token.kind) {
            (None, TokenKind::Plain) => {
                value.start + unknown_prefix_len(&self.source[value.clone()])
            }
            _ => value.start,
        };
        [
            (head.start..sign.start, head_kind),
            (sign.clone(), Span::Operator),
            (sign.end..value.start.max(sign.end), head_kind),
            (value.start..prefix_end, Span::Invalid),
            (prefix_end..value.end, kind),
            (value.end..range.end, Span::Operator),
        ]
    }
}
