//! Tests that a broken cache costs time, but never a paper.

mod index_file;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{io, thread};

use tempfile::TempDir;

use super::directory::{Cache, INDEX_EXTENSION};
use super::manifest::SourceKey;
use super::writer::{CacheInput, SkipReason, WriteError};
use crate::domain::{Corpus, KeyPattern, PaperId, Segment, parse_key_pattern};
use crate::sources::atomic_file::{AtomicFile, FileAccess};
use crate::sources::load::control::LoadControl;
use crate::sources::load::load_all;
use crate::sources::load_event::LoadEvent;
use crate::sources::open::source::open;
use crate::sources::options::ReadOptions;
use crate::sources::source::Source;

const MAX_CACHE_BYTES: u64 = 1 << 30;

/// A source file and a cache in a temporary directory.
struct TestCache {
    directory: TempDir,
}

/// The result of a load.
#[derive(Debug, PartialEq, Eq)]
struct LoadResult {
    /// Title and abstract.
    papers: Vec<(String, String)>,
    defects: Vec<u64>,
    told: Vec<String>,
}

impl TestCache {
    fn new() -> Self {
        let place = Self { directory: tempfile::tempdir().unwrap() };
        fs::write(place.file(), papers("Paper")).unwrap();
        place
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("papers.jsonl")
    }

    fn cache(&self) -> Cache {
        Cache::new(self.directory.path().join("cache"), MAX_CACHE_BYTES)
    }

    fn origin(&self) -> SourceKey {
        SourceKey::from_path(&self.file(), "jsonl").unwrap()
    }

    fn entry(&self) -> PathBuf {
        self.cache().path(&self.origin())
    }

    fn load(&self) -> LoadResult {
        self.load_with(Some(&self.cache()))
    }

    fn load_with(&self, cache: Option<&Cache>) -> LoadResult {
        let opened = open(Source::File(self.file()), &ReadOptions::default()).unwrap();
        let mut corpus = Corpus::default();
        let (mut defects, mut told) = (Vec::new(), Vec::new());
        load_all(vec![opened], cache, &LoadControl::default(), &mut |it| match it {
            LoadEvent::Segment(segment) => corpus.push(segment),
            LoadEvent::Duplicates(overlay) => corpus.set_duplicates(overlay),
            LoadEvent::Defect(defect) => defects.push(defect.line),
            LoadEvent::Notice(what) => told.push(what),
            LoadEvent::Failed(why) => panic!("{why}"),
            _ => {}
        });
        let abstract_of = |id| corpus.abstract_text(id).unwrap_or_else(Into::into).to_string();
        let papers = corpus.papers().map(|(id, it)| (it.title.to_owned(), abstract_of(id)));
        LoadResult { papers: papers.collect(), defects, told }
    }

    fn segments(&self) -> Vec<Arc<Segment>> {
        self.segments_with(None)
    }

    fn segments_with(&self, cache: Option<&Cache>) -> Vec<Arc<Segment>> {
        self.segments_keyed(KeyPattern::default(), cache)
    }

    fn segments_keyed(&self, keys: KeyPattern, cache: Option<&Cache>) -> Vec<Arc<Segment>> {
        let mut segments = Vec::new();
        let reading = ReadOptions { key_pattern: keys, ..ReadOptions::default() };
        let opened = open(Source::File(self.file()), &reading).unwrap();
        load_all(vec![opened], cache, &LoadControl::default(), &mut |it| {
            if let LoadEvent::Segment(segment) = it {
                segments.push(segment);
            }
        });
        segments
    }

    fn keep(&self, origin: SourceKey, segments: &[Arc<Segment>]) -> Result<(), SkipReason> {
        let cache = self.cache();
        fs::create_dir_all(cache.directory()).unwrap();
        cache.write_entry(
            CacheInput {
                source_key: origin,
                key_pattern: &KeyPattern::default(),
                segments,
                links: &[],
                defects: Vec::new(),
            },
            &|| false,
        )
    }
}

/// Returns more than 1 MB of lines: papers, one of them twice, and two defects.
fn papers(name: &str) -> String {
    let mut text = String::new();
    for number in 0..900 {
        let padding = "x".repeat(1200);
        let _ = writeln!(
            text,
            "{{\"title\": \"{name} {number:04} of many\", \"authors\": [\"Ada Name\"], \"abstract\": \
             \"Abstract {number}.\", \"year\": 2001, \"body\": \"{padding}\"}}"
        );
        match number {
            10 => text.push_str("nonsense\n"),
            700 => drop(writeln!(
                text,
                "{{\"title\": \"{name} 0003 of many\", \"authors\": [\"Ada Name\"], \"year\": 2001}}"
            )),
            800 => text.push_str("{\"title\": 7\n"),
            _ => {}
        }
    }
    text
}

/// Drops the notices, which only the first load posts.
fn without_notices(loaded: LoadResult) -> LoadResult {
    LoadResult { told: Vec::new(), ..loaded }
}

#[test]
fn another_pattern_of_keys_is_not_answered_from_what_was_kept() {
    let place = TestCache::new();
    let key = |pattern: &str| {
        let segments =
            place.segments_keyed(parse_key_pattern(pattern).unwrap(), Some(&place.cache()));
        let mut corpus = Corpus::default();
        for segment in segments {
            corpus.push(segment);
        }
        corpus.citation_key(PaperId(0))
    };
    // All papers have the same first key, and each has its own second one.
    assert_eq!(key("{auth:lower}{year}"), "name2001");
    assert_eq!(key("{title:2}"), "Paper0000");
    assert_eq!(key("{auth:lower}{year}"), "name2001");
}

#[test]
fn the_second_start_brings_what_the_first_did_without_reading_the_file() {
    let place = TestCache::new();
    let without = place.load_with(None);
    let first = place.load();
    assert!(first.told[0].starts_with("A cache of "), "{:?}", first.told);
    assert_eq!((without.papers.len(), without.defects.len()), (900, 2));
    assert_eq!(without_notices(first), without);
    assert_eq!(place.load(), without);
}

#[cfg(unix)]
#[test]
fn a_file_of_the_same_size_whose_time_was_put_back_has_changed() {
    let place = TestCache::new();
    place.load();
    let opened = open(Source::File(place.file()), &ReadOptions::default()).unwrap();
    let fingerprint = opened.fingerprint().unwrap().clone();
    assert!(!fingerprint.is_stale());
    let modified = fs::metadata(place.file()).unwrap().modified().unwrap();
    fs::write(place.file(), papers("Other")).unwrap();
    File::options().write(true).open(place.file()).unwrap().set_modified(modified).unwrap();
    assert!(fingerprint.is_stale());
    assert_eq!(place.load().papers[0].0, "Other 0000 of many");
}

#[test]
fn the_second_start_says_which_records_repeat_others_before_it_brings_any() {
    let place = TestCache::new();
    place.load();
    let opened = open(Source::File(place.file()), &ReadOptions::default()).unwrap();
    let mut posted = Vec::new();
    load_all(vec![opened], Some(&place.cache()), &LoadControl::default(), &mut |it| {
        posted.push(it);
    });
    let repeats = posted.iter().position(|it| match it {
        LoadEvent::DuplicateRows(repeats) => **repeats == [701],
        _ => false,
    });
    let first = posted.iter().position(|it| matches!(it, LoadEvent::Segment(_)));
    assert!(repeats.is_some() && repeats < first, "{repeats:?} {first:?}");
}

#[test]
fn a_file_that_has_changed_is_read_again() {
    let place = TestCache::new();
    place.load();
    let stale = place.entry();
    fs::write(place.file(), papers("Another")).unwrap();
    assert_eq!(place.load().papers[0].0, "Another 0000 of many");
    assert_eq!(place.entry(), stale, "one entry a file");
    assert_eq!(place.cache().list().unwrap().len(), 1);
}

#[test]
fn a_damaged_entry_costs_time_and_no_paper() {
    let place = TestCache::new();
    let whole = without_notices(place.load());
    let entry = fs::read(place.entry()).unwrap();
    for part in 0..10 {
        let at = part * (entry.len() - 1) / 9;
        let mut damaged = entry.clone();
        damaged[at] ^= 0x10;
        fs::write(place.entry(), damaged).unwrap();
        assert_eq!(without_notices(place.load()), whole, "a bit at {at}");
        fs::write(place.entry(), &entry[..at]).unwrap();
        assert_eq!(without_notices(place.load()), whole, "cut at {at}");
    }
    assert_eq!(place.load(), whole, "it was written anew");
}

#[test]
fn text_is_read_when_it_is_looked_at_and_from_its_file_if_it_is_damaged_by_then() {
    let place = TestCache::new();
    place.load();
    let entry = fs::read(place.entry()).unwrap();
    let held =
        |it: &Segment| it.column_bytes().iter().find(|it| it.0 == "text as shown").unwrap().1;
    for damaged in [entry.clone(), vec![0; entry.len()], Vec::new()] {
        fs::write(place.entry(), &entry).unwrap();
        let segments = place.segments_with(Some(&place.cache()));
        let light: usize = segments.iter().map(|it| held(it)).sum();
        fs::write(place.entry(), damaged).unwrap();
        let [first, .., last] = segments.as_slice() else { panic!("{}", segments.len()) };
        assert_eq!(first.paper(0).title, "Paper 0000 of many");
        assert_eq!(last.paper(last.len() - 1).title, "Paper 0899 of many");
        let heavy: usize = segments.iter().map(|it| held(it)).sum();
        assert!(light < heavy && heavy < entry.len() / 4, "{light} {heavy} {}", entry.len());
    }
}

#[test]
fn what_a_killed_process_left_is_removed_and_what_is_being_written_is_not() {
    let place = TestCache::new();
    let cache = place.cache();
    fs::create_dir_all(cache.directory()).unwrap();
    let left = cache.directory().join(".offprint-0123456789abcdef-abcdefABCDEF.tmp");
    fs::write(&left, "half").unwrap();
    let other = AtomicFile::create_exclusive(&place.entry(), FileAccess::Private).unwrap();
    place.load();
    assert!(!left.exists() && !place.entry().exists());
    drop(other);
    place.load();
    assert!(place.entry().exists());
    assert_eq!(fs::read_dir(cache.directory()).unwrap().count(), 1);
}

#[test]
fn two_that_write_at_once_leave_one_whole_entry() {
    let place = TestCache::new();
    let whole = place.load_with(None);
    let segments = place.segments();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| match place.keep(place.origin(), &segments) {
                Ok(()) | Err(SkipReason::Locked) => {}
                Err(why) => panic!("{why}"),
            });
        }
    });
    assert!(place.cache().find(&place.origin()).is_some());
    assert_eq!(place.load().papers.len(), whole.papers.len() + 1, "no links were kept");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_kept() {
    let place = TestCache::new();
    let (origin, segments) = (place.origin(), place.segments());
    fs::write(place.file(), papers("Later")).unwrap();
    assert!(matches!(place.keep(origin, &segments), Err(SkipReason::SourceChanged)));
    assert_eq!(fs::read_dir(place.cache().directory()).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_written_is_said_and_the_papers_are_there() {
    let place = TestCache::new();
    fs::write(place.directory.path().join("cache"), "a file").unwrap();
    let loaded = place.load();
    let [told] = loaded.told.as_slice() else { panic!("{:?}", loaded.told) };
    assert!(told.starts_with("Not cached: "), "{told}");
    assert_eq!(loaded.papers.len(), 900);
    let small = Cache::new(place.directory.path().join("small"), 1000);
    let told = place.load_with(Some(&small)).told;
    assert!(told[0].ends_with("it may take 1 kB at most."), "{told:?}");
    let off = Cache::read_only(place.directory.path().join("none"));
    assert_eq!(place.load_with(Some(&off)).told, Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_noticed_at_the_first_byte_that_does_not_fit() {
    let place = TestCache::new();
    let segments = place.segments();
    let mut full = File::options().write(true).open("/dev/full").unwrap();
    let kept = CacheInput {
        source_key: place.origin(),
        key_pattern: &KeyPattern::default(),
        segments: &segments,
        links: &[],
        defects: Vec::new(),
    };
    let stopped = super::writer::write(&mut full, kept, &|| false).unwrap_err();
    assert!(matches!(stopped, WriteError::Io(it) if it.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn what_was_used_last_stays_where_there_is_no_room_for_all() {
    let place = TestCache::new();
    place.load();
    let first = place.entry();
    let bytes = fs::metadata(&first).unwrap().len();
    let second = first.with_file_name("0000000000000000.papers");
    fs::copy(&first, &second).unwrap();
    let used = fs::metadata(&first).unwrap().modified().unwrap() + Duration::from_secs(9);
    File::options().write(true).open(&second).unwrap().set_modified(used).unwrap();
    let cache = Cache::new(place.cache().directory().to_owned(), 3 * bytes);
    cache.make_room(bytes).unwrap();
    assert!(first.exists() && second.exists());
    cache.make_room(2 * bytes).unwrap();
    assert!(!first.exists() && second.exists());
}

#[test]
fn entries_are_listed_with_their_files_and_cleared() {
    let place = TestCache::new();
    place.load();
    let listed = |cache: &Cache| cache.list().unwrap().pop().unwrap();
    let entry = listed(&place.cache());
    assert!(entry.source.unwrap().ends_with("papers.jsonl") && entry.is_fresh);
    assert_eq!(entry.papers, 901, "records, not papers");
    fs::write(place.file(), "").unwrap();
    assert!(!listed(&place.cache()).is_fresh);
    fs::write(place.cache().directory().join("f.papers"), "no entry").unwrap();
    assert_eq!(place.cache().list().unwrap().iter().filter(|it| it.source.is_none()).count(), 1);
    assert_eq!(place.cache().clear().unwrap().0, 2);
    assert_eq!(fs::read_dir(place.cache().directory()).unwrap().count(), 0);
    let none = Cache::read_only(Path::new("/nonexistent/cache").to_owned());
    assert_eq!((none.list().unwrap().len(), none.clear().unwrap()), (0, (0, 0)));
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_folder_in_the_place_of_an_entry_is_passed_over() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let make_pipe =
        |path: &Path| mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    let place = TestCache::new();
    let whole = place.load_with(None);
    fs::create_dir_all(place.cache().directory()).unwrap();
    make_pipe(&place.entry());
    make_pipe(&place.entry().with_extension(INDEX_EXTENSION));
    assert_eq!(place.load().papers, whole.papers);
    assert_eq!((place.cache().list().unwrap(), place.cache().clear().unwrap().0), (vec![], 0));
    fs::remove_file(place.entry()).unwrap();
    fs::create_dir(place.entry()).unwrap();
    let loaded = place.load();
    assert_eq!(loaded.papers, whole.papers);
    let told = loaded.told.concat();
    assert!(told.contains(".papers: is a directory"), "{told}");
    assert_eq!((place.cache().list().unwrap(), place.cache().clear().unwrap().0), (vec![], 0));
}
