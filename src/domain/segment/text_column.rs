//! A column of text records in one allocation, and dictionaries of distinct names in such columns.

use std::hash::BuildHasher;
use std::hint::black_box;
use std::iter;
use std::ops::{BitOr, Range};
use std::sync::OnceLock;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::domain::paper::record::RECORD_END;
use crate::text::{fold, tex_to_unicode};

/// Records in one string, each terminated by [`RECORD_END`].
#[derive(Debug, Default)]
pub struct TextColumn {
    pub text: Box<str>,
    /// The start of each record, and the end of the last.
    pub starts: Box<[u32]>,
    pub folded: OnceLock<Box<Self>>,
}

impl TextColumn {
    /// Creates a column from terminated records and their starts (with the end of the last).
    /// Returns `None` if these do not match.
    pub fn new(text: &str, starts: Box<[u32]>) -> Option<Self> {
        let ends = |end: &u32| {
            let last_byte = (*end as usize).checked_sub(1).and_then(|it| text.as_bytes().get(it));
            last_byte == Some(&(RECORD_END as u8))
        };
        let is_sound = starts.first() == Some(&0)
            && starts.last() == Some(&(text.len() as u32))
            && starts.is_sorted_by(|a, b| a < b)
            && starts[1..].iter().all(ends);
        is_sound.then(|| Self { text: text.into(), starts, ..Self::default() })
    }

    /// Creates a column from records without terminators.
    pub fn from_records(all: impl Iterator<Item = String>) -> Self {
        let mut records = TextColumnBuilder::default();
        for record in all {
            records.begin();
            records.text.push_str(&record);
            records.end();
        }
        TextColumnBuilder::concat(iter::once(&records))
    }

    /// Returns all records, in order, with their terminators.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the record of a row, without its terminator.
    pub fn record(&self, row: u32) -> &str {
        &self.text[self.span(row)]
    }

    /// Returns the byte range of a row's record, without its terminator.
    pub fn span(&self, row: u32) -> Range<usize> {
        let row = row as usize;
        self.starts[row] as usize..self.starts[row + 1] as usize - RECORD_END.len_utf8()
    }

    /// Returns the row whose record contains this offset into [`TextColumn::text`].
    pub fn row_at(&self, offset: usize) -> u32 {
        (self.starts.partition_point(|&start| start as usize <= offset) as u32).saturating_sub(1)
    }

    /// The number of records.
    pub fn len(&self) -> u32 {
        (self.starts.len() as u32).saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Yields the same ascending rows, but touches the records of 32 rows before it yields the
    /// first of them, if they are far apart. Waiting for many cache misses at once takes hardly
    /// longer than for one.
    pub fn prefetch(&self, mut rows: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
        const PREFETCH_ROWS: usize = 32;
        // The processor prefetches records that are closer together.
        const MIN_PREFETCH_SPAN: u32 = 6 * PREFETCH_ROWS as u32;
        let text = self.text.as_bytes();
        let touch = |&row: &u32| {
            let Range { start, end } = self.span(row);
            text[start] | text[start.midpoint(end)] | text[end]
        };
        let (mut batch, mut next, mut count) = ([0; PREFETCH_ROWS], 0, 0);
        std::iter::from_fn(move || {
            if next == count {
                let filled = batch.iter_mut().zip(&mut rows).map(|(to, row)| *to = row);
                (next, count) = (0, filled.count());
                if let [first, .., last] = batch[..count]
                    && last - first >= MIN_PREFETCH_SPAN
                {
                    black_box(batch[..count].iter().map(touch).fold(0, BitOr::bitor));
                }
            }
            let row = batch[..count].get(next).copied()?;
            next += 1;
            Some(row)
        })
    }

    /// Iterates over all records, without terminators.
    pub fn records(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|row| self.record(row))
    }

    /// Returns the records in folded Unicode for matching. Made on first use, because few columns
    /// need it.
    pub fn folded(&self) -> &Self {
        self.folded.get_or_init(|| {
            Box::new(Self::from_records(self.records().map(|record| fold(&tex_to_unicode(record)))))
        })
    }

    pub fn heap_bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.starts)
    }
}

/// Collects the records of a column.
#[derive(Debug, Default)]
pub struct TextColumnBuilder {
    pub text: String,
    starts: Vec<u32>,
}

impl TextColumnBuilder {
    /// Begins a record and returns its offset.
    pub fn begin(&mut self) -> usize {
        self.starts.push(self.text.len() as u32);
        self.text.len()
    }

    pub fn end(&mut self) {
        self.text.push(RECORD_END);
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.starts.clear();
    }

    /// Iterates over all records, without terminators.
    pub fn records(&self) -> impl Iterator<Item = &str> {
        (0..self.starts.len()).map(|at| self.record(at))
    }

    /// Returns the record with this number, without its terminator.
    fn record(&self, at: usize) -> &str {
        let end = self.starts.get(at + 1).map_or(self.text.len(), |&end| end as usize);
        &self.text[self.starts[at] as usize..end - RECORD_END.len_utf8()]
    }

    /// Concatenates the records of all builders, in order, into one column.
    pub fn concat<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> TextColumn {
        let mut text = String::with_capacity(all.clone().map(|it| it.text.len()).sum());
        let mut starts =
            Vec::with_capacity(all.clone().map(|it| it.starts.len()).sum::<usize>() + 1);
        for builder in all {
            let base = text.len() as u32;
            starts.extend(builder.starts.iter().map(|start| base + start));
            text.push_str(&builder.text);
        }
        starts.push(text.len() as u32);
        TextColumn { text: text.into(), starts: starts.into(), ..TextColumn::default() }
    }
}

/// A dictionary of distinct names, numbered in order of first occurrence, and the number of each
/// row's name.
#[derive(Debug, Default)]
pub struct DictionaryBuilder {
    /// The number of each distinct name; lookups hash the name.
    numbers: HashTable<u16>,
    hasher: DefaultHashBuilder,
    distinct: TextColumnBuilder,
    rows: Vec<u16>,
}

impl DictionaryBuilder {
    /// Adds the name of the next row.
    pub fn push(&mut self, name: &str) {
        let number = self.intern(name);
        self.rows.push(number);
    }

    pub fn clear(&mut self) {
        self.numbers.clear();
        self.distinct.clear();
        self.rows.clear();
    }

    /// Merges the dictionaries of all builders. Returns the distinct names and the number of each
    /// row's name, in order.
    pub fn concat<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> (TextColumn, Box<[u16]>) {
        let mut merged = Self::default();
        merged.rows.reserve_exact(all.clone().map(|it| it.rows.len()).sum());
        for builder in all {
            let numbers: Vec<u16> =
                builder.distinct.records().map(|name| merged.intern(name)).collect();
            merged.rows.extend(builder.rows.iter().map(|&number| numbers[usize::from(number)]));
        }
        (TextColumnBuilder::concat([&merged.distinct].into_iter()), merged.rows.into())
    }

    fn intern(&mut self, name: &str) -> u16 {
        let Self { numbers, hasher, distinct, .. } = self;
        let hash = |name: &str| hasher.hash_one(name);
        let is_same = |&number: &u16| distinct.record(number.into()) == name;
        if let Some(&number) = numbers.find(hash(name), is_same) {
            return number;
        }
        let number = numbers.len() as u16;
        let hash_of = |&number: &u16| hash(distinct.record(number.into()));
        numbers.insert_unique(hash(name), number, hash_of);
        distinct.begin();
        distinct.text.push_str(name);
        distinct.end();
        number
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_come_in_order_however_far_apart_they_lie(gaps in prop::collection::vec(1..40_u32, 0..100)) {
            let rows: Vec<u32> = gaps.iter().scan(0, |row, gap| { *row += gap; Some(*row) }).collect();
            let mut records = TextColumnBuilder::default();
            for row in 0..=rows.last().copied().unwrap_or_default() {
                records.begin();
                records.text.push_str(&"é".repeat(row as usize % 3));
                records.end();
            }
            let column = TextColumnBuilder::concat(std::iter::once(&records));
            prop_assert_eq!(column.prefetch(rows.iter().copied()).collect::<Vec<_>>(), rows);
        }
    }
}
