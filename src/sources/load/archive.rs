//! Reads archives: every member with papers, in any format and compression.

use std::cell::{Cell, RefCell};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::sync::Arc;

use zip::ZipArchive;

use crate::sources::load_control::LoadControl;

use super::outcome::incomplete_message;

use super::segmenter::Segmenter;
use crate::formats::{UnrecognisedInput, read_with};
use crate::sources::input::compression::{
    BoxBufRead, PackedFormat, UnpackBudget, bounded_reader, unpack_layers,
};
use crate::sources::options::ReadOptions;
use crate::text::sanitise;

/// Maximum nesting of archives, against decompression bombs.
const MAX_ARCHIVE_DEPTH: usize = 3;
/// Maximum length of a zip archive within a stream, in bytes. Its directory is at its end, so it
/// must be held in memory.
const MAX_BUFFERED_ZIP_LEN: u64 = 64 << 20;

/// Reads compressed data and archives under one budget.
pub struct ArchiveReader<'a, 's> {
    pub options: &'a ReadOptions,
    pub control: &'a LoadControl,
    pub segmenter: &'a RefCell<Segmenter<'s>>,
    pub budget: &'a UnpackBudget,
    /// Number of members with papers.
    pub members_read: Cell<u32>,
}

impl ArchiveReader<'_, '_> {
    /// Decompresses and reads data. `depth` is the number of archives around them.
    pub fn read(
        &self,
        name: &Arc<str>,
        bytes: BoxBufRead<'_>,
        depth: usize,
    ) -> io::Result<Result<(), UnrecognisedInput>> {
        let (head, mut bytes) = unpack_layers(bytes, self.budget)?;
        match PackedFormat::detect(&head) {
            Some(_) if depth == MAX_ARCHIVE_DEPTH => {
                Err(io::Error::other("archives nested too deeply"))
            }
            Some(PackedFormat::Zip) => {
                let mut whole = Vec::new();
                bytes.take(MAX_BUFFERED_ZIP_LEN + 1).read_to_end(&mut whole)?;
                if whole.len() as u64 > MAX_BUFFERED_ZIP_LEN {
                    return Err(io::Error::other(
                        "zip archive too large to read from a stream; unpack it first",
                    ));
                }
                self.read_zip(name, Cursor::new(whole), depth + 1)
            }
            Some(_) => self.read_tar(name, bytes, depth + 1),
            None => match self.options.format(&head) {
                Ok(format) => {
                    self.segmenter.borrow_mut().begin_part(name, format);
                    self.members_read.set(self.members_read.get() + 1);
                    let mut each = |record| self.segmenter.borrow_mut().push_record(record);
                    read_with(
                        format, &self.options.field_names, &self.options.abbreviations, &mut bytes,
                        &mut each,
                    )
                    .map(Ok)
                }
                Err(reason) => Ok(Err(reason)),
            },
        }
    }

    fn read_tar(
        &self,
        name: &Arc<str>,
        bytes: BoxBufRead<'_>,
        depth: usize,
    ) -> io::Result<Result<(), UnrecognisedInput>> {
        let members_before = self.members_read.get();
        let mut archive = tar::Archive::new(bytes);
        for entry in archive.entries()? {
            let entry = entry?;
            let member = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if entry.header().entry_type().is_file() {
                self.read_member(name, &member, Box::new(BufReader::new(entry)), depth)?;
            }
            if self.control.is_cancelled() {
                break;
            }
        }
        Ok(self.member_result(members_before))
    }

    /// Reads the members of a zip archive. Needs a seekable file, because the directory of a zip
    /// archive is at its end.
    pub fn read_zip(
        &self,
        name: &Arc<str>,
        file: impl Read + Seek,
        depth: usize,
    ) -> io::Result<Result<(), UnrecognisedInput>> {
        let members_before = self.members_read.get();
        let mut archive = ZipArchive::new(file).map_err(io::Error::other)?;
        for at in 0..archive.len() {
            if self.segmenter.borrow_mut().wait_while_paused() {
                break;
            }
            match archive.by_index(at) {
                Ok(member) if member.is_file() => {
                    let end = member.compressed_size() + member.header_start();
                    let path = member.name().map_err(io::Error::other)?.into_owned();
                    let bytes = bounded_reader(Box::new(member), self.budget);
                    self.read_member(name, &path, bytes, depth)?;
                    if depth == 1 {
                        self.segmenter.borrow_mut().advance_to(end);
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let member = member_name(name, &format!("member {}", at + 1));
                    self.segmenter
                        .borrow_mut()
                        .fail_part(incomplete_message(&member, &error.into()));
                }
            }
        }
        Ok(self.member_result(members_before))
    }

    /// Reads one member. An error in it does not end the archive, unless the budget is exceeded.
    fn read_member(
        &self,
        archive: &str,
        path: &str,
        bytes: BoxBufRead<'_>,
        depth: usize,
    ) -> io::Result<()> {
        let is_hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
        if path.split('/').any(is_hidden) || path.starts_with("__MACOSX/") {
            return Ok(());
        }
        let name = member_name(archive, path);
        match self.read(&name, bytes, depth) {
            Ok(Ok(())) => {}
            Ok(Err(reason)) => self.segmenter.borrow_mut().skip_part(&name, &reason.to_string()),
            Err(error) if self.budget.is_exceeded() => return Err(error),
            Err(error) => self.segmenter.borrow_mut().fail_part(incomplete_message(&name, &error)),
        }
        Ok(())
    }

    fn member_result(&self, members_before: u32) -> Result<(), UnrecognisedInput> {
        if self.members_read.get() > members_before {
            Ok(())
        } else {
            Err(UnrecognisedInput::NoPapersInside)
        }
    }
}

fn member_name(archive: &str, member: &str) -> Arc<str> {
    format!("{archive}/{}", sanitise(member)).into()
}
