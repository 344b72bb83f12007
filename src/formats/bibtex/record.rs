//! An entry with its values resolved, and the macros that it takes for that.

use std::collections::HashMap;

use super::entry::{Entry, Field, Piece, told};
use crate::formats::lines::MAX_LINE;

/// An entry, for itself. Names of fields and its kind are in lower case.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) kind: String,
    pub(super) key: String,
    /// Without line wraps. Where a field is given twice, the first counts, as for BibTeX.
    pub(super) fields: Vec<(String, String)>,
    /// The entry as it stands.
    pub(super) raw: String,
}

/// Texts by name, as `@string` gives them; names are in lower case.
#[derive(Debug, Default)]
pub(super) struct Macros {
    texts: HashMap<String, String>,
    /// In names and texts.
    bytes: usize,
}

impl Macros {
    /// Of all macros.
    const MOST_BYTES: usize = 4 << 20;
    /// Of one. Macros are made of macros, and double in size so.
    const LONGEST: usize = 64 << 10;

    /// Takes a macro, or says why not.
    pub(super) fn define(&mut self, field: &Field<'_>) -> Result<(), String> {
        let text = self.joined(&field.value, Self::LONGEST);
        let bytes = field.name.len() + text.as_ref().map_or(0, String::len);
        match text {
            Some(text) if self.bytes + bytes <= Self::MOST_BYTES => {
                self.bytes += bytes;
                self.texts.insert(field.name.to_lowercase(), text);
                Ok(())
            }
            _ => Err(told(field.name, "the macro is too long")),
        }
    }

    /// The text of a value, unless it has more than so many bytes. What is no macro stands for
    /// itself: numbers, the names of months.
    fn joined(&self, value: &[Piece<'_>], most: usize) -> Option<String> {
        let mut text = String::new();
        for piece in value {
            match *piece {
                Piece::Text(it) => text.push_str(it),
                Piece::Word(word) => {
                    let known = self.texts.get(&word.to_lowercase());
                    text.push_str(known.map_or(word, String::as_str));
                }
            }
            if text.len() > most {
                return None;
            }
        }
        Some(text)
    }
}

impl Record {
    /// Resolves an entry, or says why that is too much.
    pub(super) fn new(
        entry: &Entry<'_>,
        raw: &str,
        line: u64,
        macros: &Macros,
    ) -> Result<Self, String> {
        let mut room = MAX_LINE;
        let mut fields = Vec::with_capacity(entry.fields.len());
        for field in &entry.fields {
            let Some(text) = macros.joined(&field.value, room) else {
                return Err(told(entry.key, "its macros make it too long to be read"));
            };
            room -= text.len();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            fields.push((field.name.to_lowercase(), text));
        }
        Ok(Self {
            line,
            kind: entry.kind.to_lowercase(),
            key: entry.key.to_owned(),
            fields,
            raw: raw.to_owned(),
        })
    }

    /// The first of these fields that says something, without braces around the whole.
    pub(super) fn get(&self, names: &[&str]) -> &str {
        names.iter().map(|name| bare(self.whole(name))).find(|it| !it.is_empty()).unwrap_or("")
    }

    /// A field as it is written.
    pub(super) fn whole(&self, name: &str) -> &str {
        let mut fields = self.fields.iter().filter(|(it, _)| it == name);
        fields.find(|(_, text)| !text.is_empty()).map_or("", |(_, text)| text)
    }

    pub(super) fn has(&self, names: &[&str]) -> bool {
        !self.get(names).is_empty()
    }

    /// In bytes.
    pub(super) fn size(&self) -> usize {
        let fields = self.fields.iter().map(|(name, text)| name.len() + text.len());
        size_of::<Self>() + self.raw.len() + self.key.len() + fields.sum::<usize>()
    }
}

/// The text without braces that go around the whole of it.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        if !is_balanced(inner) {
            break;
        }
        text = inner.trim();
    }
    text
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}
