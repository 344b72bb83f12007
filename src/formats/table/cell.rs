//! What a cell holds: one text, or several.

use std::borrow::Cow;

use crate::domain::Fact;
use crate::formats::input::windows_1252::latin;
use crate::formats::record::field::Field;
use crate::formats::record::lenient::Loose;

/// The origin of a table, where that changes what cells mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Usual,
    /// `SpringerLink` puts nothing between authors.
    Springer,
}

/// The line as text: in UTF-8, or in the code page of spreadsheets where nothing speaks for UTF-8.
pub fn decoded(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_mixed = || text.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    match text {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(_) if !is_mixed() => bytes.iter().map(|&it| latin(it)).collect(),
        Cow::Owned(text) => text,
    }
}

/// The text of a cell, without what keeps a spreadsheet from taking it for a number: `="0891"`.
pub fn text(cell: &str) -> &str {
    let text = cell.trim();
    let inner = text.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    inner.unwrap_or(text).trim()
}

/// Returns true if programs write the text for a missing value.
pub fn is_missing(text: &str) -> bool {
    const NOTHING: [&str; 9] = ["NA", "N/A", "n/a", "NULL", "null", "None", "nan", "NaN", "-"];
    NOTHING.contains(&text)
}

/// The value of a cell. Where a field has several, they stand in brackets or between bars, and
/// addresses between blanks.
pub fn value(field: Field, text: &str, shape: Shape) -> Loose<'_> {
    let whole = || Loose::Text(Cow::Borrowed(text));
    match field {
        // The numbers that Scopus puts behind names are its own.
        Field::AuthorsParsed if text.contains('(') => {
            let names = text.split(';').map(|it| it.split(" (").next().unwrap_or_default());
            list(names)
        }
        Field::AuthorsParsed if text.contains(';') => list(text.split(';')),
        Field::Authors if shape == Shape::Springer => {
            let names = unstuck(text).into_iter().map(|it| Loose::Text(Cow::Owned(it)));
            Loose::List(names.collect())
        }
        Field::Date | Field::Year => Loose::Text(Cow::Owned(spaced(text))),
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

/// `Jun2023` with a blank between letters and digits.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 2);
    let mut before = None;
    for c in text.chars() {
        let is_edge = |it: char| {
            it.is_alphabetic() && c.is_ascii_digit() || it.is_ascii_digit() && c.is_alphabetic()
        };
        // The `T` of a time stays.
        if before.is_some_and(is_edge) && !text.contains(':') {
            spaced.push(' ');
        }
        spaced.push(c);
        before = Some(c);
    }
    spaced
}

/// Names between which there is nothing: `Ada OakBo Fen`. Within a name a capital follows a small
/// letter behind `Mc` and the like only.
fn unstuck(text: &str) -> Vec<String> {
    const INSIDE: [&str; 12] =
        ["Mc", "Mac", "De", "Di", "Da", "La", "Le", "Lo", "Du", "Van", "Von", "Fitz"];
    let mut names = Vec::new();
    let (mut start, mut word, mut before) = (0, 0, ' ');
    for (at, c) in text.char_indices() {
        if before.is_lowercase() && c.is_uppercase() && !INSIDE.contains(&&text[word..at]) {
            names.push(text[start..at].trim().to_owned());
            (start, word) = (at, at);
        }
        if !before.is_alphabetic() {
            word = at;
        }
        before = c;
    }
    names.push(text[start..].trim().to_owned());
    names
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
