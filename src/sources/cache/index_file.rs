//! The word indexes of an entry's segments, in a file beside it: written once all are built, and
//! read piecemeal from there afterwards.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::directory::{Cache, WORDS};
use super::manifest::{Contents, MAGIC, Origin};
use super::section::{FilePart, Part};
use super::writer::{NotKept, Output, Stopped};
use crate::domain::{Corpus, PACKED_VERSION, Segment, WordIndex};
use crate::sources::atomic_file::{Access, AtomicFile};
use crate::sources::disk::regular_file;

/// About what the index of a paper takes, to be told before there is one.
pub const BYTES_A_PAPER: u64 = 140;

/// Where the indexes of a corpus are to be kept, taken down when its file was opened.
#[derive(Debug)]
pub struct WordsKeeper {
    pub cache: Cache,
    pub origin: Origin,
}

impl WordsKeeper {
    /// Keeps the indexes of the corpus and has its segments read them from there; what cannot be
    /// kept stays in memory, and is built again the next time.
    pub fn keep(&self, corpus: &Corpus, is_cancelled: &dyn Fn() -> bool) {
        let segments: Vec<_> = corpus.segments().map(|(_, segment)| Arc::clone(segment)).collect();
        let is_whole = |it: &Arc<Segment>| it.word_index().is_some_and(|it| it.is_whole());
        // Beside an entry that is not there an index is of no use.
        let entry = self.cache.find(&self.origin);
        let is_fit = entry.is_some_and(|it| it.segments() == segments.len());
        if !is_fit || !self.cache.is_writable() || !segments.iter().all(is_whole) {
            return;
        }
        if self.write(&segments, is_cancelled).is_ok()
            && let Some(words) = self.cache.words(&self.origin)
        {
            segments.iter().enumerate().for_each(|(number, it)| words.attach(number, it));
        }
    }

    fn write(
        &self,
        segments: &[Arc<Segment>],
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<(), Stopped> {
        let path = self.cache.words_path(&self.origin);
        let file = AtomicFile::create_alone(&path, Access::Private)?;
        let mut file = file.ok_or(Stopped::By(NotKept::UnderWay))?;
        let mut output = Output::new(&mut file);
        output.write(&MAGIC)?;
        let mut parts = Vec::new();
        for segment in segments {
            if is_cancelled() {
                return Err(Stopped::By(NotKept::Cancelled));
            }
            let index = segment.word_index().ok_or(Stopped::By(NotKept::Unfit))?;
            parts.push(output.write(&index.bytes()?)?);
        }
        output.finish(&Contents {
            version: PACKED_VERSION,
            origin: self.origin.clone(),
            keys: String::new(),
            papers: segments.iter().map(|it| it.len()).sum(),
            segments: parts,
            texts: Vec::new(),
            links: Part::default(),
            defects: Vec::new(),
        })?;
        if !self.origin.is_fresh() {
            return Err(Stopped::By(NotKept::Changed));
        }
        Ok(file.commit()?)
    }
}

/// Indexes that hold for a file.
pub struct Words {
    file: Arc<File>,
    length: u64,
    parts: Vec<Part>,
}

impl Cache {
    /// The indexes of a file's papers, if there are any that hold.
    pub fn words(&self, origin: &Origin) -> Option<Words> {
        let file = regular_file::read(&self.words_path(origin)).ok()?;
        let length = file.metadata().ok()?.len();
        let contents = Contents::of(&file).filter(|it| it.origin == *origin)?;
        Some(Words { file: Arc::new(file), length, parts: contents.segments })
    }

    pub fn words_path(&self, origin: &Origin) -> PathBuf {
        self.path(origin).with_extension(WORDS)
    }
}

impl Words {
    /// Gives the segment of that number its index, if that is there. Its parts are looked at when
    /// they are read.
    pub fn attach(&self, number: usize, segment: &Segment) {
        let part = self.parts.get(number);
        let bytes = part.and_then(|it| FilePart::new(&self.file, *it, self.length));
        if let Some(index) = bytes.and_then(|it| WordIndex::open(Arc::new(it), segment.len()).ok())
        {
            segment.keep_word_index(Arc::new(index));
        }
    }
}
