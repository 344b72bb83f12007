//! Reading a source through, under control.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::archive::Unpacker;
use super::input::Input;
use super::open::{Contents, judge, may_become_papers};
use super::packing::{Budget, Packing};
use super::pipe::Wait;
use super::records::Records;
use super::segmenter::Segmenter;
use super::{Control, Loading, Opened, Source, SourceError, builtin, open};
use crate::cite::key_hash;
use crate::domain::{AbstractStore, Linker};
use crate::formats::{Format, NotPapers, read_with};

/// A pipe that is silent for so long has its papers shown as they are.
const PATIENCE: Duration = Duration::from_millis(100);
const MOST_PATIENCE: Duration = Duration::from_secs(2);
const FOR_EVER: Duration = Duration::MAX;
/// A file of so many bytes keeps its abstracts.
const LARGE: u64 = 64 << 20;

/// Loads one source after the other on this thread, links the papers that are met more than once,
/// and posts what it finds, [`Loading::Done`] last.
pub fn load(opened: Vec<Opened>, control: &Control, post: &mut dyn FnMut(Loading)) {
    let mut linker = Linker::new(key_hash);
    let mut each = |loading| {
        if let Loading::Segment(segment) = &loading
            && let Some(overlay) = linker.meet(segment)
        {
            post(Loading::Linked(overlay));
        }
        post(loading);
    };
    let total = opened.iter().map(Opened::total).sum();
    let segmenter = RefCell::new(Segmenter::new(total, control, &mut each));
    for source in opened {
        let failure = load_one(source, control, &segmenter).err();
        if control.is_cancelled() {
            break;
        }
        if let Some(why) = failure {
            segmenter.borrow_mut().fail(why);
        }
    }
    segmenter.into_inner().finish();
}

/// Reads one source through.
fn load_one(
    mut opened: Opened,
    control: &Control,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<(), String> {
    if *opened.source() == Source::Builtin {
        let corpus = builtin();
        corpus.segments().for_each(|(_, it)| segmenter.borrow_mut().pass(it));
        return Ok(());
    }
    let name = Arc::clone(opened.name());
    match contents(&mut opened, control)? {
        None => Ok(()),
        Some(Contents::Folder(files)) => load_folder(&opened, files, control, segmenter),
        Some(Contents::Plain(format)) => {
            segmenter.borrow_mut().begin_source();
            segmenter.borrow_mut().begin(&name, format, store(&opened, format));
            let names = opened.reading().names.clone();
            let budget = Budget::default();
            let mut stream = Stream::new(opened.input, segmenter, &budget);
            let mut each = |record| segmenter.borrow_mut().take(record);
            read_with(format, &names, &mut stream, &mut each).map_err(|it| broken(&name, &it))
        }
        Some(Contents::Packed) => {
            segmenter.borrow_mut().begin_source();
            let unpacked = unpack(opened, control, segmenter).map_err(|it| broken(&name, &it))?;
            unpacked.map_err(|why| told(&name, why))
        }
    }
}

/// Reads the files of a folder. What is wrong with one of them is not fatal to the rest.
fn load_folder(
    folder: &Opened,
    files: Vec<PathBuf>,
    control: &Control,
    segmenter: &RefCell<Segmenter<'_>>,
) -> Result<(), String> {
    let (count, mut read) = (files.len(), 0);
    for path in files {
        if control.is_over() {
            return Ok(());
        }
        match open(Source::File(path), folder.reading()) {
            Ok(opened) => match load_one(opened, control, segmenter) {
                Ok(()) => read += 1,
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
    if read == 0 { Err(none()) } else { Ok(()) }
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
        match judge(opened.input.head(), opened.reading()) {
            Ok(contents) => return Ok(Some(contents)),
            Err(why) if wait == Wait::Ended || !may_become_papers(why) => {
                return Err(told(&name, why));
            }
            Err(_) => {}
        }
    }
}

/// Where the abstracts stay that are not worth their memory.
fn store(opened: &Opened, format: Format) -> Option<Arc<dyn AbstractStore>> {
    let is_large = opened.total().is_some_and(|it| it >= LARGE);
    let is_kept = format == Format::Jsonl && is_large;
    let file = opened.input.file().filter(|_| is_kept)?.try_clone().ok()?;
    let names = opened.reading().names.clone();
    Some(Arc::new(Records::new(file, Arc::clone(opened.name()), format, names)))
}

fn told(name: &str, why: NotPapers) -> String {
    format!("cannot find papers in {name}: {why}")
}

pub(super) fn broken(name: &str, error: &io::Error) -> String {
    format!("cannot read all of {name}: {error}; what was read before stays")
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
