//! Display text of a segment, in memory or read on demand from the cache, a chunk of rows at a
//! time.
//!
//! Few papers are ever displayed, and their text is half of a segment. Text on disk is in chunks of
//! [`ROWS_PER_CHUNK`] rows, each read at once and verified then:
//!
//! ```text
//! chunk  the end of each of its records u32, little-endian; the records, each with its terminator
//! ```

use std::iter;
use std::sync::{Arc, OnceLock};

use super::text_column::TextColumn;
use crate::domain::index::layout::ReadAt;
use crate::domain::paper::record::RECORD_END;

/// The number of rows whose text is read together.
const ROWS_PER_CHUNK: u32 = 32;
/// The length in bytes of a record's end offset.
const OFFSET_LEN: usize = size_of::<u32>();

/// The display text of a segment's papers, one record per row.
#[derive(Debug)]
pub enum StoredText {
    InMemory(TextColumn),
    OnDisk(LazyText),
}

/// Text on disk. A chunk is read on first use and then stays in memory for as long as the segment.
#[derive(Debug)]
pub struct LazyText {
    store: Arc<dyn ReadAt>,
    rows: u32,
    chunks: Box<[TextChunk]>,
}

#[derive(Debug, Default)]
struct TextChunk {
    chunk_end: ChunkEnd,
    text: OnceLock<Box<TextColumn>>,
}

/// The end of a chunk, relative to the first chunk, and the CRC-32 of its bytes. Chunks are
/// contiguous.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChunkEnd {
    pub end: u32,
    pub crc: u32,
}

impl Default for StoredText {
    fn default() -> Self {
        Self::InMemory(TextColumn::default())
    }
}

impl StoredText {
    /// Returns the record of a row without its terminator. `recover` supplies it if the stored text
    /// is corrupt.
    pub fn record(&self, row: u32, recover: &dyn Fn(u32) -> String) -> &str {
        match self {
            Self::InMemory(column) => column.record(row),
            Self::OnDisk(lazy) => {
                lazy.chunk(row / ROWS_PER_CHUNK, recover).record(row % ROWS_PER_CHUNK)
            }
        }
    }

    /// Calls `visit` with the record of each row. Chunks that it reads are not kept in memory.
    pub fn for_each(
        &self,
        rows: impl Iterator<Item = u32>,
        recover: &dyn Fn(u32) -> String,
        mut visit: impl FnMut(u32, &str),
    ) {
        let lazy = match self {
            Self::InMemory(column) => return rows.for_each(|row| visit(row, column.record(row))),
            Self::OnDisk(lazy) => lazy,
        };
        let mut last = None;
        for row in rows {
            let number = row / ROWS_PER_CHUNK;
            if let Some(column) = lazy.chunks[number as usize].text.get() {
                visit(row, column.record(row % ROWS_PER_CHUNK));
                continue;
            }
            let (_, column) = match last.take() {
                Some(last @ (last_number, _)) if last_number == number => last,
                _ => (number, lazy.read_or_recover(number, recover)),
            };
            visit(row, column.record(row % ROWS_PER_CHUNK));
            last = Some((number, column));
        }
    }

    /// The number of rows.
    pub fn len(&self) -> u32 {
        match self {
            Self::InMemory(column) => column.len(),
            Self::OnDisk(lazy) => lazy.rows,
        }
    }

    /// The memory use in bytes.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::InMemory(column) => column.heap_bytes(),
            Self::OnDisk(LazyText { chunks, .. }) => {
                let read = chunks.iter().filter_map(|it| it.text.get());
                size_of_val(&**chunks)
                    + read.map(|it| size_of::<TextColumn>() + it.heap_bytes()).sum::<usize>()
            }
        }
    }

    /// The size on disk in bytes, or zero if the text is in memory.
    pub fn bytes_on_disk(&self) -> usize {
        match self {
            Self::InMemory(_) => 0,
            Self::OnDisk(LazyText { chunks, .. }) => {
                chunks.last().map_or(0, |it| it.chunk_end.end as usize)
            }
        }
    }

    /// Appends all text in chunks, and returns the end and checksum of each chunk.
    pub fn pack(&self, bytes: &mut Vec<u8>, recover: &dyn Fn(u32) -> String) -> Vec<ChunkEnd> {
        let (start, len) = (bytes.len(), self.len());
        let mut chunk_ends = Vec::new();
        for first in (0..len).step_by(ROWS_PER_CHUNK as usize) {
            let rows = first..len.min(first + ROWS_PER_CHUNK);
            let (from, mut text) = (bytes.len(), String::new());
            self.for_each(rows, recover, |_, record| {
                text.push_str(record);
                text.push(RECORD_END);
                bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
            });
            bytes.extend_from_slice(text.as_bytes());
            let check = crc32fast::hash(&bytes[from..]);
            chunk_ends.push(ChunkEnd { end: (bytes.len() - start) as u32, crc: check });
        }
        chunk_ends
    }
}

impl LazyText {
    /// Creates the text of `rows` rows. Returns `None` if the number or order of the chunks does
    /// not match.
    pub fn new(store: Arc<dyn ReadAt>, rows: u32, chunk_ends: &[ChunkEnd]) -> Option<Self> {
        let is_sound = chunk_ends.len() as u32 == rows.div_ceil(ROWS_PER_CHUNK)
            && chunk_ends.is_sorted_by_key(|chunk_end| chunk_end.end);
        let chunk =
            |chunk_end: &ChunkEnd| TextChunk { chunk_end: *chunk_end, text: OnceLock::new() };
        is_sound.then(|| Self { store, rows, chunks: chunk_ends.iter().map(chunk).collect() })
    }

    fn chunk(&self, number: u32, recover: &dyn Fn(u32) -> String) -> &TextColumn {
        let chunk = &self.chunks[number as usize];
        chunk.text.get_or_init(|| Box::new(self.read_or_recover(number, recover)))
    }

    fn read_or_recover(&self, number: u32, recover: &dyn Fn(u32) -> String) -> TextColumn {
        let first = number * ROWS_PER_CHUNK;
        let rows = first..self.rows.min(first + ROWS_PER_CHUNK);
        self.read_chunk(number, rows.len())
            .unwrap_or_else(|| TextColumn::from_records(rows.map(recover)))
    }

    /// Returns `None` if the chunk cannot be read or its checksum differs.
    fn read_chunk(&self, number: u32, rows: usize) -> Option<TextColumn> {
        let number = number as usize;
        let ChunkEnd { end, crc: check } = self.chunks[number].chunk_end;
        let start = number.checked_sub(1).map_or(0, |previous| self.chunks[previous].chunk_end.end);
        let bytes = self.store.read(start as usize..end as usize).ok()?;
        if crc32fast::hash(&bytes) != check {
            return None;
        }
        let (ends, text) = bytes.split_at_checked(rows * OFFSET_LEN)?;
        let (ends, _) = ends.as_chunks();
        let starts = iter::once(0).chain(ends.iter().map(|it| u32::from_le_bytes(*it)));
        TextColumn::new(str::from_utf8(text).ok()?, starts.collect())
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

    fn stored_records(records: &[String]) -> (Vec<u8>, Vec<ChunkEnd>) {
        let mut bytes = Vec::new();
        let in_memory = StoredText::InMemory(TextColumn::from_records(records.iter().cloned()));
        let chunk_ends = in_memory.pack(&mut bytes, &|row| panic!("{row} is in memory"));
        (bytes, chunk_ends)
    }

    fn open(bytes: Vec<u8>, rows: usize, chunk_ends: &[ChunkEnd]) -> StoredText {
        let store: Box<[u8]> = bytes.into();
        StoredText::OnDisk(LazyText::new(Arc::new(store), rows as u32, chunk_ends).unwrap())
    }

    proptest! {
        #[test]
        fn text_is_the_same_in_whatever_order_it_is_looked_at(
            records in records(),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        ) {
            let (bytes, chunk_ends) = stored_records(&records);
            let stored = open(bytes.clone(), records.len(), &chunk_ends);
            let no_recovery = |row: u32| -> String { panic!("{row} is as it was written") };
            let rows: Vec<u32> = match records.len() {
                0 => Vec::new(),
                len => order.iter().map(|it| it.index(len) as u32).collect(),
            };
            for batch in rows.chunks(7) {
                let mut visited = Vec::new();
                stored.for_each(batch.iter().copied(), &no_recovery, |row, it| visited.push((row, it.to_owned())));
                for (&row, (visited_row, record)) in batch.iter().zip(&visited) {
                    prop_assert_eq!((row, &records[row as usize]), (*visited_row, record));
                }
                prop_assert_eq!(visited.len(), batch.len());
                if let Some(&row) = batch.first() {
                    prop_assert_eq!(stored.record(row, &no_recovery), &records[row as usize]);
                }
            }
            let mut packed = Vec::new();
            stored.pack(&mut packed, &no_recovery);
            prop_assert_eq!((packed, stored.bytes_on_disk()), (bytes.clone(), bytes.len()));
        }

        #[test]
        fn what_is_damaged_is_asked_for_again_and_nothing_else_is(
            records in records().prop_filter("some", |it| !it.is_empty()),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u32,
            cut in any::<bool>(),
        ) {
            let (mut bytes, chunk_ends) = stored_records(&records);
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            let stored = open(bytes, records.len(), &chunk_ends);
            let first_corrupt = chunk_ends.partition_point(|it| it.end as usize <= at) as u32;
            let recover = |row: u32| {
                let chunk = row / ROWS_PER_CHUNK;
                assert!(if cut { chunk >= first_corrupt } else { chunk == first_corrupt }, "{row}");
                records[row as usize].clone()
            };
            for (row, record) in records.iter().enumerate() {
                prop_assert_eq!(stored.record(row as u32, &recover), record);
            }
        }
    }

    #[test]
    fn only_what_was_looked_at_is_held() {
        let records = vec!["x".repeat(100); 100];
        let (bytes, chunk_ends) = stored_records(&records);
        let stored = open(bytes, records.len(), &chunk_ends);
        let (bytes_before, no_recovery) =
            (stored.heap_bytes(), |_: u32| -> String { unreachable!() });
        stored.for_each(0..100, &no_recovery, |_, it| assert_eq!(it.len(), 100));
        assert_eq!(stored.heap_bytes(), bytes_before);
        assert_eq!(stored.record(40, &no_recovery), records[40]);
        let bytes_read = stored.heap_bytes() - bytes_before;
        assert!((3200..4000).contains(&bytes_read), "{bytes_read}");
    }

    /// A source that cannot be read.
    #[derive(Debug)]
    struct Nowhere;

    impl ReadAt for Nowhere {
        fn bytes_in_memory(&self) -> usize {
            0
        }

        fn read(&self, _: std::ops::Range<usize>) -> std::io::Result<Cow<'_, [u8]>> {
            Err(std::io::ErrorKind::Other.into())
        }
    }

    #[test]
    fn chunk_ends_that_do_not_fit_the_rows_are_none() {
        let chunk_end = |end| ChunkEnd { end, crc: 0 };
        let new =
            |rows, chunk_ends: &[ChunkEnd]| LazyText::new(Arc::new(Nowhere), rows, chunk_ends);
        assert!(new(33, &[chunk_end(1), chunk_end(2)]).is_some());
        assert!(new(32, &[chunk_end(1), chunk_end(2)]).is_none());
        assert!(new(33, &[chunk_end(2), chunk_end(1)]).is_none());
        let stored = StoredText::OnDisk(new(2, &[chunk_end(9)]).unwrap());
        assert_eq!(stored.record(1, &|row| format!("row {row}")), "row 1");
    }
}
