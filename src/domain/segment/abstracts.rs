//! The abstracts of a segment: held in memory, or stored where they can be read again; and the
//! index of what words they hold.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::text_column::{TextColumn, TextColumnBuilder};
use crate::domain::index::inverted_index::InvertedIndex;
use crate::domain::paper::draft::Draft;
use crate::text::{fold, fold_into, sanitise_lines, tex_to_unicode, tidy};

/// Where abstracts lie that are not in memory.
pub trait AbstractStore: fmt::Debug + Send + Sync {
    /// Reads the abstract of the paper whose record lies there, as it was written; `title` is the
    /// paper's.
    ///
    /// # Errors
    ///
    /// A sentence without its full stop, when the record cannot be read or is another paper's now.
    fn read(&self, place: Range<u64>, title: &str) -> Result<String, String>;

    /// All that the record that lies there says of its paper, where more than its abstract is stored
    /// and can be read.
    fn draft(&self, _place: Range<u64>) -> Option<Draft> {
        None
    }
}

/// The abstracts of a segment's papers, in order.
#[derive(Debug)]
pub enum Abstracts {
    /// In memory, as they are shown and as they are searched.
    InMemory {
        text: TextColumn,
        folded: TextColumn,
    },
    Stored(StoredAbstracts),
}

/// Where the records of a segment's papers lie.
#[derive(Debug)]
pub struct StoredAbstracts {
    pub store: Arc<dyn AbstractStore>,
    /// Where the first record begins.
    pub base: u64,
    /// Where each record begins, from the base, and where the last ends.
    pub starts: Box<[u32]>,
}

impl Default for Abstracts {
    fn default() -> Self {
        Self::InMemory { text: TextColumn::default(), folded: TextColumn::default() }
    }
}

/// The abstracts of a segment, and the index of its words once there is one.
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
    /// What is kept in place of the index.
    pub fn index(&self) -> MutexGuard<'_, Option<Arc<InvertedIndex>>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Abstracts {
    /// Where the records of all lie, if they are stored.
    pub fn byte_range(&self) -> Option<Range<u64>> {
        match self {
            Self::InMemory { .. } => None,
            Self::Stored(stored) => Some(stored.byte_range()),
        }
    }

    /// What they hold of memory.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::InMemory { text, folded } => text.heap_bytes() + folded.heap_bytes(),
            Self::Stored(stored) => size_of_val(&*stored.starts),
        }
    }

    /// The abstract in a row, tidied, empty where there is none. `title` is that of the row.
    ///
    /// # Errors
    ///
    /// As [`AbstractStore::read`].
    pub fn text(&self, row: u32, title: &str) -> Result<Cow<'_, str>, String> {
        match self {
            Self::InMemory { text, .. } => Ok(Cow::Borrowed(text.record(row))),
            Self::Stored(stored) => stored
                .store
                .read(stored.record_range(row), title)
                .map(|it| Cow::Owned(tidy_paragraphs(&it))),
        }
    }

    /// All that the record of a row says of its paper, if that is stored.
    pub fn draft(&self, row: u32) -> Option<Draft> {
        match self {
            Self::InMemory { .. } => None,
            Self::Stored(stored) => stored.store.draft(stored.record_range(row)),
        }
    }

    /// The abstract in a row as it is searched.
    ///
    /// # Errors
    ///
    /// As [`AbstractStore::read`].
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
    /// Where the records lie, from the first to the last.
    fn byte_range(&self) -> Range<u64> {
        let last = self.starts.last().copied().unwrap_or_default();
        self.base..self.base + u64::from(last)
    }

    fn record_range(&self, row: u32) -> Range<u64> {
        let at = |row: usize| self.base + u64::from(self.starts[row]);
        at(row as usize)..at(row as usize + 1)
    }
}

/// Abstracts on their way into a segment.
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

    /// Takes the next abstract, or where its record lies if it is stored.
    ///
    /// # Panics
    ///
    /// Where the place is not behind the one before, or over 4 GB behind the first.
    pub fn push(&mut self, abstract_text: &str, place: Range<u64>) {
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
                    *base = place.start;
                }
                let start = u32::try_from(place.start - *base);
                starts.push(start.expect(SPAN_TOO_LARGE));
                *end = place.end;
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

    /// Has those that are in memory read from a store, to which each is handed for its place.
    pub fn move_to_store(
        &mut self,
        store: Arc<dyn AbstractStore>,
        put: &mut dyn FnMut(&str) -> Range<u64>,
    ) {
        if let Self::InMemory { text, .. } = self {
            let mut stored = Self::with_store(store);
            text.records().for_each(|it| stored.push("", put(it)));
            *self = stored;
        }
    }

    /// How much text there is in memory, in bytes.
    pub fn text_bytes(&self) -> usize {
        match self {
            Self::InMemory { text, folded } => text.text.len() + folded.text.len(),
            Self::Stored { .. } => 0,
        }
    }

    /// Where the records lie, if they are stored and there are any.
    pub fn byte_range(&self) -> Option<Range<u64>> {
        match self {
            Self::Stored { base, starts, end, .. } if !starts.is_empty() => Some(*base..*end),
            _ => None,
        }
    }

    /// All of them, in order.
    ///
    /// # Panics
    ///
    /// Where their places span more than 4 GB.
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
        let from_first = |place: u64| u32::try_from(place - first).expect(SPAN_TOO_LARGE);
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

/// Tidies an abstract; a blank line between its paragraphs stays.
fn tidy_paragraphs(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut between = "";
    for line in sanitise_lines(text).lines().map(tidy) {
        if !line.is_empty() {
            tidied.push_str(between);
            tidied.push_str(&line);
            between = " ";
        } else if !tidied.is_empty() {
            between = "\n\n";
        }
    }
    tidied
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
