//! Reads cache entries: segments in order, decoded on all threads.

use std::fs::File;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::directory::Cache;
use super::manifest::{Manifest, SourceKey};
use super::section::{FileSection, Section};
use crate::domain::{AbstractStore, KeyPattern, Segment};
use crate::sources::disk::open_regular_for_reading;

/// A valid entry of a source.
#[derive(Debug)]
pub struct CacheEntry {
    file: Arc<File>,
    length: u64,
    pub manifest: Manifest,
}

/// Error for a section that fails its checksum or cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorruptSection;

impl Cache {
    /// Returns the entry of a source, if there is a valid one.
    pub fn find(&self, source_key: &SourceKey) -> Option<CacheEntry> {
        let file = open_regular_for_reading(&self.path(source_key)).ok()?;
        let length = file.metadata().ok()?.len();
        let contents = Manifest::from_file(&file).filter(|it| it.source_key == *source_key)?;
        let is_whole = contents.segments.len() == contents.texts.len();
        is_whole.then(|| CacheEntry { file: Arc::new(file), length, manifest: contents })
    }
}

impl CacheEntry {
    /// Marks the entry as used, so that it is evicted last.
    pub fn touch(&self) {
        // A read-only cache is usable too.
        let _ = self.file.set_modified(SystemTime::now());
    }

    pub fn segment_count(&self) -> usize {
        self.manifest.segments.len()
    }

    /// Decodes the segments from number `from` on, one for each buffer as far as they exist. The
    /// buffers hold the encoded bytes and can be reused.
    pub fn read_segments(
        &self,
        from: usize,
        buffers: &mut [Vec<u8>],
        store: &Arc<dyn AbstractStore>,
        keys: &KeyPattern,
    ) -> Vec<Result<Arc<Segment>, CorruptSection>> {
        let segment = |((part, text), buffer): ((&Section, &Section), &mut Vec<u8>)| {
            let bytes = part.read(&self.file, self.length, buffer).ok_or(CorruptSection)?;
            let text = FileSection::new(&self.file, *text, self.length).ok_or(CorruptSection)?;
            let (text, store) = (Arc::new(text), Arc::clone(store));
            let segment = Segment::decode(bytes, text, store, keys.clone());
            segment.map(Arc::new).map_err(|_| CorruptSection)
        };
        let Manifest { segments, texts, .. } = &self.manifest;
        segments[from..].par_iter().zip(&texts[from..]).zip(buffers).map(segment).collect()
    }

    /// Reads the links between records: (later record, first record of the same paper).
    pub fn links(&self) -> Result<Vec<(u32, u32)>, CorruptSection> {
        let mut buffer = Vec::new();
        let bytes =
            self.manifest.links.read(&self.file, self.length, &mut buffer).ok_or(CorruptSection)?;
        let (pairs, _) = bytes.as_chunks();
        let pair = |pair: &[u8; 8]| {
            let [a, b, c, d, rest @ ..] = *pair;
            (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes(rest))
        };
        Ok(pairs.iter().map(pair).collect())
    }
}
