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
use crate::sources::disk::space::{free, human};
use crate::text::sanitise;

/// So many bytes are held, as they are shown and as they are searched.
const HELD: usize = if cfg!(test) { 64 << 10 } else { 16 << 20 };
/// So many are written at a time.
const AT_A_TIME: usize = if cfg!(test) { 16 << 10 } else { 1 << 20 };

/// Where the abstracts go of what is being read.
#[derive(Debug)]
pub struct Holding {
    /// The directory of the cache, if there is one.
    directory: Option<PathBuf>,
    held: usize,
    spill: Option<Arc<Spill>>,
    /// What citation keys are made of.
    keys: KeyPattern,
}

impl Holding {
    pub fn new(directory: Option<&Path>, keys: KeyPattern) -> Self {
        Self { directory: directory.map(Path::to_owned), held: 0, spill: None, keys }
    }

    /// Takes the papers of a segment.
    pub fn builder(&self) -> SegmentBuilder {
        let builder = match &self.spill {
            Some(spill) => SegmentBuilder::stored(Arc::clone(spill) as _),
            None => SegmentBuilder::default(),
        };
        builder.keyed(self.keys.clone())
    }

    /// The same, in the room of one whose papers are sealed.
    pub fn builder_in(&self, used: Option<SegmentBuilder>) -> SegmentBuilder {
        let Some(mut used) = used else { return self.builder() };
        used.clear();
        used
    }

    pub fn is_spilling(&self) -> bool {
        self.spill.is_some()
    }

    /// The place of an abstract that is about to be added to such a builder.
    pub fn place(&self, abstract_text: &str) -> Range<u64> {
        self.spill.as_ref().map_or(0..0, |it| it.put(abstract_text))
    }

    /// Has the abstracts of a builder lie where others of their segment do.
    pub fn take_over(&self, part: &mut SegmentBuilder) {
        if let Some(spill) = &self.spill {
            part.store(Arc::clone(spill) as _, &mut |text| spill.put(text));
        }
    }

    /// Counts what is held by a segment, and begins to spill once that is enough: the next builder is
    /// another then. Tells, once, why it cannot be done.
    pub fn sealed(&mut self, segment: &Segment) -> Option<String> {
        if let Some(spill) = &self.spill {
            return spill.complaint();
        }
        let abstracts = segment.abstracts();
        self.held += if abstracts.places().is_none() { abstracts.bytes() } else { 0 };
        // Where it cannot be done it is not tried again.
        let directory = self.directory.take_if(|_| self.held >= HELD)?;
        match Spill::begin(&directory) {
            Ok(spill) => {
                self.spill = Some(Arc::new(spill));
                None
            }
            Err(cause) => Some(stays(&cannot(&directory, &cause))),
        }
    }
}

fn stays(why: &str) -> String {
    format!("Nothing is lost, but abstracts stay in memory: {why}.")
}

fn cannot(directory: &Path, cause: &io::Error) -> String {
    format!("{} cannot be written: {cause}", shown(directory))
}

fn shown(directory: &Path) -> String {
    sanitise(&directory.display().to_string()).into_owned()
}

/// A file of abstracts, one after the other.
#[derive(Debug)]
struct Spill {
    file: File,
    directory: PathBuf,
    /// What the file may take of the disk.
    room: u64,
    end: Mutex<End>,
}

/// What is still to be written, or will never be.
#[derive(Debug, Default)]
struct End {
    /// Where it begins.
    at: u64,
    text: Vec<u8>,
    trouble: Trouble,
}

/// Whether the file can be written.
#[derive(Debug, Default)]
enum Trouble {
    #[default]
    Nothing,
    Untold(String),
    Told,
}

impl Spill {
    fn begin(directory: &Path) -> io::Result<Self> {
        fs::create_dir_all(directory)?;
        // Half of what is free stays free.
        let room = free(directory).map_or(u64::MAX, |it| it / 2);
        Ok(Self::of(tempfile::tempfile_in(directory)?, directory, room))
    }

    fn of(file: File, directory: &Path, room: u64) -> Self {
        Self { file, directory: directory.to_owned(), room, end: Mutex::default() }
    }

    /// Adds an abstract and returns where it lies.
    fn put(&self, text: &str) -> Range<u64> {
        let mut end = self.end();
        let start = end.at + end.text.len() as u64;
        end.text.extend_from_slice(text.as_bytes());
        if end.text.len() >= AT_A_TIME && matches!(end.trouble, Trouble::Nothing) {
            self.write(&mut end);
        }
        start..start + text.len() as u64
    }

    fn write(&self, end: &mut End) {
        let next = end.at + end.text.len() as u64;
        let written = if next > self.room {
            let room = human(self.room.saturating_mul(2));
            Err(format!("only {room} were free in {}", shown(&self.directory)))
        } else {
            let written = write_all_at(&self.file, &end.text, end.at);
            written.map_err(|cause| cannot(&self.directory, &cause))
        };
        match written {
            Ok(()) => {
                end.at = next;
                end.text.clear();
            }
            Err(why) => end.trouble = Trouble::Untold(stays(&why)),
        }
    }

    /// Why what is put here stays in memory from now on, the first time it is asked for.
    fn complaint(&self) -> Option<String> {
        let trouble = &mut self.end().trouble;
        match std::mem::replace(trouble, Trouble::Told) {
            Trouble::Untold(why) => Some(why),
            other => {
                *trouble = other;
                None
            }
        }
    }

    fn end(&self) -> MutexGuard<'_, End> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AbstractStore for Spill {
    fn read(&self, place: Range<u64>, _title: &str) -> Result<String, String> {
        let length = (place.end - place.start) as usize;
        let mut text = vec![0; length];
        let end = self.end();
        if place.start >= end.at {
            let start = (place.start - end.at) as usize;
            text.copy_from_slice(&end.text[start..start + length]);
        } else {
            drop(end);
            let directory = shown(&self.directory);
            read_exact_at(&self.file, &mut text, place.start)
                .map_err(|cause| format!("the abstracts in {directory} cannot be read: {cause}"))?;
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

#[cfg(test)]
mod tests;
