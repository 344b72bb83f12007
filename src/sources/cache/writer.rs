//! Writes cache entries.

use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

use super::directory::Cache;
use super::manifest::{MAGIC, Manifest, SourceKey};
use super::section::Section;
use crate::domain::{KeyPattern, SEGMENT_VERSION, Segment};
use crate::sources::atomic_file::{self, AtomicFile, FileAccess};
use crate::sources::disk::{format_bytes, free_bytes, io_reason};
use crate::text::display_path;

/// Maximum number of defects of a cached source. A file with more is hardly one of papers.
const MAX_DEFECTS: usize = 10_000;

/// Reasons why no entry was written. The first four are not reported to the reader.
#[derive(Debug, thiserror::Error)]
pub enum SkipReason {
    #[error("another process is writing it")]
    Locked,
    #[error("the file changed")]
    SourceChanged,
    #[error("cancelled")]
    Cancelled,
    #[error("not worth a cache entry")]
    Unsuitable,
    #[error("Not cached: needs {}, limit {}", format_bytes(*.bytes), format_bytes(*.max))]
    TooLarge { bytes: u64, max: u64 },
    #[error("Not cached: needs {}, {directory} has {} free", format_bytes(*.bytes), format_bytes(*.free))]
    NoRoom { bytes: u64, free: u64, directory: String },
    #[error("Not cached: {directory}: {}", io_reason(.cause))]
    Write { directory: String, cause: io::Error },
}

/// The result of a load, to be cached.
pub struct CacheInput<'a> {
    pub source_key: SourceKey,
    pub key_pattern: &'a KeyPattern,
    pub segments: &'a [Arc<Segment>],
    /// Links between records: (later record, first record of the same paper).
    pub links: &'a [(u32, u32)],
    /// Line numbers of unreadable records, each with the reason.
    pub defects: Vec<(u64, String)>,
}

impl Cache {
    /// Makes room for an entry of `bytes` bytes by evicting the least recently used entries.
    ///
    /// # Errors
    ///
    /// Returns an error if the entry exceeds the limit of the cache, the disk is too full, or the
    /// directory cannot be read or written.
    pub fn make_room(&self, bytes: u64) -> Result<(), SkipReason> {
        if bytes > self.max_bytes {
            return Err(SkipReason::TooLarge { bytes, max: self.max_bytes });
        }
        let failed = |cause| self.write_failure(cause);
        fs::create_dir_all(&self.directory).map_err(failed)?;
        atomic_file::remove_leftovers(&self.directory).map_err(failed)?;
        let mut total_bytes = bytes;
        for entry in self.list().map_err(failed)? {
            total_bytes += entry.bytes;
            if total_bytes > self.max_bytes {
                total_bytes -= entry.bytes;
                entry.remove().map_err(failed)?;
            }
        }
        // Half of the free space remains free.
        match free_bytes(&self.directory) {
            Some(free) if free / 2 < bytes => {
                Err(SkipReason::NoRoom { bytes, free, directory: self.display_directory() })
            }
            _ => Ok(()),
        }
    }

    /// Writes an entry, unless cancelled.
    ///
    /// # Errors
    ///
    /// Returns an error if the source has too many defects or has changed, another process is
    /// writing the entry, writing fails, or it was cancelled.
    pub fn write_entry(
        &self,
        input: CacheInput<'_>,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<(), SkipReason> {
        if input.defects.len() > MAX_DEFECTS {
            return Err(SkipReason::Unsuitable);
        }
        let path = self.path(&input.source_key);
        let mut file = AtomicFile::create_exclusive(&path, FileAccess::Private)
            .map_err(|cause| SkipReason::Write { directory: display_path(&path), cause })?
            .ok_or(SkipReason::Locked)?;
        let source_key = input.source_key.clone();
        write(&mut file, input, is_cancelled).map_err(|error| match error {
            WriteError::Skipped(reason) => reason,
            WriteError::Io(cause) => self.write_failure(cause),
        })?;
        if !source_key.is_fresh() {
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

/// Error that ended writing.
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

/// Writes all sections of an entry to `file`.
pub fn write(
    file: &mut dyn Write,
    input: CacheInput<'_>,
    is_cancelled: &dyn Fn() -> bool,
) -> Result<(), WriteError> {
    let mut output = SectionWriter::new(file);
    output.write_section(&MAGIC)?;
    let (mut segments, mut texts) = (Vec::new(), Vec::new());
    let (mut bytes, mut text) = (Vec::new(), Vec::new());
    for segment in input.segments {
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
    for (duplicate, first) in input.links {
        bytes.extend_from_slice(&duplicate.to_le_bytes());
        bytes.extend_from_slice(&first.to_le_bytes());
    }
    let links = output.write_section(&bytes)?;
    output.finish(&Manifest {
        version: SEGMENT_VERSION,
        source_key: input.source_key,
        key_pattern: input.key_pattern.source().to_owned(),
        papers: input.segments.iter().map(|it| it.len()).sum(),
        segments,
        texts,
        links,
        defects: input.defects,
    })?;
    Ok(())
}

/// Writes sections one after the other and tracks their offsets.
pub struct SectionWriter<'a> {
    file: &'a mut dyn Write,
    offset: u64,
}

impl<'a> SectionWriter<'a> {
    pub fn new(file: &'a mut dyn Write) -> Self {
        Self { file, offset: 0 }
    }

    /// Writes the manifest and the trailer.
    pub fn finish(mut self, contents: &Manifest) -> io::Result<()> {
        let contents = serde_json::to_vec(contents)?;
        let Section { offset, length, crc32: check } = self.write_section(&contents)?;
        self.write_section(&offset.to_le_bytes())?;
        self.write_section(&length.to_le_bytes())?;
        self.write_section(&check.to_le_bytes())?;
        self.write_section(&MAGIC)?;
        self.file.flush()
    }

    /// Appends a section; returns its range and checksum.
    pub fn write_section(&mut self, bytes: &[u8]) -> io::Result<Section> {
        let part = Section::new(self.offset, bytes);
        self.file.write_all(bytes)?;
        self.offset += part.length;
        Ok(part)
    }
}
