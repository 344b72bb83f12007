//! The place of the reader, written and found again.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::domain::{Corpus, Keys, Paper, PaperId, Segment};
use crate::library::db::attribute;
use crate::library::db::paper_map::Sieve;
use crate::library::db::source_record::sign;
use crate::library::model::event::Found;
use crate::library::model::session::{Ending, Place};
use crate::text::sanitise;

/// Selected papers that are remembered.
const MOST: usize = 1000;

/// A place as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    paper: Option<Known>,
    offset: usize,
    query: String,
    selection: Vec<Known>,
    reader: Option<usize>,
    order: String,
    direction: String,
    quit: bool,
    /// The process that wrote it, and on which machine.
    process: u32,
    machine: String,
}

/// By what a paper is found again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Known {
    keys: Vec<String>,
    sign: i64,
    /// That of its first record, by which the record is found among millions while they come in.
    key_hash: u64,
}

/// The papers of a place that are still to be found.
#[derive(Debug, Default)]
pub struct Wanted {
    paper: Option<Known>,
    selection: Vec<Known>,
    at: Option<PaperId>,
    found: Vec<(usize, PaperId)>,
    /// By what most papers are told from those.
    sieve: Sieve,
    /// Sorted.
    key_hashes: Vec<u64>,
}

/// Remembers where the reader is. The last one counts, so it need not be durable at once.
pub fn keep(
    connection: &Connection,
    source: &str,
    now: i64,
    place: &Place,
    corpus: &Corpus,
) -> rusqlite::Result<()> {
    if place.ending == Ending::Quit && is_elsewhere(connection, source)? {
        return Ok(());
    }
    let known = |id: PaperId| {
        let paper = corpus.get(id)?;
        let keys = Keys::from(&paper).all().map(str::to_owned).collect();
        let (segment, row) = corpus.locate_record(id)?;
        let key_hash = segment.paper(row).key_hash;
        Some(Known { keys, sign: sign(paper.title), key_hash })
    };
    let written = Written {
        paper: place.paper.and_then(known),
        offset: place.offset,
        query: place.query.clone(),
        selection: place.selection.iter().take(MOST).filter_map(|id| known(*id)).collect(),
        reader: place.reader,
        order: attribute::order_name(place.order).to_owned(),
        direction: attribute::direction_name(place.direction).to_owned(),
        quit: place.ending == Ending::Quit,
        process: std::process::id(),
        machine: machine(),
    };
    let value = serde_json::to_string(&written).unwrap_or_default();
    connection
        .prepare_cached(
            "INSERT INTO place (source, at, value) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET at = ?2, value = ?3",
        )?
        .execute(params![source, now, value])?;
    Ok(())
}

/// Whether another run is still in the source. Whoever quits leaves its place alone: that is where the
/// reader goes on.
fn is_elsewhere(connection: &Connection, source: &str) -> rusqlite::Result<bool> {
    Ok(written(connection, source)?.is_some_and(|it| !it.quit && is_alive(&it)))
}

fn written(connection: &Connection, source: &str) -> rusqlite::Result<Option<Written>> {
    let value: Option<String> = connection
        .query_row("SELECT value FROM place WHERE source = ?1", [source], |row| row.get(0))
        .optional()?;
    Ok(value.and_then(|it| serde_json::from_str(&it).ok()))
}

/// The last place in the source, and what is to be found for it.
pub fn last(connection: &Connection, source: &str) -> rusqlite::Result<Option<(Place, Wanted)>> {
    let written = written(connection, source)?;
    Ok(written.map(|it| {
        // Where another run still is, nothing broke off.
        let has_left = it.quit || is_alive(&it);
        let place = Place {
            offset: it.offset,
            query: sanitise(&it.query).into_owned(),
            reader: it.reader,
            order: attribute::order(&it.order),
            direction: attribute::direction(&it.direction),
            ending: if has_left { Ending::Quit } else { Ending::Open },
            ..Place::default()
        };
        (place, Wanted::new(it.paper, it.selection))
    }))
}

/// Whether the process that wrote the place is at work still, as far as that can be seen from here.
#[cfg(unix)]
fn is_alive(written: &Written) -> bool {
    let process = i32::try_from(written.process).ok().and_then(rustix::process::Pid::from_raw);
    let is_another = written.process != std::process::id() && written.machine == machine();
    is_another && process.is_some_and(|it| rustix::process::test_kill_process(it).is_ok())
}

#[cfg(not(unix))]
fn is_alive(_written: &Written) -> bool {
    false
}

#[cfg(unix)]
fn machine() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn machine() -> String {
    String::new()
}

impl Wanted {
    fn new(paper: Option<Known>, selection: Vec<Known>) -> Self {
        let mut sieve = Sieve::default();
        for known in paper.iter().chain(&selection) {
            known.keys.iter().for_each(|key| sieve.add(key, known.sign));
        }
        let known = paper.iter().chain(&selection);
        let mut key_hashes: Vec<u64> = known.map(|it| it.key_hash).collect();
        key_hashes.sort_unstable();
        Self { paper, selection, sieve, key_hashes, ..Self::default() }
    }

    /// The rows in which one of the papers is, unless what is said of it has changed since.
    pub fn rows(&self, segment: &Segment) -> Vec<u32> {
        let is_wanted = |(_, hash): &(u32, &u64)| self.key_hashes.binary_search(hash).is_ok();
        (0..).zip(segment.key_hashes()).filter(is_wanted).map(|(row, _)| row).collect()
    }

    /// Takes note where a paper is wanted.
    pub fn meet(&mut self, id: PaperId, paper: &Paper<'_>) {
        let Some(keys) = self.sieve.keys(paper) else { return };
        let shares = |known: &Known| known.keys.iter().any(|key| keys.all().any(|it| it == key));
        if self.at.is_none() && self.paper.as_ref().is_some_and(shares) {
            self.at = Some(id);
        }
        for (place, known) in self.selection.iter().enumerate() {
            if shares(known) && !self.found.iter().any(|(it, _)| *it == place) {
                self.found.push((place, id));
            }
        }
    }

    /// Whether nothing is left to be found.
    pub fn is_complete(&self) -> bool {
        self.at.is_some() == self.paper.is_some() && self.found.len() == self.selection.len()
    }

    /// What was found, in the order selected.
    pub fn found(mut self) -> Found {
        self.found.sort_unstable();
        let selection = self.found.into_iter().map(|(_, id)| id).collect();
        Found { paper: self.at, selection }
    }
}
