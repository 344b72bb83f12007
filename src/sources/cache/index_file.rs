//! The word indexes of an entry's segments, in a file beside it: written once all are built, and
//! read piecemeal from there afterwards.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::directory::{Cache, INDEX_EXTENSION};
use super::manifest::{MAGIC, Manifest, SourceKey};
use super::section::{FileSection, Section};
use super::writer::{SectionWriter, SkipReason, WriteError};
use crate::domain::{Corpus, InvertedIndex, SEGMENT_VERSION, Segment};
use crate::sources::atomic_file::{AtomicFile, FileAccess};
use crate::sources::disk::regular_file;

/// About what the index of a paper takes, to be told before there is one.
pub const INDEX_BYTES_PER_PAPER: u64 = 140;

/// Where the indexes of a corpus are to be kept, taken down when its file was opened.
#[derive(Debug)]
pub struct IndexSaver {
    pub cache: Cache,
    pub source_key: SourceKey,
}

impl IndexSaver {
    /// Keeps the indexes of the corpus and has its segments read them from there; what cannot be
    /// kept stays in memory, and is built again the next time.
    pub fn save(&self, corpus: &Corpus, is_cancelled: &dyn Fn() -> bool) {
        let segments: Vec<_> = corpus.segments().map(|(_, segment)| Arc::clone(segment)).collect();
        let is_whole = |it: &Arc<Segment>| it.word_index().is_some_and(|it| it.is_whole());
        // Beside an entry that is not there an index is of no use.
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

/// Indexes that hold for a file.
pub struct IndexFile {
    file: Arc<File>,
    length: u64,
    sections: Vec<Section>,
}

impl Cache {
    /// The indexes of a file's papers, if there are any that hold.
    pub fn find_index(&self, origin: &SourceKey) -> Option<IndexFile> {
        let file = regular_file::open_for_reading(&self.index_path(origin)).ok()?;
        let length = file.metadata().ok()?.len();
        let contents = Manifest::from_file(&file).filter(|it| it.source_key == *origin)?;
        Some(IndexFile { file: Arc::new(file), length, sections: contents.segments })
    }

    pub fn index_path(&self, origin: &SourceKey) -> PathBuf {
        self.path(origin).with_extension(INDEX_EXTENSION)
    }
}

impl IndexFile {
    /// Gives the segment of that number its index, if that is there. Its parts are looked at when
    /// they are read.
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
