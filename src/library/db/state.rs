//! What is true now, as it is told.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::paper_map::Sights;
use super::rebuild::EVERYTHING;
use super::{attribute, log, source_record};
use crate::domain::{KeyPattern, Mark, Marked, Marks, PaperId};
use crate::library::model::change::{ActId, KeptId};
use crate::library::model::event::{Basket, Did, Logged, Receipt};
use crate::library::model::session::Saved;
use crate::text::{Distinct, sanitise, tidy};

/// Acts that are listed.
const LISTED: u32 = 200;
/// Queries that are remembered.
const QUERIES: u32 = 200;

/// What was told last.
#[derive(Debug, Default)]
pub struct View {
    pub searches: Vec<Saved>,
    /// Papers in the basket with their ranks, in order.
    pub basket: Vec<(i64, String)>,
    /// Papers of the corpus that its source did not have before.
    pub new: HashSet<PaperId>,
    version: i64,
    /// Changes whenever another process writes.
    data_version: i64,
}

/// What has changed since it was told.
#[derive(Debug, Default)]
pub struct Changes {
    pub papers: Vec<i64>,
    /// Papers that have turned out to be others.
    pub moved: Vec<(i64, i64)>,
    /// Everything may have changed, and the numbers of papers too.
    pub everything: bool,
}

/// A receipt, and the numbers of its papers, which are still to be found in the corpus.
#[derive(Debug)]
pub struct Done {
    pub receipt: Receipt,
    pub papers: Vec<i64>,
}

impl View {
    /// Reads what is true of no single paper.
    pub fn read_again(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.searches = connection
            .prepare_cached(
                "SELECT aspect, value FROM state
                 WHERE paper = 0 AND aspect >= 'search:' AND aspect < 'search;'
                 ORDER BY aspect",
            )?
            .query_map([], |row| {
                Ok(attribute::search(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?))
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

    /// Whether another process has written since this was asked last.
    pub fn is_stale(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        let now =
            connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        Ok(std::mem::replace(&mut self.data_version, now) != now)
    }

    /// What has changed since this was asked last. The first time all is new, and nothing told.
    pub fn changes(&mut self, connection: &Connection) -> rusqlite::Result<Changes> {
        let mut changes = Changes::default();
        let mut select =
            connection.prepare_cached("SELECT paper, moved FROM change WHERE version > ?1")?;
        let now = log::version(connection)?;
        let mut rows = select.query([self.version])?;
        while let Some(row) = rows.next()? {
            let paper: i64 = row.get(0)?;
            match row.get::<_, Option<i64>>(1)? {
                Some(to) => changes.moved.push((paper, to)),
                None if paper == EVERYTHING => changes.everything = true,
                None => changes.papers.push(paper),
            }
        }
        self.version = now;
        Ok(changes)
    }

    /// Takes all that there is for told.
    pub fn begin(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.version = log::version(connection)?;
        self.is_stale(connection).map(drop)
    }

    /// What papers of the corpus are marked with, each with its number where it has one.
    pub fn marked(
        &self,
        connection: &Connection,
        papers: impl IntoIterator<Item = (PaperId, Option<i64>)>,
    ) -> rusqlite::Result<Vec<(PaperId, Marked)>> {
        let mut select = connection
            .prepare_cached("SELECT aspect, value FROM state WHERE paper = ?1 ORDER BY aspect")?;
        let mut all = Vec::new();
        for (id, paper) in papers {
            let mut marked = Marked::default();
            if let Some(paper) = paper {
                let mut rows = select.query([paper])?;
                while let Some(row) = rows.next()? {
                    let (aspect, value) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
                    attribute::mark(&mut marked, aspect, value);
                }
            }
            if self.new.contains(&id) {
                marked.marks.push(Mark::New);
                marked.marks.sort_unstable_by_key(|mark| *mark as usize);
            }
            all.push((id, marked));
        }
        Ok(all)
    }
}

/// What an aspect of a paper is set to, if it is.
pub fn value(
    connection: &Connection,
    paper: i64,
    aspect: &str,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM state WHERE paper = ?1 AND aspect = ?2")?
        .query_row(params![paper, aspect], |row| row.get(0))
        .optional()
}

/// Queries typed before, oldest first.
pub fn history(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut queries: Vec<String> = connection
        .prepare(
            "SELECT substr(aspect, 7) FROM state
             WHERE paper = 0 AND aspect >= 'query:' AND aspect < 'query;'
             ORDER BY at DESC LIMIT ?1",
        )?
        .query_map([QUERIES], |row| Ok(sanitise(row.get_ref(0)?.as_str()?).into_owned()))?
        .collect::<rusqlite::Result<_>>()?;
    queries.reverse();
    Ok(queries)
}

pub fn title(connection: &Connection, paper: i64) -> rusqlite::Result<String> {
    Ok(tidy(&source_record::draft(connection, paper)?.title).into_owned())
}

pub fn basket(
    connection: &Connection,
    papers: &[(i64, String)],
    sights: &Sights,
    keys: &KeyPattern,
) -> rusqlite::Result<Basket> {
    let drafts = papers.iter().map(|(paper, _)| source_record::draft(connection, *paper));
    let drafts: Vec<_> = drafts.collect::<rusqlite::Result<_>>()?;
    let numbered = (0..).map(PaperId).zip(papers.iter().map(|(paper, _)| Some(*paper)));
    let mut marks = Marks::default();
    for (id, marked) in View::default().marked(connection, numbered)? {
        marks.put(id, &marked);
    }
    Ok(Basket {
        corpus: source_record::corpus(drafts, keys),
        marks: Arc::new(marks),
        kept: papers.iter().map(|(paper, _)| KeptId(*paper)).collect(),
        here: papers.iter().map(|(paper, _)| sights.of(*paper).first().copied()).collect(),
    })
}

/// The act that is meant by one that takes back, or takes back what took back, and so on.
pub fn root(connection: &Connection, act: ActId) -> rusqlite::Result<ActId> {
    /// What was taken over from elsewhere may go on for ever.
    const DEEPEST: usize = 1000;
    let mut root = act;
    for _ in 0..DEEPEST {
        let target: Option<String> = connection
            .prepare_cached(
                "SELECT value FROM entry
                 WHERE process = ?1 AND act = ?2 AND aspect = 'undo' LIMIT 1",
            )?
            .query_row(log::key(root), |row| row.get(0))
            .optional()?;
        match target.as_deref().and_then(ActId::parse) {
            Some(target) => root = target,
            None => break,
        }
    }
    Ok(root)
}

/// What an act has done, and whether it stands.
pub fn done(connection: &Connection, act: ActId) -> rusqlite::Result<Done> {
    let mut select = connection.prepare_cached(
        "SELECT paper, aspect, value FROM entry JOIN card USING (card)
         WHERE entry.process = ?1 AND act = ?2 ORDER BY entry.number",
    )?;
    let mut rows = select.query(log::key(act))?;
    let (mut deeds, mut papers) = (Distinct::default(), Distinct::default());
    while let Some(row) = rows.next()? {
        papers.add(row.get(0)?);
        let deed = attribute::read(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
        deeds.extend(deed);
    }
    let (deeds, papers): (Vec<_>, Vec<i64>) = (deeds.into_vec(), papers.into_vec());
    let did = if log::is_undone(connection, act)? { Did::Undone } else { Did::Redone };
    let title = papers.first().map_or(Ok(String::new()), |paper| title(connection, *paper))?;
    let receipt = Receipt { did, deeds, papers: Vec::new(), count: papers.len(), title };
    Ok(Done { receipt, papers })
}

/// The last acts that marked papers, the newest first.
pub fn log(connection: &Connection) -> rusqlite::Result<Vec<Logged>> {
    let acts: Vec<(ActId, String)> = connection
        .prepare_cached(
            "SELECT process, act, strftime('%Y-%m-%d %H:%M', at / 1000, 'unixepoch', 'localtime')
             FROM entry WHERE number = act AND card <> 0
             AND NOT (aspect >= 'key:' AND aspect < 'key;')
             ORDER BY at DESC, process DESC, number DESC LIMIT ?1",
        )?
        .query_map([LISTED], |row| Ok((log::act_id(row)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let logged = |(id, when)| {
        let Receipt { did, deeds, count, title, .. } = done(connection, id)?.receipt;
        let did = if did == Did::Undone { did } else { Did::Recorded };
        Ok(Logged { id, when, deeds, count, title, did })
    };
    acts.into_iter().map(logged).collect()
}
