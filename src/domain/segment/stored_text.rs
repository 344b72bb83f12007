//! The text of papers as it is shown: in memory, or left where it is kept until a row is looked at.
//!
//! Few papers are ever looked at, and their text is half of a segment. Kept text lies in stretches
//! of [`STRETCH`] rows, each read in one go and checked then:
//!
//! ```text
//! stretch  where each of its records ends u32, little-endian; the records, each with its end
//! ```

use std::iter;
use std::sync::{Arc, OnceLock};

use super::text_column::Block;
use crate::domain::index::layout::Bytes;
use crate::domain::paper::record::RECORD_END;

/// Rows whose text is read together.
const STRETCH: u32 = 32;
/// The bytes in which is told where a record ends.
const END: usize = size_of::<u32>();

/// Text of a segment's papers, a record a row.
#[derive(Debug)]
pub enum Shown {
    Held(Block),
    Kept(Kept),
}

/// Text that lies elsewhere.
#[derive(Debug)]
pub struct Kept {
    store: Arc<dyn Bytes>,
    rows: u32,
    stretches: Box<[Stretch]>,
}

#[derive(Debug, Default)]
struct Stretch {
    place: Place,
    read: OnceLock<Box<Block>>,
}

/// Where a stretch ends, before which lie all others before it, and the CRC-32 of its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    pub end: u32,
    pub check: u32,
}

impl Default for Shown {
    fn default() -> Self {
        Self::Held(Block::default())
    }
}

impl Shown {
    /// The record of a row, without its end; `again` tells what it was where that cannot be read.
    pub fn record(&self, row: u32, again: &dyn Fn(u32) -> String) -> &str {
        match self {
            Self::Held(block) => block.record(row),
            Self::Kept(kept) => kept.stretch(row / STRETCH, again).record(row % STRETCH),
        }
    }

    /// Calls with the record of each row. What is read for it is not held any longer than that.
    pub fn for_each(
        &self,
        rows: impl Iterator<Item = u32>,
        again: &dyn Fn(u32) -> String,
        mut each: impl FnMut(u32, &str),
    ) {
        let kept = match self {
            Self::Held(block) => return rows.for_each(|row| each(row, block.record(row))),
            Self::Kept(kept) => kept,
        };
        let mut last = None;
        for row in rows {
            let number = row / STRETCH;
            if let Some(block) = kept.stretches[number as usize].read.get() {
                each(row, block.record(row % STRETCH));
                continue;
            }
            let (_, block) = match last.take() {
                Some(last @ (its, _)) if its == number => last,
                _ => (number, kept.read(number, again)),
            };
            each(row, block.record(row % STRETCH));
            last = Some((number, block));
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        match self {
            Self::Held(block) => block.len(),
            Self::Kept(kept) => kept.rows,
        }
    }

    /// What is held in memory, in bytes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Held(block) => block.bytes(),
            Self::Kept(Kept { stretches, .. }) => {
                let read = stretches.iter().filter_map(|it| it.read.get());
                size_of_val(&**stretches)
                    + read.map(|it| size_of::<Block>() + it.bytes()).sum::<usize>()
            }
        }
    }

    /// What it takes where it is kept, in bytes, if it is.
    pub fn kept_bytes(&self) -> usize {
        match self {
            Self::Held(_) => 0,
            Self::Kept(Kept { stretches, .. }) => {
                stretches.last().map_or(0, |it| it.place.end as usize)
            }
        }
    }

    /// Appends all text as it is kept, and returns where each stretch lies in that.
    pub fn pack(&self, bytes: &mut Vec<u8>, again: &dyn Fn(u32) -> String) -> Vec<Place> {
        let (start, len) = (bytes.len(), self.len());
        let mut places = Vec::new();
        for first in (0..len).step_by(STRETCH as usize) {
            let rows = first..len.min(first + STRETCH);
            let (from, mut text) = (bytes.len(), String::new());
            self.for_each(rows, again, |_, record| {
                text.push_str(record);
                text.push(RECORD_END);
                bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
            });
            bytes.extend_from_slice(text.as_bytes());
            let check = crc32fast::hash(&bytes[from..]);
            places.push(Place { end: (bytes.len() - start) as u32, check });
        }
        places
    }
}

impl Kept {
    /// The text of so many rows, where their number and order fit those of the places.
    pub fn new(store: Arc<dyn Bytes>, rows: u32, places: &[Place]) -> Option<Self> {
        let is_sound = places.len() as u32 == rows.div_ceil(STRETCH)
            && places.is_sorted_by_key(|place| place.end);
        let stretch = |place: &Place| Stretch { place: *place, read: OnceLock::new() };
        is_sound.then(|| Self { store, rows, stretches: places.iter().map(stretch).collect() })
    }

    fn stretch(&self, number: u32, again: &dyn Fn(u32) -> String) -> &Block {
        let stretch = &self.stretches[number as usize];
        stretch.read.get_or_init(|| Box::new(self.read(number, again)))
    }

    fn read(&self, number: u32, again: &dyn Fn(u32) -> String) -> Block {
        let first = number * STRETCH;
        let rows = first..self.rows.min(first + STRETCH);
        self.read_kept(number, rows.len()).unwrap_or_else(|| Block::of(rows.map(again)))
    }

    /// Nothing where it is not there any more as it was written.
    fn read_kept(&self, number: u32, rows: usize) -> Option<Block> {
        let number = number as usize;
        let Place { end, check } = self.stretches[number].place;
        let start = number.checked_sub(1).map_or(0, |before| self.stretches[before].place.end);
        let bytes = self.store.read(start as usize..end as usize).ok()?;
        if crc32fast::hash(&bytes) != check {
            return None;
        }
        let (ends, text) = bytes.split_at_checked(rows * END)?;
        let (ends, _) = ends.as_chunks();
        let starts = iter::once(0).chain(ends.iter().map(|it| u32::from_le_bytes(*it)));
        Block::new(str::from_utf8(text).ok()?, starts.collect())
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;

    fn records() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[aé]{0,9}(\n[b ]{1,5})?", 0..100)
    }

    fn kept(records: &[String]) -> (Vec<u8>, Vec<Place>) {
        let mut bytes = Vec::new();
        let held = Shown::Held(Block::of(records.iter().cloned()));
        let places = held.pack(&mut bytes, &|row| panic!("{row} is in memory"));
        (bytes, places)
    }

    fn open(bytes: Vec<u8>, rows: usize, places: &[Place]) -> Shown {
        let store: Box<[u8]> = bytes.into();
        Shown::Kept(Kept::new(Arc::new(store), rows as u32, places).unwrap())
    }

    proptest! {
        #[test]
        fn text_is_the_same_in_whatever_order_it_is_looked_at(
            records in records(),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        ) {
            let (bytes, places) = kept(&records);
            let shown = open(bytes.clone(), records.len(), &places);
            let never = |row: u32| -> String { panic!("{row} is as it was written") };
            let rows: Vec<u32> = match records.len() {
                0 => Vec::new(),
                len => order.iter().map(|it| it.index(len) as u32).collect(),
            };
            for some in rows.chunks(7) {
                let mut seen = Vec::new();
                shown.for_each(some.iter().copied(), &never, |row, it| seen.push((row, it.to_owned())));
                for (&row, (its, record)) in some.iter().zip(&seen) {
                    prop_assert_eq!((row, &records[row as usize]), (*its, record));
                }
                prop_assert_eq!(seen.len(), some.len());
                if let Some(&row) = some.first() {
                    prop_assert_eq!(shown.record(row, &never), &records[row as usize]);
                }
            }
            let mut again = Vec::new();
            shown.pack(&mut again, &never);
            prop_assert_eq!((again, shown.kept_bytes()), (bytes.clone(), bytes.len()));
        }

        #[test]
        fn what_is_damaged_is_asked_for_again_and_nothing_else_is(
            records in records().prop_filter("some", |it| !it.is_empty()),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u32,
            cut in any::<bool>(),
        ) {
            let (mut bytes, places) = kept(&records);
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            let shown = open(bytes, records.len(), &places);
            let first_bad = places.partition_point(|it| it.end as usize <= at) as u32;
            let again = |row: u32| {
                let stretch = row / STRETCH;
                assert!(if cut { stretch >= first_bad } else { stretch == first_bad }, "{row}");
                records[row as usize].clone()
            };
            for (row, record) in records.iter().enumerate() {
                prop_assert_eq!(shown.record(row as u32, &again), record);
            }
        }
    }

    #[test]
    fn only_what_was_looked_at_is_held() {
        let records = vec!["x".repeat(100); 100];
        let (bytes, places) = kept(&records);
        let shown = open(bytes, records.len(), &places);
        let (before, never) = (shown.bytes(), |_: u32| -> String { unreachable!() });
        shown.for_each(0..100, &never, |_, it| assert_eq!(it.len(), 100));
        assert_eq!(shown.bytes(), before);
        assert_eq!(shown.record(40, &never), records[40]);
        let held = shown.bytes() - before;
        assert!((3200..4000).contains(&held), "{held}");
    }

    /// Bytes that cannot be read.
    #[derive(Debug)]
    struct Nowhere;

    impl Bytes for Nowhere {
        fn held(&self) -> usize {
            0
        }

        fn read(&self, _: std::ops::Range<usize>) -> std::io::Result<Cow<'_, [u8]>> {
            Err(std::io::ErrorKind::Other.into())
        }
    }

    #[test]
    fn places_that_do_not_fit_the_rows_are_none() {
        let place = |end| Place { end, check: 0 };
        let new = |rows, places: &[Place]| Kept::new(Arc::new(Nowhere), rows, places);
        assert!(new(33, &[place(1), place(2)]).is_some());
        assert!(new(32, &[place(1), place(2)]).is_none());
        assert!(new(33, &[place(2), place(1)]).is_none());
        let shown = Shown::Kept(new(2, &[place(9)]).unwrap());
        assert_eq!(shown.record(1, &|row| format!("row {row}")), "row 1");
    }
}
