//! Rows of a segment, a bit each.

use std::sync::Arc;

use memchr::memmem::Finder;

use crate::domain::{Segment, TextColumn};
use crate::search::rank::hit::Hit;

/// A set of a segment's rows.
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

    /// Those of hits, where the first row of the segment has that number.
    pub fn from_hits(hits: &[Hit], segment: &Segment, start: u32) -> Self {
        let mut rows = Self::empty(segment);
        for hit in hits {
            rows.insert(hit.id().0 - start);
        }
        rows
    }

    pub fn contains(&self, row: u32) -> bool {
        self.bits[row as usize / 64] & 1 << (row % 64) != 0
    }

    /// Adds those that are in the other set.
    pub fn add_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits |= others);
    }

    /// Removes those that are in the other set.
    pub fn remove_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits &= !others);
    }

    /// Removes those that are not in the other set.
    pub fn retain_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits &= others);
    }

    /// Adds the rows whose record in the block holds the text, skipping to the next record
    /// wherever one does.
    pub fn add_containing(&mut self, block: &TextColumn, needle: &Finder<'_>) {
        let text = block.text().as_bytes();
        let (mut row, mut from) = (0, 0);
        while let Some(found) = text.get(from..).and_then(|rest| needle.find(rest)) {
            let at = from + found;
            while block.span(row).end < at {
                row += 1;
            }
            self.insert(row);
            from = block.span(row).end + 1;
        }
    }

    /// Adds the rows that pass a test, which is put to those only that are not in yet.
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

/// The rows of a segment that have a word, as far as they are known.
#[derive(Debug, Default)]
pub struct KnownRows {
    /// Those that hold it contiguous in title or authors.
    pub contiguous: Option<Arc<RowSet>>,
    /// Those in which its letters may be scattered.
    pub subsequence: Option<Arc<RowSet>>,
}
