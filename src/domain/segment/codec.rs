//! A segment as bytes, and back. Numbers are little-endian; each column is its length in bytes, in
//! 32 bits, and its entries, in the order in which [`Segment::pack`] appends them.

use std::sync::Arc;

use super::abstracts::{AbstractStore, Abstracts, Stored};
use super::citation_key_column::CitationKeys;
use super::letter_mask::Mask;
use super::segment::{Segment, Traits};
use super::stored_text::{Kept, Place, Shown};
use super::text_column::Block;
use crate::domain::citation_key::KeyPattern;
use crate::domain::index::layout::Bytes;

/// The version of the layout. Bytes of another one cannot be read.
pub const PACKED_VERSION: u32 = 4;

/// Bytes that are no segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPacked;

impl Segment {
    /// Appends the segment to the columns and its text as it is shown to the text, all but abstracts
    /// in memory; tells whether it was packed, which it is not where its abstracts are in memory.
    pub fn pack(&self, bytes: &mut Vec<u8>, text: &mut Vec<u8>) -> bool {
        let Abstracts::Stored(Stored { base, starts, .. }) = self.abstracts() else { return false };
        push(bytes, &[*base], u64::to_le_bytes);
        push(bytes, starts, u32::to_le_bytes);
        let places = self.text.pack(text, &|row| self.text_again(row));
        push(bytes, &places, |Place { end, check }| {
            (u64::from(check) << 32 | u64::from(end)).to_le_bytes()
        });
        for block in [&self.folded, &self.initials, &self.categories, &self.venues] {
            push(bytes, block.text.as_bytes(), |it| [it]);
            push(bytes, &block.starts, u32::to_le_bytes);
        }
        push(bytes, &self.masks, |it| it.bits().to_le_bytes());
        push(bytes, &self.traits, |it| [it.0]);
        push(bytes, self.keys.hashes(), u64::to_le_bytes);
        push(bytes, &self.years, i16::to_le_bytes);
        push(bytes, &self.category_of, u16::to_le_bytes);
        push(bytes, &self.venue_of, u16::to_le_bytes);
        true
    }

    /// Reads a segment whose text is read from there when it is looked at, whose abstracts lie in the
    /// store, and whose citation keys were hashed as the pattern makes them.
    ///
    /// # Errors
    ///
    /// When the bytes are not what [`Segment::pack`] appends.
    pub fn unpack(
        bytes: &[u8],
        text: Arc<dyn Bytes>,
        store: Arc<dyn AbstractStore>,
        pattern: KeyPattern,
    ) -> Result<Self, NotPacked> {
        let mut columns = Columns(bytes);
        let [base] = *columns.next(u64::from_le_bytes)? else { return Err(NotPacked) };
        let starts = columns.next(u32::from_le_bytes)?;
        let place = |it| {
            let both = u64::from_le_bytes(it);
            Place { end: both as u32, check: (both >> 32) as u32 }
        };
        let places = columns.next(place)?;
        let mut block = || columns.block();
        let [folded, initials, categories, venues] = [block()?, block()?, block()?, block()?];
        let kept = Kept::new(text, folded.len(), &places).ok_or(NotPacked)?;
        let segment = Self {
            abstracts: Abstracts::Stored(Stored { store, base, starts }).into(),
            masks: columns.next(|it| Mask::from_bits(u64::from_le_bytes(it)))?,
            traits: columns.next(|[it]: [u8; 1]| Traits(it))?,
            keys: CitationKeys::new(pattern, columns.next(u64::from_le_bytes)?),
            years: columns.next(i16::from_le_bytes)?,
            category_of: columns.next(u16::from_le_bytes)?,
            venue_of: columns.next(u16::from_le_bytes)?,
            text: Shown::Kept(kept),
            folded,
            initials,
            categories,
            venues,
        };
        (columns.0.is_empty() && segment.is_sound()).then_some(segment).ok_or(NotPacked)
    }

    /// Whether every column has an entry a row, and every number leads to something.
    fn is_sound(&self) -> bool {
        let rows = self.years.len();
        let blocks = [&self.folded, &self.initials].map(|it| it.len() as usize);
        let columns = [
            self.masks.len(),
            self.traits.len(),
            self.keys.hashes().len(),
            self.category_of.len(),
            self.venue_of.len(),
        ];
        let names = |of: &[u16], names: &Block| of.iter().all(|it| u32::from(*it) < names.len());
        let places = match self.abstracts() {
            Abstracts::Stored(Stored { base, starts, .. }) => {
                starts.len() == rows + 1
                    && starts.is_sorted()
                    && base.checked_add(u32::MAX.into()).is_some()
            }
            Abstracts::Held { .. } => false,
        };
        blocks.into_iter().chain(columns).all(|it| it == rows)
            && names(&self.category_of, &self.categories)
            && names(&self.venue_of, &self.venues)
            && places
    }
}

fn push<T: Copy, const N: usize>(bytes: &mut Vec<u8>, column: &[T], of: impl Fn(T) -> [u8; N]) {
    bytes.extend_from_slice(&((column.len() * N) as u32).to_le_bytes());
    bytes.reserve(column.len() * N);
    for it in column {
        bytes.extend_from_slice(&of(*it));
    }
}

/// What is left of the columns.
struct Columns<'a>(&'a [u8]);

impl<'a> Columns<'a> {
    fn bytes(&mut self) -> Result<&'a [u8], NotPacked> {
        let (length, rest) = self.0.split_first_chunk().ok_or(NotPacked)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (bytes, rest) = rest.split_at_checked(length).ok_or(NotPacked)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn next<T, const N: usize>(
        &mut self,
        of: impl Fn([u8; N]) -> T,
    ) -> Result<Box<[T]>, NotPacked> {
        let (entries, rest) = self.bytes()?.as_chunks();
        if rest.is_empty() {
            Ok(entries.iter().map(|it| of(*it)).collect())
        } else {
            Err(NotPacked)
        }
    }

    fn block(&mut self) -> Result<Block, NotPacked> {
        let text = std::str::from_utf8(self.bytes()?).map_err(|_| NotPacked)?;
        let starts = self.next(u32::from_le_bytes)?;
        Block::new(text, starts).ok_or(NotPacked)
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
        fn read(&self, place: Range<u64>, _: &str) -> Result<String, String> {
            Ok(format!("{place:?}"))
        }

        fn draft(&self, place: Range<u64>) -> Option<Draft> {
            let number = (place.start - 100) / 10;
            // One of the records is another's now.
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

    /// Columns and text.
    fn packed(papers: u16) -> (Vec<u8>, Vec<u8>) {
        let mut builder = SegmentBuilder::stored(Arc::new(Store));
        for number in 0..papers {
            let start = 100 + 10 * u64::from(number);
            builder.push_at(&draft(number), start..start + 10);
        }
        let (mut columns, mut text) = (Vec::new(), Vec::new());
        assert!(builder.seal().pack(&mut columns, &mut text));
        (columns, text)
    }

    fn unpacked(columns: &[u8], text: Vec<u8>) -> Result<Segment, NotPacked> {
        let text = Arc::new(text.into_boxed_slice());
        Segment::unpack(columns, text, Arc::new(Store), KeyPattern::default())
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
        assert!(!held.pack(&mut Vec::new(), &mut Vec::new()));
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
