//! A query's text, edited by what is chosen beside it.

use std::ops::Range;

use super::field::{FieldPrefix, QueryField};
use super::lexer::{Occur, Token, TokenEnd, TokenKind, tokens};
use super::parser::normalise_value;

/// What to do with a value: ask for it or exclude it, or take that back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggle {
    Include,
    Exclude,
}

/// How a query speaks of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueState {
    Included,
    Excluded,
}

/// The text with the value asked for (`cat:cs.CL`) or excluded (`!cat:cs.CL`), or without it
/// where it already was so.
///
/// Values of which a paper has only one, years and venues, are asked for as alternatives.
pub fn toggle_value(source: &str, field: QueryField, value: &str, toggle: Toggle) -> String {
    let parsed = tokens(source);
    let polarity = match toggle {
        Toggle::Include => Occur::Include,
        Toggle::Exclude => Occur::Exclude,
    };
    let Some(found) = find(source, &parsed, field, value) else {
        return add_value(source, &parsed, field, value, polarity);
    };
    let rest = remove_token(source, &parsed, found);
    if parsed[found].occur == polarity {
        return rest;
    }
    add_value(&rest, &tokens(&rest), field, value, polarity)
}

pub fn find(source: &str, tokens: &[Token], field: QueryField, value: &str) -> Option<usize> {
    let value = normalise_value(value);
    let is_it = |token: &Token| {
        token.prefix == Some(FieldPrefix::Field(field))
            && normalise_value(&source[token.value.clone()]) == value
    };
    if value.is_empty() { None } else { tokens.iter().position(is_it) }
}

fn add_value(
    source: &str,
    tokens: &[Token],
    field: QueryField,
    value: &str,
    polarity: Occur,
) -> String {
    if normalise_value(value).is_empty() {
        return source.to_owned();
    }
    let sign = if polarity == Occur::Exclude { "!" } else { "" };
    let term = format!("{sign}{}", format_term(field, value));
    if let Some(at) = alternative_offset(tokens, field).filter(|_| polarity == Occur::Include) {
        return format!("{} | {term}{}", &source[..at], &source[at..]);
    }
    if source.trim().is_empty() {
        return term;
    }
    // What is still open would take the term for a part of itself.
    let is_open =
        tokens.iter().any(|token| token.end == TokenEnd::Open && token.kind == TokenKind::Plain)
            || tokens.last().is_some_and(|token| token.end == TokenEnd::Open);
    match source {
        _ if is_open => format!("{term} {source}"),
        _ if source.ends_with(char::is_whitespace) => format!("{source}{term}"),
        _ => format!("{source} {term}"),
    }
}

/// Behind which offset an alternative belongs, where the query already asks for a value of a
/// field that has only one.
fn alternative_offset(tokens: &[Token], field: QueryField) -> Option<usize> {
    if !matches!(field, QueryField::Year | QueryField::Venue) {
        return None;
    }
    let is_one = |token: &&Token| {
        let asked = token.occur == Occur::Include && !token.value.is_empty();
        asked && token.end == TokenEnd::Closed && token.prefix == Some(FieldPrefix::Field(field))
    };
    tokens.iter().rfind(is_one).map(|token| token.range.end)
}

/// The text without a token, without an operator that it leaves with one side, and without the
/// blanks between.
fn remove_token(source: &str, tokens: &[Token], at: usize) -> String {
    let is_or = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == TokenKind::Or)
    };
    let (before, behind) = (at.checked_sub(1), at + 1);
    let range = &tokens[at].range;
    if is_or(before) {
        let start = before.and_then(|it| it.checked_sub(1)).map_or(0, |it| tokens[it].range.end);
        return format!("{}{}", &source[..start], &source[range.end..]);
    }
    let behind = if is_or(Some(behind)) { behind + 1 } else { behind };
    let rest = tokens.get(behind).map_or("", |token| &source[token.range.start..]);
    if rest.is_empty() {
        return source[..range.start].trim_end().to_owned();
    }
    format!("{}{rest}", &source[..range.start])
}

/// The term that asks for a value, with quotes where they are needed.
pub fn format_term(field: QueryField, value: &str) -> String {
    let value = value.trim().replace('"', "'");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let prefix = field.prefix();
    // Quotes make a venue the whole venue, and a name whole names.
    if matches!(field, QueryField::Venue | QueryField::Authors) || !value.chars().all(plain) {
        format!("{prefix}:\"{value}\"")
    } else {
        format!("{prefix}:{value}")
    }
}

/// What stands before the cursor, as far as it belongs together.
pub struct TypedPrefix<'a> {
    /// The whole of it in the query, without the sign that excludes.
    pub replace: Range<usize>,
    pub prefix: Option<FieldPrefix>,
    /// The sign that excludes, where it stands behind the prefix.
    pub sign: &'static str,
    /// What is typed of the value, or of a prefix where there is none yet.
    pub value: &'a str,
}

/// What is being typed at the cursor, a place in bytes; nothing where it cannot be completed.
pub fn prefix_at(source: &str, cursor: usize) -> Option<TypedPrefix<'_>> {
    let before = source.get(..cursor)?;
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        let open = tokens(before)
            .last()
            .is_some_and(|it| it.end == TokenEnd::Open && it.kind == TokenKind::Quoted);
        if !open {
            return Some(TypedPrefix {
                replace: cursor..cursor,
                prefix: None,
                sign: "",
                value: "",
            });
        }
    }
    let token = tokens(before).pop()?;
    let whole = tokens(source).into_iter().find(|it| it.range.start == token.range.start)?;
    let excluded = token.occur == Occur::Exclude;
    let leads = before[token.range.start..].starts_with('!');
    let start = token.range.start + usize::from(leads);
    let sign = if excluded && !leads { "!" } else { "" };
    if token.prefix.is_none() && token.kind != TokenKind::Plain {
        return None;
    }
    let value = &before[token.value];
    let end = if token.prefix.is_some() { whole.range.end } else { cursor };
    Some(TypedPrefix { replace: start..end, prefix: token.prefix, sign, value })
}
