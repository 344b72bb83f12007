//! Tests of library files prepared by an attacker.

use std::fs;

use rusqlite::Connection;

use super::*;
use crate::library::db::attribute;

/// Returns a library with one starred paper, modified by `sql`.
fn library_changed_by(sql: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.db");
    let mut store = Store::open(&file).unwrap().store;
    let text = "{\"is\":\"library\",\"form\":1}\n\
        {\"is\":\"paper\",\"id\":\"0000000000000001-1\",\"keys\":[\"doi:10.1000/a\"],\"weak\":\"w\",\
        \"record\":{\"title\":\"On Ants\"}}\n\
        {\"is\":\"entry\",\"id\":\"0000000000000001-2\",\"act\":2,\"at\":5,\"paper\":\"0000000000000001-1\",\"aspect\":\"star\",\"value\":\"1\"}\n";
    let merged = import(&mut store, "text", &mut text.as_bytes()).unwrap();
    assert_eq!((merged.papers, merged.entries), (1, 1));
    drop(store);
    Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    (folder, file)
}

#[test]
fn a_schema_that_is_not_ours_is_refused_by_name_and_its_rows_are_saved() {
    for (sql, difference) in [
        ("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END", "trigger “t”"),
        ("CREATE VIEW v AS SELECT 1", "view “v”"),
        ("CREATE TABLE more(a)", "table “more”"),
        ("ALTER TABLE place ADD COLUMN more", "unexpected definition of table “place”"),
        ("DROP INDEX entry_at", "missing index “entry_at”"),
        ("DROP TABLE seen; CREATE VIEW seen AS WITH RECURSIVE r(source, at, papers) AS (SELECT 1, 1, 1
          UNION ALL SELECT source + 1, at, papers FROM r) SELECT * FROM r", "view “seen”"),
    ] {
        let (_folder, file) = library_changed_by(sql);
        let error = Store::open(&file).unwrap_err();
        assert!(matches!(error, LibraryError::SchemaChanged { .. }), "{sql}: {error}");
        assert!(error.to_string().contains(difference), "{sql}: {error}");
        assert!(error.to_string().contains("library check --repair"), "{error}");
        assert!(Store::copy_in_memory(&file).is_err());
        let original = fs::read(&file).unwrap();
        let reader = TestReader::open(&file);
        assert!(matches!(reader.opened_library.durability, Durability::ThisRunOnly(_)), "{sql}");
        drop(reader);
        assert_eq!(fs::read(&file).unwrap(), original);
        let (report, _) = repair(&file).unwrap();
        assert_eq!((report.papers, report.entries), (1, 1), "{sql}");
        assert!(Store::open(&file).is_ok());
    }
}

#[test]
fn what_the_database_counts_for_itself_is_no_difference() {
    let (_folder, file) = library_changed_by("ANALYZE");
    assert!(Store::open(&file).is_ok());
}

/// Sorting the tags again after each insertion would take minutes.
#[test]
fn a_paper_has_a_hundred_thousand_tags_in_no_time() {
    let (mut marked, mut marks) = (PaperMarks::default(), crate::domain::Marks::default());
    for number in 0..100_000 {
        attribute::add_mark(&mut marked, &format!("tag:t{number:06}"), "1");
    }
    for paper in 0..3 {
        marks.set(PaperId(paper), &marked);
    }
    marks.set(PaperId(1), &marked);
    assert_eq!(marks.paper_marks(PaperId(1)), marked);
    marks.set(PaperId(1), &PaperMarks::default());
    assert_eq!(
        (marks.tags_of(PaperId(1)).count(), marks.tags_of(PaperId(2)).count()),
        (0, 100_000)
    );
}
