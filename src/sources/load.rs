//! Reading a source through, under control.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::time::Duration;

use flate2::bufread::MultiGzDecoder;

use super::cache::Entry;
use super::input::{HEAD, Input};
use super::open::{Contents, Packing, judge, may_become_papers};
use super::pipe::Wait;
use super::records::Records;
use super::segmenter::Segmenter;
use super::stretches::Stretches;
use super::{Control, Loading, Opened, Source, builtin};
use crate::formats::{Format, NotPapers, read};

/// A pipe that is silent for so long has its papers shown as they are.
const PATIENCE: Duration = Duration::from_millis(100);
const MOST_PATIENCE: Duration = Duration::from_secs(2);
const FOR_EVER: Duration = Duration::MAX;
/// A file of so many bytes is read on all processors.
const SEVERAL_STRETCHES: u64 = 1 << 20;
/// No honest text packs better than this.
const MOST_UNPACKED: u64 = 100;
/// So many bytes may be unpacked in any case.
const FREELY_UNPACKED: u64 = 16 << 20;

/// How far a load came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// All of the source was in the cache.
    Kept,
    /// All of the source was read, what the cache had perhaps left out.
    Read,
    /// It broke off, or was ended.
    Broken,
}

/// Reads a source through on this thread and posts what it finds, [`Loading::Done`] or
/// [`Loading::Failed`] last.
pub fn load(opened: Opened, control: &Control, post: &mut dyn FnMut(Loading)) {
    load_with(opened, None, control, post);
}

/// Does as [`load`], and takes what an entry of the cache has from there.
pub(super) fn load_with(
    mut opened: Opened,
    entry: Option<&Entry>,
    control: &Control,
    post: &mut dyn FnMut(Loading),
) -> Reach {
    if *opened.source() == Source::Builtin {
        post_builtin(post);
        return Reach::Read;
    }
    let (name, total) = (Arc::clone(opened.name()), opened.total());
    let segmenter = RefCell::new(Segmenter::new(Arc::clone(&name), total, control, post));
    let result = contents(&mut opened, control).and_then(|it| match it {
        Some(it) => {
            let read = match lines(&opened, it) {
                Some(lines) => lines.read(entry, &mut segmenter.borrow_mut()),
                None => read_through(opened.input, it, &segmenter).map(|()| Reach::Read),
            };
            read.map_err(|it| broken(&name, &it))
        }
        None => Ok(Reach::Broken),
    });
    let reach = result.as_ref().ok().filter(|_| !control.is_cancelled()).copied();
    let failure = result.err().filter(|_| !control.is_cancelled());
    segmenter.into_inner().finish(failure);
    reach.unwrap_or(Reach::Broken)
}

fn post_builtin(post: &mut dyn FnMut(Loading)) {
    let corpus = builtin();
    for (_, segment) in corpus.segments() {
        post(Loading::Segment(Arc::clone(segment)));
    }
    post(Loading::Progress { bytes: 0, total: None, papers: corpus.len() });
    post(Loading::Done);
}

/// What the source holds; judged now if it was opened in hope. Nothing if the loading is over.
fn contents(opened: &mut Opened, control: &Control) -> Result<Option<Contents>, String> {
    let name = Arc::clone(opened.name());
    let told = |why: NotPapers| format!("cannot find papers in {name}: {why}");
    if let Some(contents) = opened.contents {
        return Ok(Some(contents));
    }
    loop {
        let wait = opened.input.gather(FOR_EVER).map_err(|it| broken(&name, &it))?;
        if control.is_over() {
            return Ok(None);
        }
        match judge(opened.input.head()) {
            Ok(contents) => return Ok(Some(contents)),
            Err(why) if wait == Wait::Ended || !may_become_papers(why) => return Err(told(why)),
            Err(_) => {}
        }
    }
}

/// The lines of the source, if they can be read in stretches and there are enough of them.
fn lines(opened: &Opened, contents: Contents) -> Option<Stretches> {
    let is_lines = contents == Contents { packing: Packing::Plain, format: Format::Jsonl };
    let size = opened.total().filter(|it| is_lines && *it >= SEVERAL_STRETCHES)?;
    let file = opened.input.file()?.try_clone().ok()?;
    Some(Stretches::of(Records::new(file, Arc::clone(opened.name()), contents.format), size))
}

fn read_through(
    input: Input,
    contents: Contents,
    segmenter: &RefCell<Segmenter<'_>>,
) -> io::Result<()> {
    let mut stream = Stream { input, segmenter, patience: PATIENCE };
    let mut each = |record| segmenter.borrow_mut().take(record);
    match contents.packing {
        Packing::Plain => read(contents.format, &mut stream, &mut each),
        Packing::Gzip => {
            let unpacked = Bounded { packed: MultiGzDecoder::new(stream), unpacked: 0 };
            read(contents.format, &mut BufReader::with_capacity(HEAD, unpacked), &mut each)
        }
    }
}

fn broken(name: &str, error: &io::Error) -> String {
    format!("cannot read all of {name}: {error}; what was read before stays")
}

/// The bytes of a source as the reader sees them: it ends when the loading is to end, and while it
/// is silent what was read so far is sealed.
struct Stream<'a, 's> {
    input: Input,
    segmenter: &'a RefCell<Segmenter<'s>>,
    patience: Duration,
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
    }
}

impl Read for Stream<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(buffer)?;
        self.consume(len);
        Ok(len)
    }
}

/// Unpacks no more than honest text packs into so few bytes.
struct Bounded<'a, 's> {
    packed: MultiGzDecoder<Stream<'a, 's>>,
    unpacked: u64,
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.packed.read(buffer)?;
        self.unpacked += len as u64;
        let packed = self.packed.get_ref().segmenter.borrow().read;
        if self.unpacked > FREELY_UNPACKED.saturating_add(packed * MOST_UNPACKED) {
            return Err(io::Error::other("it unpacks to far more than text would"));
        }
        Ok(len)
    }
}
