//! Reads the current state derived from the log: marks, basket, saved searches, history.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{attribute, log, source_record};

use super::paper_map::PaperMap;

use super::rebuild::ALL_PAPERS;
use crate::domain::{KeyPattern, Mark, Marks, PaperId, PaperMarks};
use crate::library::model::change::{ChangeSetId, LibraryId};
use crate::library::model::event::{Basket, ChangeKind, LogEntry, Receipt};
use crate::library::model::session::SavedSearch;
use crate::text::{Distinct, sanitise, tidy};

/// Maximum number of change sets that the log lists.
const MAX_LOG_ENTRIES: u32 = 200;
/// Maximum number of queries of the history.
const MAX_HISTORY: u32 = 200;

/// The state last reported, for comparison with the database.
#[derive(Debug, Default)]
pub struct StateReader {
    pub searches: Vec<SavedSearch>,
    /// Papers of the basket with their ranks, in order.
    pub basket: Vec<(i64, String)>,
    /// Papers of the corpus that its source did not hold at the last visit.
    pub new_papers: HashSet<PaperId>,
    version: i64,
    /// `SQLite`'s `data_version`, which changes when another connection writes.
    data_version: i64,
}

/// The changes since the last report.
#[derive(Debug, Default)]
pub struct ChangedPapers {
    pub papers: Vec<i64>,
    /// Merged papers, as (old number, new number).
    pub merged: Vec<(i64, i64)>,
    /// Set if everything may have changed, paper numbers included.
    pub is_all: bool,
}

/// A receipt with library numbers, from which the corpus ids are still to be found.
#[derive(Debug)]
pub struct StoredReceipt {
    pub receipt: Receipt,
    pub papers: Vec<i64>,
}

impl StateReader {
    /// Reads the saved searches and the basket.
    pub fn reload(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.searches = connection
            .prepare_cached(
                "SELECT aspect, value FROM state
                 WHERE paper = 0 AND aspect >= 'search:' AND aspect < 'search;'
                 ORDER BY aspect",
            )?
            .query_map([], |row| {
                Ok(attribute::parse_search(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?))
            })?
            .filter_map(Result::transpose)
            .collect::<rusqlite::Result<_>>()?;
        self.basket = connection
            .prepare_cached(
                "SELECT paper, value FROM state WHERE aspect = 'basket' ORDER BY value, at, paper",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(())
    }

    /// Returns true if another process has written since the last call.
    pub fn is_stale(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        let now =
            connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        Ok(std::mem::replace(&mut self.data_version, now) != now)
    }

    /// Returns the changes since the last call. The first call returns all there are.
    pub fn changes(&mut self, connection: &Connection) -> rusqlite::Result<ChangedPapers> {
        let mut changes = ChangedPapers::default();
        let mut select =
            connection.prepare_cached("SELECT paper, moved FROM change WHERE version > ?1")?;
        let now = log::newest_version(connection)?;
        let mut rows = select.query([self.version])?;
        while let Some(row) = rows.next()? {
            let paper: i64 = row.get(0)?;
            match row.get::<_, Option<i64>>(1)? {
                Some(to) => changes.merged.push((paper, to)),
                None if paper == ALL_PAPERS => changes.is_all = true,
                None => changes.papers.push(paper),
            }
        }
        self.version = now;
        Ok(changes)
    }

    /// Marks everything as reported.
    pub fn skip_changes(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.version = log::newest_version(connection)?;
        self.is_stale(connection).map(drop)
    }

    /// Returns the marks of papers of the corpus, given with their library numbers if they have
    /// one.
    pub fn marks_of(
        &self,
        connection: &Connection,
        papers: impl IntoIterator<Item = (PaperId, Option<i64>)>,
    ) -> rusqlite::Result<Vec<(PaperId, PaperMarks)>> {
        let mut select = connection
            .prepare_cached("SELECT aspect, value FROM state WHERE paper = ?1 ORDER BY aspect")?;
        let mut all = Vec::new();
        for (id, paper) in papers {
            let mut marked = PaperMarks::default();
            if let Some(paper) = paper {
                let mut rows = select.query([paper])?;
                while let Some(row) = rows.next()? {
                    let (aspect, value) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
                    attribute::add_mark(&mut marked, aspect, value);
                }
            }
            if self.new_papers.contains(&id) {
                marked.marks.push(Mark::New);
                marked.marks.sort_unstable_by_key(|mark| *mark as usize);
            }
            all.push((id, marked));
        }
        Ok(all)
    }
}

/// Returns the current value of an attribute of a paper, if it is set.
pub fn attribute_value(
    connection: &Connection,
    paper: i64,
    aspect: &str,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM state WHERE paper = ?1 AND aspect = ?2")?
        .query_row(params![paper, aspect], |row| row.get(0))
        .optional()
}

/// Returns true if some paper has a tag or a note.
pub fn has_tags_or_notes(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row(
        "SELECT EXISTS(SELECT 1 FROM state
            WHERE (aspect = 'note' OR aspect >= 'tag:' AND aspect < 'tag;') AND value <> '')",
        [],
        |row| row.get(0),
    )
}

/// Returns the last [`MAX_HISTORY`] queries, oldest first.
pub fn history(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut queries: Vec<String> = connection
        .prepare(
            "SELECT substr(aspect, 7) FROM state
             WHERE paper = 0 AND aspect >= 'query:' AND aspect < 'query;'
             ORDER BY at DESC LIMIT ?1",
        )?
        .query_map([MAX_HISTORY], |row| Ok(sanitise(row.get_ref(0)?.as_str()?).into_owned()))?
        .collect::<rusqlite::Result<_>>()?;
    queries.reverse();
    Ok(queries)
}

/// Returns the title of a paper of the library, as displayed; empty if the number is unknown.
pub fn paper_title(connection: &Connection, paper: i64) -> rusqlite::Result<String> {
    Ok(tidy(&source_record::read_draft(connection, paper)?.title).into_owned())
}

/// Builds the basket from paper numbers and ranks, in the given order.
pub fn basket(
    connection: &Connection,
    papers: &[(i64, String)],
    paper_map: &PaperMap,
    keys: &KeyPattern,
) -> rusqlite::Result<Basket> {
    let drafts = papers.iter().map(|(paper, _)| source_record::read_draft(connection, *paper));
    let mut drafts: Vec<_> = drafts.collect::<rusqlite::Result<_>>()?;
    let papers_by_id = (0..).map(PaperId).zip(papers.iter().map(|(paper, _)| Some(*paper)));
    let mut marks = Marks::default();
    let all_marked = StateReader::default().marks_of(connection, papers_by_id)?;
    for ((id, marked), draft) in all_marked.into_iter().zip(&mut drafts) {
        marked.accepted.apply_to(draft);
        marks.set(id, &marked);
    }
    Ok(Basket {
        corpus: source_record::build_corpus(drafts, keys),
        marks: Arc::new(marks),
        library_ids: papers.iter().map(|(paper, _)| LibraryId(*paper)).collect(),
        corpus_ids: papers
            .iter()
            .map(|(paper, _)| paper_map.ids_of(*paper).first().copied())
            .collect(),
    })
}

/// Follows undos of undos to the change set that they finally undo or redo.
pub fn root_change_set(
    connection: &Connection,
    change_set: ChangeSetId,
) -> rusqlite::Result<ChangeSetId> {
    /// Maximum number of steps. An imported log may chain undos to any depth.
    const MAX_UNDO_DEPTH: usize = 1000;
    let mut root = change_set;
    for _ in 0..MAX_UNDO_DEPTH {
        let target: Option<String> = connection
            .prepare_cached(
                "SELECT value FROM entry
                 WHERE process = ?1 AND act = ?2 AND aspect = 'undo' LIMIT 1",
            )?
            .query_row(log::id_columns(root), |row| row.get(0))
            .optional()?;
        match target.as_deref().and_then(ChangeSetId::parse) {
            Some(target) => root = target,
            None => break,
        }
    }
    Ok(root)
}

/// Reads the changes and papers of a change set, and whether it is undone.
pub fn stored_receipt(
    connection: &Connection,
    change_set: ChangeSetId,
) -> rusqlite::Result<StoredReceipt> {
    let mut select = connection.prepare_cached(
        "SELECT paper, aspect, value FROM entry JOIN card USING (card)
         WHERE entry.process = ?1 AND act = ?2 ORDER BY entry.number",
    )?;
    let mut rows = select.query(log::id_columns(change_set))?;
    let (mut changes, mut papers) = (Distinct::default(), Distinct::default());
    while let Some(row) = rows.next()? {
        papers.add(row.get(0)?);
        let change = attribute::parse_change(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
        changes.extend(change);
    }
    let (changes, papers): (Vec<_>, Vec<i64>) = (changes.into_vec(), papers.into_vec());
    let kind = if log::is_undone(connection, change_set)? {
        ChangeKind::Undone
    } else {
        ChangeKind::Redone
    };
    let title =
        papers.first().map_or(Ok(String::new()), |paper| paper_title(connection, *paper))?;
    let receipt =
        Receipt { change_set, kind, changes, papers: Vec::new(), paper_count: papers.len(), title };
    Ok(StoredReceipt { receipt, papers })
}

/// Returns the last [`MAX_LOG_ENTRIES`] change sets that marked papers, newest first.
pub fn log_entries(connection: &Connection) -> rusqlite::Result<Vec<LogEntry>> {
    let change_sets: Vec<(ChangeSetId, String)> = connection
        .prepare_cached(
            "SELECT process, act, strftime('%Y-%m-%d %H:%M', at / 1000, 'unixepoch', 'localtime')
             FROM entry WHERE number = act AND card <> 0
             AND NOT (aspect >= 'key:' AND aspect < 'key;')
             ORDER BY at DESC, process DESC, number DESC LIMIT ?1",
        )?
        .query_map([MAX_LOG_ENTRIES], |row| Ok((log::change_set_id(row)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let log_entry = |(id, time)| {
        let Receipt { kind, changes, paper_count: count, title, .. } =
            stored_receipt(connection, id)?.receipt;
        let kind = if kind == ChangeKind::Undone { kind } else { ChangeKind::Recorded };
        Ok(LogEntry { id, time, changes, count, title, kind })
    };
    change_sets.into_iter().map(log_entry).collect()
}
