//! Tests that spilled abstracts are read back, and stay in memory if they cannot be spilled.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::domain::{Corpus, Draft, PaperId};
use crate::sources::cache::directory::Cache;
use crate::sources::load::load_all;
use crate::sources::load_control::LoadControl;
use crate::sources::load_event::LoadEvent;
use crate::sources::open::contents::LARGE_FILE_LEN;
use crate::sources::open::source::open;
use crate::sources::options::ReadOptions;
use crate::sources::source::Source;

/// Returns the abstract of a paper, with paragraphs and multi-byte characters.
fn abstract_of(number: usize) -> String {
    format!("Über {number}. {}so on\n\nEnd of {number}.", "words of it ".repeat(20 + number % 7))
}

fn line(number: usize) -> String {
    let text = serde_json::to_string(&abstract_of(number)).unwrap();
    format!("{{\"title\": \"Paper {number}\", \"abstract\": {text}}}\n")
}

const PAPERS: usize = 2000;

/// Returns enough compressed papers for several segments.
fn gzipped_papers() -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    (0..PAPERS).for_each(|it| packer.write_all(line(it).as_bytes()).unwrap());
    packer.finish().unwrap()
}

struct LoadedPapers {
    corpus: Corpus,
    notices: Vec<String>,
}

fn load(files: &[&Path], directory: Option<&Path>) -> LoadedPapers {
    let source = |path: &&Path| Source::File((*path).to_owned());
    let source =
        files.iter().map(|it| open(source(it), &ReadOptions::default()).unwrap()).collect();
    let cache = directory.map(|it| Cache::read_only(it.to_owned()));
    let mut loaded = LoadedPapers { corpus: Corpus::default(), notices: Vec::new() };
    load_all(source, cache.as_ref(), &LoadControl::default(), &mut |it| match it {
        LoadEvent::Segment(segment) => loaded.corpus.push(segment),
        LoadEvent::Notice(notice) => loaded.notices.push(notice),
        LoadEvent::Failed(reason) => panic!("{reason}"),
        _ => {}
    });
    loaded
}

impl LoadedPapers {
    /// Checks all abstracts, in order. Returns the number that are in memory.
    fn bytes_in_memory(&self) -> usize {
        for (id, paper) in self.corpus.papers() {
            let number: usize = paper.title["Paper ".len()..].parse().unwrap();
            assert_eq!(self.corpus.abstract_text(id).unwrap(), abstract_of(number), "{number}");
        }
        let in_memory =
            self.corpus.segments().filter(|(_, it)| it.abstracts().byte_range().is_none());
        in_memory.map(|(_, it)| it.len() as usize).sum()
    }
}

fn temporary_file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

#[test]
fn what_is_spilled_reads_back_the_same_and_leaves_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let (file, directory) =
        (temporary_file(&gzipped_papers()), folder.path().join("not/there/yet"));
    let loaded = load(&[file.path()], Some(&directory));
    assert_eq!((loaded.corpus.len(), &*loaded.notices), (PAPERS as u32, &[][..]));
    assert!((1..PAPERS / 2).contains(&loaded.bytes_in_memory()));
    let in_memory = load(&[file.path()], None);
    assert_eq!(in_memory.bytes_in_memory(), PAPERS);
    for id in [0, 700, PAPERS as u32 - 1].map(PaperId) {
        let matches = |loaded: &LoadedPapers| {
            let (segment, row) = loaded.corpus.locate(id).unwrap();
            segment.folded_abstract(row).unwrap().into_owned()
        };
        assert_eq!(matches(&loaded), matches(&in_memory));
    }
    #[cfg(unix)]
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
}

#[test]
fn sources_that_are_read_together_spill_into_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let lines =
        |papers: Range<usize>| temporary_file(papers.map(line).collect::<String>().as_bytes());
    let (packed, few_lines) = (temporary_file(&gzipped_papers()), lines(PAPERS..PAPERS + 10));
    // Abstracts of this file are read from it on demand.
    let large = lines(5000..9000);
    assert!(large.as_file().metadata().unwrap().len() >= LARGE_FILE_LEN);
    for files in [[&packed, &few_lines, &large], [&few_lines, &large, &packed]] {
        let loaded = load(&files.map(tempfile::NamedTempFile::path), Some(folder.path()));
        assert_eq!((loaded.corpus.len() as usize, &*loaded.notices), (PAPERS + 4010, &[][..]));
        assert!((1..PAPERS / 2).contains(&loaded.bytes_in_memory()));
    }
}

#[test]
fn papers_that_were_read_elsewhere_are_spilled_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut spiller = AbstractSpiller::new(Some(folder.path()), KeyPattern::default());
    let mut corpus = Corpus::default();
    for first in [0, 500, 1000] {
        let mut part = SegmentBuilder::default();
        for number in first..first + 500 {
            let (title, abstract_text) = (format!("Paper {number}"), abstract_of(number));
            part.push(&Draft { title, abstract_text, ..Draft::default() });
        }
        spiller.move_abstracts(&mut part);
        let segment = part.seal();
        assert_eq!(spiller.after_seal(&segment), None);
        corpus.push(segment);
    }
    assert_eq!(LoadedPapers { corpus, notices: Vec::new() }.bytes_in_memory(), 500);
}

#[test]
fn where_nothing_can_be_written_abstracts_stay_in_memory_and_it_is_told_once() {
    let file = temporary_file(&gzipped_papers());
    // A regular file is no directory, even for root.
    let loaded = load(&[file.path()], Some(file.path()));
    assert_eq!(loaded.bytes_in_memory(), PAPERS);
    let [message] = &loaded.notices[..] else { panic!("{:?}", loaded.notices) };
    assert!(message.starts_with("Abstracts stay in memory: "), "{message}");
    assert!(message.contains(&*file.path().to_string_lossy()), "{message}");
}

/// Appends abstracts to a spill file until it fails. Returns the reason, and if all can be read
/// back.
fn complaint(spill: &SpillFile) -> (String, bool) {
    let all = || (0..500).map(abstract_of);
    let ranges: Vec<_> = all().map(|it| spill.append(&it)).collect();
    let reason = spill.take_failure().unwrap_or_default();
    assert_eq!(spill.take_failure(), None, "it is told once");
    let read = ranges.into_iter().map(|it| spill.read(it, "").unwrap());
    (reason, read.eq(all()))
}

#[test]
fn where_room_is_short_the_rest_stays_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let spill = |max_len| SpillFile::new(tempfile::tempfile().unwrap(), folder.path(), max_len);
    assert_eq!(complaint(&spill(u64::MAX)), (String::new(), true));
    let limited = spill(40 << 10);
    let (reason, is_whole) = complaint(&limited);
    assert!(reason.contains("only 82 kB free") && is_whole, "{reason}");
    assert!(limited.file.metadata().unwrap().len() > 0);
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_abstracts_stay_in_memory() {
    let full = File::options().read(true).write(true).open("/dev/full").unwrap();
    let (reason, is_whole) = complaint(&SpillFile::new(full, Path::new("/dev"), u64::MAX));
    assert!(reason.contains("/dev: no space left on device") && is_whole, "{reason}");
}

#[test]
fn what_cannot_be_read_back_is_told_in_a_sentence() {
    let spill = SpillFile::new(tempfile::tempfile().unwrap(), Path::new("/cache"), u64::MAX);
    let first = spill.append(&"words ".repeat(WRITE_LEN));
    spill.file.set_len(0).unwrap();
    let reason = spill.read(first, "").unwrap_err();
    assert!(reason.starts_with("abstracts in /cache: "), "{reason}");
}
