//! Reads the tables of Zotero's database, from version 5 on. Tables that only newer versions have
//! may be missing.

use std::collections::{HashMap, HashSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

/// The libraries by number.
#[derive(Debug, Default)]
pub struct Libraries {
    /// The name of each group library.
    pub groups: HashMap<i64, String>,
    /// Libraries of feeds, whose items are no papers of the user.
    pub feeds: HashSet<i64>,
}

/// The collections by number, each as its path: `Thesis/Snow`, with the group before it.
pub type CollectionPaths = HashMap<i64, String>;

/// Maximum nesting of collections. Bounds a ring, which a damaged database may have.
const MAX_COLLECTION_DEPTH: usize = 64;

/// Returns true if the database has the table.
pub fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    connection.query_row(sql, [name], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

/// Calls `each` with every row.
pub fn for_each_row(
    connection: &Connection,
    sql: &str,
    each: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// The value of a column as text. Zotero stores numbers as such where a value looks like one.
pub fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
    })
}

pub fn read_libraries(connection: &Connection) -> rusqlite::Result<Libraries> {
    let mut libraries = Libraries::default();
    for_each_row(connection, "SELECT libraryID FROM libraries WHERE type = 'feed'", &mut |row| {
        libraries.feeds.insert(row.get(0)?);
        Ok(())
    })?;
    for_each_row(connection, "SELECT libraryID, name FROM groups", &mut |row| {
        libraries.groups.insert(row.get(0)?, clean_name(&text(row, 1)?));
        Ok(())
    })?;
    Ok(libraries)
}

/// Reads the paths of collections that are not in the trash.
pub fn read_collections(
    connection: &Connection,
    libraries: &Libraries,
) -> rusqlite::Result<CollectionPaths> {
    let mut collections: HashMap<i64, (String, Option<i64>, i64)> = HashMap::new();
    let sql = "SELECT collectionID, collectionName, parentCollectionID, libraryID FROM collections";
    for_each_row(connection, sql, &mut |row| {
        collections.insert(row.get(0)?, (clean_name(&text(row, 1)?), row.get(2)?, row.get(3)?));
        Ok(())
    })?;
    let deleted = read_ids(connection, "deletedCollections", "collectionID")?;
    let path = |id: i64| {
        let (mut names, mut next) = (Vec::new(), Some(id));
        while let Some(id) = next {
            let (name, parent, library) = collections.get(&id)?;
            if deleted.contains(&id) || names.len() > MAX_COLLECTION_DEPTH {
                return None;
            }
            names.push(name.as_str());
            next = *parent;
            if next.is_none() {
                names.extend(libraries.groups.get(library).map(String::as_str));
            }
        }
        names.reverse();
        Some(names.join("/"))
    };
    Ok(collections.keys().filter_map(|id| Some((*id, path(*id)?))).collect())
}

/// Reads a column of numbers; empty if the database has no such table.
pub fn read_ids(
    connection: &Connection,
    table: &str,
    column: &str,
) -> rusqlite::Result<HashSet<i64>> {
    let mut ids = HashSet::new();
    if has_table(connection, table)? {
        for_each_row(connection, &format!("SELECT {column} FROM {table}"), &mut |row| {
            ids.insert(row.get(0)?);
            Ok(())
        })?;
    }
    Ok(ids)
}

/// The base field of each field of a type: `university` of a thesis is a `publisher`.
pub fn read_base_fields(connection: &Connection) -> rusqlite::Result<HashMap<(i64, i64), String>> {
    let mut base_fields = HashMap::new();
    let sql = "SELECT m.itemTypeID, m.fieldID, f.fieldName FROM baseFieldMappings m \
               JOIN fields f ON f.fieldID = m.baseFieldID";
    for_each_row(connection, sql, &mut |row| {
        base_fields.insert((row.get(0)?, row.get(1)?), text(row, 2)?);
        Ok(())
    })?;
    Ok(base_fields)
}

/// The main kind of creator of each type: the `author` of a book, the `director` of a film.
pub fn read_main_creators(connection: &Connection) -> rusqlite::Result<HashSet<(i64, i64)>> {
    let mut main = HashSet::new();
    let sql = "SELECT itemTypeID, creatorTypeID FROM itemTypeCreatorTypes WHERE primaryField = 1";
    for_each_row(connection, sql, &mut |row| {
        main.insert((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(main)
}

/// A name without the separator of lists.
pub fn clean_name(name: &str) -> String {
    name.replace(';', ",").trim().to_owned()
}
