//! Abstracts of what cannot be read again where it lies, as a pipe or what is packed: so many are
//! held in memory, and the rest is put into a file in the directory of the cache. It has no name
//! there, is its owner's alone, and is gone with the program, however that ends.

use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::{AbstractStore, KeyPattern, Segment, SegmentBuilder};
use crate::sources::disk::positional_io::{read_exact_at, write_all_at};
use crate::sources::disk::space::{format_bytes, free_bytes};
use crate::text::display_path;

/// So many bytes are held, as they are shown and as they are searched.
const MAX_BYTES_IN_MEMORY: usize = if cfg!(test) { 64 << 10 } else { 16 << 20 };
/// So many are written at a time.
const WRITE_LEN: usize = if cfg!(test) { 16 << 10 } else { 1 << 20 };

/// Where the abstracts go of what is being read.
#[derive(Debug)]
pub struct AbstractSpiller {
    /// The directory of the cache, if there is one.
    directory: Option<PathBuf>,
    bytes_in_memory: usize,
    file: Option<Arc<SpillFile>>,
    /// What citation keys are made of.
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

    /// Takes the papers of a segment.
    pub fn builder(&self) -> SegmentBuilder {
        let builder = match &self.file {
            Some(spill) => SegmentBuilder::with_store(Arc::clone(spill) as _),
            None => SegmentBuilder::default(),
        };
        builder.with_key_pattern(self.key_pattern.clone())
    }

    /// The same, in the room of one whose papers are sealed.
    pub fn reuse_builder(&self, used: Option<SegmentBuilder>) -> SegmentBuilder {
        let Some(mut used) = used else { return self.builder() };
        used.clear();
        used
    }

    pub fn is_spilling(&self) -> bool {
        self.file.is_some()
    }

    /// The place of an abstract that is about to be added to such a builder.
    pub fn append(&self, abstract_text: &str) -> Range<u64> {
        self.file.as_ref().map_or(0..0, |it| it.append(abstract_text))
    }

    /// Has the abstracts of a builder lie where others of their segment do.
    pub fn move_abstracts(&self, part: &mut SegmentBuilder) {
        if let Some(spill) = &self.file {
            part.move_abstracts_to_store(Arc::clone(spill) as _, &mut |text| spill.append(text));
        }
    }

    /// Counts what is held by a segment, and begins to spill once that is enough: the next builder is
    /// another then. Tells, once, why it cannot be done.
    pub fn after_seal(&mut self, segment: &Segment) -> Option<String> {
        if let Some(spill) = &self.file {
            return spill.take_failure();
        }
        let abstracts = segment.abstracts();
        self.bytes_in_memory +=
            if abstracts.byte_range().is_none() { abstracts.heap_bytes() } else { 0 };
        // Where it cannot be done it is not tried again.
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

fn notice(why: &str) -> String {
    format!("Nothing is lost, but abstracts stay in memory: {why}.")
}

fn write_error(directory: &Path, cause: &io::Error) -> String {
    format!("{} cannot be written: {cause}", display_path(directory))
}

/// A file of abstracts, one after the other.
#[derive(Debug)]
struct SpillFile {
    file: File,
    directory: PathBuf,
    /// What the file may take of the disk.
    max_len: u64,
    lock_buffer: Mutex<SpillBuffer>,
}

/// What is still to be written, or will never be.
#[derive(Debug, Default)]
struct SpillBuffer {
    /// Where it begins.
    offset: u64,
    text: Vec<u8>,
    failure: SpillFailure,
}

/// Whether the file can be written.
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
        // Half of what is free stays free.
        let room = free_bytes(directory).map_or(u64::MAX, |it| it / 2);
        Ok(Self::new(tempfile::tempfile_in(directory)?, directory, room))
    }

    fn new(file: File, directory: &Path, room: u64) -> Self {
        Self { file, directory: directory.to_owned(), max_len: room, lock_buffer: Mutex::default() }
    }

    /// Adds an abstract and returns where it lies.
    fn append(&self, text: &str) -> Range<u64> {
        let mut end = self.end();
        let start = end.offset + end.text.len() as u64;
        end.text.extend_from_slice(text.as_bytes());
        if end.text.len() >= WRITE_LEN && matches!(end.failure, SpillFailure::Absent) {
            self.write(&mut end);
        }
        start..start + text.len() as u64
    }

    fn write(&self, end: &mut SpillBuffer) {
        let next = end.offset + end.text.len() as u64;
        let written = if next > self.max_len {
            let room = format_bytes(self.max_len.saturating_mul(2));
            Err(format!("only {room} were free in {}", display_path(&self.directory)))
        } else {
            let written = write_all_at(&self.file, &end.text, end.offset);
            written.map_err(|cause| write_error(&self.directory, &cause))
        };
        match written {
            Ok(()) => {
                end.offset = next;
                end.text.clear();
            }
            Err(why) => end.failure = SpillFailure::Unreported(notice(&why)),
        }
    }

    /// Why what is put here stays in memory from now on, the first time it is asked for.
    fn take_failure(&self) -> Option<String> {
        let trouble = &mut self.end().failure;
        match std::mem::replace(trouble, SpillFailure::Reported) {
            SpillFailure::Unreported(why) => Some(why),
            other => {
                *trouble = other;
                None
            }
        }
    }

    fn end(&self) -> MutexGuard<'_, SpillBuffer> {
        self.lock_buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AbstractStore for SpillFile {
    fn read(&self, place: Range<u64>, _title: &str) -> Result<String, String> {
        let length = (place.end - place.start) as usize;
        let mut text = vec![0; length];
        let end = self.end();
        if place.start >= end.offset {
            let start = (place.start - end.offset) as usize;
            text.copy_from_slice(&end.text[start..start + length]);
        } else {
            drop(end);
            let directory = display_path(&self.directory);
            read_exact_at(&self.file, &mut text, place.start)
                .map_err(|cause| format!("the abstracts in {directory} cannot be read: {cause}"))?;
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

#[cfg(test)]
mod tests;
