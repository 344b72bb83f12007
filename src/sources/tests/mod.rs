//! Tests of opening and loading sources.

mod caching;
mod compression;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::input::peek::{PeekedInput, RemainingInput};
use super::input::pipe::Pipe;
use super::open::source::{undetected_source, with_detected_contents};
use super::*;
use crate::domain::{Corpus, PaperId};
use crate::formats::Format;

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn open_error(path: &Path) -> String {
    load_corpus(Source::File(path.to_owned())).unwrap_err().to_string()
}

fn lines(papers: usize) -> String {
    let line = |it| format!("{{\"title\": \"Paper {it}\", \"year\": 2001}}\n");
    (0..papers).map(line).collect()
}

/// Returns a summary of each event, such as `s200` for a segment of 200 papers.
fn load_summaries(source: OpenSource) -> Vec<String> {
    let mut summaries = Vec::new();
    load_all(vec![source], None, &LoadControl::default(), &mut |it| summaries.push(summary(&it)));
    summaries
}

fn summary(event: &LoadEvent) -> String {
    match event {
        LoadEvent::Segment(segment) => format!("s{}", segment.len()),
        LoadEvent::Duplicates(_) => "linked".to_owned(),
        LoadEvent::DuplicateRows(repeats) => format!("r{}", repeats.len()),
        LoadEvent::Progress { papers, .. } => format!("p{papers}"),
        LoadEvent::PartSummary { format, papers, .. } => format!("{format}:{papers}"),
        LoadEvent::SkippedPart { name, .. } => format!("not {name}"),
        LoadEvent::Fetch(progress) => format!("fetch {}", progress.pages),
        LoadEvent::Defect(defect) => format!("d{}", defect.line),
        LoadEvent::Failed(reason) => reason.clone(),
        LoadEvent::Notice(notice) => notice.clone(),
        LoadEvent::Done => "done".to_owned(),
    }
}

fn open_pipe(stream: impl io::Read + Send + 'static) -> Result<OpenSource, SourceError> {
    let input = PeekedInput::new(RemainingInput::Pipe(Pipe::new(stream)));
    with_detected_contents(undetected_source(
        input,
        Source::Stdin,
        "a pipe".into(),
        &ReadOptions::default(),
    ))
}

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("none.jsonl");
    assert!(open_error(&missing).ends_with("none.jsonl: no such file or directory"));
    assert!(open_error(file(b"\x7fELF\0\0\0\0").path()).contains("binary data"));
    assert!(open_error(file(b"dear\nreader\n").path()).contains(": unrecognized format"));
}

#[test]
fn a_file_is_read_with_its_defects_named_after_it() {
    let file = file(b"{\"title\": \"One\"}\nnonsense\n{\"title\": \"Two\"}");
    let (corpus, defects) = load_corpus(Source::File(file.path().to_owned())).unwrap();
    let titles: Vec<&str> = corpus.papers().map(|(_, it)| it.title).collect();
    assert_eq!(titles, ["One", "Two"]);
    let prefix = format!("{}:2: ", file.path().display());
    assert!(defects[0].to_string().starts_with(&prefix), "{}", defects[0]);
}

#[test]
fn the_first_segment_is_small_and_the_next_ones_double() {
    let file = file(lines(1500).as_bytes());
    let source = open(Source::File(file.path().to_owned()), &ReadOptions::default()).unwrap();
    assert_eq!(source.total(), Some(lines(1500).len() as u64));
    let expected =
        ["s200", "p200", "s400", "p600", "s800", "p1400", "jsonl:1500", "s100", "p1500", "done"];
    assert_eq!(load_summaries(source), expected);
}

#[test]
fn a_compressed_file_is_read_like_any_other() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(lines(3).as_bytes()).unwrap();
    let whole = packer.finish().unwrap();
    let read = |bytes: &[u8]| load_corpus(Source::File(file(bytes).path().to_owned()));
    assert_eq!(read(&whole).unwrap().0.len(), 3);
    assert!(matches!(read(&whole[..whole.len() - 6]), Err(SourceError::Interrupted(_))));
}

#[test]
fn what_unpacks_beyond_measure_is_given_up() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(lines(3).as_bytes()).unwrap();
    packer.write_all(&vec![b' '; 20 << 20]).unwrap();
    let file = file(&packer.finish().unwrap());
    let error = load_corpus(Source::File(file.path().to_owned())).unwrap_err().to_string();
    assert!(error.contains("decompresses to far more than text would"), "{error}");
}

#[test]
fn a_changed_file_is_noticed() {
    let file = file(lines(1).as_bytes());
    let source = open(Source::File(file.path().to_owned()), &ReadOptions::default()).unwrap();
    let fingerprint = source.fingerprint().unwrap().clone();
    assert!(!fingerprint.is_stale());
    fs::write(file.path(), lines(2)).unwrap();
    assert!(fingerprint.is_stale());
    fs::remove_file(file.path()).unwrap();
    assert!(fingerprint.is_stale());
}

#[test]
fn a_silent_pipe_is_opened_in_hope() {
    let (reader, mut writer) = io::pipe().unwrap();
    let source = open_pipe(reader).unwrap();
    writer.write_all(lines(2).as_bytes()).unwrap();
    drop(writer);
    assert_eq!(load_summaries(source), ["jsonl:2", "s2", "p2", "done"]);
}

#[test]
fn hope_that_fails_is_a_notice() {
    let (reader, mut writer) = io::pipe().unwrap();
    let source = open_pipe(reader).unwrap();
    writer.write_all(b"dear reader,\nthis is no paper\n").unwrap();
    drop(writer);
    let summaries = load_summaries(source);
    assert!(summaries[1].starts_with("a pipe: unrecognized format"), "{summaries:?}");
    assert_eq!(summaries.last().map(String::as_str), Some("done"));
}

#[test]
fn what_is_empty_holds_no_papers_and_is_no_failure() {
    let (reader, writer) = io::pipe().unwrap();
    let source = open_pipe(reader).unwrap();
    drop(writer);
    assert_eq!(load_summaries(source), ["not a pipe", "p0", "done"]);
    for bytes in [&b""[..], b" \n\n"] {
        let file = file(bytes);
        let source = open(Source::File(file.path().to_owned()), &ReadOptions::default()).unwrap();
        let summaries = load_summaries(source);
        assert!(
            summaries[0].starts_with("not ") && summaries[1..] == ["p0", "done"],
            "{summaries:?}"
        );
    }
}

#[test]
fn a_pipe_that_pauses_shows_what_it_has_brought() {
    let (reader, mut writer) = io::pipe().unwrap();
    writer.write_all(lines(2).as_bytes()).unwrap();
    let source = open_pipe(reader).unwrap();
    let mut summaries = Vec::new();
    let mut writer = Some(writer);
    load_all(vec![source], None, &LoadControl::default(), &mut |event| {
        if let (LoadEvent::Segment(_), Some(mut writer)) = (&event, writer.take()) {
            writer.write_all(lines(1).as_bytes()).unwrap();
        }
        summaries.push(summary(&event));
    });
    assert_eq!(summaries, ["s2", "p2", "jsonl:3", "s1", "p3", "done"]);
}

#[test]
fn a_paused_loader_has_shown_all_it_read_and_ends_when_it_is_let_go() {
    let file = file(lines(1000).as_bytes());
    let source = open(Source::File(file.path().to_owned()), &ReadOptions::default()).unwrap();
    let control = LoadControl::default();
    let loader_control = control.clone();
    let pauser = control.clone();
    let (sender, receiver) = mpsc::channel();
    let loader = thread::spawn(move || {
        load_all(vec![source], None, &loader_control, &mut |event| {
            if matches!(event, LoadEvent::Segment(_)) {
                pauser.pause();
            }
            let _ = sender.send(summary(&event));
        });
    });
    assert_eq!(receiver.recv().unwrap(), "s200");
    control.cancel();
    loader.join().unwrap();
    let remaining: Vec<String> = receiver.iter().collect();
    assert_eq!(remaining.first().map(String::as_str), Some("p200"));
    assert_eq!(remaining.last().map(String::as_str), Some("done"));
}

#[test]
fn a_resumed_loader_reads_to_the_end() {
    let file = file(lines(1000).as_bytes());
    let source = open(Source::File(file.path().to_owned()), &ReadOptions::default()).unwrap();
    let control = LoadControl::default();
    let loader_control = control.clone();
    control.pause();
    let (sender, receiver) = mpsc::channel();
    let loader = thread::spawn(move || {
        load_all(vec![source], None, &loader_control, &mut |event| {
            let _ = sender.send(summary(&event));
        });
    });
    assert_eq!(receiver.recv().unwrap(), "p0");
    control.resume();
    loader.join().unwrap();
    let last: Vec<String> = receiver.iter().collect();
    assert_eq!(last[last.len() - 2..], ["p1000", "done"]);
}

#[test]
fn the_built_in_papers_load_like_a_file() {
    let source = open(Source::Builtin, &ReadOptions::default()).unwrap();
    assert_eq!(load_summaries(source), ["s99", "p99", "s99", "p198", "p198", "done"]);
    let (corpus, defects) = load_corpus(Source::Builtin).unwrap();
    assert!(defects.is_empty());
    let first = corpus.get(PaperId(0)).unwrap();
    assert_eq!(first.title, "Learning to Write with Coherence From Negative Examples");
}
