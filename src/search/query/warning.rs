//! Warnings about text of a query that has no meaning as syntax.

use std::ops::Range;

use super::Query;
use super::field::{FieldPrefix, PREFIXES, QueryField, unknown_prefix_len};
use super::lexer::{Occur, Token, TokenEnd, TokenKind};
use super::value::value_names;
use crate::text::nearest_word;

/// A message about a part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryWarning {
    /// Byte range of the part.
    pub range: Range<usize>,
    /// One line without a full stop.
    pub message: String,
    pub effect: WarningEffect,
}

/// Effect of the part on the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningEffect {
    /// Searched for as text, or left out.
    StillSearched,
    /// No paper matches a value that is missing, only begun, or not accepted by its prefix. While a
    /// query is typed it is left out or searched for as text.
    NoMatch,
}

impl Query {
    /// The warnings in order of the text, for a query that is final.
    pub fn warnings(&self) -> Vec<QueryWarning> {
        (0..self.tokens.len()).filter_map(|at| self.warning(at)).collect()
    }

    /// The warnings about the text that does not touch the cursor, a byte offset.
    pub fn warnings_beside(&self, cursor: usize) -> Vec<QueryWarning> {
        let mut warnings = self.warnings();
        warnings.retain(|it| cursor < it.range.start || it.range.end < cursor);
        warnings
    }

    fn warning(&self, at: usize) -> Option<QueryWarning> {
        let token = &self.tokens[at];
        let warning = |range: &Range<usize>, message: String, effect| {
            Some(QueryWarning { range: range.clone(), message, effect })
        };
        if let Some(message) = self.value_message(at) {
            return warning(&token.range, message, WarningEffect::NoMatch);
        }
        let message = self.syntax_message(at)?;
        let mut range = token.range.clone();
        if token.kind == TokenKind::Open {
            // Text typed at the end is still in the group.
            range.end = self.source.len();
        }
        warning(&range, message, WarningEffect::StillSearched)
    }

    /// The message about the value behind a prefix.
    fn value_message(&self, at: usize) -> Option<String> {
        let token = &self.tokens[at];
        let field = match self.roles[at].prefix? {
            FieldPrefix::Field(field) => field,
            // Their values are text, as those of `title:`.
            FieldPrefix::Start | FieldPrefix::End => QueryField::Title,
        };
        let is_invalid =
            self.invalid_values.contains(&token.value) && token.kind != TokenKind::Regex;
        if !is_invalid && !self.incomplete_terms.contains(&token.range) {
            return None;
        }
        let why = match field {
            QueryField::Is | QueryField::Has | QueryField::Kind => {
                let values: Vec<&str> = value_names(field).collect();
                format!("{}: takes {}", field.prefix(), values.join(", "))
            }
            QueryField::Year => "year: takes 2023, 2019..2021 or >2020".to_owned(),
            QueryField::Date => "date: takes 2026, 2026-11, 2026-11-05 or >2026-10".to_owned(),
            QueryField::Since => "since: takes 7d, 2w, 3m, 1y or 2026-11".to_owned(),
            QueryField::Before => "before: takes 2026, 2026-11 or 2026-11-05".to_owned(),
            QueryField::Citations => "cites: takes 100, 10..100 or >100".to_owned(),
            QueryField::Votes => "votes: takes 100, 10..100 or >100".to_owned(),
            _ if is_invalid => return None,
            _ => "missing value".to_owned(),
        };
        Some(format!("`{}` matches nothing: {why}", self.text_of(token)))
    }

    /// The message about a prefix, a quotation, an operator or a regular expression.
    fn syntax_message(&self, at: usize) -> Option<String> {
        let token = &self.tokens[at];
        let (text, value) = (self.text_of(token), &self.source[token.value.clone()]);
        match token.kind {
            TokenKind::Quoted if token.end == TokenEnd::Open => {
                Some(format!("unclosed quotation: `{text}`"))
            }
            TokenKind::Regex if self.invalid_values.contains(&token.value) => {
                Some(format!("`{text}` is searched for as text: invalid regular expression"))
            }
            TokenKind::And | TokenKind::Or | TokenKind::TightOr | TokenKind::Not
                if !self.has_operands(at) =>
            {
                Some(format!("missing operand of `{text}`"))
            }
            TokenKind::Open if self.is_unclosed(at) => Some("unclosed `(`".to_owned()),
            TokenKind::Plain if token.occur == Occur::Include && value.starts_with('!') => {
                let word = value.trim_start_matches('!');
                Some(format!("`{value}` is searched for as text; `NOT {word}` excludes it"))
            }
            TokenKind::Plain if self.roles[at].prefix.is_none() => unknown_prefix_message(value),
            _ => None,
        }
    }

    fn text_of(&self, token: &Token) -> &str {
        self.source[token.range.clone()].trim_end()
    }

    fn has_operands(&self, at: usize) -> bool {
        let kind = |at: Option<usize>| Some(self.tokens.get(at?)?.kind);
        let begins =
            |kind: TokenKind| kind.is_term() || matches!(kind, TokenKind::Open | TokenKind::Not);
        let ends = |kind: TokenKind| kind.is_term() || kind == TokenKind::Close;
        let is_prefix_operator = self.tokens[at].kind == TokenKind::Not;
        kind(at.checked_add(1)).is_some_and(begins)
            && (is_prefix_operator || kind(at.checked_sub(1)).is_some_and(ends))
    }

    /// Returns true if no parenthesis closes the group.
    fn is_unclosed(&self, open: usize) -> bool {
        let mut depth = 0_usize;
        for token in &self.tokens[open..] {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return false;
            }
        }
        true
    }
}

/// The message about a word such as `yaer:2020`.
fn unknown_prefix_message(word: &str) -> Option<String> {
    let name = word.get(..unknown_prefix_len(word).checked_sub(1)?)?;
    Some(match nearest_word(name, PREFIXES.iter().map(|(prefix, _)| *prefix)) {
        Some(nearest) => format!("no field `{name}:`; did you mean `{nearest}:`?"),
        None => format!("no field `{name}:`; searched for as text"),
    })
}
