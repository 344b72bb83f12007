//! Loading all that a run names: one source after the other, papers met twice linked, and what was
//! costly to read kept for the next time.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::cache::{BYTES_A_PAPER, Entry, Kept, NotKept, Origin, WordsKeeper, told};
use super::load::{Reach, load, load_into};
use super::segmenter::Segmenter;
use super::spill::Holding;
use super::{Cache, Control, Loading, Opened, Source};
use crate::domain::{Linker, Segment};
use crate::formats::Names;

/// Loads one source after the other, links the papers that are met more than once, and says once
/// that all is done.
///
/// A large file that is loaded alone is taken from the cache where that has it, and kept there
/// where it has not, after all is done. Abstracts of what cannot be read again are spilled into a file
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
        return load_kept(alone, cache, origin, control, post);
    }
    let mut linker = Linker::default();
    let mut each = |it| {
        if let Loading::Segment(segment) = &it {
            meet(&mut linker, segment, post);
        }
        post(it);
    };
    let total = opened.iter().map(Opened::total).sum();
    let keys = opened.first().map(|it| it.reading().keys.clone()).unwrap_or_default();
    let holding = Holding::new(cache.map(Cache::directory), keys);
    let segmenter = RefCell::new(Segmenter::new(total, holding, control, &mut each));
    for source in opened {
        load_into(&segmenter, source, None, control);
        if control.is_cancelled() {
            break;
        }
    }
    segmenter.into_inner().finish();
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
    origin: Origin,
    control: &Control,
    post: &mut dyn FnMut(Loading),
) {
    let mut linker = Linker::default();
    let (mut segments, mut defects) = (Vec::new(), Vec::new());
    let keys = opened.reading().keys.clone();
    let entry = cache.find(&origin).filter(|it| it.contents.keys == keys.source());
    let words = entry.as_ref().and_then(|_| cache.words(&origin));
    let reach = load(opened, entry.as_ref(), control, &mut |it| {
        match &it {
            Loading::Segment(segment) => {
                if let Some(words) = &words {
                    words.attach(segments.len(), segment);
                }
                segments.push(Arc::clone(segment));
                if entry.is_none() {
                    meet(&mut linker, segment, post);
                }
            }
            Loading::Defect(defect) => defects.push((defect.line, defect.reason.clone())),
            _ => {}
        }
        pass_on(it, post);
    });
    let is_kept = match entry {
        Some(entry) => link_kept(&entry, reach, &segments, &mut linker, post),
        None => false,
    };
    if control.is_cancelled() {
        return;
    }
    if is_kept || reach == Reach::Broken {
        return post(Loading::Done);
    }
    let bytes = segments.iter().map(|it| it.bytes() as u64 + BYTES_A_PAPER * u64::from(it.len()));
    let bytes = bytes.sum();
    let room = cache.make_room(bytes);
    if room.is_ok() {
        post(Loading::Told(told(bytes, cache)));
    }
    post(Loading::Done);
    let links = linker.links();
    let kept = Kept { origin, keys: &keys, segments: &segments, links: &links, defects };
    let outcome = room.and_then(|()| cache.keep(kept, &|| control.is_cancelled()));
    if let Err(why @ (NotKept::TooLarge { .. } | NotKept::NoRoom { .. } | NotKept::Write { .. })) =
        outcome
        && cache.is_writable()
    {
        post(Loading::Told(format!("Nothing is lost, but {why}.")));
    }
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
