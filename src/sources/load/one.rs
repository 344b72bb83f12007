//! Loads one source.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::time::Duration;

use super::archive::ArchiveReader;
use super::control::LoadControl;
use super::outcome::{LoadOutcome, incomplete_message, not_papers_message};
use super::parallel::ParallelReader;
use super::segmenter::Segmenter;
use crate::formats::{Format, UnrecognisedInput, read_with};
use crate::sources::abstracts::source_file::SourceFile;
use crate::sources::abstracts::spill::AbstractSpiller;
use crate::sources::builtin::builtin_corpus;
use crate::sources::cache::reader::CacheEntry;
use crate::sources::error::SourceError;
use crate::sources::input::compression::{PackedFormat, UnpackBudget};
use crate::sources::input::peek::PeekedInput;
use crate::sources::input::pipe::WaitResult;
use crate::sources::load_event::LoadEvent;
use crate::sources::open::contents::{
    Contents, EMPTY_REASON, detect_all_contents, detect_contents, may_become_papers,
};
use crate::sources::open::folder::FolderListing;
use crate::sources::open::source::{OpenSource, open};
use crate::sources::source::Source;

/// Silence after which the papers read from a pipe so far are sealed. Doubles up to
/// [`MAX_TIMEOUT`].
const INITIAL_TIMEOUT: Duration = Duration::from_millis(100);
const MAX_TIMEOUT: Duration = Duration::from_secs(2);
/// Waits for the input without limit.
const NO_TIMEOUT: Duration = Duration::MAX;
/// Minimum size of a file that is read on all threads, in bytes.
const MIN_PARALLEL_LEN: u64 = 1 << 20;

/// Loads a source on this thread, from its cache entry if there is one. Posts [`LoadEvent::Done`]
/// last.
pub fn load(
    opened: OpenSource,
    entry: Option<&CacheEntry>,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) -> LoadOutcome {
    // Such a source is a large file, whose abstracts are read from it on demand.
    let holding = AbstractSpiller::new(None, opened.reading().key_pattern.clone());
    let segmenter = RefCell::new(Segmenter::new(opened.total(), holding, control, post));
    let reach = load_into(&segmenter, opened, entry, control);
    segmenter.into_inner().finish();
    reach
}

/// Loads a source into a segmenter that may contain earlier ones.
pub fn load_into(
    segmenter: &RefCell<Segmenter<'_>>,
    opened: OpenSource,
    entry: Option<&CacheEntry>,
    control: &LoadControl,
) -> LoadOutcome {
    match load_one(opened, entry, control, segmenter) {
        _ if control.is_cancelled() => LoadOutcome::Incomplete,
        Ok(reach) => reach,
        Err(why) => {
            segmenter.borrow_mut().fail(why);
            LoadOutcome::Incomplete
        }
    }
}

fn load_one(
    mut opened: OpenSource,
    entry: Option<&CacheEntry>,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<LoadOutcome, String> {
    if *opened.source() == Source::Builtin {
        let papers = builtin_corpus(&opened.reading().key_pattern);
        papers.segments().for_each(|(_, it)| segmenter.borrow_mut().push_segment(Arc::clone(it)));
        return Ok(LoadOutcome::FromSource);
    }
    let name = Arc::clone(opened.name());
    let contents = await_contents(&mut opened, control)?;
    if !matches!(contents, Some(Contents::Folder(_))) {
        segmenter.borrow_mut().begin_source();
    }
    let read = match contents {
        None => return Ok(LoadOutcome::Incomplete),
        Some(Contents::Folder(listing)) => {
            return load_folder(&opened, listing, control, segmenter)
                .map(|()| LoadOutcome::FromSource);
        }
        Some(Contents::Plain(format)) => {
            segmenter.borrow_mut().begin_part(&name, format);
            match parallel_reader(&opened, format) {
                Some(lines) => lines.read(entry, &mut segmenter.borrow_mut()),
                None => read_through(opened, format, segmenter).map(|()| LoadOutcome::FromSource),
            }
        }
        Some(Contents::Empty(why)) => {
            segmenter.borrow_mut().skip_part(&name, why);
            return Ok(LoadOutcome::FromSource);
        }
        Some(Contents::Packed) => match read_packed(opened, control, segmenter) {
            Ok(Err(UnrecognisedInput::Empty)) => {
                segmenter.borrow_mut().skip_part(&name, EMPTY_REASON);
                return Ok(LoadOutcome::FromSource);
            }
            Ok(Err(why)) => return Err(not_papers_message(&name, &why)),
            unpacked => unpacked.map(|_| LoadOutcome::FromSource),
        },
    };
    read.map_err(|it| incomplete_message(&name, &it))
}

fn read_through(
    opened: OpenSource,
    format: Format,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<()> {
    let (reading, budget) = (opened.reading().clone(), UnpackBudget::default());
    let mut stream = SourceStream::new(opened.input, segmenter, &budget);
    let mut each = |record| segmenter.borrow_mut().push_record(record);
    read_with(format, &reading.field_names, &reading.abbreviations, &mut stream, &mut each)
}

/// Reads the files of a folder. An error in one of them does not end the load.
fn load_folder(
    folder: &OpenSource,
    listing: FolderListing,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<(), String> {
    let (count, mut read) = (listing.files.len(), 0);
    for why in listing.unreadable {
        segmenter.borrow_mut().fail_part(why);
    }
    for path in listing.files {
        if control.wait_while_paused() {
            return Ok(());
        }
        match open(Source::File(path), folder.reading()) {
            Ok(opened) => match load_one(opened, None, control, segmenter) {
                Ok(_) => read += 1,
                Err(why) => segmenter.borrow_mut().fail_part(why),
            },
            Err(SourceError::Unrecognised { name, reason: why }) => {
                segmenter.borrow_mut().skip_part(&name, &why.to_string());
            }
            Err(error) => segmenter.borrow_mut().fail_part(error.to_string()),
        }
    }
    let name = folder.name();
    let none = || format!("{name}: no papers in any of its {count} files");
    if read == 0 && count > 0 { Err(none()) } else { Ok(()) }
}

/// Reads a compressed file or an archive.
fn read_packed(
    opened: OpenSource,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<Result<(), UnrecognisedInput>> {
    let budget = UnpackBudget::default();
    let (name, reading) = (Arc::clone(opened.name()), opened.reading().clone());
    let (reading, budget, read) = (&reading, &budget, Cell::new(0));
    let unpacker =
        ArchiveReader { options: reading, control, segmenter, budget, members_read: read };
    if PackedFormat::detect(opened.input.head()) == Some(PackedFormat::Zip)
        && let Some(file) = opened.input.file()
    {
        budget.add_packed(opened.total().unwrap_or_default());
        let file = BufReader::new(file.try_clone()?);
        return unpacker.read_zip(&name, file, 1);
    }
    unpacker.read(&name, Box::new(SourceStream::new(opened.input, segmenter, budget)), 0)
}

/// Returns the contents of the source; waits for a source that was opened without them. Returns
/// `None` if the load is cancelled.
fn await_contents(
    opened: &mut OpenSource,
    control: &LoadControl,
) -> Result<Option<Contents>, String> {
    let name = Arc::clone(opened.name());
    if let Some(contents) = opened.contents.take() {
        return Ok(Some(contents));
    }
    loop {
        let wait =
            opened.input.fill_head(NO_TIMEOUT).map_err(|it| incomplete_message(&name, &it))?;
        if control.wait_while_paused() {
            return Ok(None);
        }
        let (head, reading) = (opened.input.head(), opened.reading());
        let is_over = wait == WaitResult::Ended;
        match if is_over {
            detect_all_contents(head, reading)
        } else {
            detect_contents(head, reading)
        } {
            Ok(contents) => return Ok(Some(contents)),
            Err(why) if is_over || !may_become_papers(&why) => {
                return Err(not_papers_message(&name, &why));
            }
            Err(_) => {}
        }
    }
}

/// Returns a parallel reader, if the source is a file of JSON Lines with at least
/// [`MIN_PARALLEL_LEN`] bytes.
fn parallel_reader(opened: &OpenSource, format: Format) -> Option<ParallelReader> {
    let is_lines = format == Format::Jsonl;
    let size = opened.total().filter(|it| is_lines && *it >= MIN_PARALLEL_LEN)?;
    let file = opened.input.file()?.try_clone().ok()?;
    let (name, names) = (Arc::clone(opened.name()), opened.reading().field_names.clone());
    let keys = opened.reading().key_pattern.clone();
    Some(ParallelReader::new(SourceFile::new(file, name, format, names), size, keys))
}

/// Reader of a source's bytes. Ends when the load is cancelled, and seals the papers read so far
/// when the input is silent.
struct SourceStream<'a, 's> {
    input: PeekedInput,
    segmenter: &'a RefCell<Segmenter<'s>>,
    budget: &'a UnpackBudget,
    timeout: Duration,
}

impl<'a, 's> SourceStream<'a, 's> {
    fn new(
        input: PeekedInput,
        segmenter: &'a RefCell<Segmenter<'s>>,
        budget: &'a UnpackBudget,
    ) -> Self {
        Self { input, segmenter, budget, timeout: INITIAL_TIMEOUT }
    }
}

impl BufRead for SourceStream<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let mut wait = self.input.wait(self.timeout)?;
        if wait == WaitResult::Silent {
            self.segmenter.borrow_mut().seal();
            self.timeout = (self.timeout * 2).min(MAX_TIMEOUT);
            wait = self.input.wait(NO_TIMEOUT)?;
        }
        if wait == WaitResult::Ended || self.segmenter.borrow_mut().wait_while_paused() {
            return Ok(&[]);
        }
        self.input.available()
    }

    fn consume(&mut self, len: usize) {
        self.input.consume(len);
        self.segmenter.borrow_mut().bytes_read += len as u64;
        self.budget.add_packed(len as u64);
    }
}

impl Read for SourceStream<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(buffer)?;
        self.consume(len);
        Ok(len)
    }
}
