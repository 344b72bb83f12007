//! Word indexes of the segments of an entry, in a file next to it. Written once all indexes are
//! built, and then read on demand a block at a time.
//!
//! Valid while the source file is unchanged, as its entry is; saves building the indexes again at
//! the next start, and their memory.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::directory::{Cache, INDEX_EXTENSION};
use super::manifest::{MAGIC, Manifest, SourceKey};
use super::section::{FileSection, Section};
use super::writer::{SectionWriter, SkipReason, WriteError};
use crate::domain::{Corpus, InvertedIndex, SEGMENT_VERSION, Segment};
use crate::sources::atomic_file::{AtomicFile, FileAccess};
use crate::sources::disk::open_regular_for_reading;

/// Estimated size of the index, in bytes a paper. Used before the index exists.
pub const INDEX_BYTES_PER_PAPER: u64 = 140;

/// Destination for the word indexes of a corpus, fixed when its file is opened, so that a later
/// change of the file is detected.
#[derive(Debug)]
pub struct IndexSaver {
    pub cache: Cache,
    pub source_key: SourceKey,
}

impl IndexSaver {
    /// Saves the indexes and attaches the saved ones to the segments, which frees their memory.
    /// Indexes that cannot be saved stay in memory, and are built again at the next start.
    pub fn save(&self, corpus: &Corpus, is_cancelled: &dyn Fn() -> bool) {
        let segments: Vec<_> = corpus.segments().map(|(_, segment)| Arc::clone(segment)).collect();
        let is_whole = |it: &Arc<Segment>| it.word_index().is_some_and(|it| it.is_whole());
        // An index without its entry is useless.
        let entry = self.cache.find(&self.source_key);
        let is_fit = entry.is_some_and(|it| it.segment_count() == segments.len());
        if !is_fit || !self.cache.is_writable() || !segments.iter().all(is_whole) {
            return;
        }
        if self.write(&segments, is_cancelled).is_ok()
            && let Some(words) = self.cache.find_index(&self.source_key)
        {
            segments.iter().enumerate().for_each(|(number, it)| words.attach(number, it));
        }
    }

    fn write(
        &self,
        segments: &[Arc<Segment>],
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<(), WriteError> {
        let path = self.cache.index_path(&self.source_key);
        let file = AtomicFile::create_exclusive(&path, FileAccess::Private)?;
        let mut file = file.ok_or(WriteError::Skipped(SkipReason::Locked))?;
        let mut output = SectionWriter::new(&mut file);
        output.write_section(&MAGIC)?;
        let mut parts = Vec::new();
        for segment in segments {
            if is_cancelled() {
                return Err(WriteError::Skipped(SkipReason::Cancelled));
            }
            let index = segment.word_index().ok_or(WriteError::Skipped(SkipReason::Unsuitable))?;
            parts.push(output.write_section(&index.bytes()?)?);
        }
        output.finish(&Manifest {
            version: SEGMENT_VERSION,
            source_key: self.source_key.clone(),
            key_pattern: String::new(),
            papers: segments.iter().map(|it| it.len()).sum(),
            segments: parts,
            texts: Vec::new(),
            links: Section::default(),
            defects: Vec::new(),
        })?;
        if !self.source_key.is_fresh() {
            return Err(WriteError::Skipped(SkipReason::SourceChanged));
        }
        Ok(file.commit()?)
    }
}

/// A valid index file.
pub struct IndexFile {
    file: Arc<File>,
    length: u64,
    sections: Vec<Section>,
}

impl Cache {
    /// Returns the index file of a source, if there is a valid one.
    pub fn find_index(&self, source_key: &SourceKey) -> Option<IndexFile> {
        let file = open_regular_for_reading(&self.index_path(source_key)).ok()?;
        let length = file.metadata().ok()?.len();
        let contents = Manifest::from_file(&file).filter(|it| it.source_key == *source_key)?;
        Some(IndexFile { file: Arc::new(file), length, sections: contents.segments })
    }

    pub fn index_path(&self, source_key: &SourceKey) -> PathBuf {
        self.path(source_key).with_extension(INDEX_EXTENSION)
    }
}

impl IndexFile {
    /// Attaches the index to the segment with this number, if the file has a readable one. Its
    /// blocks are verified when they are read.
    pub fn attach(&self, number: usize, segment: &Segment) {
        let part = self.sections.get(number);
        let bytes = part.and_then(|it| FileSection::new(&self.file, *it, self.length));
        if let Some(index) =
            bytes.and_then(|it| InvertedIndex::open(Arc::new(it), segment.len()).ok())
        {
            segment.set_word_index(Arc::new(index));
        }
    }
}
