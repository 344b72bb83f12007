//! Tests of looking up papers while they load.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::*;

/// Returns a hundred papers. With so many in the library, looking up a few papers of a source is
/// cheaper than building the filter.
fn hundred_papers() -> Vec<Draft> {
    (0..100).map(|at| draft(&format!("Paper {at}"), &format!("2501.{at:05}"), "")).collect()
}

#[test]
fn few_papers_are_looked_up_without_reading_all_that_the_library_knows() {
    let (_folder, file) = file();
    let all: Vec<u32> = (0..100).collect();
    TestReader::open(&file).with_papers(&hundred_papers()).record(&all, &[STAR]);
    let mut papers = sample_papers();
    papers.truncate(1);
    papers.push(draft("Paper 7", "2501.00007v2", ""));
    let mut reader = TestReader::open(&file).with_papers(&papers);
    assert!(reader.library.key_filter.is_none());
    assert!(reader.has(Mark::Starred, 1) && !reader.has(Mark::Starred, 0));
    reader.record(&[0], &[STAR]);
    // With a hundred papers more the filter pays, and it contains the marks made before.
    let reader = reader.with_papers(&hundred_papers());
    assert!(reader.library.key_filter.is_some());
    assert!((1..102).all(|id| reader.has(Mark::Starred, id)));
    assert!(reader.with_papers(&papers).has(Mark::Starred, 102));
}

#[test]
fn damage_that_is_met_as_papers_arrive_is_told_and_the_run_goes_on() {
    let (_folder, file) = file();
    TestReader::open(&file).with_papers(&sample_papers()).record(&[0], &[STAR]);
    let reader = TestReader::open(&file);
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute("UPDATE card SET paper = 'lost' WHERE card = 1", []).unwrap();
    let mut reader = reader.with_papers(&sample_papers());
    assert!(reader.has(Mark::Starred, 0), "what can be read is there");
    reader.record(&[1], &[STAR]);
    assert!(reader.has(Mark::Starred, 1));
    assert!(
        !TestReader::open(&file).with_papers(&sample_papers()).has(Mark::Starred, 1),
        "for this run only"
    );
}

#[test]
fn where_the_reader_was_is_told_before_what_takes_longer_to_look_up() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[0, 1], &[STAR]);
    reader.perform(&LibraryCommand::SaveSession(Box::new(Session {
        paper: Some(PaperId(1)),
        ..Session::default()
    })));
    let mut library = TestReader::open(&file).library;
    let papers = source_record::build_corpus(sample_papers(), &KeyPattern::default());
    let events = papers.segments().map(|(_, segment)| LoadEvent::Segment(segment.clone()));
    let restored: Vec<LibraryEvent> = events.filter_map(|it| library.add(&it)).collect();
    let [LibraryEvent::SessionRestored(papers)] = &restored[..] else { panic!("{restored:?}") };
    assert_eq!(papers.paper, Some(PaperId(1)));
    let restored = library.recognise_new();
    let [LibraryEvent::MarksChanged(marked)] = &restored[..] else { panic!("{restored:?}") };
    assert_eq!(marked.len(), 2);
    assert!(library.recognise_new().is_empty());
}

#[test]
fn nothing_is_looked_up_any_more_once_the_program_ends_and_what_is_asked_is_done() {
    let (_folder, file) = file();
    TestReader::open(&file).with_papers(&sample_papers()).record(&[0], &[STAR]);
    let is_cancelled = Arc::new(AtomicBool::new(true));
    let mut library = TestReader::open(&file).library.with_cancel_flag(is_cancelled);
    let papers = source_record::build_corpus(sample_papers(), &KeyPattern::default());
    for (_, segment) in papers.segments() {
        assert!(library.add_and_recognise(&LoadEvent::Segment(segment.clone())).is_empty());
    }
    assert!(library.add_and_recognise(&LoadEvent::Done).is_empty());
    let change_set = ChangeSet { changes: vec![STAR], papers: vec![PaperRef::Corpus(PaperId(1))] };
    library.execute(&LibraryCommand::Record(change_set));
    assert!(TestReader::open(&file).with_papers(&sample_papers()).has(Mark::Starred, 1));
}

#[test]
fn where_the_reader_was_is_found_though_the_paper_has_another_title_now() {
    let (_folder, file) = file();
    let session = Session { paper: Some(PaperId(1)), ..Session::default() };
    TestReader::open(&file)
        .with_papers(&hundred_papers())
        .perform(&LibraryCommand::SaveSession(Box::new(session)));
    let mut papers = hundred_papers();
    papers[1].title = "Corrected since".to_owned();
    papers.rotate_left(1);
    let reader = TestReader::open(&file).with_papers(&papers);
    let Some(LibraryEvent::SessionRestored(papers)) = reader.last_event else {
        panic!("{:?}", reader.last_event)
    };
    assert_eq!(papers.paper, Some(PaperId(0)));
}
