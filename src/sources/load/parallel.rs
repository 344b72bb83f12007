//! Reads a file with one record a line on all threads. The file is divided into chunks at line
//! ends, which are parsed and folded in parallel and reassembled in order.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::outcome::LoadOutcome;

use super::segmenter::Segmenter;
use crate::domain::{AbstractStore, KeyPattern, SegmentBuilder};
use crate::formats::{AbstractMode, Defect, MAX_LINE, read_chunk};
use crate::sources::abstracts::source_file::SourceFile;
use crate::sources::cache::reader::CacheEntry;
use crate::sources::open::contents::LARGE_FILE_LEN;

/// Length of the first chunks, in bytes. Short, so that the first papers are shown early.
const FIRST_CHUNK_LEN: u64 = 64 << 10;
/// Maximum length of a chunk, in bytes.
const MAX_CHUNK_LEN: u64 = 1 << 20;
/// Number of chunks of one length; the next ones are twice as long.
const CHUNKS_PER_LEN: usize = 4;
/// Number of chunks that each thread parses ahead of the reassembly.
const READ_AHEAD_CHUNKS: usize = 8;
/// Number of bytes read at a time beyond a chunk, to find the end of its last line.
const LINE_END_READ_LEN: u64 = 16 << 10;

/// Reader of JSON Lines that uses all threads.
pub struct ParallelReader {
    file: Arc<SourceFile>,
    size: u64,
    /// Length of the first chunks and maximum length, in bytes.
    chunk_lens: [u64; 2],
    abstracts: AbstractMode,
    key_pattern: KeyPattern,
}

/// The parsed records of a chunk.
struct ReadChunk {
    builders: Vec<SegmentBuilder>,
    defects: Vec<Defect>,
    lines: u64,
}

impl ParallelReader {
    /// Creates a reader of a file of `size` bytes.
    pub fn new(records: SourceFile, size: u64, keys: KeyPattern) -> Self {
        let abstracts =
            if size >= LARGE_FILE_LEN { AbstractMode::Skip } else { AbstractMode::Read };
        Self {
            file: Arc::new(records),
            size,
            chunk_lens: [FIRST_CHUNK_LEN, MAX_CHUNK_LEN],
            abstracts,
            key_pattern: keys,
        }
    }

    /// Reads all records, those in the cache entry from there.
    pub fn read(
        &self,
        entry: Option<&CacheEntry>,
        segmenter: &mut Segmenter<'_>,
    ) -> io::Result<LoadOutcome> {
        let Some(entry) = entry else { return self.read_from(0, 0, segmenter) };
        let Some(at) = self.read_cached(entry, segmenter) else {
            return Ok(LoadOutcome::FromCache);
        };
        // A corrupt segment only costs time: the rest is read from the file.
        let lines = self.count_lines_before(at)?;
        let defects = entry.manifest.defects.iter().filter(|(line, _)| *line <= lines);
        defects.for_each(|(line, reason)| segmenter.report(Defect::new(*line, reason)));
        self.read_from(at, lines, segmenter)
    }

    /// Reads the segments of a cache entry. Returns the offset in the file from which on they are
    /// corrupt; `None` if all were read.
    fn read_cached(&self, entry: &CacheEntry, segmenter: &mut Segmenter<'_>) -> Option<u64> {
        let store: Arc<dyn AbstractStore> = Arc::clone(&self.file) as _;
        let (mut next, mut at) = (0, 0);
        let mut buffers = vec![Vec::new(); rayon::current_num_threads()];
        while next < entry.segment_count() && !segmenter.wait_while_paused() {
            for segment in entry.read_segments(next, &mut buffers, &store, &self.key_pattern) {
                let Ok(segment) = segment else { return Some(at) };
                next += 1;
                at = segment.abstracts().byte_range().map_or(at, |it| it.end);
                segmenter.bytes_read = at;
                segmenter.push_segment(segment);
            }
        }
        segmenter.bytes_read = self.size;
        for (line, reason) in &entry.manifest.defects {
            segmenter.report(Defect::new(*line, reason));
        }
        None
    }

    fn count_lines_before(&self, end: u64) -> io::Result<u64> {
        let (mut buffer, mut offset, mut lines) = (Vec::new(), 0, 0);
        while offset < end {
            let next = end.min(offset + MAX_CHUNK_LEN);
            let mut read = 0;
            self.read_onto(offset..next, &mut buffer, &mut read)?;
            lines += memchr::memchr_iter(b'\n', &buffer[..read]).count() as u64;
            offset = next;
        }
        Ok(lines)
    }

    /// Reads the lines that begin at or after an offset; `lines` is the number of lines before it.
    fn read_from(
        &self,
        offset: u64,
        mut lines: u64,
        segmenter: &mut Segmenter<'_>,
    ) -> io::Result<LoadOutcome> {
        let (chunks, processors) = (self.chunks_from(offset), rayon::current_num_threads());
        thread::scope(|scope| {
            // Thread i of n parses chunks i, i+n, i+2n, …; this thread reassembles them in order.
            let read_every = |first| {
                let own_chunks = chunks.iter().skip(first).step_by(processors);
                let (sender, reader) = sync_channel(READ_AHEAD_CHUNKS);
                scope.spawn(move || {
                    let mut buffer = Vec::new();
                    let mut read_chunks = own_chunks.map(|it| self.read_chunk(it, &mut buffer));
                    read_chunks.try_for_each(|it| sender.send(it)).ok()
                });
                reader
            };
            let readers: Vec<Receiver<io::Result<ReadChunk>>> =
                (0..processors).map(read_every).collect();
            for (chunk, reader) in chunks.iter().zip(readers.iter().cycle()) {
                let Ok(parsed) = reader.recv() else { break };
                if segmenter.wait_while_paused() {
                    break;
                }
                segmenter.bytes_read = chunk.end;
                let parsed = parsed?;
                for defect in parsed.defects {
                    segmenter.report(Defect { line: defect.line + lines, ..defect });
                }
                lines += parsed.lines;
                parsed.builders.into_iter().for_each(|it| segmenter.push_builder(it));
            }
            Ok(LoadOutcome::FromSource)
        })
    }

    /// Returns the chunks from an offset on, short ones first.
    fn chunks_from(&self, mut start: u64) -> Vec<Range<u64>> {
        let [mut length, max_length] = self.chunk_lens;
        let mut chunks = Vec::new();
        while start < self.size {
            let end = self.size.min(start + length);
            chunks.push(start..end);
            start = end;
            if chunks.len().is_multiple_of(CHUNKS_PER_LEN) {
                length = (length * 2).min(max_length);
            }
        }
        chunks
    }

    /// Parses the lines that begin in a chunk.
    fn read_chunk(&self, chunk: &Range<u64>, buffer: &mut Vec<u8>) -> io::Result<ReadChunk> {
        let lines_range = self.read_lines(chunk, buffer)?;
        let start = chunk.start.saturating_sub(1) + lines_range.start as u64;
        let mut builders = vec![self.builder()];
        let mut defects = Vec::new();
        let lines = read_chunk(
            &buffer[lines_range],
            self.file.names(),
            self.abstracts,
            &mut |range, record| {
                let range = start + range.start as u64..start + range.end as u64;
                match record {
                    Ok(draft) => {
                        if builders.last().is_some_and(|it| it.len() == SegmentBuilder::CAPACITY) {
                            builders.push(self.builder());
                        }
                        if let Some(builder) = builders.last_mut() {
                            builder.push_stored(draft, range);
                        }
                    }
                    Err(defect) => defects.push(defect),
                }
            },
        );
        builders.retain(|it| !it.is_empty());
        Ok(ReadChunk { builders, defects, lines })
    }

    fn builder(&self) -> SegmentBuilder {
        let builder = match self.abstracts {
            AbstractMode::Skip => {
                let store: Arc<dyn AbstractStore> = Arc::clone(&self.file) as _;
                SegmentBuilder::with_store(store)
            }
            AbstractMode::Read => SegmentBuilder::default(),
        };
        builder.with_key_pattern(self.key_pattern.clone())
    }

    /// Fills the buffer with the lines that begin in a chunk, and returns their range in it. A line
    /// longer than [`MAX_LINE`] is truncated.
    fn read_lines(&self, chunk: &Range<u64>, buffer: &mut Vec<u8>) -> io::Result<Range<usize>> {
        // A line begins where the one before it ends, so the byte before the chunk is read too.
        let mut read = 0;
        self.read_onto(chunk.start.saturating_sub(1)..chunk.end, buffer, &mut read)?;
        let skipped = match chunk.start {
            0 => 0,
            _ => memchr::memchr(b'\n', &buffer[..read]).map_or(read, |it| it + 1),
        };
        let last_line = memchr::memrchr(b'\n', &buffer[skipped..read]);
        let last_line = skipped + last_line.map_or(0, |it| it + 1);
        let mut end = chunk.end;
        while last_line < read && end < self.size && read - last_line <= MAX_LINE {
            let (old_len, next) = (read, self.size.min(end + LINE_END_READ_LEN));
            self.read_onto(end..next, buffer, &mut read)?;
            if let Some(line_end) = memchr::memchr(b'\n', &buffer[old_len..read]) {
                return Ok(skipped..old_len + line_end + 1);
            }
            end = next;
        }
        Ok(skipped..read)
    }

    /// Appends a range of the file to the buffer, after the `read` bytes in it. The buffer never
    /// shrinks, because zeroing it again takes longer than it seems.
    fn read_onto(
        &self,
        range: Range<u64>,
        buffer: &mut Vec<u8>,
        read: &mut usize,
    ) -> io::Result<()> {
        let old_len = std::mem::replace(read, *read + (range.end - range.start) as usize);
        if buffer.len() < *read {
            buffer.resize(*read, 0);
        }
        self.file.read_at(range.start, &mut buffer[old_len..*read]).map_err(|error| {
            match error.kind() {
                io::ErrorKind::UnexpectedEof => io::Error::other("file shrank while being read"),
                _ => error,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::Corpus;
    use crate::formats::{FieldNames, Format, read};
    use crate::sources::abstracts::spill::AbstractSpiller;
    use crate::sources::load_control::LoadControl;
    use crate::sources::load_event::LoadEvent;

    /// Titles and abstracts of papers, and line numbers of defects.
    type ReadResult = (Vec<(String, String)>, Vec<u64>);

    fn read_in_parallel(text: &[u8], lengths: [u64; 2], abstracts: AbstractMode) -> ReadResult {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        let records =
            Arc::new(SourceFile::new(file, "a file".into(), Format::Jsonl, FieldNames::default()));
        let chunks = ParallelReader {
            file: records,
            size: text.len() as u64,
            chunk_lens: lengths,
            abstracts,
            key_pattern: KeyPattern::default(),
        };
        let (mut corpus, mut defects) = (Corpus::default(), Vec::new());
        let control = LoadControl::default();
        let mut post = |it| match it {
            LoadEvent::Segment(segment) => corpus.push(segment),
            LoadEvent::Defect(defect) => defects.push(defect.line),
            _ => {}
        };
        let spiller = AbstractSpiller::new(None, KeyPattern::default());
        let mut segmenter = Segmenter::new(None, spiller, &control, &mut post);
        chunks.read(None, &mut segmenter).unwrap();
        segmenter.finish();
        let abstract_of = |id| corpus.abstract_text(id).unwrap().into_owned();
        let papers = corpus.papers().map(|(id, it)| (it.title.to_owned(), abstract_of(id)));
        (papers.collect(), defects)
    }

    fn read_serially(mut text: &[u8]) -> ReadResult {
        let (mut papers, mut defects) = (Vec::new(), Vec::new());
        read(Format::Jsonl, &mut text, &mut |record| {
            match record {
                Ok(draft) => papers.push((draft.title, draft.abstract_text)),
                Err(defect) => defects.push(defect.line),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        (papers, defects)
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            (0..100_u32, "[a-z]{1,9}( [a-z]{1,9}){0,20}").prop_map(|(number, text)| {
                format!("{{\"title\":\"Paper {number}\",\"abstract\":\"{text}\"}}")
            }),
            Just(String::new()),
            Just("[".to_owned()),
            Just("{\"title\":\"broken".to_owned()),
            "[a-z]{1,20}\r?",
        ]
    }

    proptest! {
        #[test]
        fn lines_read_in_stretches_of_any_length_are_the_same(
            lines in prop::collection::vec(line(), 0..30),
            end in prop::sample::select(vec!["", "\n", "\n\n"]),
            lengths in [1..300_u64, 1..300_u64],
        ) {
            let text = lines.join("\n") + end;
            let expected = read_serially(text.as_bytes());
            for abstracts in [AbstractMode::Read, AbstractMode::Skip] {
                let result = read_in_parallel(text.as_bytes(), lengths, abstracts);
                prop_assert_eq!(&result, &expected, "{:?}", abstracts);
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_one_defect_and_reading_goes_on_behind_it() {
        let long_title = "x".repeat(MAX_LINE + 1);
        let text = format!("{{\"title\":\"A\"}}\n{long_title}\n{{\"title\":\"B\"}}\n{long_title}");
        let result =
            read_in_parallel(text.as_bytes(), [FIRST_CHUNK_LEN, MAX_CHUNK_LEN], AbstractMode::Skip);
        assert_eq!(result, read_serially(text.as_bytes()));
        assert_eq!((result.0.len(), result.1), (2, vec![2, 4]));
    }
}
