//! Encodes a segment as bytes and decodes it. Numbers are little-endian. Each column is its length
//! in bytes as a `u32` and its entries, in the order in which [`Segment::encode`] appends them.
//!
//! The layout is our own instead of a serialisation crate's, because a plain sequence of columns
//! needs no schema, and every length and index from a file must be checked anyway.

use std::sync::Arc;

use super::abstracts::{AbstractStore, Abstracts, StoredAbstracts};
use super::letter_mask::LetterMask;
use super::segment::{CitationKeyColumn, RowFlags, Segment};
use super::stored_text::{ChunkEnd, LazyText, StoredText};
use super::text_column::TextColumn;
use crate::domain::citation_key::KeyPattern;
use crate::domain::index::layout::ReadAt;

/// The version of the layout. Bytes of another version are not decoded.
pub const SEGMENT_VERSION: u32 = 6;

/// The bytes are not a segment of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentDecodeError;

impl Segment {
    /// Appends the columns to `bytes` and the display text to `text`. Abstracts are not written.
    /// Returns false, and writes nothing, if the abstracts are in memory: a decoded segment reads
    /// them from a store.
    pub fn encode(&self, bytes: &mut Vec<u8>, text: &mut Vec<u8>) -> bool {
        let Abstracts::Stored(StoredAbstracts { base, starts, .. }) = self.abstracts() else {
            return false;
        };
        push_column(bytes, &[*base], u64::to_le_bytes);
        push_column(bytes, starts, u32::to_le_bytes);
        let chunk_ends = self.text.pack(text, &|row| self.recover_text(row));
        push_column(bytes, &chunk_ends, |ChunkEnd { end, crc: check }| {
            (u64::from(check) << 32 | u64::from(end)).to_le_bytes()
        });
        for block in [&self.folded, &self.initials, &self.categories, &self.venues] {
            push_column(bytes, block.text.as_bytes(), |it| [it]);
            push_column(bytes, &block.starts, u32::to_le_bytes);
        }
        push_column(bytes, &self.masks, |it| it.bits().to_le_bytes());
        push_column(bytes, &self.flags, |it| [it.0]);
        push_column(bytes, &self.keys.hashes, u64::to_le_bytes);
        push_column(bytes, &self.years, i16::to_le_bytes);
        push_column(bytes, &self.category_ids, u16::to_le_bytes);
        push_column(bytes, &self.venue_ids, u16::to_le_bytes);
        true
    }

    /// Decodes a segment. Its display text is read from `text` on demand, and its abstracts from
    /// `store`. `pattern` must be the one by which its citation keys were hashed.
    ///
    /// # Errors
    ///
    /// Fails if the bytes are not what [`Segment::encode`] appends.
    pub fn decode(
        bytes: &[u8],
        text: Arc<dyn ReadAt>,
        store: Arc<dyn AbstractStore>,
        pattern: KeyPattern,
    ) -> Result<Self, SegmentDecodeError> {
        let mut columns = ColumnReader(bytes);
        let [base] = *columns.next(u64::from_le_bytes)? else { return Err(SegmentDecodeError) };
        let starts = columns.next(u32::from_le_bytes)?;
        let chunk_end = |bytes| {
            let packed = u64::from_le_bytes(bytes);
            ChunkEnd { end: packed as u32, crc: (packed >> 32) as u32 }
        };
        let chunk_ends = columns.next(chunk_end)?;
        let mut block = || columns.block();
        let [folded, initials, categories, venues] = [block()?, block()?, block()?, block()?];
        let lazy_text = LazyText::new(text, folded.len(), &chunk_ends).ok_or(SegmentDecodeError)?;
        let segment = Self {
            abstracts: Abstracts::Stored(StoredAbstracts { store, base, starts }).into(),
            masks: columns.next(|it| LetterMask::from_bits(u64::from_le_bytes(it)))?,
            flags: columns.next(|[it]: [u8; 1]| RowFlags(it))?,
            keys: CitationKeyColumn { pattern, hashes: columns.next(u64::from_le_bytes)? },
            years: columns.next(i16::from_le_bytes)?,
            category_ids: columns.next(u16::from_le_bytes)?,
            venue_ids: columns.next(u16::from_le_bytes)?,
            text: StoredText::OnDisk(lazy_text),
            folded,
            initials,
            categories,
            venues,
        };
        (columns.0.is_empty() && segment.is_valid()).then_some(segment).ok_or(SegmentDecodeError)
    }

    /// Returns true if every column has an entry per row, and every index is in range.
    fn is_valid(&self) -> bool {
        let rows = self.years.len();
        let blocks = [&self.folded, &self.initials].map(|it| it.len() as usize);
        let columns = [
            self.masks.len(),
            self.flags.len(),
            self.keys.hashes.len(),
            self.category_ids.len(),
            self.venue_ids.len(),
        ];
        let names =
            |ids: &[u16], names: &TextColumn| ids.iter().all(|it| u32::from(*it) < names.len());
        let byte_range = match self.abstracts() {
            Abstracts::Stored(StoredAbstracts { base, starts, .. }) => {
                starts.len() == rows + 1
                    && starts.is_sorted()
                    && base.checked_add(u32::MAX.into()).is_some()
            }
            Abstracts::InMemory { .. } => false,
        };
        blocks.into_iter().chain(columns).all(|it| it == rows)
            && names(&self.category_ids, &self.categories)
            && names(&self.venue_ids, &self.venues)
            && byte_range
    }
}

fn push_column<T: Copy, const N: usize>(
    bytes: &mut Vec<u8>,
    column: &[T],
    encode: impl Fn(T) -> [u8; N],
) {
    bytes.extend_from_slice(&((column.len() * N) as u32).to_le_bytes());
    bytes.reserve(column.len() * N);
    for value in column {
        bytes.extend_from_slice(&encode(*value));
    }
}

/// Reads columns from the start of a byte slice.
struct ColumnReader<'a>(&'a [u8]);

impl<'a> ColumnReader<'a> {
    fn bytes(&mut self) -> Result<&'a [u8], SegmentDecodeError> {
        let (length, rest) = self.0.split_first_chunk().ok_or(SegmentDecodeError)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (bytes, rest) = rest.split_at_checked(length).ok_or(SegmentDecodeError)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn next<T, const N: usize>(
        &mut self,
        decode: impl Fn([u8; N]) -> T,
    ) -> Result<Box<[T]>, SegmentDecodeError> {
        let (entries, rest) = self.bytes()?.as_chunks();
        if rest.is_empty() {
            Ok(entries.iter().map(|it| decode(*it)).collect())
        } else {
            Err(SegmentDecodeError)
        }
    }

    fn block(&mut self) -> Result<TextColumn, SegmentDecodeError> {
        let text = std::str::from_utf8(self.bytes()?).map_err(|_| SegmentDecodeError)?;
        let starts = self.next(u32::from_le_bytes)?;
        TextColumn::new(text, starts).ok_or(SegmentDecodeError)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::corpus::Corpus;
    use crate::domain::paper::draft::Draft;
    use crate::domain::paper::paper::PaperId;
    use crate::domain::segment::segment_builder::SegmentBuilder;

    #[derive(Debug)]
    struct Store;

    impl AbstractStore for Store {
        fn read(&self, range: Range<u64>, _: &str) -> Result<String, String> {
            Ok(format!("{range:?}"))
        }

        fn draft(&self, range: Range<u64>) -> Option<Draft> {
            let number = (range.start - 100) / 10;
            // Simulates a record that has been replaced by another.
            Some(draft(if number == 3 { 0 } else { number as u16 }))
        }
    }

    fn draft(number: u16) -> Draft {
        Draft {
            title: format!("Über {number}"),
            venue: format!("Venue {}", number % 3),
            year: Some(2000),
            ..Draft::default()
        }
    }

    /// Returns the columns and text of an encoded segment.
    fn packed(papers: u16) -> (Vec<u8>, Vec<u8>) {
        let mut builder = SegmentBuilder::with_store(Arc::new(Store));
        for number in 0..papers {
            let start = 100 + 10 * u64::from(number);
            builder.push_stored(&draft(number), start..start + 10);
        }
        let (mut columns, mut text) = (Vec::new(), Vec::new());
        assert!(builder.seal().encode(&mut columns, &mut text));
        (columns, text)
    }

    fn unpacked(columns: &[u8], text: Vec<u8>) -> Result<Segment, SegmentDecodeError> {
        let text = Arc::new(text.into_boxed_slice());
        Segment::decode(columns, text, Arc::new(Store), KeyPattern::default())
    }

    #[test]
    fn a_segment_comes_back_as_it_was() {
        let (columns, text) = packed(5);
        let segment = unpacked(&columns, text).unwrap();
        let mut corpus = Corpus::default();
        corpus.push(Arc::new(segment));
        let paper = corpus.get(PaperId(4)).unwrap();
        assert_eq!((paper.title, paper.venue, paper.year), ("Über 4", "Venue 1", Some(2000)));
        assert_eq!(corpus.abstract_text(PaperId(4)).unwrap(), "140..150");
    }

    #[test]
    fn what_is_held_in_memory_is_not_packed() {
        let held = SegmentBuilder::default().seal();
        assert!(!held.encode(&mut Vec::new(), &mut Vec::new()));
    }

    #[test]
    fn damaged_text_is_read_from_the_source_again_if_that_still_has_it() {
        let (columns, text) = packed(5);
        let segment = unpacked(&columns, vec![0; text.len()]).unwrap();
        let titles: Vec<&str> = (0..5).map(|row| segment.paper(row).title).collect();
        assert_eq!([titles[0], titles[4]], ["Über 0", "Über 4"]);
        assert!(titles[3].contains(" R reads "), "{}", titles[3]);
        assert_eq!(segment.paper(4).venue, "Venue 1");
    }

    proptest! {
        #[test]
        fn damaged_bytes_are_no_segment_or_one_that_can_be_read(
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            cut in any::<prop::sample::Index>(),
        ) {
            let (mut bytes, text) = packed(5);
            *at.get_mut(&mut bytes) = byte;
            bytes.truncate(cut.index(2 * bytes.len()));
            if let Ok(segment) = unpacked(&bytes, text) {
                for row in 0..segment.len() {
                    let _ = (segment.paper(row), segment.folded().record(row));
                    let _ = (segment.initials().record(row), segment.abstract_text(row));
                }
            }
        }
    }
}
