//! Reading while another program writes: a committed state, no lock, and no file of ours.

use std::thread;

use offprint::sources::{Source, load_corpus};
use rusqlite::Connection;

use super::database::{DataFolder, ZoteroVersion};

fn titles(folder: &DataFolder) -> Vec<String> {
    let (corpus, defects) = load_corpus(Source::File(folder.database())).unwrap();
    assert_eq!(defects, []);
    corpus.papers().map(|(_, it)| it.title.to_owned()).collect()
}

/// The two ways in which a database keeps what a transaction changes.
const JOURNALS: [&str; 2] = ["WAL", "DELETE"];

fn begin_exclusively(folder: &DataFolder, journal: &str) {
    let sql = format!(
        "PRAGMA journal_mode = {journal}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = 2; \
         PRAGMA wal_autocheckpoint = 0;"
    );
    folder.connection().execute_batch(&sql).unwrap();
}

#[test]
fn a_locked_database_is_read_and_left_as_it_is() {
    for journal in JOURNALS {
        let folder = DataFolder::new(ZoteroVersion::Seven);
        begin_exclusively(&folder, journal);
        folder.item(1, "book", &[("title", "Committed")]);
        let before = folder.files();
        assert_eq!(titles(&folder), ["Committed"], "{journal}");
        assert!(folder.files() == before, "{journal}");
        // The writer still has its lock and goes on.
        folder.item(1, "book", &[("title", "Later")]);
        assert_eq!(titles(&folder), ["Committed", "Later"], "{journal}");
    }
}

#[test]
fn a_transaction_that_is_not_finished_is_not_seen() {
    for journal in JOURNALS {
        let folder = DataFolder::new(ZoteroVersion::Six);
        folder.item(1, "book", &[("title", "Committed")]);
        begin_exclusively(&folder, journal);
        folder.connection().execute_batch("BEGIN IMMEDIATE").unwrap();
        // More than the cache holds, so that changed pages are written before the end.
        let long = "x".repeat(3000);
        for number in 0..60 {
            folder.item(
                1,
                "book",
                &[("title", &format!("{number}")), ("extra", &format!("{long}{number}"))],
            );
        }
        let beside = folder.files().len();
        assert_eq!(beside, 2, "a journal is there: {journal}");
        assert_eq!(titles(&folder), ["Committed"], "{journal}");
        folder.connection().execute_batch("COMMIT").unwrap();
        assert_eq!(titles(&folder).len(), 61, "{journal}");
    }
}

/// Each transaction adds a paper together with its author and a note.
#[test]
fn every_state_that_is_read_during_writing_is_whole() {
    for journal in JOURNALS {
        let folder = DataFolder::new(ZoteroVersion::Seven);
        folder.connection().execute_batch(&format!("PRAGMA journal_mode = {journal}")).unwrap();
        let path = folder.database();
        thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let other = Connection::open(&path).unwrap();
                let sql = "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20;";
                other.execute_batch(sql).unwrap();
                for number in 1..=300 {
                    other.execute_batch(&transaction(number)).unwrap();
                }
            });
            loop {
                let was_over = writer.is_finished();
                match load_corpus(Source::File(path.clone())) {
                    Ok((corpus, defects)) => {
                        assert_eq!(defects, [], "{journal}");
                        let papers: Vec<_> = corpus.papers().map(|(_, it)| it).collect();
                        for (at, paper) in papers.iter().enumerate() {
                            assert_eq!(paper.title, format!("Paper {}", at + 1));
                            assert_eq!(paper.author_list, "Moss, Ada");
                        }
                        assert!(!was_over || papers.len() == 300, "{journal}");
                    }
                    Err(error) => {
                        let text = error.to_string();
                        assert!(!was_over && text.contains("Zotero is writing"), "{text}");
                    }
                }
                if was_over {
                    break;
                }
            }
            writer.join().unwrap();
        });
    }
}

fn transaction(number: u32) -> String {
    let padding = "p".repeat(2000);
    format!(
        "BEGIN; \
         INSERT INTO items (itemID, itemTypeID, libraryID, key) VALUES ({number}, 2, 1, 'K{number}'); \
         INSERT INTO itemDataValues (valueID, value) VALUES ({number}, 'Paper {number}'); \
         INSERT INTO itemDataValues (valueID, value) \
         VALUES (100000 + {number}, '{padding}{number}'); \
         INSERT INTO itemData VALUES ({number}, 110, {number}); \
         INSERT OR IGNORE INTO creators VALUES (1, 'Ada', 'Moss', 0); \
         INSERT INTO itemCreators VALUES ({number}, 1, 1, 0); \
         COMMIT;"
    )
}
