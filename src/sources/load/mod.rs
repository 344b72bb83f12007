//! Loading all that a run names: one source after the other, papers met twice linked, and what was
//! costly to read kept for the next time.

pub mod archive;
pub mod control;
pub mod one;
pub mod outcome;
pub mod parallel;
pub mod segmenter;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::abstracts::spill::Holding;
use super::cache::directory::{Cache, told};
use super::cache::index_file::{BYTES_A_PAPER, Words, WordsKeeper};
use super::cache::manifest::Origin;
use super::cache::reader::Entry;
use super::cache::writer::{Kept, NotKept};
use super::error::SourceError;
use super::load_event::Loading;
use super::open::source::{Opened, open};
use super::options::Reading;
use super::source::Source;
use crate::domain::{Corpus, KeyPattern, Linker, Segment};
use crate::formats::{Defect, Names};
use control::Control;
use one::{load, load_into};
use outcome::Reach;
use segmenter::Segmenter;

/// Reads a source through at once.
///
/// # Errors
///
/// When it cannot be opened, holds no papers, or breaks off.
pub fn corpus(source: Source) -> Result<(Corpus, Vec<Defect>), SourceError> {
    let opened = open(source, &Reading::default())?;
    let (mut corpus, mut defects, mut failure) = (Corpus::default(), Vec::new(), None);
    load_all(vec![opened], None, &Control::default(), &mut |it| match it {
        Loading::Segment(segment) => corpus.push(segment),
        Loading::Linked(overlay) => corpus.link(overlay),
        Loading::Defect(defect) => defects.push(defect),
        Loading::Failed(reason) => failure = Some(reason),
        _ => {}
    });
    match failure {
        Some(sentence) => Err(SourceError::Broke(sentence)),
        None => Ok((corpus, defects)),
    }
}

/// Loads one source after the other, links the papers that are met more than once, and says once
/// that all is done.
///
/// A large file is taken from the cache where that has it, and kept there where it has not, after all
/// is done. Abstracts of what cannot be read again are spilled into a file
/// beside it once there are many.
pub fn load_all(
    mut opened: Vec<Opened>,
    cache: Option<&Cache>,
    control: &Control,
    post: &mut dyn FnMut(Loading),
) {
    if let [alone] = opened.as_slice()
        && let Some(cache) = cache
        && let Some(origin) = origin(alone)
        && let Some(alone) = opened.pop()
    {
        return load_kept(alone, cache, &origin, control, post);
    }
    load_several(opened, cache, control, post);
}

/// Loads sources one after the other, what the cache has of them from there.
fn load_several(
    opened: Vec<Opened>,
    cache: Option<&Cache>,
    control: &Control,
    post: &mut dyn FnMut(Loading),
) {
    let keys = opened.first().map(|it| it.reading().keys.clone()).unwrap_or_default();
    let (mut linker, gathered) = (Linker::default(), RefCell::new(Gathered::default()));
    let mut each = |it| {
        if let Loading::Segment(segment) = &it {
            meet(&mut linker, segment, post);
        }
        gathered.borrow_mut().take(&it);
        post(it);
    };
    let total = opened.iter().map(Opened::total).sum();
    let holding = Holding::new(cache.map(Cache::directory), keys.clone());
    let segmenter = RefCell::new(Segmenter::new(total, holding, control, &mut each));
    let mut unkept = Vec::new();
    for source in opened {
        let file = cache.and_then(|cache| Some((cache, origin(&source)?)));
        if let Some((cache, origin)) = file {
            // What is sealed until here is of other sources.
            segmenter.borrow_mut().seal();
            let entry = find(cache, &origin, &keys);
            gathered.replace(Gathered::beside(entry.as_ref(), cache, &origin));
            let reach = load_into(&segmenter, source, entry.as_ref(), control);
            segmenter.borrow_mut().seal();
            let gathered = gathered.take();
            unkept.extend((reach == Reach::Read).then_some((origin, gathered)));
        } else {
            load_into(&segmenter, source, None, control);
        }
        if control.is_cancelled() {
            break;
        }
    }
    segmenter.into_inner().finish();
    let Some(cache) = cache.filter(|_| !unkept.is_empty() && !control.is_cancelled()) else {
        return;
    };
    let room = room(cache, unkept.iter().map(|(_, it)| it.bytes()).sum(), post);
    let outcome = room.and_then(|()| {
        unkept.iter().try_for_each(|(origin, it)| {
            // As they are linked where the file is loaded alone.
            let mut linker = Linker::default();
            it.segments.iter().for_each(|segment| drop(linker.meet(segment)));
            cache.keep(it.kept(origin, &keys, &linker.links()), &|| control.is_cancelled())
        })
    });
    tell_outcome(outcome, cache, post);
}

/// What was read of a file that is worth being kept.
#[derive(Default)]
struct Gathered {
    segments: Vec<Arc<Segment>>,
    defects: Vec<(u64, String)>,
    /// The indexes of its words, where they were kept.
    words: Option<Words>,
}

impl Gathered {
    fn beside(entry: Option<&Entry>, cache: &Cache, origin: &Origin) -> Self {
        Self { words: entry.and_then(|_| cache.words(origin)), ..Self::default() }
    }

    fn take(&mut self, loading: &Loading) {
        match loading {
            Loading::Segment(segment) => {
                if let Some(words) = &self.words {
                    words.attach(self.segments.len(), segment);
                }
                self.segments.push(Arc::clone(segment));
            }
            Loading::Defect(defect) => self.defects.push((defect.line, defect.reason.clone())),
            _ => {}
        }
    }

    /// About what an entry of it takes.
    fn bytes(&self) -> u64 {
        let bytes =
            |it: &Arc<Segment>| it.bytes_in_all() as u64 + BYTES_A_PAPER * u64::from(it.len());
        self.segments.iter().map(bytes).sum()
    }

    fn kept<'a>(
        &'a self,
        origin: &Origin,
        keys: &'a KeyPattern,
        links: &'a [(u32, u32)],
    ) -> Kept<'a> {
        let (segments, defects) = (&self.segments, self.defects.clone());
        Kept { origin: origin.clone(), keys, segments, links, defects }
    }
}

/// The entry of a file, if it was made with these citation keys.
fn find(cache: &Cache, origin: &Origin, keys: &KeyPattern) -> Option<Entry> {
    cache.find(origin).filter(|it| it.contents.keys == keys.source())
}

/// Makes room for so many bytes, and tells where they go.
fn room(cache: &Cache, bytes: u64, post: &mut dyn FnMut(Loading)) -> Result<(), NotKept> {
    cache.make_room(bytes)?;
    post(Loading::Told(told(bytes, cache)));
    Ok(())
}

fn tell_outcome(outcome: Result<(), NotKept>, cache: &Cache, post: &mut dyn FnMut(Loading)) {
    if let Err(why @ (NotKept::TooLarge { .. } | NotKept::NoRoom { .. } | NotKept::Write { .. })) =
        outcome
        && cache.is_writable()
    {
        post(Loading::Told(format!("Nothing is lost, but {why}.")));
    }
}

/// Where the indexes of what is about to be loaded are to be kept, if that is worth it.
pub fn words_keeper(opened: &[Opened], cache: Option<&Cache>) -> Option<WordsKeeper> {
    let ([alone], Some(cache)) = (opened, cache) else { return None };
    Some(WordsKeeper { cache: cache.clone(), origin: origin(alone)? })
}

/// By what the cache knows a source, if it is worth being kept.
fn origin(opened: &Opened) -> Option<Origin> {
    let Source::File(path) = opened.source() else { return None };
    let format = opened.contents.as_ref()?.kept(opened.total()?)?;
    // What fields are called decides what is read.
    let is_usual = opened.reading().names == Names::default();
    is_usual.then(|| Origin::of(Path::new(path), format.name()))?
}

fn meet(linker: &mut Linker, segment: &Arc<Segment>, post: &mut dyn FnMut(Loading)) {
    if let Some(overlay) = linker.meet(segment) {
        post(Loading::Linked(overlay));
    }
}

/// That a source is done does not mean that all is.
fn pass_on(loading: Loading, post: &mut dyn FnMut(Loading)) {
    if !matches!(loading, Loading::Done) {
        post(loading);
    }
}

fn load_kept(
    opened: Opened,
    cache: &Cache,
    origin: &Origin,
    control: &Control,
    post: &mut dyn FnMut(Loading),
) {
    let mut linker = Linker::default();
    let keys = opened.reading().keys.clone();
    let entry = find(cache, origin, &keys);
    let mut gathered = Gathered::beside(entry.as_ref(), cache, origin);
    if let Some(links) = entry.as_ref().and_then(|it| it.links().ok()) {
        let mut repeats: Vec<u32> = links.iter().map(|(later, _)| *later).collect();
        repeats.sort_unstable();
        post(Loading::Repeats(repeats.into()));
    }
    let reach = load(opened, entry.as_ref(), control, &mut |it| {
        if let Loading::Segment(segment) = &it
            && entry.is_none()
        {
            meet(&mut linker, segment, post);
        }
        gathered.take(&it);
        pass_on(it, post);
    });
    let is_kept = match entry {
        Some(entry) => link_kept(&entry, reach, &gathered.segments, &mut linker, post),
        None => false,
    };
    if control.is_cancelled() {
        return;
    }
    if is_kept || reach == Reach::Broken {
        return post(Loading::Done);
    }
    let room = room(cache, gathered.bytes(), post);
    post(Loading::Done);
    let links = linker.links();
    let kept = gathered.kept(origin, &keys, &links);
    let outcome = room.and_then(|()| cache.keep(kept, &|| control.is_cancelled()));
    tell_outcome(outcome, cache, post);
}

/// Links the papers of an entry as they were linked when it was written; tells whether all is as it
/// was then. Otherwise they are looked at anew.
fn link_kept(
    entry: &Entry,
    reach: Reach,
    segments: &[Arc<Segment>],
    linker: &mut Linker,
    post: &mut dyn FnMut(Loading),
) -> bool {
    let links = entry.links().ok().filter(|_| reach == Reach::Kept);
    match &links {
        Some(links) => {
            for segment in segments {
                linker.keep(Arc::clone(segment));
            }
            if let Some(overlay) = linker.link_known(links) {
                post(Loading::Linked(overlay));
            }
            entry.touch();
        }
        None => segments.iter().for_each(|it| meet(linker, it, post)),
    }
    links.is_some()
}
