//! Tests of what a source keeps from one run to the next: session, new papers, searches.

use super::*;

#[test]
fn the_session_is_restored_in_a_source_that_has_changed() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    let session = Session {
        paper: Some(PaperId(2)),
        offset: 7,
        query: "brain is:unread".to_owned(),
        selection: vec![PaperId(1), PaperId(0)],
        reader_line: Some(12),
        ..Session::default()
    };
    reader.perform(&LibraryCommand::SaveSession(Box::new(session.clone())));
    let mut changed = sample_papers();
    changed.insert(0, draft("Another", "2601.00001", ""));
    changed.remove(2);
    let reader = TestReader::open(&file).with_papers(&changed);
    let expected = Session { paper: None, selection: Vec::new(), ..session };
    assert_eq!(reader.opened_library.session, Some(expected));
    let restored = RestoredPapers { paper: Some(PaperId(2)), selection: vec![PaperId(1)] };
    assert!(
        matches!(&reader.last_event, Some(LibraryEvent::SessionRestored(it)) if *it == restored)
    );
    assert_eq!(TestReader::open_source(Some(file), "other.bib").opened_library.session, None);
}

#[test]
fn papers_are_new_that_the_source_did_not_have_before() {
    let (_folder, file) = file();
    let reader = TestReader::open(&file).with_papers(&sample_papers());
    assert_eq!((reader.opened_library.last_visit.clone(), reader.has(Mark::New, 0)), (None, false));
    let mut papers = sample_papers();
    papers.insert(1, draft("Another", "2601.00001", ""));
    let mut reader = TestReader::open(&file).with_papers(&papers);
    assert!(reader.opened_library.last_visit.is_some());
    assert_eq!(
        (0..4).map(|id| reader.has(Mark::New, id)).collect::<Vec<_>>(),
        [false, true, false, false]
    );
    assert!(reader.record(&[1], &[STAR]).has(Mark::New, 1), "a mark leaves it new");
    assert!(!TestReader::open(&file).with_papers(&papers).has(Mark::New, 1));
}

#[test]
fn papers_that_a_source_gets_during_a_run_are_new_after_the_next_load() {
    let (_folder, file) = file();
    let start = |source: &str, baseline| LoadStart { source: Some(source.to_owned()), baseline };
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    let mut papers = sample_papers();
    papers.push(draft("Another", "2601.00001", ""));
    reader.library.start_load(start("papers.bib", NewPapersBaseline::LastLoad));
    let mut reader = reader.with_papers(&papers);
    let new =
        |reader: &TestReader| (0..5).filter(|id| reader.has(Mark::New, *id)).collect::<Vec<_>>();
    assert_eq!(new(&reader), [3]);
    // They are still new when the user comes back from another source.
    reader.marks = crate::domain::Marks::default();
    reader.library.start_load(start("other.bib", NewPapersBaseline::LastVisit));
    let mut reader = reader.with_papers(&papers[..2]);
    assert_eq!(new(&reader), [0_u32; 0]);
    reader.library.start_load(start("papers.bib", NewPapersBaseline::LastVisit));
    let reader = reader.with_papers(&papers);
    assert_eq!(new(&reader), [3]);
}

#[test]
fn searches_and_queries_are_kept() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file);
    reader
        .perform(&LibraryCommand::SaveSearch(saved()))
        .perform(&LibraryCommand::AddToHistory("a".to_owned()));
    reader
        .perform(&LibraryCommand::AddToHistory("b".to_owned()))
        .perform(&LibraryCommand::AddToHistory("a".to_owned()));
    let reader = TestReader::open(&file);
    assert_eq!(reader.opened_library.searches, [saved()]);
    assert_eq!(reader.opened_library.history, ["b", "a"]);
    TestReader::open(&file).perform(&LibraryCommand::DeleteSearch("new".to_owned()));
    assert!(TestReader::open(&file).opened_library.searches.is_empty());
}

#[cfg(unix)]
#[test]
fn the_session_of_a_process_that_is_still_alive_is_restored_as_such() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    let session = Session { query: "brain".to_owned(), reader_line: Some(3), ..Session::default() };
    reader.perform(&LibraryCommand::SaveSession(Box::new(session.clone())));
    let saved_by = |process: u32| {
        let connection = &reader.library.store.connection;
        let sql = "UPDATE place SET value = json_set(value, '$.process', ?1)";
        connection.execute(sql, [process]).unwrap();
        TestReader::open(&file).opened_library.session.unwrap()
    };
    let parent = rustix::process::getppid().unwrap().as_raw_nonzero().get().cast_unsigned();
    let end = SessionEnd::RunningElsewhere(parent);
    assert_eq!(saved_by(parent), Session { end, ..session.clone() });
    // Process ids are far lower.
    assert_eq!(saved_by(i32::MAX.cast_unsigned()), session);
}
