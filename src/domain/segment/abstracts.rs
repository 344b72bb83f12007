//! The abstracts of a segment, in memory or read on demand from a store, and the slot of its word
//! index.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::text_column::{TextColumn, TextColumnBuilder};
use crate::domain::index::inverted_index::InvertedIndex;
use crate::domain::paper::draft::Draft;
use crate::text::{fold, fold_into, sanitise_lines, tex_to_unicode, tidy};

/// Reads abstracts that are not in memory.
pub trait AbstractStore: fmt::Debug + Send + Sync {
    /// Reads the abstract of the record in byte range `range`, unsanitised. `title` is that of the
    /// paper, to detect a record that has moved.
    ///
    /// # Errors
    ///
    /// Returns a message without a full stop if the record cannot be read or belongs to another
    /// paper.
    fn read(&self, range: Range<u64>, title: &str) -> Result<String, String>;

    /// Parses the whole record in byte range `range`, if the store has more than abstracts and can
    /// read it.
    fn draft(&self, _range: Range<u64>) -> Option<Draft> {
        None
    }
}

/// The abstracts of a segment's papers, in order.
#[derive(Debug)]
pub enum Abstracts {
    /// In memory, in display form and folded.
    InMemory {
        text: TextColumn,
        folded: TextColumn,
    },
    Stored(StoredAbstracts),
}

/// The byte ranges of the records of a segment's papers.
#[derive(Debug)]
pub struct StoredAbstracts {
    pub store: Arc<dyn AbstractStore>,
    /// The offset of the first record.
    pub base: u64,
    /// The start of each record relative to `base`, and the end of the last.
    pub starts: Box<[u32]>,
}

impl Default for Abstracts {
    fn default() -> Self {
        Self::InMemory { text: TextColumn::default(), folded: TextColumn::default() }
    }
}

/// The abstracts of a segment, and its word index once that is built.
#[derive(Debug, Default)]
pub struct AbstractColumn {
    pub texts: Abstracts,
    index: Mutex<Option<Arc<InvertedIndex>>>,
}

impl From<Abstracts> for AbstractColumn {
    fn from(texts: Abstracts) -> Self {
        Self { texts, index: Mutex::default() }
    }
}

impl AbstractColumn {
    /// Locks the slot of the index.
    pub fn index(&self) -> MutexGuard<'_, Option<Arc<InvertedIndex>>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Abstracts {
    /// Returns the byte range of all records, if they are stored.
    pub fn byte_range(&self) -> Option<Range<u64>> {
        match self {
            Self::InMemory { .. } => None,
            Self::Stored(stored) => Some(stored.byte_range()),
        }
    }

    /// The memory use in bytes.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::InMemory { text, folded } => text.heap_bytes() + folded.heap_bytes(),
            Self::Stored(stored) => size_of_val(&*stored.starts),
        }
    }

    /// Returns the abstract of a row, tidied, or an empty string. `title` is that of the row.
    ///
    /// # Errors
    ///
    /// The same as [`AbstractStore::read`].
    pub fn text(&self, row: u32, title: &str) -> Result<Cow<'_, str>, String> {
        match self {
            Self::InMemory { text, .. } => Ok(Cow::Borrowed(text.record(row))),
            Self::Stored(stored) => stored
                .store
                .read(stored.record_range(row), title)
                .map(|it| Cow::Owned(tidy_paragraphs(&it))),
        }
    }

    /// Parses the whole record of a row, if it is stored.
    pub fn draft(&self, row: u32) -> Option<Draft> {
        match self {
            Self::InMemory { .. } => None,
            Self::Stored(stored) => stored.store.draft(stored.record_range(row)),
        }
    }

    /// Returns the abstract of a row, folded for search.
    ///
    /// # Errors
    ///
    /// The same as [`AbstractStore::read`].
    pub fn folded(&self, row: u32, title: &str) -> Result<Cow<'_, str>, String> {
        match self {
            Self::InMemory { folded, .. } => Ok(Cow::Borrowed(folded.record(row))),
            Self::Stored(_) => {
                self.text(row, title).map(|it| Cow::Owned(fold(&tex_to_unicode(&it))))
            }
        }
    }
}

impl StoredAbstracts {
    /// The byte range from the first record to the last.
    fn byte_range(&self) -> Range<u64> {
        let last = self.starts.last().copied().unwrap_or_default();
        self.base..self.base + u64::from(last)
    }

    fn record_range(&self, row: u32) -> Range<u64> {
        let at = |row: usize| self.base + u64::from(self.starts[row]);
        at(row as usize)..at(row as usize + 1)
    }
}

impl Abstracts {
    pub fn is_in_memory(&self) -> bool {
        matches!(self, Self::InMemory { .. })
    }
}

/// Collects the abstracts of a segment.
#[derive(Debug)]
pub enum AbstractsBuilder {
    InMemory { text: TextColumnBuilder, folded: TextColumnBuilder },
    Stored { store: Arc<dyn AbstractStore>, base: u64, starts: Vec<u32>, end: u64 },
}

impl Default for AbstractsBuilder {
    fn default() -> Self {
        Self::InMemory { text: TextColumnBuilder::default(), folded: TextColumnBuilder::default() }
    }
}

impl AbstractsBuilder {
    pub fn with_store(store: Arc<dyn AbstractStore>) -> Self {
        Self::Stored { store, base: 0, starts: Vec::new(), end: 0 }
    }

    /// Adds the next abstract, or the byte range of its record if abstracts are stored.
    ///
    /// # Panics
    ///
    /// Panics if the range begins before the first one, or more than 4 GB after it.
    pub fn push(&mut self, abstract_text: &str, range: Range<u64>) {
        match self {
            Self::InMemory { text, folded } => {
                let tidy = tidy_paragraphs(abstract_text);
                text.begin();
                text.text.push_str(&tidy);
                text.end();
                folded.begin();
                fold_into(&tex_to_unicode(&tidy), &mut folded.text);
                folded.end();
            }
            Self::Stored { base, starts, end, .. } => {
                if starts.is_empty() {
                    *base = range.start;
                }
                let start = u32::try_from(range.start - *base);
                starts.push(start.expect(SPAN_TOO_LARGE));
                *end = range.end;
            }
        }
    }

    pub fn clear(&mut self) {
        match self {
            Self::InMemory { text, folded } => {
                text.clear();
                folded.clear();
            }
            Self::Stored { starts, .. } => starts.clear(),
        }
    }

    /// Moves the abstracts from memory to a store. `write` writes each of them and returns its byte
    /// range.
    pub fn move_to_store(
        &mut self,
        store: Arc<dyn AbstractStore>,
        write: &mut dyn FnMut(&str) -> Range<u64>,
    ) {
        if let Self::InMemory { text, .. } = self {
            let mut stored = Self::with_store(store);
            text.records().for_each(|it| stored.push("", write(it)));
            *self = stored;
        }
    }

    /// The length of the text in memory, in bytes.
    pub fn text_bytes(&self) -> usize {
        match self {
            Self::InMemory { text, folded } => text.text.len() + folded.text.len(),
            Self::Stored { .. } => 0,
        }
    }

    /// Returns the byte range of the records, if they are stored and there are any.
    pub fn byte_range(&self) -> Option<Range<u64>> {
        match self {
            Self::Stored { base, starts, end, .. } if !starts.is_empty() => Some(*base..*end),
            _ => None,
        }
    }

    /// Concatenates the abstracts of all builders, in order.
    ///
    /// # Panics
    ///
    /// Panics if the byte ranges span more than 4 GB.
    pub fn concat<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Abstracts {
        let texts = all.clone().filter_map(|it| match it {
            Self::InMemory { text, folded } => Some((text, folded)),
            Self::Stored { .. } => None,
        });
        let stored = all.filter_map(|it| match it {
            Self::Stored { store, base, starts, end } => Some((store, *base, starts, *end)),
            Self::InMemory { .. } => None,
        });
        let Some((store, first, ..)) = stored.clone().next() else {
            return Abstracts::InMemory {
                text: TextColumnBuilder::concat(texts.clone().map(|(text, _)| text)),
                folded: TextColumnBuilder::concat(texts.map(|(_, folded)| folded)),
            };
        };
        let mut all = Vec::with_capacity(stored.clone().map(|it| it.2.len()).sum::<usize>() + 1);
        let from_first = |offset: u64| u32::try_from(offset - first).expect(SPAN_TOO_LARGE);
        let mut last = 0;
        for (_, base, starts, end) in stored {
            all.extend(starts.iter().map(|start| from_first(base) + start));
            last = from_first(end);
        }
        all.push(last);
        Abstracts::Stored(StoredAbstracts {
            store: Arc::clone(store),
            base: first,
            starts: all.into(),
        })
    }
}

const SPAN_TOO_LARGE: &str = "a segment spans less than 4 GB of its source";

/// Tidies an abstract line by line. Lines are joined, but blank lines between paragraphs are
/// preserved.
fn tidy_paragraphs(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut separator = "";
    for line in sanitise_lines(text).lines().map(tidy) {
        if !line.is_empty() {
            joined.push_str(separator);
            joined.push_str(&line);
            separator = " ";
        } else if !joined.is_empty() {
            separator = "\n\n";
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::sanitise;

    #[test]
    fn an_abstract_keeps_its_paragraphs_and_no_other_line_breaks() {
        assert_eq!(tidy_paragraphs("  a\n b \n\n \nc\u{1b}[31m d\n"), "a b\n\nc d");
    }

    proptest! {
        #[test]
        fn a_paragraph_is_the_words_of_its_lines(
            text in "(a|B|\u{e9}|\u{301}|\u{200d}|\u{1f469}|\u{a0}|\u{1b}\\[1m| |\n|\r|\t){0,40}",
        ) {
            let lines = sanitise_lines(&text);
            let is_blank = |line: &&str| line.trim().is_empty();
            let lines: Vec<&str> = lines.lines().collect();
            let expected: Vec<String> = lines
                .split(is_blank)
                .filter(|it| !it.is_empty())
                .map(|it| sanitise(&it.join(" ")).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            prop_assert_eq!(tidy_paragraphs(&text), expected.join("\n\n"));
        }
    }
}
