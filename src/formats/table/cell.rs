//! Converts the text of a table cell to one or several values.

use std::borrow::Cow;

use crate::domain::BibField;
use crate::formats::input::windows_1252::decode_byte;
use crate::formats::record::field::RecordField;
use crate::formats::record::lenient::LenientValue;

/// The origin of a table, if it affects the meaning of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Generic,
    /// `SpringerLink` puts no separator between authors.
    Springer,
}

/// Decodes a line as UTF-8, or as Windows-1252 (the usual encoding of spreadsheets) if it has
/// invalid bytes and no valid character beyond ASCII.
pub fn decode(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_mixed = || text.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    match text {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(_) if !is_mixed() => bytes.iter().map(|&it| decode_byte(it)).collect(),
        Cow::Owned(text) => text,
    }
}

/// Trims a cell and strips the formula that prevents spreadsheets from reading it as a number:
/// `="0891"`.
pub fn text(cell: &str) -> &str {
    let text = cell.trim();
    let inner = text.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    inner.unwrap_or(text).trim()
}

/// Returns true if programs write this text for a missing value.
pub fn is_missing(text: &str) -> bool {
    const MISSING_VALUES: [&str; 9] =
        ["NA", "N/A", "n/a", "NULL", "null", "None", "nan", "NaN", "-"];
    MISSING_VALUES.contains(&text)
}

/// Converts a cell to a value. Several values of a field are in brackets or separated by bars; URLs
/// are also separated by blanks.
pub fn value(field: RecordField, text: &str, shape: Shape) -> LenientValue<'_> {
    let whole_text = || LenientValue::Text(Cow::Borrowed(text));
    match field {
        // The numbers after names are identifiers of Scopus.
        RecordField::AuthorsParsed if text.contains('(') => {
            let names = text.split(';').map(|it| it.split(" (").next().unwrap_or_default());
            list(names)
        }
        RecordField::AuthorsParsed if text.contains(';') => list(text.split(';')),
        RecordField::Authors if shape == Shape::Springer => {
            let names =
                split_joined_names(text).into_iter().map(|it| LenientValue::Text(Cow::Owned(it)));
            LenientValue::List(names.collect())
        }
        RecordField::Date | RecordField::Year => {
            LenientValue::Text(Cow::Owned(insert_spaces(text)))
        }
        RecordField::Authors
        | RecordField::Editors
        | RecordField::Category
        | RecordField::Categories
        | RecordField::Bib(BibField::Keywords) => quoted_items(text)
            .map(|it| list(it.into_iter()))
            .or_else(|| text.contains('|').then(|| list(text.split('|'))))
            .unwrap_or_else(whole_text),
        RecordField::Url => match quoted_items(text) {
            Some(urls) => list(urls.into_iter()),
            None => list(text.split(|c: char| c.is_whitespace() || c == ';')),
        },
        _ => whole_text(),
    }
}

/// Inserts a blank between letters and digits: `Jun2023`.
fn insert_spaces(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 2);
    let mut previous = None;
    for c in text.chars() {
        let is_edge = |it: char| {
            it.is_alphabetic() && c.is_ascii_digit() || it.is_ascii_digit() && c.is_alphabetic()
        };
        // The `T` of a timestamp remains.
        if previous.is_some_and(is_edge) && !text.contains(':') {
            spaced.push(' ');
        }
        spaced.push(c);
        previous = Some(c);
    }
    spaced
}

/// Splits names without a separator: `Ada OakBo Fen`. Within a name, a capital follows a small
/// letter only after `Mc` and similar prefixes.
fn split_joined_names(text: &str) -> Vec<String> {
    const NAME_PREFIXES: [&str; 12] =
        ["Mc", "Mac", "De", "Di", "Da", "La", "Le", "Lo", "Du", "Van", "Von", "Fitz"];
    let mut names = Vec::new();
    let (mut start, mut word, mut previous) = (0, 0, ' ');
    for (at, c) in text.char_indices() {
        if previous.is_lowercase() && c.is_uppercase() && !NAME_PREFIXES.contains(&&text[word..at])
        {
            names.push(text[start..at].trim().to_owned());
            (start, word) = (at, at);
        }
        if !previous.is_alphabetic() {
            word = at;
        }
        previous = c;
    }
    names.push(text[start..].trim().to_owned());
    names
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> LenientValue<'a> {
    let texts = texts.map(str::trim).filter(|it| !it.is_empty());
    LenientValue::List(texts.map(|it| LenientValue::Text(Cow::Borrowed(it))).collect())
}

/// Parses a list in the syntax of Python: `['A', "B"]`.
fn quoted_items(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut texts = Vec::new();
    while let Some(quote) = rest.chars().next() {
        if quote != '\'' && quote != '"' {
            return None;
        }
        let quoted = &rest[1..];
        let end = quoted.match_indices(quote).map(|(at, _)| at).find(|&at| {
            let tail = quoted[at + 1..].trim_start();
            tail.is_empty() || tail.starts_with(',')
        })?;
        texts.push(&quoted[..end]);
        rest = quoted[end + 1..].trim_start().trim_start_matches(',').trim_start();
    }
    Some(texts)
}
