//! The items of the database, each with all that belongs to it, and how many of each type there are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::tables::{
    CollectionPaths, Libraries, clean_name, for_each_row, has_table, read_base_fields,
    read_collections, read_ids, read_libraries, read_main_creators, text,
};

/// The reason why an item is not read as a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    InTrash,
    /// An item of a feed.
    InFeed,
    /// A note, an attachment or an annotation that belongs to a paper.
    PartOfPaper,
    /// A note or an attachment of its own.
    WithoutPaper,
    /// Not in the collection that was asked for.
    InOtherCollection,
}

impl LeftOut {
    /// The reason in words, after a number.
    pub fn describe(self) -> &'static str {
        match self {
            Self::InTrash => "in the trash",
            Self::InFeed => "in feeds",
            Self::PartOfPaper => "belong to papers",
            Self::WithoutPaper => "without a paper",
            Self::InOtherCollection => "in other collections",
        }
    }
}

/// A creator with the role of Zotero: `author`, `seriesEditor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoteroCreator {
    pub role: String,
    pub first_name: String,
    pub last_name: String,
    /// Returns true if the name is in one part, which is in `last_name`.
    pub is_single: bool,
    /// The role is the main one of the type.
    pub is_main: bool,
}

/// An item that is a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoteroItem {
    pub type_name: String,
    /// Its key in the library, by which Zotero shows it.
    pub key: String,
    pub modified: String,
    /// Field and value; the fields have the names of base fields.
    pub fields: Vec<(String, String)>,
    pub creators: Vec<ZoteroCreator>,
    pub tags: Vec<String>,
    /// Paths of collections.
    pub collections: Vec<String>,
    /// In HTML.
    pub notes: Vec<String>,
    pub file: Option<PathBuf>,
    pub citation_key: String,
    pub is_retracted: bool,
}

/// The counts of one type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoteroTypeCount {
    pub in_database: u32,
    pub read: u32,
    pub left_out: BTreeMap<LeftOut, u32>,
}

impl ZoteroTypeCount {
    /// The items that were neither read nor left out for a reason.
    pub fn missing(&self) -> i64 {
        let left_out: u32 = self.left_out.values().sum();
        i64::from(self.in_database) - i64::from(self.read) - i64::from(left_out)
    }
}

/// All that is read of a database.
#[derive(Debug, Default)]
pub struct ZoteroContents {
    pub items: Vec<ZoteroItem>,
    /// By the name of the type.
    pub counts: BTreeMap<String, ZoteroTypeCount>,
    /// All collections and groups.
    pub collections: Vec<String>,
}

/// The folders to which stored and linked files are relative.
#[derive(Debug, Clone, Default)]
pub struct FileFolders {
    pub data: PathBuf,
    pub linked: Option<PathBuf>,
}

/// A row of an item before it is sorted out.
struct ItemRow {
    type_id: i64,
    library: i64,
    /// Its place in [`ZoteroContents::items`].
    place: Option<usize>,
}

struct ContentsReader<'a> {
    connection: &'a Connection,
    rows: HashMap<i64, ItemRow>,
    libraries: Libraries,
    collections: CollectionPaths,
    contents: ZoteroContents,
}

/// Types of items that belong to papers.
const PART_TYPES: [&str; 3] = ["note", "attachment", "annotation"];

/// Reads all items in their order in the database.
pub fn read_contents(
    connection: &Connection,
    folders: &FileFolders,
) -> rusqlite::Result<ZoteroContents> {
    let libraries = read_libraries(connection)?;
    let collections = read_collections(connection, &libraries)?;
    let mut reader = ContentsReader {
        connection,
        rows: HashMap::new(),
        libraries,
        collections,
        contents: ZoteroContents::default(),
    };
    reader.read_items()?;
    reader.read_fields()?;
    reader.read_creators()?;
    reader.read_tags()?;
    reader.read_memberships()?;
    reader.read_notes()?;
    reader.read_files(folders)?;
    let sql = "SELECT t.typeName, count(*) FROM items i \
               LEFT JOIN itemTypes t ON t.itemTypeID = i.itemTypeID GROUP BY t.typeName";
    for_each_row(connection, sql, &mut |row| {
        let count = reader.contents.counts.entry(text(row, 0)?).or_default();
        count.in_database = row.get(1)?;
        Ok(())
    })?;
    let groups = reader.libraries.groups.into_values();
    reader.contents.collections = groups.chain(reader.collections.into_values()).collect();
    reader.contents.collections.sort_unstable();
    Ok(reader.contents)
}

impl ContentsReader<'_> {
    fn read_items(&mut self) -> rusqlite::Result<()> {
        let trash = read_ids(self.connection, "deletedItems", "itemID")?;
        let mut parents: HashMap<i64, i64> = HashMap::new();
        for table in ["itemNotes", "itemAttachments", "itemAnnotations"] {
            if has_table(self.connection, table)? {
                let sql = format!("SELECT itemID, parentItemID FROM {table}");
                for_each_row(self.connection, &sql, &mut |row| {
                    if let Some(parent) = row.get::<_, Option<i64>>(1)? {
                        parents.insert(row.get(0)?, parent);
                    }
                    Ok(())
                })?;
            }
        }
        let retracted = self.retracted()?;
        let sql = "SELECT i.itemID, i.itemTypeID, t.typeName, i.libraryID, i.key, i.dateModified \
                   FROM items i LEFT JOIN itemTypes t ON t.itemTypeID = i.itemTypeID \
                   ORDER BY i.itemID";
        for_each_row(self.connection, sql, &mut |row| {
            let (id, type_id, library) = (row.get(0)?, row.get(1)?, row.get(3)?);
            let type_name = text(row, 2)?;
            let reason = if trash.contains(&id) || is_in_trash(id, &parents, &trash) {
                Some(LeftOut::InTrash)
            } else if self.libraries.feeds.contains(&library) {
                Some(LeftOut::InFeed)
            } else if PART_TYPES.contains(&type_name.as_str()) {
                let has_parent = parents.contains_key(&id);
                Some(if has_parent { LeftOut::PartOfPaper } else { LeftOut::WithoutPaper })
            } else {
                None
            };
            let count = self.contents.counts.entry(type_name.clone()).or_default();
            let place = match reason {
                Some(reason) => {
                    *count.left_out.entry(reason).or_default() += 1;
                    None
                }
                None => Some(self.contents.items.len()),
            };
            if place.is_some() {
                let (key, modified) = (text(row, 4)?, text(row, 5)?);
                let is_retracted = retracted.contains(&id);
                let item =
                    ZoteroItem { type_name, key, modified, is_retracted, ..ZoteroItem::default() };
                self.contents.items.push(item);
            }
            self.rows.insert(id, ItemRow { type_id, library, place });
            Ok(())
        })
    }

    /// The items that Retraction Watch lists, unless the user has hidden the notice.
    fn retracted(&self) -> rusqlite::Result<HashSet<i64>> {
        let mut retracted = HashSet::new();
        if has_table(self.connection, "retractedItems")? {
            let sql = "SELECT itemID FROM retractedItems WHERE flag <> 1";
            for_each_row(self.connection, sql, &mut |row| {
                retracted.insert(row.get(0)?);
                Ok(())
            })?;
        }
        Ok(retracted)
    }

    fn read_fields(&mut self) -> rusqlite::Result<()> {
        let base_fields = read_base_fields(self.connection)?;
        let sql = "SELECT d.itemID, d.fieldID, f.fieldName, v.value FROM itemData d \
                   JOIN fields f ON f.fieldID = d.fieldID \
                   JOIN itemDataValues v ON v.valueID = d.valueID ORDER BY d.itemID, d.fieldID";
        for_each_row(self.connection, sql, &mut |row| {
            let Some((type_id, item)) = item_of(&self.rows, &mut self.contents.items, row.get(0)?)
            else {
                return Ok(());
            };
            let own_name = text(row, 2)?;
            let name = match base_fields.get(&(type_id, row.get(1)?)) {
                Some(base) if !KEPT_FIELDS.contains(&own_name.as_str()) => base.clone(),
                _ => own_name,
            };
            item.fields.push((name, text(row, 3)?));
            Ok(())
        })
    }

    fn read_creators(&mut self) -> rusqlite::Result<()> {
        let main = read_main_creators(self.connection)?;
        let sql = "SELECT ic.itemID, ic.creatorTypeID, t.creatorType, c.firstName, c.lastName, \
                   c.fieldMode FROM itemCreators ic \
                   JOIN creators c ON c.creatorID = ic.creatorID \
                   JOIN creatorTypes t ON t.creatorTypeID = ic.creatorTypeID \
                   ORDER BY ic.itemID, ic.orderIndex";
        for_each_row(self.connection, sql, &mut |row| {
            if let Some((type_id, item)) =
                item_of(&self.rows, &mut self.contents.items, row.get(0)?)
            {
                item.creators.push(ZoteroCreator {
                    role: text(row, 2)?,
                    first_name: text(row, 3)?,
                    last_name: text(row, 4)?,
                    is_single: row.get::<_, Option<i64>>(5)? == Some(1),
                    is_main: main.contains(&(type_id, row.get(1)?)),
                });
            }
            Ok(())
        })
    }

    fn read_tags(&mut self) -> rusqlite::Result<()> {
        let sql = "SELECT it.itemID, t.name FROM itemTags it JOIN tags t ON t.tagID = it.tagID \
                   ORDER BY it.itemID, it.type, t.name";
        for_each_row(self.connection, sql, &mut |row| {
            if let Some((_, item)) = item_of(&self.rows, &mut self.contents.items, row.get(0)?) {
                item.tags.push(clean_name(&text(row, 1)?));
            }
            Ok(())
        })
    }

    /// Reads the collections of each item. One of a group that is in no collection is in the group.
    fn read_memberships(&mut self) -> rusqlite::Result<()> {
        let sql = "SELECT collectionID, itemID FROM collectionItems";
        for_each_row(self.connection, sql, &mut |row| {
            let path = self.collections.get(&row.get::<_, i64>(0)?);
            if let Some(path) = path
                && let Some((_, item)) = item_of(&self.rows, &mut self.contents.items, row.get(1)?)
            {
                item.collections.push(path.clone());
            }
            Ok(())
        })?;
        for row in self.rows.values() {
            let Some(item) = row.place.and_then(|at| self.contents.items.get_mut(at)) else {
                continue;
            };
            if item.collections.is_empty() {
                item.collections.extend(self.libraries.groups.get(&row.library).cloned());
            }
            item.collections.sort_unstable();
        }
        Ok(())
    }

    fn read_notes(&mut self) -> rusqlite::Result<()> {
        let trash = read_ids(self.connection, "deletedItems", "itemID")?;
        let sql = "SELECT parentItemID, note, itemID FROM itemNotes \
                   WHERE parentItemID IS NOT NULL ORDER BY itemID";
        for_each_row(self.connection, sql, &mut |row| {
            let item = item_of(&self.rows, &mut self.contents.items, row.get(0)?);
            if let Some((_, item)) =
                item.filter(|_| !row.get(2).is_ok_and(|it| trash.contains(&it)))
            {
                item.notes.push(text(row, 1)?);
            }
            Ok(())
        })
    }

    /// Finds the file of each paper: the first PDF among its attachments, else the first EPUB.
    fn read_files(&mut self, folders: &FileFolders) -> rusqlite::Result<()> {
        let trash = read_ids(self.connection, "deletedItems", "itemID")?;
        let sql = "SELECT a.parentItemID, a.path, i.key, a.itemID FROM itemAttachments a \
                   JOIN items i ON i.itemID = a.itemID \
                   WHERE a.parentItemID IS NOT NULL AND a.path IS NOT NULL \
                   AND a.contentType IN ('application/pdf', 'application/epub+zip') \
                   ORDER BY a.contentType = 'application/pdf' DESC, a.itemID";
        for_each_row(self.connection, sql, &mut |row| {
            let item = item_of(&self.rows, &mut self.contents.items, row.get(0)?);
            if let Some((_, item)) = item
                && item.file.is_none()
                && !trash.contains(&row.get(3)?)
            {
                item.file = file_path(&text(row, 1)?, &text(row, 2)?, folders);
            }
            Ok(())
        })
    }
}

/// Fields that say more than their base field.
const KEPT_FIELDS: [&str; 3] = ["archiveID", "institution", "university"];

/// Returns true if an item or one that it belongs to is in the trash.
fn is_in_trash(id: i64, parents: &HashMap<i64, i64>, trash: &HashSet<i64>) -> bool {
    // An annotation belongs to an attachment, and that to a paper.
    const MAX_PARENTS: usize = 3;
    std::iter::successors(parents.get(&id), |it| parents.get(it))
        .take(MAX_PARENTS)
        .any(|it| trash.contains(it))
}

/// The item with this number and its type, if it is a paper.
fn item_of<'a>(
    rows: &HashMap<i64, ItemRow>,
    items: &'a mut [ZoteroItem],
    id: i64,
) -> Option<(i64, &'a mut ZoteroItem)> {
    let row = rows.get(&id)?;
    Some((row.type_id, items.get_mut(row.place?)?))
}

/// The path of an attachment: `storage:a.pdf` lies in a folder of its key, `attachments:a.pdf` in the
/// folder of linked files.
fn file_path(path: &str, key: &str, folders: &FileFolders) -> Option<PathBuf> {
    if let Some(name) = path.strip_prefix("storage:") {
        // The name comes from a synchronised library: it must not lead out of the folder.
        let name = Path::new(name).file_name()?;
        return Some(folders.data.join("storage").join(key).join(name));
    }
    match path.strip_prefix("attachments:") {
        Some(relative) => Some(folders.linked.as_ref()?.join(relative)),
        None => Some(PathBuf::from(path)).filter(|it| it.is_absolute()),
    }
}
