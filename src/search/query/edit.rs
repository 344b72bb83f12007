//! Edits of a query's text: toggling of values, formatting and completion of terms.

use std::ops::Range;

use super::field::{FieldPrefix, QueryField};
use super::lexer::{Occur, Token, TokenEnd, TokenKind, tokens};
use super::parser::normalise_value;

/// A toggle of a value: adds it as included or excluded, or removes it if it is there so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggle {
    Include,
    Exclude,
}

/// State of a value that a query names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueState {
    Included,
    Excluded,
}

/// Adds a value as included (`cat:cs.CL`) or excluded (`!cat:cs.CL`), or removes it if the query
/// already has it so.
///
/// Years and venues are added as alternatives, since a paper has only one of each.
pub fn toggle_value(source: &str, field: QueryField, value: &str, toggle: Toggle) -> String {
    let all = tokens(source);
    let occur = match toggle {
        Toggle::Include => Occur::Include,
        Toggle::Exclude => Occur::Exclude,
    };
    let Some(at) = find(source, &all, field, value) else {
        return add_value(source, &all, field, value, occur);
    };
    let rest = remove_token(source, &all, at);
    if all[at].occur == occur {
        return rest;
    }
    add_value(&rest, &tokens(&rest), field, value, occur)
}

/// The index of the token with the value.
pub fn find(source: &str, tokens: &[Token], field: QueryField, value: &str) -> Option<usize> {
    let value = normalise_value(value);
    let has_value = |token: &Token| {
        token.prefix == Some(FieldPrefix::Field(field))
            && normalise_value(&source[token.value.clone()]) == value
    };
    if value.is_empty() { None } else { tokens.iter().position(has_value) }
}

fn add_value(
    source: &str,
    tokens: &[Token],
    field: QueryField,
    value: &str,
    occur: Occur,
) -> String {
    if normalise_value(value).is_empty() {
        return source.to_owned();
    }
    let sign = if occur == Occur::Exclude { "!" } else { "" };
    let term = format!("{sign}{}", format_term(field, value));
    if let Some(at) = alternative_offset(tokens, field).filter(|_| occur == Occur::Include) {
        return format!("{} | {term}{}", &source[..at], &source[at..]);
    }
    if source.trim().is_empty() {
        return term;
    }
    // A term after an open token would become part of it.
    let is_open =
        tokens.iter().any(|token| token.end == TokenEnd::Open && token.kind == TokenKind::Plain)
            || tokens.last().is_some_and(|token| token.end == TokenEnd::Open);
    match source {
        _ if is_open => format!("{term} {source}"),
        _ if source.ends_with(char::is_whitespace) => format!("{source}{term}"),
        _ => format!("{source} {term}"),
    }
}

/// The offset at which to insert an alternative, if the query already includes a value of a field
/// that has only one.
fn alternative_offset(tokens: &[Token], field: QueryField) -> Option<usize> {
    if !matches!(field, QueryField::Year | QueryField::Venue) {
        return None;
    }
    let is_same_field = |token: &&Token| {
        let has_value = token.occur == Occur::Include && !token.value.is_empty();
        has_value
            && token.end == TokenEnd::Closed
            && token.prefix == Some(FieldPrefix::Field(field))
    };
    tokens.iter().rfind(is_same_field).map(|token| token.range.end)
}

/// The text without a token, without the blanks around it, and without a `|` that would lose its
/// operand.
fn remove_token(source: &str, tokens: &[Token], at: usize) -> String {
    let is_or = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == TokenKind::Or)
    };
    let (before, after) = (at.checked_sub(1), at + 1);
    let range = &tokens[at].range;
    if is_or(before) {
        let start = before.and_then(|it| it.checked_sub(1)).map_or(0, |it| tokens[it].range.end);
        return format!("{}{}", &source[..start], &source[range.end..]);
    }
    let after = if is_or(Some(after)) { after + 1 } else { after };
    let rest = tokens.get(after).map_or("", |token| &source[token.range.start..]);
    if rest.is_empty() {
        return source[..range.start].trim_end().to_owned();
    }
    format!("{}{rest}", &source[..range.start])
}

/// The term that includes a value, quoted if needed.
pub fn format_term(field: QueryField, value: &str) -> String {
    let value = value.trim().replace('"', "'");
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let prefix = field.prefix();
    // A quoted venue or name matches as a whole.
    if matches!(field, QueryField::Venue | QueryField::Authors) || !value.chars().all(is_plain) {
        format!("{prefix}:\"{value}\"")
    } else {
        format!("{prefix}:{value}")
    }
}

/// The part of a term before the cursor, to be completed.
pub struct TypedPrefix<'a> {
    /// Byte range of the whole term, without a leading `!`.
    pub replace: Range<usize>,
    pub prefix: Option<FieldPrefix>,
    /// `!` if it follows the prefix, else empty.
    pub sign: &'static str,
    /// The typed part of the value, or of the prefix if there is none yet.
    pub value: &'a str,
}

/// The part of a term before the cursor, a byte offset. `None` if it cannot be completed.
pub fn prefix_at(source: &str, cursor: usize) -> Option<TypedPrefix<'_>> {
    let before = source.get(..cursor)?;
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        let is_open = |it: &Token| it.end == TokenEnd::Open && it.kind == TokenKind::Quoted;
        if !tokens(before).last().is_some_and(is_open) {
            let replace = cursor..cursor;
            return Some(TypedPrefix { replace, prefix: None, sign: "", value: "" });
        }
    }
    let token = tokens(before).pop()?;
    let whole = tokens(source).into_iter().find(|it| it.range.start == token.range.start)?;
    let is_excluded = token.occur == Occur::Exclude;
    let has_leading_sign = before[token.range.start..].starts_with('!');
    let start = token.range.start + usize::from(has_leading_sign);
    let sign = if is_excluded && !has_leading_sign { "!" } else { "" };
    if token.prefix.is_none() && token.kind != TokenKind::Plain {
        return None;
    }
    let value = &before[token.value];
    let end = if token.prefix.is_some() { whole.range.end } else { cursor };
    Some(TypedPrefix { replace: start..end, prefix: token.prefix, sign, value })
}
