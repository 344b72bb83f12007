//! Writing an entry.

use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

use super::directory::Cache;
use super::manifest::{MAGIC, Manifest, SourceKey};
use super::section::Section;
use crate::domain::{KeyPattern, SEGMENT_VERSION, Segment};
use crate::sources::atomic_file::{self, AtomicFile, FileAccess};
use crate::sources::disk::space::{format_bytes, free_bytes};
use crate::text::display_path;

/// More defects than these are no cache worth having.
const MAX_DEFECTS: usize = 10_000;

/// Why there is no entry. The first four are no reason to tell anyone.
#[derive(Debug, thiserror::Error)]
pub enum SkipReason {
    #[error("another run is writing it")]
    Locked,
    #[error("the file has changed meanwhile")]
    SourceChanged,
    #[error("the program ends")]
    Cancelled,
    #[error("it is not worth it")]
    Unsuitable,
    #[error("no cache of {} was written: it may take {} at most", format_bytes(*.bytes), format_bytes(*.max))]
    TooLarge { bytes: u64, max: u64 },
    #[error("no cache of {} was written: only {} are free in {directory}", format_bytes(*.bytes), format_bytes(*.free))]
    NoRoom { bytes: u64, free: u64, directory: String },
    #[error("the cache could not be written to {directory}: {cause}")]
    Write { directory: String, cause: io::Error },
}

/// What a load hands over to be kept.
pub struct CacheInput<'a> {
    pub source_key: SourceKey,
    pub key_pattern: &'a KeyPattern,
    pub segments: &'a [Arc<Segment>],
    /// Later records of papers with the first, as numbers of papers.
    pub links: &'a [(u32, u32)],
    /// Lines that could not be read, and why.
    pub defects: Vec<(u64, String)>,
}

impl Cache {
    /// Makes sure that there is room for an entry of about so many bytes, in the directory and
    /// beside what others take of it: those that were used last stay.
    ///
    /// # Errors
    ///
    /// When the entry is larger than the cache may be, the disk is too full, or the directory cannot be read.
    pub fn make_room(&self, bytes: u64) -> Result<(), SkipReason> {
        if bytes > self.max_bytes {
            return Err(SkipReason::TooLarge { bytes, max: self.max_bytes });
        }
        let failed = |cause| self.write_failure(cause);
        fs::create_dir_all(&self.directory).map_err(failed)?;
        atomic_file::remove_leftovers(&self.directory).map_err(failed)?;
        let mut taken = bytes;
        for entry in self.list().map_err(failed)? {
            taken += entry.bytes;
            if taken > self.max_bytes {
                taken -= entry.bytes;
                entry.remove().map_err(failed)?;
            }
        }
        // Half of what is free stays free.
        match free_bytes(&self.directory) {
            Some(free) if free / 2 < bytes => {
                Err(SkipReason::NoRoom { bytes, free, directory: self.display_directory() })
            }
            _ => Ok(()),
        }
    }

    /// Writes the entry, unless it is cancelled.
    ///
    /// # Errors
    ///
    /// When the source has too many defects, the entry cannot be written, or it was cancelled.
    pub fn write_entry(
        &self,
        kept: CacheInput<'_>,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<(), SkipReason> {
        if kept.defects.len() > MAX_DEFECTS {
            return Err(SkipReason::Unsuitable);
        }
        let path = self.path(&kept.source_key);
        let mut file = AtomicFile::create_exclusive(&path, FileAccess::Private)
            .map_err(|cause| SkipReason::Write { directory: display_path(&path), cause })?
            .ok_or(SkipReason::Locked)?;
        let origin = kept.source_key.clone();
        write(&mut file, kept, is_cancelled).map_err(|error| match error {
            WriteError::Skipped(why) => why,
            WriteError::Io(cause) => self.write_failure(cause),
        })?;
        if !origin.is_fresh() {
            return Err(SkipReason::SourceChanged);
        }
        file.commit().map_err(|cause| self.write_failure(cause))
    }

    fn write_failure(&self, cause: io::Error) -> SkipReason {
        SkipReason::Write { directory: self.display_directory(), cause }
    }

    fn display_directory(&self) -> String {
        display_path(&self.directory)
    }
}

/// What ended the writing.
#[derive(Debug)]
pub enum WriteError {
    Skipped(SkipReason),
    Io(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

pub fn write(
    file: &mut dyn Write,
    kept: CacheInput<'_>,
    is_cancelled: &dyn Fn() -> bool,
) -> Result<(), WriteError> {
    let mut output = SectionWriter::new(file);
    output.write_section(&MAGIC)?;
    let (mut segments, mut texts) = (Vec::new(), Vec::new());
    let (mut bytes, mut text) = (Vec::new(), Vec::new());
    for segment in kept.segments {
        if is_cancelled() {
            return Err(WriteError::Skipped(SkipReason::Cancelled));
        }
        bytes.clear();
        text.clear();
        if !segment.encode(&mut bytes, &mut text) {
            return Err(WriteError::Skipped(SkipReason::Unsuitable));
        }
        segments.push(output.write_section(&bytes)?);
        texts.push(output.write_section(&text)?);
    }
    bytes.clear();
    for (later, first) in kept.links {
        bytes.extend_from_slice(&later.to_le_bytes());
        bytes.extend_from_slice(&first.to_le_bytes());
    }
    let links = output.write_section(&bytes)?;
    output.finish(&Manifest {
        version: SEGMENT_VERSION,
        source_key: kept.source_key,
        key_pattern: kept.key_pattern.source().to_owned(),
        papers: kept.segments.iter().map(|it| it.len()).sum(),
        segments,
        texts,
        links,
        defects: kept.defects,
    })?;
    Ok(())
}

pub struct SectionWriter<'a> {
    file: &'a mut dyn Write,
    offset: u64,
}

impl<'a> SectionWriter<'a> {
    pub fn new(file: &'a mut dyn Write) -> Self {
        Self { file, offset: 0 }
    }

    /// Writes the contents and where they are, and all that is still to be written.
    pub fn finish(mut self, contents: &Manifest) -> io::Result<()> {
        let contents = serde_json::to_vec(contents)?;
        let Section { offset, length, crc32: check } = self.write_section(&contents)?;
        self.write_section(&offset.to_le_bytes())?;
        self.write_section(&length.to_le_bytes())?;
        self.write_section(&check.to_le_bytes())?;
        self.write_section(&MAGIC)?;
        self.file.flush()
    }

    pub fn write_section(&mut self, bytes: &[u8]) -> io::Result<Section> {
        let part = Section::new(self.offset, bytes);
        self.file.write_all(bytes)?;
        self.offset += part.length;
        Ok(part)
    }
}
