//! The part of a term before the cursor, for completion.

use std::ops::Range;

use super::Query;
use super::field::FieldPrefix;
use super::lexer::{Occur, Token, TokenEnd, TokenKind, tokens};

/// The part of a term before the cursor, to be completed.
pub struct TypedPrefix<'a> {
    /// Byte range of the whole term, without a leading `!` or `-`.
    pub replace: Range<usize>,
    /// The prefix of the term or of the group that it is in.
    pub prefix: Option<FieldPrefix>,
    /// `!` if it follows the prefix, else empty.
    pub sign: &'static str,
    /// The typed part of the value, or of the prefix if there is none yet.
    pub value: &'a str,
}

/// The part of a term before the cursor, a byte offset. `None` if it cannot be completed.
pub fn prefix_at(source: &str, cursor: usize) -> Option<TypedPrefix<'_>> {
    let before = source.get(..cursor)?;
    let query = Query::parse(before);
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        let is_open = |it: &Token| it.end == TokenEnd::Open && it.kind == TokenKind::Quoted;
        if !query.tokens.last().is_some_and(is_open) {
            let replace = cursor..cursor;
            return Some(TypedPrefix { replace, prefix: None, sign: "", value: "" });
        }
    }
    let (token, role) = (query.tokens.last()?, query.roles.last()?);
    let whole = tokens(source).into_iter().find(|it| it.range.start == token.range.start)?;
    let is_excluded = token.occur == Occur::Exclude;
    let has_leading_sign = is_excluded && before[token.range.start..].starts_with(['!', '-']);
    let start = token.range.start + usize::from(has_leading_sign);
    let sign = if is_excluded && !has_leading_sign { "!" } else { "" };
    let has_value = token.kind == TokenKind::Plain || role.prefix.is_some();
    if !token.kind.is_term() || !has_value {
        return None;
    }
    let value = &before[token.value.clone()];
    let end = if role.prefix.is_some() { whole.range.end } else { cursor };
    Some(TypedPrefix { replace: start..end, prefix: role.prefix, sign, value })
}
