//! Tests of a disk that fills up while a library is open.

use super::*;

/// Limits the database to `pages` pages.
fn has_room(reader: &TestReader, pages: u32) {
    let connection = &reader.library.store.connection;
    connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
}

fn save_session(query: &str) -> LibraryCommand {
    LibraryCommand::SaveSession(Box::new(Session { query: query.to_owned(), ..Session::default() }))
}

#[test]
fn on_a_full_disk_a_mark_is_not_made_and_is_made_once_there_is_room() {
    let (_folder, file) = file();
    let long_query = "far too long ".repeat(5000);
    let note = Change::Note(long_query.clone());
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[0], &[STAR]);
    has_room(&reader, 1);
    reader.record(&[0, 1], std::slice::from_ref(&note));
    let Some(LibraryEvent::Failed(reason)) = &reader.last_event else {
        panic!("no failure but {:?}", reader.last_event)
    };
    assert!(reason.contains("the disk is full; free some space"), "{reason}");
    assert_eq!((reader.marked(1), reader.marked(0).note.len()), (PaperMarks::default(), 0));
    assert!(reader.has(Mark::Starred, 0));
    // A failed change cannot be undone.
    reader.undo().redo();
    assert_eq!(reader.receipt().changes, [STAR]);
    has_room(&reader, 1 << 20);
    reader.record(&[0, 1], std::slice::from_ref(&note));
    assert_eq!(reader.receipt().paper_count, 2);
    let next = TestReader::open(&file).with_papers(&sample_papers());
    assert!(next.has(Mark::Starred, 0) && *next.marked(1).note == *long_query.trim());
}

#[test]
fn a_session_that_cannot_be_saved_is_reported_once() {
    let (_folder, file) = file();
    let long_query = "far too long ".repeat(5000);
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    has_room(&reader, 1);
    let mut complaints = |query: &str| reader.library.execute(&save_session(query)).len();
    assert_eq!(complaints(&long_query), 1);
    assert_eq!(complaints(&format!("{long_query} and more")), 0);
    assert_eq!(complaints("short"), 0);
    assert_eq!(complaints(&long_query), 1);
}
