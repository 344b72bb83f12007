//! Loads one source.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use super::archive::ArchiveReader;
use super::outcome::{LoadOutcome, incomplete_message, not_papers_message};
use super::parallel::ParallelReader;
use super::segmenter::Segmenter;
use crate::domain::Draft;
use crate::formats::{Defect, Format, UnrecognisedInput, read_with};
use crate::sources::abstracts::source_file::SourceFile;
use crate::sources::abstracts::spill::AbstractSpiller;
use crate::sources::builtin::builtin_corpus;
use crate::sources::cache::reader::CacheEntry;
use crate::sources::error::SourceError;
use crate::sources::input::compression::{PackedFormat, UnpackBudget};
use crate::sources::input::peek::PeekedInput;
use crate::sources::input::pipe::WaitResult;
use crate::sources::load_control::LoadControl;
use crate::sources::load_event::LoadEvent;
use crate::sources::online::{FetchError, FetchEvent, OnlineConnection, OnlineSource, fetch};
use crate::sources::open::contents::{
    Contents, EMPTY_REASON, detect_all_contents, detect_contents, may_become_papers,
};
use crate::sources::open::folder::FolderListing;
use crate::sources::open::source::{OpenSource, open};
use crate::sources::options::ReadOptions;
use crate::sources::source::Source;
use crate::sources::zotero::ZoteroLibrary;
use crate::text::counted;

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
    source: OpenSource,
    entry: Option<&CacheEntry>,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) -> LoadOutcome {
    // Such a source is a large file, whose abstracts are read from it on demand.
    let spiller = AbstractSpiller::new(None, source.options().key_pattern.clone());
    let segmenter = RefCell::new(Segmenter::new(source.total(), spiller, control, post));
    let outcome = load_into(&segmenter, source, entry, control);
    segmenter.into_inner().finish();
    outcome
}

/// Loads a source into a segmenter that may contain earlier ones.
pub fn load_into(
    segmenter: &RefCell<Segmenter<'_>>,
    source: OpenSource,
    entry: Option<&CacheEntry>,
    control: &LoadControl,
) -> LoadOutcome {
    match load_one(source, entry, control, segmenter) {
        _ if control.is_cancelled() => LoadOutcome::Incomplete,
        Ok(outcome) => outcome,
        Err(reason) => {
            segmenter.borrow_mut().fail(reason);
            LoadOutcome::Incomplete
        }
    }
}

fn load_one(
    mut source: OpenSource,
    entry: Option<&CacheEntry>,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<LoadOutcome, String> {
    if *source.source() == Source::Builtin {
        let papers = builtin_corpus(&source.options().key_pattern);
        papers.segments().for_each(|(_, it)| segmenter.borrow_mut().push_segment(Arc::clone(it)));
        return Ok(LoadOutcome::FromSource);
    }
    if let Source::Online(online) = source.source() {
        return load_online(online, source.options(), control, segmenter);
    }
    let name = Arc::clone(source.name());
    let contents = await_contents(&mut source, control)?;
    if !matches!(contents, Some(Contents::Folder(_))) {
        segmenter.borrow_mut().begin_source();
    }
    let read = match contents {
        None => return Ok(LoadOutcome::Incomplete),
        Some(Contents::Folder(listing)) => {
            return load_folder(&source, listing, control, segmenter)
                .map(|()| LoadOutcome::FromSource);
        }
        Some(Contents::Zotero(library)) => {
            let loaded = load_zotero(&library, &name, segmenter);
            segmenter.borrow_mut().advance_to(source.total().unwrap_or_default());
            return loaded;
        }
        Some(Contents::Plain(format)) => {
            segmenter.borrow_mut().begin_part(&name, format);
            match parallel_reader(&source, format) {
                Some(lines) => lines.read(entry, &mut segmenter.borrow_mut()),
                None => read_through(source, format, segmenter).map(|()| LoadOutcome::FromSource),
            }
        }
        Some(Contents::Empty(reason)) => {
            segmenter.borrow_mut().skip_part(&name, reason);
            return Ok(LoadOutcome::FromSource);
        }
        Some(Contents::Packed) => match read_packed(source, control, segmenter) {
            Ok(Err(UnrecognisedInput::Empty)) => {
                segmenter.borrow_mut().skip_part(&name, EMPTY_REASON);
                return Ok(LoadOutcome::FromSource);
            }
            Ok(Err(reason)) => return Err(not_papers_message(&name, &reason)),
            unpacked => unpacked.map(|_| LoadOutcome::FromSource),
        },
    };
    read.map_err(|it| incomplete_message(&name, &it))
}

/// Reads the items of Zotero. One that is no paper is a defect.
fn load_zotero(
    library: &ZoteroLibrary,
    name: &Arc<str>,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<LoadOutcome, String> {
    segmenter.borrow_mut().begin_named_part(name, "zotero");
    let mut each = |record: Result<Draft, String>| {
        segmenter.borrow_mut().push_record(record.map_err(|reason| Defect::new(0, reason)))
    };
    library.for_each_paper(&mut each).map_err(|error| error.to_string())?;
    Ok(LoadOutcome::FromSource)
}

/// Reads a source on the network, page by page. The papers of each page are sealed at once.
fn load_online(
    online: &OnlineSource,
    options: &ReadOptions,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<LoadOutcome, String> {
    // The papers before are shown while the service is waited for.
    segmenter.borrow_mut().seal();
    let connection = OnlineConnection::new(Arc::clone(&options.online));
    let name: Arc<str> = online.address.title().into();
    // Papers pending here belong to earlier sources.
    segmenter.borrow_mut().seal();
    let mut unread = None;
    let mut each = |event| {
        let read = match event {
            FetchEvent::Progress(progress) => {
                segmenter.borrow_mut().post(LoadEvent::Fetch(progress));
                Ok(0)
            }
            FetchEvent::Notice(notice) => {
                segmenter.borrow_mut().post(LoadEvent::Notice(notice));
                Ok(0)
            }
            FetchEvent::Page(body, format) => {
                read_page(&name, &body, format, options, control, segmenter)
            }
        };
        match read {
            Ok(papers) => ControlFlow::Continue(papers),
            Err(reason) => {
                unread = Some(reason);
                ControlFlow::Break(())
            }
        }
    };
    let (settings, freshness) = (&options.online, options.freshness);
    let fetched = fetch(online, settings, &connection, freshness, control, &mut each);
    match (unread, fetched) {
        (Some(reason), _) => Err(reason),
        (None, Err(FetchError::Cancelled)) => Ok(LoadOutcome::Incomplete),
        (None, Err(error)) => Err(error.to_string()),
        (None, Ok(())) => Ok(LoadOutcome::FromSource),
    }
}

/// Reads the papers of a page and seals them. Returns their number.
fn read_page(
    name: &Arc<str>,
    body: &[u8],
    format: Option<Format>,
    options: &ReadOptions,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<u64, String> {
    let format = match format {
        Some(format) => format,
        None if PackedFormat::detect(body).is_some() => {
            return read_packed_page(name, body, options, control, segmenter);
        }
        None => match options.format(body) {
            Ok(format) => format,
            Err(UnrecognisedInput::Empty) => return Ok(0),
            Err(reason) => return Err(not_papers_message(name, &reason)),
        },
    };
    segmenter.borrow_mut().begin_source();
    segmenter.borrow_mut().begin_part(name, format);
    // A record that cannot be read is one that the page had.
    let mut papers = 0;
    let mut each = |record| {
        papers += 1;
        segmenter.borrow_mut().push_record(record)
    };
    let (names, abbreviations) = (&options.field_names, &options.abbreviations);
    let read = read_with(format, names, abbreviations, &mut &*body, &mut each);
    segmenter.borrow_mut().seal();
    read.map_err(|error| incomplete_message(name, &error))?;
    Ok(papers)
}

/// Reads a page that is a compressed file or an archive. It counts as one paper.
fn read_packed_page(
    name: &Arc<str>,
    body: &[u8],
    options: &ReadOptions,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<u64, String> {
    let budget = UnpackBudget::default();
    budget.add_packed(body.len() as u64);
    let (budget, members_read) = (&budget, Cell::new(0));
    let unpacker = ArchiveReader { options, control, segmenter, budget, members_read };
    segmenter.borrow_mut().begin_source();
    let read = unpacker.read(name, Box::new(io::Cursor::new(body)), 0);
    segmenter.borrow_mut().seal();
    match read.map_err(|error| incomplete_message(name, &error))? {
        Ok(()) => Ok(1),
        Err(UnrecognisedInput::Empty) => Ok(0),
        Err(reason) => Err(not_papers_message(name, &reason)),
    }
}

fn read_through(
    source: OpenSource,
    format: Format,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<()> {
    let (options, budget) = (source.options().clone(), UnpackBudget::default());
    let mut stream = SourceStream::new(source.input, segmenter, &budget);
    let mut each = |record| segmenter.borrow_mut().push_record(record);
    read_with(format, &options.field_names, &options.abbreviations, &mut stream, &mut each)
}

/// Reads the files of a folder. An error in one of them does not end the load.
fn load_folder(
    folder: &OpenSource,
    listing: FolderListing,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<(), String> {
    let (count, mut read) = (listing.files.len(), 0);
    for reason in listing.unreadable {
        segmenter.borrow_mut().fail_part(reason);
    }
    for path in listing.files {
        if control.wait_while_paused() {
            return Ok(());
        }
        match open(Source::File(path), folder.options()) {
            Ok(source) => match load_one(source, None, control, segmenter) {
                Ok(_) => read += 1,
                Err(reason) => segmenter.borrow_mut().fail_part(reason),
            },
            Err(SourceError::Unrecognised { name, reason }) => {
                segmenter.borrow_mut().skip_part(&name, &reason.to_string());
            }
            Err(error) => segmenter.borrow_mut().fail_part(error.to_string()),
        }
    }
    let name = folder.name();
    let none = || format!("{name}: no papers in its {}", counted(count, "file"));
    if read == 0 && count > 0 { Err(none()) } else { Ok(()) }
}

/// Reads a compressed file or an archive.
fn read_packed(
    source: OpenSource,
    control: &LoadControl,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<Result<(), UnrecognisedInput>> {
    let budget = UnpackBudget::default();
    let (name, options) = (Arc::clone(source.name()), source.options().clone());
    let (options, budget, read) = (&options, &budget, Cell::new(0));
    let unpacker = ArchiveReader { options, control, segmenter, budget, members_read: read };
    if PackedFormat::detect(source.input.head()) == Some(PackedFormat::Zip)
        && let Some(file) = source.input.file()
    {
        budget.add_packed(source.total().unwrap_or_default());
        let file = BufReader::new(file.try_clone()?);
        return unpacker.read_zip(&name, file, 1);
    }
    unpacker.read(&name, Box::new(SourceStream::new(source.input, segmenter, budget)), 0)
}

/// Returns the contents of the source; waits for a source that was opened without them. Returns
/// `None` if the load is cancelled.
fn await_contents(
    source: &mut OpenSource,
    control: &LoadControl,
) -> Result<Option<Contents>, String> {
    let name = Arc::clone(source.name());
    if let Some(contents) = source.contents.take() {
        return Ok(Some(contents));
    }
    loop {
        let wait =
            source.input.fill_head(NO_TIMEOUT).map_err(|it| incomplete_message(&name, &it))?;
        if control.wait_while_paused() {
            return Ok(None);
        }
        let (head, options) = (source.input.head(), source.options());
        let is_over = wait == WaitResult::Ended;
        match if is_over {
            detect_all_contents(head, options)
        } else {
            detect_contents(head, options)
        } {
            Ok(contents) => return Ok(Some(contents)),
            Err(reason) if is_over || !may_become_papers(&reason) => {
                return Err(not_papers_message(&name, &reason));
            }
            Err(_) => {}
        }
    }
}

/// Returns a parallel reader, if the source is a file of JSON Lines with at least
/// [`MIN_PARALLEL_LEN`] bytes.
fn parallel_reader(source: &OpenSource, format: Format) -> Option<ParallelReader> {
    let is_lines = format == Format::Jsonl;
    let size = source.total().filter(|it| is_lines && *it >= MIN_PARALLEL_LEN)?;
    let file = source.input.file()?.try_clone().ok()?;
    let (name, names) = (Arc::clone(source.name()), source.options().field_names.clone());
    let keys = source.options().key_pattern.clone();
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
