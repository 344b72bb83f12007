//! Loads all sources of a run in order, deduplicates their papers, and caches large files.

pub mod archive;
pub mod control;
pub mod one;
pub mod outcome;
pub mod parallel;
pub mod segmenter;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::abstracts::spill::AbstractSpiller;
use super::cache::directory::{Cache, location_notice};
use super::cache::index_file::{INDEX_BYTES_PER_PAPER, IndexFile, IndexSaver};
use super::cache::manifest::SourceKey;
use super::cache::reader::CacheEntry;
use super::cache::writer::{CacheInput, SkipReason};
use super::error::SourceError;
use super::load_event::LoadEvent;
use super::open::source::{OpenSource, open};
use super::options::ReadOptions;
use super::source::Source;
use crate::domain::{Corpus, Deduplicator, KeyPattern, Segment};
use crate::formats::{Defect, FieldNames};
use control::LoadControl;
use one::{load, load_into};
use outcome::LoadOutcome;
use segmenter::Segmenter;

/// Loads a source on this thread.
///
/// # Errors
///
/// Returns an error if the source cannot be opened, contains no papers, or cannot be read to its
/// end.
pub fn load_corpus(source: Source) -> Result<(Corpus, Vec<Defect>), SourceError> {
    let opened = open(source, &ReadOptions::default())?;
    let (mut corpus, mut defects, mut failure) = (Corpus::default(), Vec::new(), None);
    load_all(vec![opened], None, &LoadControl::default(), &mut |it| match it {
        LoadEvent::Segment(segment) => corpus.push(segment),
        LoadEvent::Duplicates(overlay) => corpus.set_duplicates(overlay),
        LoadEvent::Defect(defect) => defects.push(defect),
        LoadEvent::Failed(reason) => failure = Some(reason),
        _ => {}
    });
    match failure {
        Some(sentence) => Err(SourceError::Interrupted(sentence)),
        None => Ok((corpus, defects)),
    }
}

/// Loads sources in order, links duplicates, and posts [`LoadEvent::Done`] once at the end.
///
/// Large files are read from the cache, or written to it after `Done`. Abstracts that cannot be
/// read again from their source are spilled to a file in the cache directory once there are many.
pub fn load_all(
    mut opened: Vec<OpenSource>,
    cache: Option<&Cache>,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) {
    if let [alone] = opened.as_slice()
        && let Some(cache) = cache
        && let Some(origin) = source_key(alone)
        && let Some(alone) = opened.pop()
    {
        return load_cacheable(alone, cache, &origin, control, post);
    }
    load_several(opened, cache, control, post);
}

/// Loads several sources in order, from their cache entries where they exist.
fn load_several(
    opened: Vec<OpenSource>,
    cache: Option<&Cache>,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) {
    let keys = opened.first().map(|it| it.reading().key_pattern.clone()).unwrap_or_default();
    let (mut linker, gathered) = (Deduplicator::default(), RefCell::new(CacheCandidate::default()));
    let mut each = |it| {
        if let LoadEvent::Segment(segment) = &it {
            link_segment(&mut linker, segment, post);
        }
        gathered.borrow_mut().add(&it);
        post(it);
    };
    let total = opened.iter().map(OpenSource::total).sum();
    let holding = AbstractSpiller::new(cache.map(Cache::directory), keys.clone());
    let segmenter = RefCell::new(Segmenter::new(total, holding, control, &mut each));
    let mut unkept = Vec::new();
    for source in opened {
        let file = cache.and_then(|cache| Some((cache, source_key(&source)?)));
        if let Some((cache, origin)) = file {
            // Papers pending here belong to earlier sources.
            segmenter.borrow_mut().seal();
            let entry = find_entry(cache, &origin, &keys);
            gathered.replace(CacheCandidate::new(entry.as_ref(), cache, &origin));
            let reach = load_into(&segmenter, source, entry.as_ref(), control);
            segmenter.borrow_mut().seal();
            let gathered = gathered.take();
            unkept.extend((reach == LoadOutcome::FromSource).then_some((origin, gathered)));
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
    let room = make_room(cache, unkept.iter().map(|(_, it)| it.estimated_bytes()).sum(), post);
    let outcome = room.and_then(|()| {
        unkept.iter().try_for_each(|(origin, it)| {
            // A separate deduplicator, so that the links are those of the file loaded alone.
            let mut linker = Deduplicator::default();
            it.segments.iter().for_each(|segment| drop(linker.add_segment(segment)));
            cache.write_entry(it.cache_input(origin, &keys, &linker.links()), &|| {
                control.is_cancelled()
            })
        })
    });
    post_skip_reason(outcome, cache, post);
}

/// The parsed content of a file that is to be cached.
#[derive(Default)]
struct CacheCandidate {
    segments: Vec<Arc<Segment>>,
    defects: Vec<(u64, String)>,
    /// The saved word indexes of the file, if there are any.
    index_file: Option<IndexFile>,
}

impl CacheCandidate {
    fn new(entry: Option<&CacheEntry>, cache: &Cache, origin: &SourceKey) -> Self {
        Self { index_file: entry.and_then(|_| cache.find_index(origin)), ..Self::default() }
    }

    fn add(&mut self, loading: &LoadEvent) {
        match loading {
            LoadEvent::Segment(segment) => {
                if let Some(words) = &self.index_file {
                    words.attach(self.segments.len(), segment);
                }
                self.segments.push(Arc::clone(segment));
            }
            LoadEvent::Defect(defect) => self.defects.push((defect.line, defect.reason.clone())),
            _ => {}
        }
    }

    /// Returns the estimated size of the entry, in bytes.
    fn estimated_bytes(&self) -> u64 {
        let bytes = |it: &Arc<Segment>| {
            it.total_bytes() as u64 + INDEX_BYTES_PER_PAPER * u64::from(it.len())
        };
        self.segments.iter().map(bytes).sum()
    }

    fn cache_input<'a>(
        &'a self,
        origin: &SourceKey,
        keys: &'a KeyPattern,
        links: &'a [(u32, u32)],
    ) -> CacheInput<'a> {
        let (segments, defects) = (&self.segments, self.defects.clone());
        CacheInput { source_key: origin.clone(), key_pattern: keys, segments, links, defects }
    }
}

/// Returns the entry of a file, if its citation keys have this pattern.
fn find_entry(cache: &Cache, origin: &SourceKey, keys: &KeyPattern) -> Option<CacheEntry> {
    cache.find(origin).filter(|it| it.manifest.key_pattern == keys.source())
}

/// Makes room in the cache and posts a notice with its location.
fn make_room(cache: &Cache, bytes: u64, post: &mut dyn FnMut(LoadEvent)) -> Result<(), SkipReason> {
    cache.make_room(bytes)?;
    post(LoadEvent::Notice(location_notice(bytes, cache)));
    Ok(())
}

fn post_skip_reason(
    outcome: Result<(), SkipReason>,
    cache: &Cache,
    post: &mut dyn FnMut(LoadEvent),
) {
    if let Err(
        why @ (SkipReason::TooLarge { .. } | SkipReason::NoRoom { .. } | SkipReason::Write { .. }),
    ) = outcome
        && cache.is_writable()
    {
        post(LoadEvent::Notice(why.to_string()));
    }
}

/// Returns the destination for the word indexes, if the only source is a file that is cached.
pub fn index_saver(opened: &[OpenSource], cache: Option<&Cache>) -> Option<IndexSaver> {
    let ([alone], Some(cache)) = (opened, cache) else { return None };
    Some(IndexSaver { cache: cache.clone(), source_key: source_key(alone)? })
}

/// Returns the cache key of a source, if it is worth caching.
fn source_key(opened: &OpenSource) -> Option<SourceKey> {
    let Source::File(path) = opened.source() else { return None };
    let format = opened.contents.as_ref()?.cacheable_format(opened.total()?)?;
    // Other field names give other papers, and are not part of the key.
    let is_usual = opened.reading().field_names == FieldNames::default();
    is_usual.then(|| SourceKey::from_path(Path::new(path), format.name()))?
}

fn link_segment(
    linker: &mut Deduplicator,
    segment: &Arc<Segment>,
    post: &mut dyn FnMut(LoadEvent),
) {
    if let Some(overlay) = linker.add_segment(segment) {
        post(LoadEvent::Duplicates(overlay));
    }
}

/// Forwards every event but `Done`: more sources may follow.
fn forward(loading: LoadEvent, post: &mut dyn FnMut(LoadEvent)) {
    if !matches!(loading, LoadEvent::Done) {
        post(loading);
    }
}

fn load_cacheable(
    opened: OpenSource,
    cache: &Cache,
    origin: &SourceKey,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) {
    let mut linker = Deduplicator::default();
    let keys = opened.reading().key_pattern.clone();
    let entry = find_entry(cache, origin, &keys);
    let mut gathered = CacheCandidate::new(entry.as_ref(), cache, origin);
    if let Some(links) = entry.as_ref().and_then(|it| it.links().ok()) {
        let mut repeats: Vec<u32> = links.iter().map(|(later, _)| *later).collect();
        repeats.sort_unstable();
        post(LoadEvent::DuplicateRows(repeats.into()));
    }
    let reach = load(opened, entry.as_ref(), control, &mut |it| {
        if let LoadEvent::Segment(segment) = &it
            && entry.is_none()
        {
            link_segment(&mut linker, segment, post);
        }
        gathered.add(&it);
        forward(it, post);
    });
    let is_kept = match entry {
        Some(entry) => link_cached(&entry, reach, &gathered.segments, &mut linker, post),
        None => false,
    };
    if control.is_cancelled() {
        return;
    }
    if is_kept || reach == LoadOutcome::Incomplete {
        return post(LoadEvent::Done);
    }
    let room = make_room(cache, gathered.estimated_bytes(), post);
    post(LoadEvent::Done);
    let links = linker.links();
    let kept = gathered.cache_input(origin, &keys, &links);
    let outcome = room.and_then(|()| cache.write_entry(kept, &|| control.is_cancelled()));
    post_skip_reason(outcome, cache, post);
}

/// Restores the links of a cache entry and returns true, if everything came from the cache.
/// Otherwise deduplicates the papers again.
fn link_cached(
    entry: &CacheEntry,
    reach: LoadOutcome,
    segments: &[Arc<Segment>],
    linker: &mut Deduplicator,
    post: &mut dyn FnMut(LoadEvent),
) -> bool {
    let links = entry.links().ok().filter(|_| reach == LoadOutcome::FromCache);
    match &links {
        Some(links) => {
            for segment in segments {
                linker.add_known_segment(Arc::clone(segment));
            }
            if let Some(overlay) = linker.restore_links(links) {
                post(LoadEvent::Duplicates(overlay));
            }
            entry.touch();
        }
        None => segments.iter().for_each(|it| link_segment(linker, it, post)),
    }
    links.is_some()
}
