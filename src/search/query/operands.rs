//! The operands of a query: the parts that must all match, each with its text.

use super::Query;
use super::field::FieldPrefix;
use super::lexer::{Occur, Token, TokenKind};

/// A part of a query that must match, whatever the other parts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand<'a> {
    pub text: &'a str,
    /// The terms of which one must match; `None` if the part is more than that.
    pub alternatives: Option<Vec<OperandTerm<'a>>>,
}

/// A term of an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperandTerm<'a> {
    pub prefix: Option<FieldPrefix>,
    pub occur: Occur,
    pub kind: TokenKind,
    /// The sign, the prefix and the sigil before the value.
    pub head: &'a str,
    /// The value without quotes or slashes.
    pub value: &'a str,
    /// True if the prefix accepts the value.
    pub is_valid: bool,
}

impl Query {
    /// The operands in order. A query with TeX, and one with OR outside of groups, is one operand.
    pub fn operands(&self) -> Vec<Operand<'_>> {
        let tokens = self.tokens.len();
        let has_top_or = self.has_or_outside_groups();
        if tokens == 0 {
            return Vec::new();
        }
        if self.has_tex || has_top_or {
            let alternatives = self.alternatives_between(0, tokens).filter(|_| !self.has_tex);
            return vec![Operand { text: self.source.trim(), alternatives }];
        }
        let (mut operands, mut at) = (Vec::new(), 0);
        while at < tokens {
            if matches!(self.tokens[at].kind, TokenKind::And | TokenKind::Connective) {
                at += 1;
                continue;
            }
            let end = self.operand_end(at);
            let (first, last) = (&self.tokens[at], &self.tokens[end - 1]);
            let text = &self.source[first.range.start..last.range.end];
            operands.push(Operand { text, alternatives: self.alternatives_between(at, end) });
            at = end;
        }
        operands
    }

    fn has_or_outside_groups(&self) -> bool {
        let mut depth = 0_usize;
        self.tokens.iter().any(|token| {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            token.kind == TokenKind::Or && depth == 0
        })
    }

    /// The end of the operand that begins at a token: `{ NOT } primary { "|" primary }`.
    fn operand_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            while self.kind_at(Some(at)) == Some(TokenKind::Not) {
                at += 1;
            }
            at = if self.kind_at(Some(at)) == Some(TokenKind::Open) {
                self.group_end(at)
            } else {
                (at + 1).min(self.tokens.len())
            };
            if self.kind_at(Some(at)) != Some(TokenKind::TightOr) || at + 1 == self.tokens.len() {
                return at;
            }
            at += 1;
        }
    }

    /// The end of the group that begins at a token.
    fn group_end(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(start) {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.tokens.len()
    }

    /// The terms between two tokens, if nothing but OR stands between them. A group may be around
    /// them.
    fn alternatives_between(&self, start: usize, end: usize) -> Option<Vec<OperandTerm<'_>>> {
        let is_group = self.tokens[start].kind == TokenKind::Open
            && end - start > 2
            && self.tokens[end - 1].kind == TokenKind::Close
            && self.group_end(start) == end;
        let (start, end) = if is_group { (start + 1, end - 1) } else { (start, end) };
        let tokens = self.tokens.get(start..end)?;
        let mut terms = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let is_or = matches!(token.kind, TokenKind::Or | TokenKind::TightOr);
            match (at % 2, token.kind.is_term(), is_or) {
                (0, true, _) => terms.push(self.operand_term(start + at, token)),
                (1, _, true) => {}
                _ => return None,
            }
        }
        (tokens.len() % 2 == 1).then_some(terms)
    }

    fn operand_term(&self, at: usize, token: &Token) -> OperandTerm<'_> {
        let role = self.roles[at];
        let is_valid = !self.invalid_values.contains(&token.value)
            && !self.incomplete_terms.contains(&token.range);
        OperandTerm {
            prefix: role.prefix,
            occur: role.occur,
            kind: token.kind,
            head: &self.source[token.head.clone()],
            value: &self.source[token.value.clone()],
            is_valid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(query: &str) -> Vec<(String, usize)> {
        let query = Query::parse(query);
        let count = |it: &Operand<'_>| it.alternatives.as_ref().map_or(0, Vec::len);
        query.operands().iter().map(|it| (it.text.to_owned(), count(it))).collect()
    }

    #[test]
    fn operands_are_what_must_all_match() {
        let expected = |parts: &[(&str, usize)]| -> Vec<(String, usize)> {
            parts.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect()
        };
        for (query, parts) in [
            ("", &[][..]),
            ("mind author:\"J. Smith\"", &[("mind", 1), ("author:\"J. Smith\"", 1)]),
            ("a AND !b", &[("a", 1), ("!b", 1)]),
            ("author:x|y mind", &[("author:x|y", 2), ("mind", 1)]),
            ("(a | b) c", &[("(a | b)", 2), ("c", 1)]),
            ("title:(a b) c", &[("title:(a b)", 0), ("c", 1)]),
            ("a | b", &[("a | b", 2)]),
            ("a b | c", &[("a b | c", 0)]),
            ("NOT a b", &[("NOT a", 0), ("b", 1)]),
        ] {
            assert_eq!(texts(query), expected(parts), "{query}");
        }
    }
}
