//! Records of text in one block, and distinct names as such records.

use std::hash::BuildHasher;
use std::hint::black_box;
use std::iter;
use std::ops::{BitOr, Range};
use std::sync::OnceLock;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::domain::paper::record::RECORD_END;
use crate::text::{fold, tex_to_unicode};

/// A block of records, each ended by [`RECORD_END`].
#[derive(Debug, Default)]
pub struct TextColumn {
    pub text: Box<str>,
    /// Where each record begins, and where the last ends.
    pub starts: Box<[u32]>,
    pub folded: OnceLock<Box<Self>>,
}

impl TextColumn {
    /// A block of the text of records, each of which has its end, and of where each begins and the
    /// last ends. Nothing where these do not fit.
    pub fn new(text: &str, starts: Box<[u32]>) -> Option<Self> {
        let ends = |end: &u32| {
            let before = (*end as usize).checked_sub(1).and_then(|it| text.as_bytes().get(it));
            before == Some(&(RECORD_END as u8))
        };
        let is_sound = starts.first() == Some(&0)
            && starts.last() == Some(&(text.len() as u32))
            && starts.is_sorted_by(|a, b| a < b)
            && starts[1..].iter().all(ends);
        is_sound.then(|| Self { text: text.into(), starts, ..Self::default() })
    }

    /// A block of these records, which come without their ends.
    pub fn from_records(all: impl Iterator<Item = String>) -> Self {
        let mut records = TextColumnBuilder::default();
        for record in all {
            records.begin();
            records.text.push_str(&record);
            records.end();
        }
        TextColumnBuilder::concat(iter::once(&records))
    }

    /// All records, in order.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The record of a row, without its end.
    pub fn record(&self, row: u32) -> &str {
        &self.text[self.span(row)]
    }

    /// Where the record of a row lies, without its end.
    pub fn span(&self, row: u32) -> Range<usize> {
        let row = row as usize;
        self.starts[row] as usize..self.starts[row + 1] as usize - RECORD_END.len_utf8()
    }

    /// The row whose record holds this offset into [`TextColumn::text`].
    pub fn row_at(&self, offset: usize) -> u32 {
        (self.starts.partition_point(|&start| start as usize <= offset) as u32).saturating_sub(1)
    }

    /// How many records there are.
    pub fn len(&self) -> u32 {
        (self.starts.len() as u32).saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same rows, which ascend. Where they lie far apart, the records of some are asked of
    /// memory before the first of them is given: to wait for many takes hardly longer than for one.
    pub fn prefetch(&self, mut rows: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
        const PREFETCH_ROWS: usize = 32;
        // Nearer ones the processor fetches by itself.
        const MIN_PREFETCH_SPAN: u32 = 6 * PREFETCH_ROWS as u32;
        let text = self.text.as_bytes();
        let touch = |&row: &u32| {
            let Range { start, end } = self.span(row);
            text[start] | text[start.midpoint(end)] | text[end]
        };
        let (mut some, mut given, mut count) = ([0; PREFETCH_ROWS], 0, 0);
        std::iter::from_fn(move || {
            if given == count {
                let taken = some.iter_mut().zip(&mut rows).map(|(to, row)| *to = row);
                (given, count) = (0, taken.count());
                if let [first, .., last] = some[..count]
                    && last - first >= MIN_PREFETCH_SPAN
                {
                    black_box(some[..count].iter().map(touch).fold(0, BitOr::bitor));
                }
            }
            let row = some[..count].get(given).copied()?;
            given += 1;
            Some(row)
        })
    }

    /// Every record, without its end.
    pub fn records(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|row| self.record(row))
    }

    /// The records as they are matched: what is read of them, folded. Made when first asked for,
    /// since few blocks are.
    pub fn folded(&self) -> &Self {
        self.folded.get_or_init(|| {
            Box::new(Self::from_records(self.records().map(|record| fold(&tex_to_unicode(record)))))
        })
    }

    pub fn heap_bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.starts)
    }
}

/// Records on their way into a block.
#[derive(Debug, Default)]
pub struct TextColumnBuilder {
    pub text: String,
    starts: Vec<u32>,
}

impl TextColumnBuilder {
    /// Begins a record and returns where.
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

    /// Every record, without its end.
    pub fn records(&self) -> impl Iterator<Item = &str> {
        (0..self.starts.len()).map(|at| self.record(at))
    }

    /// The record of that number, without its end.
    fn record(&self, at: usize) -> &str {
        let end = self.starts.get(at + 1).map_or(self.text.len(), |&end| end as usize);
        &self.text[self.starts[at] as usize..end - RECORD_END.len_utf8()]
    }

    /// One block of the records of all, in order.
    pub fn concat<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> TextColumn {
        let mut text = String::with_capacity(all.clone().map(|it| it.text.len()).sum());
        let mut starts =
            Vec::with_capacity(all.clone().map(|it| it.starts.len()).sum::<usize>() + 1);
        for it in all {
            let base = text.len() as u32;
            starts.extend(it.starts.iter().map(|start| base + start));
            text.push_str(&it.text);
        }
        starts.push(text.len() as u32);
        TextColumn { text: text.into(), starts: starts.into(), ..TextColumn::default() }
    }
}

/// Distinct names, numbered in order of appearance, and the name that each row has.
#[derive(Debug, Default)]
pub struct DictionaryBuilder {
    /// The number of each distinct name, found by the name.
    numbers: HashTable<u16>,
    hasher: DefaultHashBuilder,
    distinct: TextColumnBuilder,
    rows: Vec<u16>,
}

impl DictionaryBuilder {
    /// Gives the next row a name.
    pub fn push(&mut self, name: &str) {
        let number = self.intern(name);
        self.rows.push(number);
    }

    pub fn clear(&mut self) {
        self.numbers.clear();
        self.distinct.clear();
        self.rows.clear();
    }

    /// The distinct names of all and the number of each row's, in order.
    pub fn concat<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> (TextColumn, Box<[u16]>) {
        let mut joined = Self::default();
        joined.rows.reserve_exact(all.clone().map(|it| it.rows.len()).sum());
        for it in all {
            let numbers: Vec<u16> = it.distinct.records().map(|name| joined.intern(name)).collect();
            joined.rows.extend(it.rows.iter().map(|&number| numbers[usize::from(number)]));
        }
        (TextColumnBuilder::concat([&joined.distinct].into_iter()), joined.rows.into())
    }

    fn intern(&mut self, name: &str) -> u16 {
        let Self { numbers, hasher, distinct, .. } = self;
        let hash = |name: &str| hasher.hash_one(name);
        let is_it = |&number: &u16| distinct.record(number.into()) == name;
        if let Some(&number) = numbers.find(hash(name), is_it) {
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
            let block = TextColumnBuilder::concat(std::iter::once(&records));
            prop_assert_eq!(block.prefetch(rows.iter().copied()).collect::<Vec<_>>(), rows);
        }
    }
}
