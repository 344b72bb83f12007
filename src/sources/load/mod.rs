//! Loads all sources of a run in order, deduplicates their papers, and caches large files.

pub mod archive;
pub mod fetch_drafts;
pub mod one;
pub mod outcome;
pub mod parallel;
pub mod segmenter;

use std::cell::RefCell;
use std::sync::Arc;

use super::abstracts::spill::AbstractSpiller;
use super::cache::directory::{Cache, location_notice};
use super::cache::index_file::{INDEX_BYTES_PER_PAPER, IndexFile, IndexSaver};
use super::cache::manifest::SourceKey;
use super::cache::reader::CacheEntry;
use super::cache::writer::{CacheInput, SkipReason};
use super::error::SourceError;
use super::load_control::LoadControl;
use super::load_event::LoadEvent;
use super::open::source::{OpenSource, open};
use super::options::ReadOptions;
use super::source::Source;
use crate::domain::{Corpus, Deduplicator, KeyPattern, Segment};
use crate::formats::{Defect, FieldNames};
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
    let source = open(source, &ReadOptions::default())?;
    let (mut corpus, mut defects, mut failure) = (Corpus::default(), Vec::new(), None);
    load_all(vec![source], None, &LoadControl::default(), &mut |it| match it {
        LoadEvent::Segment(segment) => corpus.push(segment),
        LoadEvent::Duplicates(duplicates) => corpus.set_duplicates(duplicates),
        LoadEvent::Defect(defect) => defects.push(defect),
        LoadEvent::Failed(reason) => failure = Some(reason),
        _ => {}
    });
    match failure {
        Some(message) => Err(SourceError::Interrupted(message)),
        None => Ok((corpus, defects)),
    }
}

/// Loads sources in order, links duplicates, and posts [`LoadEvent::Done`] once at the end.
///
/// Large files are read from the cache, or written to it after `Done`. Abstracts that cannot be
/// read again from their source are spilled to a file in the cache directory once there are many.
pub fn load_all(
    mut sources: Vec<OpenSource>,
    cache: Option<&Cache>,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) {
    if let [source] = sources.as_slice()
        && let Some(cache) = cache
        && let Some(source_key) = source_key(source)
        && let Some(source) = sources.pop()
    {
        return load_cacheable(source, cache, &source_key, control, post);
    }
    load_several(sources, cache, control, post);
}

/// Loads several sources in order, from their cache entries where they exist.
fn load_several(
    sources: Vec<OpenSource>,
    cache: Option<&Cache>,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) {
    let keys = sources.first().map(|it| it.options().key_pattern.clone()).unwrap_or_default();
    let (mut deduplicator, candidate) =
        (Deduplicator::default(), RefCell::new(CacheCandidate::default()));
    let mut each = |event| {
        if let LoadEvent::Segment(segment) = &event {
            link_segment(&mut deduplicator, segment, post);
        }
        candidate.borrow_mut().add(&event);
        post(event);
    };
    let total = sources.iter().map(OpenSource::total).sum();
    let spiller = AbstractSpiller::new(cache.map(Cache::directory), keys.clone());
    let segmenter = RefCell::new(Segmenter::new(total, spiller, control, &mut each));
    let mut uncached = Vec::new();
    for source in sources {
        let file = cache.and_then(|cache| Some((cache, source_key(&source)?)));
        if let Some((cache, source_key)) = file {
            // Papers pending here belong to earlier sources.
            segmenter.borrow_mut().seal();
            let entry = find_entry(cache, &source_key, &keys);
            candidate.replace(CacheCandidate::new(entry.as_ref(), cache, &source_key));
            let outcome = load_into(&segmenter, source, entry.as_ref(), control);
            segmenter.borrow_mut().seal();
            let candidate = candidate.take();
            uncached
                .extend((outcome == LoadOutcome::FromSource).then_some((source_key, candidate)));
        } else {
            load_into(&segmenter, source, None, control);
        }
        if control.is_cancelled() {
            break;
        }
    }
    segmenter.into_inner().finish();
    let Some(cache) = cache.filter(|_| !uncached.is_empty() && !control.is_cancelled()) else {
        return;
    };
    let room_result =
        make_room(cache, uncached.iter().map(|(_, it)| it.estimated_bytes()).sum(), post);
    let outcome = room_result.and_then(|()| {
        uncached.iter().try_for_each(|(source_key, candidate)| {
            // A separate deduplicator, so that the links are those of the file loaded alone.
            let mut deduplicator = Deduplicator::default();
            candidate.segments.iter().for_each(|segment| drop(deduplicator.add_segment(segment)));
            cache.write_entry(
                candidate.cache_input(source_key, &keys, &deduplicator.links()),
                &|| control.is_cancelled(),
            )
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
    fn new(entry: Option<&CacheEntry>, cache: &Cache, source_key: &SourceKey) -> Self {
        Self { index_file: entry.and_then(|_| cache.find_index(source_key)), ..Self::default() }
    }

    fn add(&mut self, event: &LoadEvent) {
        match event {
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
        source_key: &SourceKey,
        keys: &'a KeyPattern,
        links: &'a [(u32, u32)],
    ) -> CacheInput<'a> {
        let (segments, defects) = (&self.segments, self.defects.clone());
        CacheInput { source_key: source_key.clone(), key_pattern: keys, segments, links, defects }
    }
}

/// Returns the entry of a file, if its citation keys have this pattern.
fn find_entry(cache: &Cache, source_key: &SourceKey, keys: &KeyPattern) -> Option<CacheEntry> {
    cache.find(source_key).filter(|it| it.manifest.key_pattern == keys.source())
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
        reason @ (SkipReason::TooLarge { .. }
        | SkipReason::NoRoom { .. }
        | SkipReason::Write { .. }),
    ) = outcome
        && cache.is_writable()
    {
        post(LoadEvent::Notice(reason.to_string()));
    }
}

/// Returns the destination for the word indexes, if the only source is a file that is cached.
pub fn index_saver(sources: &[OpenSource], cache: Option<&Cache>) -> Option<IndexSaver> {
    let ([source], Some(cache)) = (sources, cache) else { return None };
    Some(IndexSaver { cache: cache.clone(), source_key: source_key(source)? })
}

/// Returns the cache key of a source, if it is worth caching.
fn source_key(source: &OpenSource) -> Option<SourceKey> {
    let path = source.source().path()?;
    let format = source.contents.as_ref()?.cacheable_format(source.total()?)?;
    // Other field names give other papers, and are not part of the key.
    let is_usual = source.options().field_names == FieldNames::default();
    is_usual.then(|| SourceKey::from_path(path, format.name()))?
}

fn link_segment(
    deduplicator: &mut Deduplicator,
    segment: &Arc<Segment>,
    post: &mut dyn FnMut(LoadEvent),
) {
    if let Some(duplicates) = deduplicator.add_segment(segment) {
        post(LoadEvent::Duplicates(duplicates));
    }
}

/// Forwards every event but `Done`: more sources may follow.
fn forward(event: LoadEvent, post: &mut dyn FnMut(LoadEvent)) {
    if !matches!(event, LoadEvent::Done) {
        post(event);
    }
}

fn load_cacheable(
    source: OpenSource,
    cache: &Cache,
    source_key: &SourceKey,
    control: &LoadControl,
    post: &mut dyn FnMut(LoadEvent),
) {
    let mut deduplicator = Deduplicator::default();
    let keys = source.options().key_pattern.clone();
    let entry = find_entry(cache, source_key, &keys);
    let mut candidate = CacheCandidate::new(entry.as_ref(), cache, source_key);
    if let Some(links) = entry.as_ref().and_then(|it| it.links().ok()) {
        let mut duplicate_rows: Vec<u32> = links.iter().map(|(duplicate, _)| *duplicate).collect();
        duplicate_rows.sort_unstable();
        post(LoadEvent::DuplicateRows(duplicate_rows.into()));
    }
    let outcome = load(source, entry.as_ref(), control, &mut |event| {
        if let LoadEvent::Segment(segment) = &event
            && entry.is_none()
        {
            link_segment(&mut deduplicator, segment, post);
        }
        candidate.add(&event);
        forward(event, post);
    });
    let is_cached = match entry {
        Some(entry) => link_cached(&entry, outcome, &candidate.segments, &mut deduplicator, post),
        None => false,
    };
    if control.is_cancelled() {
        return;
    }
    if is_cached || outcome == LoadOutcome::Incomplete {
        return post(LoadEvent::Done);
    }
    let room_result = make_room(cache, candidate.estimated_bytes(), post);
    post(LoadEvent::Done);
    let links = deduplicator.links();
    let input = candidate.cache_input(source_key, &keys, &links);
    let outcome = room_result.and_then(|()| cache.write_entry(input, &|| control.is_cancelled()));
    post_skip_reason(outcome, cache, post);
}

/// Restores the links of a cache entry and returns true, if everything came from the cache.
/// Otherwise deduplicates the papers again.
fn link_cached(
    entry: &CacheEntry,
    outcome: LoadOutcome,
    segments: &[Arc<Segment>],
    deduplicator: &mut Deduplicator,
    post: &mut dyn FnMut(LoadEvent),
) -> bool {
    let links = entry.links().ok().filter(|_| outcome == LoadOutcome::FromCache);
    match &links {
        Some(links) => {
            for segment in segments {
                deduplicator.add_known_segment(Arc::clone(segment));
            }
            if let Some(duplicates) = deduplicator.restore_links(links) {
                post(LoadEvent::Duplicates(duplicates));
            }
            entry.touch();
        }
        None => segments.iter().for_each(|it| link_segment(deduplicator, it, post)),
    }
    links.is_some()
}
