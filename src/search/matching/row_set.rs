//! Bit sets of a segment's rows.

use std::sync::Arc;

use memchr::memmem::Finder;

use super::context::CorpusSegment;
use crate::domain::{RECORD_END, Segment, TextColumn, VARIANT_START};
use crate::search::rank::hit::Hit;

/// A set of a segment's rows, one bit for each row of the segment.
#[derive(Debug)]
pub struct RowSet {
    bits: Vec<u64>,
}

impl RowSet {
    pub fn empty(segment: &Segment) -> Self {
        Self { bits: vec![0; (segment.len() as usize).div_ceil(64)] }
    }

    pub fn all(segment: &Segment) -> Self {
        let mut rows = Self::empty(segment);
        for row in 0..segment.len() {
            rows.insert(row);
        }
        rows
    }

    pub fn insert(&mut self, row: u32) {
        self.bits[row as usize / 64] |= 1 << (row % 64);
    }

    /// The rows of hits that all lie in the segment.
    pub fn from_hits(hits: &[Hit], segment: CorpusSegment<'_>) -> Self {
        let mut rows = Self::empty(segment.segment);
        for hit in hits {
            rows.insert(segment.row(*hit));
        }
        rows
    }

    pub fn contains(&self, row: u32) -> bool {
        self.bits[row as usize / 64] & 1 << (row % 64) != 0
    }

    /// Set union.
    pub fn add_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits |= others);
    }

    /// Set difference.
    pub fn remove_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits &= !others);
    }

    /// Set intersection.
    pub fn retain_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits &= others);
    }

    /// Adds the rows whose record contains the needle. One scan of the whole column: after an
    /// occurrence it continues at the next record.
    pub fn add_containing(&mut self, column: &TextColumn, needle: &Finder<'_>) {
        let text = column.text().as_bytes();
        let (mut row, mut from) = (0, 0);
        while let Some(offset) = text.get(from..).and_then(|rest| needle.find(rest)) {
            let at = from + offset;
            while column.span(row).end < at {
                row += 1;
            }
            self.insert(row);
            from = column.span(row).end + 1;
        }
    }

    /// Adds the rows one of whose parts is the text. A [`VARIANT_START`] separates parts.
    pub fn add_with_whole_part(&mut self, column: &TextColumn, part: &str) {
        let (text, mut row) = (column.text().as_bytes(), 0);
        let is_end = |byte: Option<&u8>| {
            byte.is_none_or(|it| [RECORD_END as u8, VARIANT_START as u8].contains(it))
        };
        for at in Finder::new(part).find_iter(text) {
            let before = at.checked_sub(1).and_then(|it| text.get(it));
            if is_end(before) && is_end(text.get(at + part.len())) {
                while column.span(row).end < at {
                    row += 1;
                }
                self.insert(row);
            }
        }
    }

    /// Adds the rows that pass a test. Rows already in the set are not tested.
    pub fn add_where(&mut self, segment: &Segment, test: impl Fn(u32) -> bool) {
        for row in 0..segment.len() {
            if !self.contains(row) && test(row) {
                self.insert(row);
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.bits.iter().zip(0..).flat_map(|(&bits, word)| {
            let mut bits = bits;
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros())?;
                bits &= bits - 1;
                Some(word * 64 + bit)
            })
        })
    }
}

/// The rows of a segment that match a word, as far as earlier queries have found them out.
#[derive(Debug, Default)]
pub struct KnownRows {
    /// Rows with the word contiguous in title or authors.
    pub contiguous: Option<Arc<RowSet>>,
    /// A superset of the rows with the word as a subsequence.
    pub subsequence: Option<Arc<RowSet>>,
}
