//! Writing an entry.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::directory::Cache;
use super::manifest::{Contents, MAGIC, Origin};
use super::section::Part;
use crate::domain::{KeyPattern, PACKED_VERSION, Segment};
use crate::sources::atomic_file::{self, Access, AtomicFile};
use crate::sources::disk::space::{free, human};
use crate::text::sanitise;

/// More defects than these are no cache worth having.
const MOST_DEFECTS: usize = 10_000;

/// Why there is no entry. The first four are no reason to tell anyone.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    #[error("another run is writing it")]
    UnderWay,
    #[error("the file has changed meanwhile")]
    Changed,
    #[error("the program ends")]
    Cancelled,
    #[error("it is not worth it")]
    Unfit,
    #[error("no cache of {} was written: it may take {} at most", human(*.bytes), human(*.most))]
    TooLarge { bytes: u64, most: u64 },
    #[error("no cache of {} was written: only {} are free in {directory}", human(*.bytes), human(*.free))]
    NoRoom { bytes: u64, free: u64, directory: String },
    #[error("the cache could not be written to {directory}: {cause}")]
    Write { directory: String, cause: io::Error },
}

/// What a load hands over to be kept.
pub struct Kept<'a> {
    pub origin: Origin,
    pub keys: &'a KeyPattern,
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
    pub fn make_room(&self, bytes: u64) -> Result<(), NotKept> {
        if bytes > self.most {
            return Err(NotKept::TooLarge { bytes, most: self.most });
        }
        let failed = |cause| self.failed(cause);
        fs::create_dir_all(&self.directory).map_err(failed)?;
        atomic_file::sweep(&self.directory).map_err(failed)?;
        let mut taken = bytes;
        for entry in self.list().map_err(failed)? {
            taken += entry.bytes;
            if taken > self.most {
                taken -= entry.bytes;
                entry.remove().map_err(failed)?;
            }
        }
        // Half of what is free stays free.
        match free(&self.directory) {
            Some(free) if free / 2 < bytes => {
                Err(NotKept::NoRoom { bytes, free, directory: self.name() })
            }
            _ => Ok(()),
        }
    }

    /// Writes the entry, unless it is cancelled.
    ///
    /// # Errors
    ///
    /// When the source has too many defects, the entry cannot be written, or it was cancelled.
    pub fn keep(&self, kept: Kept<'_>, is_cancelled: &dyn Fn() -> bool) -> Result<(), NotKept> {
        if kept.defects.len() > MOST_DEFECTS {
            return Err(NotKept::Unfit);
        }
        let path = self.path(&kept.origin);
        let mut file = AtomicFile::create_alone(&path, Access::Private)
            .map_err(|cause| NotKept::Write { directory: shown(&path), cause })?
            .ok_or(NotKept::UnderWay)?;
        let origin = kept.origin.clone();
        write(&mut file, kept, is_cancelled).map_err(|error| match error {
            Stopped::By(why) => why,
            Stopped::Io(cause) => self.failed(cause),
        })?;
        if !origin.is_fresh() {
            return Err(NotKept::Changed);
        }
        file.commit().map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: io::Error) -> NotKept {
        NotKept::Write { directory: self.name(), cause }
    }

    fn name(&self) -> String {
        shown(&self.directory)
    }
}

fn shown(path: &Path) -> String {
    sanitise(&path.display().to_string()).into_owned()
}

/// What ended the writing.
#[derive(Debug)]
pub enum Stopped {
    By(NotKept),
    Io(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

pub fn write(
    file: &mut dyn Write,
    kept: Kept<'_>,
    is_cancelled: &dyn Fn() -> bool,
) -> Result<(), Stopped> {
    let mut output = Output::new(file);
    output.write(&MAGIC)?;
    let (mut segments, mut texts) = (Vec::new(), Vec::new());
    let (mut bytes, mut text) = (Vec::new(), Vec::new());
    for segment in kept.segments {
        if is_cancelled() {
            return Err(Stopped::By(NotKept::Cancelled));
        }
        bytes.clear();
        text.clear();
        if !segment.pack(&mut bytes, &mut text) {
            return Err(Stopped::By(NotKept::Unfit));
        }
        segments.push(output.write(&bytes)?);
        texts.push(output.write(&text)?);
    }
    bytes.clear();
    for (later, first) in kept.links {
        bytes.extend_from_slice(&later.to_le_bytes());
        bytes.extend_from_slice(&first.to_le_bytes());
    }
    let links = output.write(&bytes)?;
    output.finish(&Contents {
        version: PACKED_VERSION,
        origin: kept.origin,
        keys: kept.keys.source().to_owned(),
        papers: kept.segments.iter().map(|it| it.len()).sum(),
        segments,
        texts,
        links,
        defects: kept.defects,
    })?;
    Ok(())
}

pub struct Output<'a> {
    file: &'a mut dyn Write,
    offset: u64,
}

impl<'a> Output<'a> {
    pub fn new(file: &'a mut dyn Write) -> Self {
        Self { file, offset: 0 }
    }

    /// Writes the contents and where they are, and all that is still to be written.
    pub fn finish(mut self, contents: &Contents) -> io::Result<()> {
        let contents = serde_json::to_vec(contents)?;
        let Part { offset, length, check } = self.write(&contents)?;
        self.write(&offset.to_le_bytes())?;
        self.write(&length.to_le_bytes())?;
        self.write(&check.to_le_bytes())?;
        self.write(&MAGIC)?;
        self.file.flush()
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<Part> {
        let part = Part::of(self.offset, bytes);
        self.file.write_all(bytes)?;
        self.offset += part.length;
        Ok(part)
    }
}
