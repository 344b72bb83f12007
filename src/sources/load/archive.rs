//! Archives: every member that holds papers is read, whatever its format and its packing.

use std::cell::{Cell, RefCell};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::sync::Arc;

use zip::ZipArchive;

use super::control::Control;
use super::outcome::broken;
use super::segmenter::Segmenter;
use crate::formats::{NotPapers, read_with};
use crate::sources::input::compression::{Budget, Bytes, Packing, unpacked, within};
use crate::sources::options::Reading;
use crate::text::sanitise;

/// Archives inside of each other that are opened; more of them are a trap.
const MOST_ARCHIVES: usize = 3;
/// A zip archive ends with its table, so one that is no file of its own is held whole.
const MOST_HELD: u64 = 64 << 20;

/// Reads what is packed, all of it under one budget.
pub struct Unpacker<'a, 's> {
    pub reading: &'a Reading,
    pub control: &'a Control,
    pub segmenter: &'a RefCell<Segmenter<'s>>,
    pub budget: &'a Budget,
    /// Members that held papers.
    pub read: Cell<u32>,
}

impl Unpacker<'_, '_> {
    /// Takes the packings off and reads what is in them. `depth` counts the archives around it.
    pub fn read(
        &self,
        name: &Arc<str>,
        bytes: Bytes<'_>,
        depth: usize,
    ) -> io::Result<Result<(), NotPapers>> {
        let (head, mut bytes) = unpacked(bytes, self.budget)?;
        match Packing::of(&head) {
            Some(_) if depth == MOST_ARCHIVES => {
                Err(io::Error::other("archives lie in each other too deep"))
            }
            Some(Packing::Zip) => {
                let mut whole = Vec::new();
                bytes.take(MOST_HELD + 1).read_to_end(&mut whole)?;
                if whole.len() as u64 > MOST_HELD {
                    return Err(io::Error::other("it is a large zip archive; unpack it first"));
                }
                self.zip(name, Cursor::new(whole), depth + 1)
            }
            Some(_) => self.tar(name, bytes, depth + 1),
            None => match self.reading.format(&head) {
                Ok(format) => {
                    self.segmenter.borrow_mut().begin(name, format);
                    self.read.set(self.read.get() + 1);
                    let mut each = |record| self.segmenter.borrow_mut().take(record);
                    read_with(
                        format,
                        &self.reading.names,
                        &self.reading.macros,
                        &mut bytes,
                        &mut each,
                    )
                    .map(Ok)
                }
                Err(why) => Ok(Err(why)),
            },
        }
    }

    fn tar(
        &self,
        name: &Arc<str>,
        bytes: Bytes<'_>,
        depth: usize,
    ) -> io::Result<Result<(), NotPapers>> {
        let before = self.read.get();
        let mut archive = tar::Archive::new(bytes);
        for entry in archive.entries()? {
            let entry = entry?;
            let member = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if entry.header().entry_type().is_file() {
                self.member(name, &member, Box::new(BufReader::new(entry)), depth)?;
            }
            if self.control.is_cancelled() {
                break;
            }
        }
        Ok(self.told(before))
    }

    /// Reads a zip archive, which has its table at its end.
    pub fn zip(
        &self,
        name: &Arc<str>,
        file: impl Read + Seek,
        depth: usize,
    ) -> io::Result<Result<(), NotPapers>> {
        let before = self.read.get();
        let mut archive = ZipArchive::new(file).map_err(io::Error::other)?;
        for at in 0..archive.len() {
            if self.segmenter.borrow_mut().is_over() {
                break;
            }
            match archive.by_index(at) {
                Ok(member) if member.is_file() => {
                    let end = member.compressed_size() + member.header_start();
                    let path = member.name().map_err(io::Error::other)?.into_owned();
                    let bytes = within(Box::new(member), self.budget);
                    self.member(name, &path, bytes, depth)?;
                    if depth == 1 {
                        self.segmenter.borrow_mut().reached(end);
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let member = joined(name, &format!("member {}", at + 1));
                    self.segmenter.borrow_mut().fail_part(broken(&member, &error.into()));
                }
            }
        }
        Ok(self.told(before))
    }

    /// Reads one member. What is wrong with it is not fatal to the rest, unless it is a trap.
    fn member(&self, archive: &str, path: &str, bytes: Bytes<'_>, depth: usize) -> io::Result<()> {
        let is_hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
        if path.split('/').any(is_hidden) || path.starts_with("__MACOSX/") {
            return Ok(());
        }
        let name = joined(archive, path);
        match self.read(&name, bytes, depth) {
            Ok(Ok(())) => {}
            Ok(Err(why)) => self.segmenter.borrow_mut().pass_over(&name, &why.to_string()),
            Err(error) if self.budget.is_spent() => return Err(error),
            Err(error) => self.segmenter.borrow_mut().fail_part(broken(&name, &error)),
        }
        Ok(())
    }

    fn told(&self, before: u32) -> Result<(), NotPapers> {
        if self.read.get() > before { Ok(()) } else { Err(NotPapers::NoMember) }
    }
}

fn joined(archive: &str, member: &str) -> Arc<str> {
    format!("{archive}/{}", sanitise(member)).into()
}
