//! Spills abstracts that cannot be read again from their source, such as those of pipes and
//! compressed files. The first [`MAX_BYTES_IN_MEMORY`] bytes stay in memory; the rest goes to a
//! temporary file in the cache directory, which is unnamed, private, and removed when the process
//! ends, even by a crash.

use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::{AbstractStore, KeyPattern, Segment, SegmentBuilder};
use crate::sources::disk::{format_bytes, free_bytes, io_reason, read_exact_at, write_all_at};
use crate::text::display_path;

/// Abstracts held in memory before spilling begins, in bytes. Counts the displayed and the folded
/// text.
const MAX_BYTES_IN_MEMORY: usize = if cfg!(test) { 64 << 10 } else { 16 << 20 };
/// Number of bytes written to the spill file at a time.
const WRITE_LEN: usize = if cfg!(test) { 16 << 10 } else { 1 << 20 };

/// Decides if abstracts stay in memory or are spilled.
#[derive(Debug)]
pub struct AbstractSpiller {
    /// The cache directory; `None` if there is none or it could not be used.
    directory: Option<PathBuf>,
    bytes_in_memory: usize,
    file: Option<Arc<SpillFile>>,
    /// Pattern of the citation keys of the segments.
    key_pattern: KeyPattern,
}

impl AbstractSpiller {
    pub fn new(directory: Option<&Path>, keys: KeyPattern) -> Self {
        Self {
            directory: directory.map(Path::to_owned),
            bytes_in_memory: 0,
            file: None,
            key_pattern: keys,
        }
    }

    /// Creates a builder for the next segment.
    pub fn builder(&self) -> SegmentBuilder {
        let builder = match &self.file {
            Some(spill) => SegmentBuilder::with_store(Arc::clone(spill) as _),
            None => SegmentBuilder::default(),
        };
        builder.with_key_pattern(self.key_pattern.clone())
    }

    /// Clears and returns a builder whose papers are sealed, to reuse its memory; creates one if
    /// `used` is `None`.
    pub fn reuse_builder(&self, used: Option<SegmentBuilder>) -> SegmentBuilder {
        let Some(mut used) = used else { return self.builder() };
        used.clear();
        used
    }

    pub fn is_spilling(&self) -> bool {
        self.file.is_some()
    }

    /// Adds an abstract to the spill file. Returns its byte range, or an empty range if it stays in
    /// memory.
    pub fn append(&self, abstract_text: &str) -> Range<u64> {
        self.file.as_ref().map_or(0..0, |it| it.append(abstract_text))
    }

    /// Moves the abstracts of a builder to the spill file, if spilling has begun.
    pub fn move_abstracts(&self, part: &mut SegmentBuilder) {
        if let Some(spill) = &self.file {
            part.move_abstracts_to_store(Arc::clone(spill) as _, &mut |text| spill.append(text));
        }
    }

    /// Counts the bytes of a sealed segment and begins to spill at the limit. The caller must then
    /// use a new builder. Returns a notice, once, if the file cannot be created or written.
    pub fn after_seal(&mut self, segment: &Segment) -> Option<String> {
        if let Some(spill) = &self.file {
            return spill.take_failure();
        }
        let abstracts = segment.abstracts();
        self.bytes_in_memory +=
            if abstracts.byte_range().is_none() { abstracts.heap_bytes() } else { 0 };
        // `take_if` clears the directory, so that a failed attempt is not repeated.
        let directory = self.directory.take_if(|_| self.bytes_in_memory >= MAX_BYTES_IN_MEMORY)?;
        match SpillFile::create(&directory) {
            Ok(spill) => {
                self.file = Some(Arc::new(spill));
                None
            }
            Err(cause) => Some(notice(&write_error(&directory, &cause))),
        }
    }
}

fn notice(reason: &str) -> String {
    format!("Abstracts stay in memory: {reason}")
}

fn write_error(directory: &Path, cause: &io::Error) -> String {
    format!("{}: {}", display_path(directory), io_reason(cause))
}

/// A temporary file of concatenated abstracts.
#[derive(Debug)]
struct SpillFile {
    file: File,
    directory: PathBuf,
    /// Maximum length of the file, in bytes.
    max_len: u64,
    lock_buffer: Mutex<SpillBuffer>,
}

/// Bytes buffered but not yet written to the spill file.
#[derive(Debug, Default)]
struct SpillBuffer {
    /// Offset of the buffer in the file.
    offset: u64,
    text: Vec<u8>,
    failure: SpillFailure,
}

/// State of a write failure. After a failure, new abstracts stay in the buffer.
#[derive(Debug, Default)]
enum SpillFailure {
    #[default]
    Absent,
    Unreported(String),
    Reported,
}

impl SpillFile {
    fn create(directory: &Path) -> io::Result<Self> {
        fs::create_dir_all(directory)?;
        // Half of the free space remains free.
        let max_len = free_bytes(directory).map_or(u64::MAX, |it| it / 2);
        Ok(Self::new(tempfile::tempfile_in(directory)?, directory, max_len))
    }

    fn new(file: File, directory: &Path, max_len: u64) -> Self {
        Self { file, directory: directory.to_owned(), max_len, lock_buffer: Mutex::default() }
    }

    /// Appends an abstract and returns its byte range.
    fn append(&self, text: &str) -> Range<u64> {
        let mut buffer = self.buffer();
        let start = buffer.offset + buffer.text.len() as u64;
        buffer.text.extend_from_slice(text.as_bytes());
        if buffer.text.len() >= WRITE_LEN && matches!(buffer.failure, SpillFailure::Absent) {
            self.write(&mut buffer);
        }
        start..start + text.len() as u64
    }

    fn write(&self, buffer: &mut SpillBuffer) {
        let next = buffer.offset + buffer.text.len() as u64;
        let result = if next > self.max_len {
            let free = format_bytes(self.max_len.saturating_mul(2));
            Err(format!("{}: only {free} free", display_path(&self.directory)))
        } else {
            let result = write_all_at(&self.file, &buffer.text, buffer.offset);
            result.map_err(|cause| write_error(&self.directory, &cause))
        };
        match result {
            Ok(()) => {
                buffer.offset = next;
                buffer.text.clear();
            }
            Err(reason) => buffer.failure = SpillFailure::Unreported(notice(&reason)),
        }
    }

    /// Returns the reason of a write failure on the first call after it.
    fn take_failure(&self) -> Option<String> {
        let failure = &mut self.buffer().failure;
        match std::mem::replace(failure, SpillFailure::Reported) {
            SpillFailure::Unreported(reason) => Some(reason),
            other => {
                *failure = other;
                None
            }
        }
    }

    fn buffer(&self) -> MutexGuard<'_, SpillBuffer> {
        self.lock_buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AbstractStore for SpillFile {
    fn read(&self, range: Range<u64>, _title: &str) -> Result<String, String> {
        let length = (range.end - range.start) as usize;
        let mut text = vec![0; length];
        let buffer = self.buffer();
        if range.start >= buffer.offset {
            let start = (range.start - buffer.offset) as usize;
            text.copy_from_slice(&buffer.text[start..start + length]);
        } else {
            drop(buffer);
            let directory = display_path(&self.directory);
            read_exact_at(&self.file, &mut text, range.start)
                .map_err(|cause| format!("abstracts in {directory}: {}", io_reason(&cause)))?;
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

#[cfg(test)]
mod tests;
