//! What a cell holds: one text, or several.

use std::borrow::Cow;

use crate::domain::Fact;
use crate::formats::latin::latin;
use crate::formats::record::{Field, Loose};

/// The line as text: in UTF-8, or in the code page of spreadsheets where nothing speaks for UTF-8.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_mixed = || text.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    match text {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(_) if !is_mixed() => bytes.iter().map(|&it| latin(it)).collect(),
        Cow::Owned(text) => text,
    }
}

/// The value of a cell. Where a field has several, they stand in brackets or between bars, and
/// addresses between blanks.
pub(super) fn value(field: Field, text: &str) -> Loose<'_> {
    let whole = || Loose::Text(Cow::Borrowed(text));
    match field {
        Field::Authors
        | Field::Editors
        | Field::Category
        | Field::Categories
        | Field::Fact(Fact::Keywords) => quoted(text)
            .map(|it| list(it.into_iter()))
            .or_else(|| text.contains('|').then(|| list(text.split('|'))))
            .unwrap_or_else(whole),
        Field::Url => match quoted(text) {
            Some(urls) => list(urls.into_iter()),
            None => list(text.split(|c: char| c.is_whitespace() || c == ';')),
        },
        _ => whole(),
    }
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> Loose<'a> {
    let texts = texts.map(str::trim).filter(|it| !it.is_empty());
    Loose::List(texts.map(|it| Loose::Text(Cow::Borrowed(it))).collect())
}

/// The texts of `['A', "B"]`, as programs print a list into a cell.
fn quoted(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut texts = Vec::new();
    while let Some(quote) = rest.chars().next() {
        if quote != '\'' && quote != '"' {
            return None;
        }
        let inside = &rest[1..];
        let end = inside.match_indices(quote).map(|(at, _)| at).find(|&at| {
            let after = inside[at + 1..].trim_start();
            after.is_empty() || after.starts_with(',')
        })?;
        texts.push(&inside[..end]);
        rest = inside[end + 1..].trim_start().trim_start_matches(',').trim_start();
    }
    Some(texts)
}
