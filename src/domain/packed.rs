//! A segment as bytes, and back. Numbers are little-endian; each column is its length in bytes, in
//! 32 bits, and its entries, in the order in which [`Segment::pack`] appends them.

use std::sync::Arc;

use super::abstracts::Stored;
use super::citation_key::CitationKeys;
use super::segment::Traits;
use super::{AbstractStore, Abstracts, Block, KeyPattern, Mask, RECORD_END, Segment};

/// The version of the layout. Bytes of another one cannot be read.
pub const PACKED_VERSION: u32 = 1;

/// Bytes that are no segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPacked;

impl Segment {
    /// Appends the segment, all but abstracts in memory; tells whether it was packed, which it is
    /// not where its abstracts are in memory.
    pub fn pack(&self, bytes: &mut Vec<u8>) -> bool {
        let Abstracts::Stored(Stored { base, starts, .. }) = self.abstracts() else { return false };
        push(bytes, &[*base], u64::to_le_bytes);
        push(bytes, starts, u32::to_le_bytes);
        for block in [&self.text, &self.folded, &self.initials, &self.categories, &self.venues] {
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

    /// Reads a segment whose abstracts lie in the store, and whose citation keys were hashed as the
    /// pattern makes them.
    ///
    /// # Errors
    ///
    /// When the bytes are not what [`Segment::pack`] appends.
    pub fn unpack(
        bytes: &[u8],
        store: Arc<dyn AbstractStore>,
        pattern: KeyPattern,
    ) -> Result<Self, NotPacked> {
        let mut columns = Columns(bytes);
        let [base] = *columns.next(u64::from_le_bytes)? else { return Err(NotPacked) };
        let starts = columns.next(u32::from_le_bytes)?;
        let mut block = || columns.block();
        let [text, folded, initials] = [block()?, block()?, block()?];
        let [categories, venues] = [block()?, block()?];
        let segment = Self {
            abstracts: Abstracts::Stored(Stored { store, base, starts }).into(),
            masks: columns.next(|it| Mask::from_bits(u64::from_le_bytes(it)))?,
            traits: columns.next(|[it]: [u8; 1]| Traits(it))?,
            keys: CitationKeys::new(pattern, columns.next(u64::from_le_bytes)?),
            years: columns.next(i16::from_le_bytes)?,
            category_of: columns.next(u16::from_le_bytes)?,
            venue_of: columns.next(u16::from_le_bytes)?,
            text,
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
        let blocks = [&self.text, &self.folded, &self.initials].map(|it| it.len() as usize);
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
        let ends = |end: &u32| {
            let before = (*end as usize).checked_sub(1).and_then(|it| text.as_bytes().get(it));
            before == Some(&(RECORD_END as u8))
        };
        let is_sound = starts.first() == Some(&0)
            && starts.last() == Some(&(text.len() as u32))
            && starts.is_sorted_by(|a, b| a < b)
            && starts[1..].iter().all(ends);
        is_sound.then(|| Block { text: text.into(), starts, ..Block::default() }).ok_or(NotPacked)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Corpus, Draft, PaperId, SegmentBuilder};

    #[derive(Debug)]
    struct Store;

    impl AbstractStore for Store {
        fn read(&self, place: std::ops::Range<u64>, _: &str) -> Result<String, String> {
            Ok(format!("{place:?}"))
        }
    }

    fn packed(papers: u16) -> Vec<u8> {
        let mut builder = SegmentBuilder::stored(Arc::new(Store));
        for number in 0..papers {
            let draft = Draft {
                title: format!("Über {number}"),
                venue: format!("Venue {}", number % 3),
                year: Some(2000),
                ..Draft::default()
            };
            let start = 100 + 10 * u64::from(number);
            builder.push_at(&draft, start..start + 10);
        }
        let mut bytes = Vec::new();
        assert!(builder.seal().pack(&mut bytes));
        bytes
    }

    #[test]
    fn a_segment_comes_back_as_it_was() {
        let segment = Segment::unpack(&packed(5), Arc::new(Store), KeyPattern::default()).unwrap();
        let mut corpus = Corpus::default();
        corpus.push(Arc::new(segment));
        let paper = corpus.get(PaperId(4)).unwrap();
        assert_eq!((paper.title, paper.venue, paper.year), ("Über 4", "Venue 1", Some(2000)));
        assert_eq!(corpus.abstract_text(PaperId(4)).unwrap(), "140..150");
    }

    #[test]
    fn what_is_held_in_memory_is_not_packed() {
        assert!(!SegmentBuilder::default().seal().pack(&mut Vec::new()));
    }

    proptest! {
        #[test]
        fn damaged_bytes_are_no_segment_or_one_that_can_be_read(
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = packed(5);
            *at.get_mut(&mut bytes) = byte;
            bytes.truncate(cut.index(2 * bytes.len()));
            if let Ok(segment) = Segment::unpack(&bytes, Arc::new(Store), KeyPattern::default()) {
                for row in 0..segment.len() {
                    let _ = (segment.paper(row), segment.folded().record(row));
                    let _ = (segment.initials().record(row), segment.abstract_text(row));
                }
            }
        }
    }
}
