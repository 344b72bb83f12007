//! A library of Zotero as a source of papers.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::contents::{FileFolders, LeftOut, ZoteroContents, ZoteroTypeCount, read_contents};
use super::error::ZoteroError;
use super::places::{DATABASE_NAME, ZoteroPlaces, linked_files_folder};
use super::record::draft;
use super::snapshot::{read_consistent, table_names};
use super::tables::{for_each_row, has_table, text};
use crate::domain::Draft;
use crate::text::{fold, nearest_word};

/// The address of Zotero's library: `zotero`, `zotero:Thesis/Snow`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoteroAddress {
    /// A collection by its name or path, or a group; all items if empty.
    pub collection: String,
}

impl ZoteroAddress {
    /// Parses an address; `None` for another text.
    pub fn parse(text: &str) -> Option<Self> {
        let collection = match text.trim().split_once(':') {
            None => (text.trim() == "zotero").then_some("")?,
            Some((prefix, collection)) => (prefix == "zotero").then_some(collection)?,
        };
        Some(Self { collection: collection.trim().to_owned() })
    }
}

impl std::fmt::Display for ZoteroAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.collection.as_str() {
            "" => f.write_str("zotero"),
            collection => write!(f, "zotero:{collection}"),
        }
    }
}

/// The items of a database against those that were read.
#[derive(Debug)]
pub struct ZoteroReport {
    /// By the name of the type.
    pub counts: BTreeMap<String, ZoteroTypeCount>,
    /// The reason for each item that could not be read.
    pub unreadable: Vec<String>,
}

impl ZoteroReport {
    /// The sum over all types.
    pub fn total(&self) -> ZoteroTypeCount {
        let mut total = ZoteroTypeCount::default();
        for count in self.counts.values() {
            total.in_database += count.in_database;
            total.read += count.read;
            for (reason, count) in &count.left_out {
                *total.left_out.entry(*reason).or_default() += count;
            }
        }
        total
    }
}

/// The papers of a database, or of one collection in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoteroLibrary {
    pub database: PathBuf,
    pub collection: String,
}

impl ZoteroLibrary {
    /// The library of this machine.
    ///
    /// # Errors
    ///
    /// Returns an error if none is found.
    pub fn find(address: &ZoteroAddress) -> Result<Self, ZoteroError> {
        let database = ZoteroPlaces::from_environment().database()?;
        Ok(Self { database, collection: address.collection.clone() })
    }

    /// Reads all items from one consistent state.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read, or has no such collection.
    pub fn read(&self) -> Result<ZoteroContents, ZoteroError> {
        let data = self.database.parent().map(Path::to_owned).unwrap_or_default();
        let linked = linked_files_folder(&ZoteroPlaces::from_environment());
        let folders = FileFolders { data: std::path::absolute(&data).unwrap_or(data), linked };
        let mut contents =
            read_consistent(&self.database, &mut |connection| read_contents(connection, &folders))?;
        let keys = self.citation_keys();
        for item in &mut contents.items {
            item.citation_key = keys.get(&item.key).cloned().unwrap_or_default();
        }
        if !self.collection.is_empty() {
            select(&self.collection, &mut contents)?;
        }
        Ok(contents)
    }

    /// Converts all items, and calls `each` with them in order.
    ///
    /// # Errors
    ///
    /// The same as [`Self::read`].
    pub fn for_each_paper(
        &self,
        each: &mut dyn FnMut(Result<Draft, String>) -> std::ops::ControlFlow<()>,
    ) -> Result<(), ZoteroError> {
        for item in self.read()?.items {
            if each(draft(&item)).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Reads all items and counts them by type.
    ///
    /// # Errors
    ///
    /// The same as [`Self::read`].
    pub fn check(&self) -> Result<ZoteroReport, ZoteroError> {
        let contents = self.read()?;
        let mut counts = contents.counts;
        let mut unreadable = Vec::new();
        for item in &contents.items {
            match draft(item) {
                Ok(_) => counts.entry(item.type_name.clone()).or_default().read += 1,
                Err(reason) => unreadable.push(reason),
            }
        }
        Ok(ZoteroReport { counts, unreadable })
    }

    /// The citation keys of Better BibTeX by the keys of the items. That plug-in keeps them in a
    /// database of its own; one that cannot be read is ignored, since other keys follow from the
    /// papers.
    fn citation_keys(&self) -> HashMap<String, String> {
        let database = self.database.with_file_name("better-bibtex.sqlite");
        if !database.is_file() {
            return HashMap::new();
        }
        read_consistent(&database, &mut read_citation_keys).unwrap_or_default()
    }
}

fn read_citation_keys(connection: &Connection) -> rusqlite::Result<HashMap<String, String>> {
    let mut keys = HashMap::new();
    if has_table(connection, "citationkey")? {
        let sql = "SELECT itemKey, citationKey FROM citationkey";
        for_each_row(connection, sql, &mut |row| {
            keys.insert(text(row, 0)?, text(row, 1)?);
            Ok(())
        })?;
    }
    Ok(keys)
}

/// Keeps the items of a collection and of those below it.
fn select(collection: &str, contents: &mut ZoteroContents) -> Result<(), ZoteroError> {
    let needle = fold(collection);
    let is_named = |path: &str| {
        let path = fold(path);
        path == needle || path.rsplit('/').next() == Some(&needle)
    };
    let selected: Vec<String> =
        contents.collections.iter().filter(|it| is_named(it)).map(|it| fold(it)).collect();
    if selected.is_empty() {
        let names = contents.collections.iter().map(String::as_str);
        let nearest = nearest_word(collection, names).map(str::to_owned);
        return Err(ZoteroError::NoCollection { collection: collection.to_owned(), nearest });
    }
    let counts = &mut contents.counts;
    contents.items.retain(|item| {
        let is_selected = item.collections.iter().map(|it| fold(it)).any(|path| {
            let is_below = |it: &String| path.strip_prefix(it.as_str())?.chars().next();
            selected.iter().any(|it| path == *it || is_below(it) == Some('/'))
        });
        if !is_selected {
            let count = counts.entry(item.type_name.clone()).or_default();
            *count.left_out.entry(LeftOut::InOtherCollection).or_default() += 1;
        }
        is_selected
    });
    Ok(())
}

/// The database in a data folder of Zotero.
pub fn zotero_database_in(folder: &Path) -> Option<PathBuf> {
    let database = folder.join(DATABASE_NAME);
    is_zotero_database(&database).then_some(database)
}

/// Returns true if a file is a database of Zotero. One whose tables are still in its write-ahead log
/// is known by its name.
pub fn is_zotero_database(path: &Path) -> bool {
    const SQLITE_HEAD: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    let read =
        File::open(path).and_then(|it| it.take(SQLITE_HEAD.len() as u64).read_to_end(&mut head));
    if read.is_err() || head != SQLITE_HEAD {
        return false;
    }
    let has_tables = |names: Vec<String>| {
        ["items", "itemData", "itemTypes"].iter().all(|it| names.iter().any(|name| name == it))
    };
    table_names(path).is_ok_and(has_tables)
        || path.file_name().is_some_and(|it| it == DATABASE_NAME)
}
