//! The abbreviations (macros) of `@string`, which are valid for all files read after their
//! definition.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::parse_error::entry_message;
use super::parser::{RawChunk, RawField};
use crate::formats::values::date::parse_month;
use crate::text::MONTHS;

/// The abbreviations that the BibTeX files of a run have defined so far. Clones share them, as the
/// files of `\bibliography{abbrv,refs}` do.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations(Arc<Mutex<AbbreviationTable>>);

/// Expanded texts by name. Names are in lower case.
#[derive(Debug, Default)]
pub struct AbbreviationTable {
    texts: HashMap<String, String>,
    /// The length of all names and texts.
    bytes: usize,
}

/// The meaning of a word without braces or quotes.
pub enum ResolvedWord<'a> {
    Text(&'a str),
    /// A number, or a month that every style defines.
    Verbatim,
    Unknown,
}

impl Abbreviations {
    pub fn lock(&self) -> MutexGuard<'_, AbbreviationTable> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AbbreviationTable {
    /// The limit for all abbreviations together, in bytes.
    const MAX_TABLE_BYTES: usize = 4 << 20;
    /// The limit for one abbreviation, in bytes. Abbreviations can contain others, and so grow
    /// exponentially.
    const MAX_VALUE_LEN: usize = 64 << 10;

    /// Defines an abbreviation.
    ///
    /// # Errors
    ///
    /// Returns a message if its text, or all abbreviations together, exceed the limit.
    pub fn define(&mut self, field: &RawField<'_>) -> Result<(), String> {
        let text = self.expand(&field.value, Self::MAX_VALUE_LEN);
        let bytes = field.name.len() + text.as_ref().map_or(0, String::len);
        match text {
            Some(text) if self.bytes + bytes <= Self::MAX_TABLE_BYTES => {
                self.bytes += bytes;
                self.texts.insert(field.name.to_lowercase(), text);
                Ok(())
            }
            _ => Err(entry_message(field.name, "macro too long")),
        }
    }

    /// Expands a value, or returns `None` if it exceeds `max_len` bytes. An unknown abbreviation is
    /// empty, as in BibTeX.
    pub fn expand(&self, value: &[RawChunk<'_>], max_len: usize) -> Option<String> {
        let mut text = String::new();
        for piece in value {
            text.push_str(match *piece {
                RawChunk::Text(text) => text,
                RawChunk::Abbreviation(word, _) => match self.resolve(word) {
                    ResolvedWord::Text(text) => text,
                    ResolvedWord::Verbatim => word,
                    ResolvedWord::Unknown => "",
                },
            });
            if text.len() > max_len {
                return None;
            }
        }
        Some(text)
    }

    pub fn resolve(&self, word: &str) -> ResolvedWord<'_> {
        match self.texts.get(&word.to_lowercase()) {
            Some(text) => ResolvedWord::Text(text),
            // Files that omit quotes have words that begin with a digit in pages and dates.
            None if word.starts_with(|c: char| c.is_ascii_digit()) || is_month(word) => {
                ResolvedWord::Verbatim
            }
            None => ResolvedWord::Unknown,
        }
    }
}

/// Returns true for a month: styles define `jan` to `dec`, but files also use longer names.
fn is_month(word: &str) -> bool {
    let begins =
        |name: &&str| name.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    parse_month(word).is_some() && MONTHS.iter().any(begins)
}
