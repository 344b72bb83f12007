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
use crate::sources::load::load_all;
use crate::sources::load_control::LoadControl;
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
    notices: Vec<String>,
}

impl TestCache {
    fn new() -> Self {
        let test_cache = Self { directory: tempfile::tempdir().unwrap() };
        fs::write(test_cache.file(), papers("Paper")).unwrap();
        test_cache
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("papers.jsonl")
    }

    fn cache(&self) -> Cache {
        Cache::new(self.directory.path().join("cache"), MAX_CACHE_BYTES)
    }

    fn source_key(&self) -> SourceKey {
        SourceKey::from_path(&self.file(), "jsonl").unwrap()
    }

    fn entry(&self) -> PathBuf {
        self.cache().path(&self.source_key())
    }

    fn load(&self) -> LoadResult {
        self.load_with(Some(&self.cache()))
    }

    fn load_with(&self, cache: Option<&Cache>) -> LoadResult {
        let source = open(Source::File(self.file()), &ReadOptions::default()).unwrap();
        let mut corpus = Corpus::default();
        let (mut defects, mut notices) = (Vec::new(), Vec::new());
        load_all(vec![source], cache, &LoadControl::default(), &mut |it| match it {
            LoadEvent::Segment(segment) => corpus.push(segment),
            LoadEvent::Duplicates(duplicates) => corpus.set_duplicates(duplicates),
            LoadEvent::Defect(defect) => defects.push(defect.line),
            LoadEvent::Notice(notice) => notices.push(notice),
            LoadEvent::Failed(reason) => panic!("{reason}"),
            _ => {}
        });
        let abstract_of = |id| corpus.abstract_text(id).unwrap_or_else(Into::into).to_string();
        let papers = corpus.papers().map(|(id, it)| (it.title.to_owned(), abstract_of(id)));
        LoadResult { papers: papers.collect(), defects, notices }
    }

    fn segments(&self) -> Vec<Arc<Segment>> {
        self.segments_with(None)
    }

    fn segments_with(&self, cache: Option<&Cache>) -> Vec<Arc<Segment>> {
        self.segments_keyed(KeyPattern::default(), cache)
    }

    fn segments_keyed(&self, keys: KeyPattern, cache: Option<&Cache>) -> Vec<Arc<Segment>> {
        let mut segments = Vec::new();
        let options = ReadOptions { key_pattern: keys, ..ReadOptions::default() };
        let source = open(Source::File(self.file()), &options).unwrap();
        load_all(vec![source], cache, &LoadControl::default(), &mut |event| {
            if let LoadEvent::Segment(segment) = event {
                segments.push(segment);
            }
        });
        segments
    }

    fn write(&self, source_key: SourceKey, segments: &[Arc<Segment>]) -> Result<(), SkipReason> {
        let cache = self.cache();
        fs::create_dir_all(cache.directory()).unwrap();
        cache.write_entry(
            CacheInput {
                source_key,
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
    LoadResult { notices: Vec::new(), ..loaded }
}

#[test]
fn another_pattern_of_keys_is_not_answered_from_what_was_kept() {
    let test_cache = TestCache::new();
    let key = |pattern: &str| {
        let segments = test_cache
            .segments_keyed(parse_key_pattern(pattern).unwrap(), Some(&test_cache.cache()));
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
    let test_cache = TestCache::new();
    let uncached = test_cache.load_with(None);
    let first = test_cache.load();
    assert!(first.notices[0].starts_with("A cache of "), "{:?}", first.notices);
    assert_eq!((uncached.papers.len(), uncached.defects.len()), (900, 2));
    assert_eq!(without_notices(first), uncached);
    assert_eq!(test_cache.load(), uncached);
}

#[cfg(unix)]
#[test]
fn a_file_of_the_same_size_whose_time_was_put_back_has_changed() {
    let test_cache = TestCache::new();
    test_cache.load();
    let source = open(Source::File(test_cache.file()), &ReadOptions::default()).unwrap();
    let fingerprint = source.fingerprint().unwrap().clone();
    assert!(!fingerprint.is_stale());
    let modified = fs::metadata(test_cache.file()).unwrap().modified().unwrap();
    fs::write(test_cache.file(), papers("Other")).unwrap();
    File::options().write(true).open(test_cache.file()).unwrap().set_modified(modified).unwrap();
    assert!(fingerprint.is_stale());
    assert_eq!(test_cache.load().papers[0].0, "Other 0000 of many");
}

#[test]
fn the_second_start_says_which_records_repeat_others_before_it_brings_any() {
    let test_cache = TestCache::new();
    test_cache.load();
    let source = open(Source::File(test_cache.file()), &ReadOptions::default()).unwrap();
    let mut events = Vec::new();
    load_all(vec![source], Some(&test_cache.cache()), &LoadControl::default(), &mut |event| {
        events.push(event);
    });
    let repeats = events.iter().position(|it| match it {
        LoadEvent::DuplicateRows(repeats) => **repeats == [701],
        _ => false,
    });
    let first = events.iter().position(|it| matches!(it, LoadEvent::Segment(_)));
    assert!(repeats.is_some() && repeats < first, "{repeats:?} {first:?}");
}

#[test]
fn a_file_that_has_changed_is_read_again() {
    let test_cache = TestCache::new();
    test_cache.load();
    let stale = test_cache.entry();
    fs::write(test_cache.file(), papers("Another")).unwrap();
    assert_eq!(test_cache.load().papers[0].0, "Another 0000 of many");
    assert_eq!(test_cache.entry(), stale, "one entry a file");
    assert_eq!(test_cache.cache().list().unwrap().len(), 1);
}

#[test]
fn a_damaged_entry_costs_time_and_no_paper() {
    let test_cache = TestCache::new();
    let whole = without_notices(test_cache.load());
    let entry = fs::read(test_cache.entry()).unwrap();
    for part in 0..10 {
        let at = part * (entry.len() - 1) / 9;
        let mut damaged = entry.clone();
        damaged[at] ^= 0x10;
        fs::write(test_cache.entry(), damaged).unwrap();
        assert_eq!(without_notices(test_cache.load()), whole, "a bit at {at}");
        fs::write(test_cache.entry(), &entry[..at]).unwrap();
        assert_eq!(without_notices(test_cache.load()), whole, "cut at {at}");
    }
    assert_eq!(test_cache.load(), whole, "it was written anew");
}

#[test]
fn text_is_read_when_it_is_looked_at_and_from_its_file_if_it_is_damaged_by_then() {
    let test_cache = TestCache::new();
    test_cache.load();
    let entry = fs::read(test_cache.entry()).unwrap();
    let shown_text_bytes =
        |it: &Segment| it.column_bytes().iter().find(|it| it.0 == "text as shown").unwrap().1;
    for damaged in [entry.clone(), vec![0; entry.len()], Vec::new()] {
        fs::write(test_cache.entry(), &entry).unwrap();
        let segments = test_cache.segments_with(Some(&test_cache.cache()));
        let lazy_len: usize = segments.iter().map(|it| shown_text_bytes(it)).sum();
        fs::write(test_cache.entry(), damaged).unwrap();
        let [first, .., last] = segments.as_slice() else { panic!("{}", segments.len()) };
        assert_eq!(first.paper(0).title, "Paper 0000 of many");
        assert_eq!(last.paper(last.len() - 1).title, "Paper 0899 of many");
        let full_len: usize = segments.iter().map(|it| shown_text_bytes(it)).sum();
        assert!(
            lazy_len < full_len && full_len < entry.len() / 4,
            "{lazy_len} {full_len} {}",
            entry.len()
        );
    }
}

#[test]
fn what_a_killed_process_left_is_removed_and_what_is_being_written_is_not() {
    let test_cache = TestCache::new();
    let cache = test_cache.cache();
    fs::create_dir_all(cache.directory()).unwrap();
    let left_over = cache.directory().join(".offprint-0123456789abcdef-abcdefABCDEF.tmp");
    fs::write(&left_over, "half").unwrap();
    let other = AtomicFile::create_exclusive(&test_cache.entry(), FileAccess::Private).unwrap();
    test_cache.load();
    assert!(!left_over.exists() && !test_cache.entry().exists());
    drop(other);
    test_cache.load();
    assert!(test_cache.entry().exists());
    assert_eq!(fs::read_dir(cache.directory()).unwrap().count(), 1);
}

#[test]
fn two_that_write_at_once_leave_one_whole_entry() {
    let test_cache = TestCache::new();
    let whole = test_cache.load_with(None);
    let segments = test_cache.segments();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| match test_cache.write(test_cache.source_key(), &segments) {
                Ok(()) | Err(SkipReason::Locked) => {}
                Err(reason) => panic!("{reason}"),
            });
        }
    });
    assert!(test_cache.cache().find(&test_cache.source_key()).is_some());
    assert_eq!(test_cache.load().papers.len(), whole.papers.len() + 1, "no links were kept");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_kept() {
    let test_cache = TestCache::new();
    let (source_key, segments) = (test_cache.source_key(), test_cache.segments());
    fs::write(test_cache.file(), papers("Later")).unwrap();
    assert!(matches!(test_cache.write(source_key, &segments), Err(SkipReason::SourceChanged)));
    assert_eq!(fs::read_dir(test_cache.cache().directory()).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_written_is_said_and_the_papers_are_there() {
    let test_cache = TestCache::new();
    fs::write(test_cache.directory.path().join("cache"), "a file").unwrap();
    let loaded = test_cache.load();
    let [message] = loaded.notices.as_slice() else { panic!("{:?}", loaded.notices) };
    assert!(message.starts_with("Not cached: "), "{message}");
    assert_eq!(loaded.papers.len(), 900);
    let small = Cache::new(test_cache.directory.path().join("small"), 1000);
    let notices = test_cache.load_with(Some(&small)).notices;
    assert!(notices[0].ends_with(", limit 1 kB"), "{notices:?}");
    let no_cache = Cache::read_only(test_cache.directory.path().join("none"));
    assert_eq!(test_cache.load_with(Some(&no_cache)).notices, Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_noticed_at_the_first_byte_that_does_not_fit() {
    let test_cache = TestCache::new();
    let segments = test_cache.segments();
    let mut full = File::options().write(true).open("/dev/full").unwrap();
    let input = CacheInput {
        source_key: test_cache.source_key(),
        key_pattern: &KeyPattern::default(),
        segments: &segments,
        links: &[],
        defects: Vec::new(),
    };
    let stopped = super::writer::write(&mut full, input, &|| false).unwrap_err();
    assert!(matches!(stopped, WriteError::Io(it) if it.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn what_was_used_last_stays_where_there_is_no_room_for_all() {
    let test_cache = TestCache::new();
    test_cache.load();
    let first = test_cache.entry();
    let bytes = fs::metadata(&first).unwrap().len();
    let second = first.with_file_name("0000000000000000.papers");
    fs::copy(&first, &second).unwrap();
    let used = fs::metadata(&first).unwrap().modified().unwrap() + Duration::from_secs(9);
    File::options().write(true).open(&second).unwrap().set_modified(used).unwrap();
    let cache = Cache::new(test_cache.cache().directory().to_owned(), 3 * bytes);
    cache.make_room(bytes).unwrap();
    assert!(first.exists() && second.exists());
    cache.make_room(2 * bytes).unwrap();
    assert!(!first.exists() && second.exists());
}

#[test]
fn entries_are_listed_with_their_files_and_cleared() {
    let test_cache = TestCache::new();
    test_cache.load();
    let only_entry = |cache: &Cache| cache.list().unwrap().pop().unwrap();
    let entry = only_entry(&test_cache.cache());
    assert!(entry.source.unwrap().ends_with("papers.jsonl") && entry.is_fresh);
    assert_eq!(entry.papers, 901, "records, not papers");
    fs::write(test_cache.file(), "").unwrap();
    assert!(!only_entry(&test_cache.cache()).is_fresh);
    fs::write(test_cache.cache().directory().join("f.papers"), "no entry").unwrap();
    assert_eq!(
        test_cache.cache().list().unwrap().iter().filter(|it| it.source.is_none()).count(),
        1
    );
    assert_eq!(test_cache.cache().clear().unwrap().0, 2);
    assert_eq!(fs::read_dir(test_cache.cache().directory()).unwrap().count(), 0);
    let none = Cache::read_only(Path::new("/nonexistent/cache").to_owned());
    assert_eq!((none.list().unwrap().len(), none.clear().unwrap()), (0, (0, 0)));
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_folder_in_the_place_of_an_entry_is_passed_over() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let make_pipe =
        |path: &Path| mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    let test_cache = TestCache::new();
    let whole = test_cache.load_with(None);
    fs::create_dir_all(test_cache.cache().directory()).unwrap();
    make_pipe(&test_cache.entry());
    make_pipe(&test_cache.entry().with_extension(INDEX_EXTENSION));
    assert_eq!(test_cache.load().papers, whole.papers);
    assert_eq!(
        (test_cache.cache().list().unwrap(), test_cache.cache().clear().unwrap().0),
        (vec![], 0)
    );
    fs::remove_file(test_cache.entry()).unwrap();
    fs::create_dir(test_cache.entry()).unwrap();
    let loaded = test_cache.load();
    assert_eq!(loaded.papers, whole.papers);
    let message = loaded.notices.concat();
    assert!(message.contains(".papers: is a directory"), "{message}");
    assert_eq!(
        (test_cache.cache().list().unwrap(), test_cache.cache().clear().unwrap().0),
        (vec![], 0)
    );
}
