//! A query's text, edited by what is chosen beside it.

use std::ops::Range;

use super::field::{Field, Prefix};
use super::lexer::{End, Form, Polarity, Token, tokens};
use super::parser::canonical;

/// What to do with a value: ask for it or exclude it, or take that back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggle {
    Include,
    Exclude,
}

/// How a query speaks of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Included,
    Excluded,
}

/// The text with the value asked for (`cat:cs.CL`) or excluded (`!cat:cs.CL`), or without it
/// where it already was so.
///
/// Values of which a paper has only one, years and venues, are asked for as alternatives.
pub fn toggled(source: &str, field: Field, value: &str, toggle: Toggle) -> String {
    let parsed = tokens(source);
    let polarity = match toggle {
        Toggle::Include => Polarity::Include,
        Toggle::Exclude => Polarity::Exclude,
    };
    let Some(found) = find(source, &parsed, field, value) else {
        return added(source, &parsed, field, value, polarity);
    };
    let rest = removed(source, &parsed, found);
    if parsed[found].polarity == polarity {
        return rest;
    }
    added(&rest, &tokens(&rest), field, value, polarity)
}

pub fn find(source: &str, tokens: &[Token], field: Field, value: &str) -> Option<usize> {
    let value = canonical(value);
    let is_it = |token: &Token| {
        token.prefix == Some(Prefix::Field(field))
            && canonical(&source[token.value.clone()]) == value
    };
    if value.is_empty() { None } else { tokens.iter().position(is_it) }
}

fn added(source: &str, tokens: &[Token], field: Field, value: &str, polarity: Polarity) -> String {
    if canonical(value).is_empty() {
        return source.to_owned();
    }
    let sign = if polarity == Polarity::Exclude { "!" } else { "" };
    let term = format!("{sign}{}", written(field, value));
    if let Some(at) = alternative(tokens, field).filter(|_| polarity == Polarity::Include) {
        return format!("{} | {term}{}", &source[..at], &source[at..]);
    }
    if source.trim().is_empty() {
        return term;
    }
    // What is still open would take the term for a part of itself.
    let is_open = tokens.iter().any(|token| token.end == End::Open && token.form == Form::Plain)
        || tokens.last().is_some_and(|token| token.end == End::Open);
    match source {
        _ if is_open => format!("{term} {source}"),
        _ if source.ends_with(char::is_whitespace) => format!("{source}{term}"),
        _ => format!("{source} {term}"),
    }
}

/// Behind which offset an alternative belongs, where the query already asks for a value of a
/// field that has only one.
fn alternative(tokens: &[Token], field: Field) -> Option<usize> {
    if !matches!(field, Field::Year | Field::Venue) {
        return None;
    }
    let is_one = |token: &&Token| {
        let asked = token.polarity == Polarity::Include && !token.value.is_empty();
        asked && token.end == End::Closed && token.prefix == Some(Prefix::Field(field))
    };
    tokens.iter().rfind(is_one).map(|token| token.range.end)
}

/// The text without a token, without an operator that it leaves with one side, and without the
/// blanks between.
fn removed(source: &str, tokens: &[Token], at: usize) -> String {
    let is_or = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| token.form == Form::Or)
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
pub fn written(field: Field, value: &str) -> String {
    let value = value.trim().replace('"', "'");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let prefix = field.prefix();
    // Quotes make a venue the whole venue, and a name whole names.
    if matches!(field, Field::Venue | Field::Authors) || !value.chars().all(plain) {
        format!("{prefix}:\"{value}\"")
    } else {
        format!("{prefix}:{value}")
    }
}

/// What stands before the cursor, as far as it belongs together.
pub struct Typed<'a> {
    /// The whole of it in the query, without the sign that excludes.
    pub replace: Range<usize>,
    pub prefix: Option<Prefix>,
    /// The sign that excludes, where it stands behind the prefix.
    pub sign: &'static str,
    /// What is typed of the value, or of a prefix where there is none yet.
    pub value: &'a str,
}

/// What is being typed at the cursor, a place in bytes; nothing where it cannot be completed.
pub fn typed_at(source: &str, cursor: usize) -> Option<Typed<'_>> {
    let before = source.get(..cursor)?;
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        let open =
            tokens(before).last().is_some_and(|it| it.end == End::Open && it.form == Form::Quoted);
        if !open {
            return Some(Typed { replace: cursor..cursor, prefix: None, sign: "", value: "" });
        }
    }
    let token = tokens(before).pop()?;
    let whole = tokens(source).into_iter().find(|it| it.range.start == token.range.start)?;
    let excluded = token.polarity == Polarity::Exclude;
    let leads = before[token.range.start..].starts_with('!');
    let start = token.range.start + usize::from(leads);
    let sign = if excluded && !leads { "!" } else { "" };
    if token.prefix.is_none() && token.form != Form::Plain {
        return None;
    }
    let value = &before[token.value];
    let end = if token.prefix.is_some() { whole.range.end } else { cursor };
    Some(Typed { replace: start..end, prefix: token.prefix, sign, value })
}
