//! Reading a source through, under control.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::time::Duration;

use super::archive::Unpacker;
use super::control::Control;
use super::outcome::{Reach, broken, not_papers_message};
use super::parallel::Stretches;
use super::segmenter::Segmenter;
use crate::formats::{Format, NotPapers, read_with};
use crate::sources::abstracts::source_file::Records;
use crate::sources::abstracts::spill::Holding;
use crate::sources::builtin::builtin;
use crate::sources::cache::reader::Entry;
use crate::sources::error::SourceError;
use crate::sources::input::compression::{Budget, Packing};
use crate::sources::input::peek::Input;
use crate::sources::input::pipe::Wait;
use crate::sources::load_event::Loading;
use crate::sources::open::contents::{Contents, EMPTY, judge, judge_whole, may_become_papers};
use crate::sources::open::folder::Listing;
use crate::sources::open::source::{Opened, open};
use crate::sources::source::Source;

/// A pipe that is silent for so long has its papers shown as they are.
const PATIENCE: Duration = Duration::from_millis(100);
const MOST_PATIENCE: Duration = Duration::from_secs(2);
const FOR_EVER: Duration = Duration::MAX;
/// A file of so many bytes is read on all processors.
const SEVERAL_STRETCHES: u64 = 1 << 20;

/// Reads a source through on this thread and posts what it finds, [`Loading::Done`] last. Takes what
/// an entry of the cache has from there.
pub fn load(
    opened: Opened,
    entry: Option<&Entry>,
    control: &Control,
    post: &mut dyn FnMut(Loading),
) -> Reach {
    // Only a file whose abstracts stay in it is loaded so.
    let holding = Holding::new(None, opened.reading().keys.clone());
    let segmenter = RefCell::new(Segmenter::new(opened.total(), holding, control, post));
    let reach = load_into(&segmenter, opened, entry, control);
    segmenter.into_inner().finish();
    reach
}

/// Reads a source through, after others.
pub fn load_into(
    segmenter: &RefCell<Segmenter<'_>>,
    opened: Opened,
    entry: Option<&Entry>,
    control: &Control,
) -> Reach {
    match load_one(opened, entry, control, segmenter) {
        _ if control.is_cancelled() => Reach::Broken,
        Ok(reach) => reach,
        Err(why) => {
            segmenter.borrow_mut().fail(why);
            Reach::Broken
        }
    }
}

fn load_one(
    mut opened: Opened,
    entry: Option<&Entry>,
    control: &Control,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<Reach, String> {
    if *opened.source() == Source::Builtin {
        let papers = builtin(&opened.reading().keys);
        papers.segments().for_each(|(_, it)| segmenter.borrow_mut().take_sealed(Arc::clone(it)));
        return Ok(Reach::Read);
    }
    let name = Arc::clone(opened.name());
    let contents = contents(&mut opened, control)?;
    if !matches!(contents, Some(Contents::Folder(_))) {
        segmenter.borrow_mut().begin_source();
    }
    let read = match contents {
        None => return Ok(Reach::Broken),
        Some(Contents::Folder(listing)) => {
            return load_folder(&opened, listing, control, segmenter).map(|()| Reach::Read);
        }
        Some(Contents::Plain(format)) => {
            segmenter.borrow_mut().begin(&name, format);
            match lines(&opened, format) {
                Some(lines) => lines.read(entry, &mut segmenter.borrow_mut()),
                None => read_through(opened, format, segmenter).map(|()| Reach::Read),
            }
        }
        Some(Contents::Nothing(why)) => {
            segmenter.borrow_mut().pass_over(&name, why);
            return Ok(Reach::Read);
        }
        Some(Contents::Packed) => match unpack(opened, control, segmenter) {
            Ok(Err(NotPapers::Empty)) => {
                segmenter.borrow_mut().pass_over(&name, EMPTY);
                return Ok(Reach::Read);
            }
            Ok(Err(why)) => return Err(not_papers_message(&name, &why)),
            unpacked => unpacked.map(|_| Reach::Read),
        },
    };
    read.map_err(|it| broken(&name, &it))
}

fn read_through(
    opened: Opened,
    format: Format,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<()> {
    let (reading, budget) = (opened.reading().clone(), Budget::default());
    let mut stream = Stream::new(opened.input, segmenter, &budget);
    let mut each = |record| segmenter.borrow_mut().take(record);
    read_with(format, &reading.names, &reading.macros, &mut stream, &mut each)
}

/// Reads the files of a folder. What is wrong with one of them is not fatal to the rest.
fn load_folder(
    folder: &Opened,
    listing: Listing,
    control: &Control,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<(), String> {
    let (count, mut read) = (listing.files.len(), 0);
    for why in listing.unread {
        segmenter.borrow_mut().fail_part(why);
    }
    for path in listing.files {
        if control.is_over() {
            return Ok(());
        }
        match open(Source::File(path), folder.reading()) {
            Ok(opened) => match load_one(opened, None, control, segmenter) {
                Ok(_) => read += 1,
                Err(why) => segmenter.borrow_mut().fail_part(why),
            },
            Err(SourceError::Recognise { name, why }) => {
                segmenter.borrow_mut().pass_over(&name, &why.to_string());
            }
            Err(error) => segmenter.borrow_mut().fail_part(error.to_string()),
        }
    }
    let name = folder.name();
    let none =
        || format!("cannot find papers in {name}: none of the {count} files in it holds any");
    if read == 0 && count > 0 { Err(none()) } else { Ok(()) }
}

/// Reads what is packed.
fn unpack(
    opened: Opened,
    control: &Control,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<Result<(), NotPapers>> {
    let budget = Budget::default();
    let (name, reading) = (Arc::clone(opened.name()), opened.reading().clone());
    let (reading, budget, read) = (&reading, &budget, Cell::new(0));
    let unpacker = Unpacker { reading, control, segmenter, budget, read };
    if Packing::of(opened.input.head()) == Some(Packing::Zip)
        && let Some(file) = opened.input.file()
    {
        budget.earn(opened.total().unwrap_or_default());
        let file = BufReader::new(file.try_clone()?);
        return unpacker.zip(&name, file, 1);
    }
    unpacker.read(&name, Box::new(Stream::new(opened.input, segmenter, budget)), 0)
}

/// What the source holds; judged now if it was opened in hope. Nothing if the loading is over.
fn contents(opened: &mut Opened, control: &Control) -> Result<Option<Contents>, String> {
    let name = Arc::clone(opened.name());
    if let Some(contents) = opened.contents.take() {
        return Ok(Some(contents));
    }
    loop {
        let wait = opened.input.gather(FOR_EVER).map_err(|it| broken(&name, &it))?;
        if control.is_over() {
            return Ok(None);
        }
        let (head, reading) = (opened.input.head(), opened.reading());
        let is_over = wait == Wait::Ended;
        match if is_over { judge_whole(head, reading) } else { judge(head, reading) } {
            Ok(contents) => return Ok(Some(contents)),
            Err(why) if is_over || !may_become_papers(&why) => {
                return Err(not_papers_message(&name, &why));
            }
            Err(_) => {}
        }
    }
}

/// The lines of the source, if they can be read in stretches and there are enough of them.
fn lines(opened: &Opened, format: Format) -> Option<Stretches> {
    let is_lines = format == Format::Jsonl;
    let size = opened.total().filter(|it| is_lines && *it >= SEVERAL_STRETCHES)?;
    let file = opened.input.file()?.try_clone().ok()?;
    let (name, names) = (Arc::clone(opened.name()), opened.reading().names.clone());
    let keys = opened.reading().keys.clone();
    Some(Stretches::of(Records::new(file, name, format, names), size, keys))
}

/// The bytes of a source as the reader sees them: it ends when the loading is to end, and while it
/// is silent what was read so far is sealed.
struct Stream<'a, 's> {
    input: Input,
    segmenter: &'a RefCell<Segmenter<'s>>,
    budget: &'a Budget,
    patience: Duration,
}

impl<'a, 's> Stream<'a, 's> {
    fn new(input: Input, segmenter: &'a RefCell<Segmenter<'s>>, budget: &'a Budget) -> Self {
        Self { input, segmenter, budget, patience: PATIENCE }
    }
}

impl BufRead for Stream<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let mut wait = self.input.wait(self.patience)?;
        if wait == Wait::Silent {
            self.segmenter.borrow_mut().seal();
            self.patience = (self.patience * 2).min(MOST_PATIENCE);
            wait = self.input.wait(FOR_EVER)?;
        }
        if wait == Wait::Ended || self.segmenter.borrow_mut().is_over() {
            return Ok(&[]);
        }
        self.input.available()
    }

    fn consume(&mut self, len: usize) {
        self.input.consume(len);
        self.segmenter.borrow_mut().read += len as u64;
        self.budget.earn(len as u64);
    }
}

impl Read for Stream<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(buffer)?;
        self.consume(len);
        Ok(len)
    }
}
