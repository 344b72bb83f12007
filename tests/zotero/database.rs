//! A database with the schema of Zotero, made for a test.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use tempfile::TempDir;

/// The versions of Zotero whose schemas differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoteroVersion {
    Six,
    Seven,
}

/// A data folder with a database.
pub(super) struct DataFolder {
    folder: TempDir,
    connection: Connection,
}

impl DataFolder {
    pub(super) fn new(version: ZoteroVersion) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("zotero.sqlite")).unwrap();
        connection.execute_batch("PRAGMA synchronous = OFF; BEGIN").unwrap();
        connection.execute_batch(include_str!("schema.sql")).unwrap();
        if version == ZoteroVersion::Seven {
            connection.execute_batch(include_str!("schema-7.sql")).unwrap();
        }
        connection.execute_batch("COMMIT").unwrap();
        Self { folder, connection }
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn database(&self) -> PathBuf {
        self.path().join("zotero.sqlite")
    }

    /// The connection of the program that writes.
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The names of all files beside the database, with their contents.
    pub(super) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.path()).unwrap().map(Result::unwrap);
        let file = |it: fs::DirEntry| {
            (it.file_name().to_string_lossy().into_owned(), fs::read(it.path()).unwrap())
        };
        let mut files: Vec<_> = entries.map(file).collect();
        files.sort();
        files
    }

    /// Adds an item with these fields to a library, and returns its number.
    pub(super) fn item(&self, library: i64, type_name: &str, fields: &[(&str, &str)]) -> i64 {
        let sql = "INSERT INTO items (itemTypeID, libraryID, key, dateModified) VALUES \
                   ((SELECT itemTypeID FROM itemTypes WHERE typeName = ?1), ?2, ?3, \
                   '2024-02-03 04:05:06')";
        let count: i64 =
            self.connection.query_row("SELECT count(*) FROM items", [], |it| it.get(0)).unwrap();
        let key = format!("KEY{:05}", count + 1);
        self.connection.execute(sql, params![type_name, library, key]).unwrap();
        let item = self.connection.last_insert_rowid();
        for (name, value) in fields {
            let sql = "INSERT OR IGNORE INTO itemDataValues (value) VALUES (?1)";
            self.connection.execute(sql, [value]).unwrap();
            let sql = "INSERT INTO itemData VALUES (?1, \
                       (SELECT fieldID FROM fields WHERE fieldName = ?2), \
                       (SELECT valueID FROM itemDataValues WHERE value = ?3))";
            self.connection.execute(sql, params![item, name, value]).unwrap();
        }
        item
    }

    /// Adds people in order: role, first name and last name. Without a first name the name is in one
    /// part.
    pub(super) fn creators(&self, item: i64, people: &[(&str, &str, &str)]) {
        for (at, (role, first, last)) in people.iter().enumerate() {
            let sql = "INSERT OR IGNORE INTO creators (firstName, lastName, fieldMode) \
                       VALUES (?1, ?2, ?3)";
            let mode = i64::from(first.is_empty());
            self.connection.execute(sql, params![first, last, mode]).unwrap();
            let sql = "INSERT INTO itemCreators SELECT ?1, creatorID, \
                       (SELECT creatorTypeID FROM creatorTypes WHERE creatorType = ?2), ?3 \
                       FROM creators WHERE firstName = ?4 AND lastName = ?5";
            self.connection
                .execute(sql, params![item, role, i64::try_from(at).unwrap(), first, last])
                .unwrap();
        }
    }

    pub(super) fn tag(&self, item: i64, name: &str) {
        self.connection.execute("INSERT OR IGNORE INTO tags (name) VALUES (?1)", [name]).unwrap();
        let sql = "INSERT INTO itemTags SELECT ?1, tagID, 0 FROM tags WHERE name = ?2";
        self.connection.execute(sql, params![item, name]).unwrap();
    }

    pub(super) fn collection(&self, library: i64, name: &str, parent: Option<i64>) -> i64 {
        let sql = "INSERT INTO collections (collectionName, parentCollectionID, libraryID, key) \
                   VALUES (?1, ?2, ?3, ?1)";
        self.connection.execute(sql, params![name, parent, library]).unwrap();
        self.connection.last_insert_rowid()
    }

    pub(super) fn put_into(&self, collection: i64, item: i64) {
        let sql = "INSERT INTO collectionItems (collectionID, itemID) VALUES (?1, ?2)";
        self.connection.execute(sql, [collection, item]).unwrap();
    }

    pub(super) fn note(&self, parent: Option<i64>, html: &str) -> i64 {
        let item = self.item(1, "note", &[]);
        let sql = "INSERT INTO itemNotes (itemID, parentItemID, note) VALUES (?1, ?2, ?3)";
        self.connection.execute(sql, params![item, parent, html]).unwrap();
        item
    }

    pub(super) fn attachment(&self, parent: Option<i64>, content_type: &str, path: &str) -> i64 {
        let item = self.item(1, "attachment", &[]);
        let sql = "INSERT INTO itemAttachments (itemID, parentItemID, linkMode, contentType, path) \
                   VALUES (?1, ?2, 0, ?3, ?4)";
        self.connection.execute(sql, params![item, parent, content_type, path]).unwrap();
        item
    }

    pub(super) fn delete(&self, item: i64) {
        self.connection.execute("INSERT INTO deletedItems (itemID) VALUES (?1)", [item]).unwrap();
    }
}
