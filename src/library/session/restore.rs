//! Saves the reading position of a source and restores it.
//!
//! A restored session names its papers by [`PaperFingerprint`], since paper ids change from run to
//! run; [`PendingPapers`] finds them while the source loads.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::domain::{Corpus, IdentityKeys, Paper, PaperId, Segment};
use crate::library::db::attribute;
use crate::library::db::paper_map::KeyFilter;
use crate::library::db::source_record::title_fingerprint;
use crate::library::model::event::RestoredPapers;
use crate::library::model::session::{Session, SessionEnd};
use crate::text::sanitise;

/// Maximum number of selected papers that are saved.
const MAX_SELECTION: usize = 1000;

/// A session as stored in the database.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct SessionJson {
    paper: Option<PaperFingerprint>,
    offset: usize,
    query: String,
    selection: Vec<PaperFingerprint>,
    reader: Option<usize>,
    order: String,
    direction: String,
    quit: bool,
    /// Id of the process that saved the session; `machine` is its host name.
    process: u32,
    machine: String,
}

/// The properties by which a paper is found again in another run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct PaperFingerprint {
    keys: Vec<String>,
    #[serde(rename = "sign")]
    title_fingerprint: i64,
    /// Hash of the citation key of its first record. Finds the record among millions while they
    /// load.
    key_hash: u64,
}

/// The papers of a session that are not found yet.
#[derive(Debug, Default)]
pub struct PendingPapers {
    paper: Option<PaperFingerprint>,
    selection: Vec<PaperFingerprint>,
    paper_id: Option<PaperId>,
    selected_ids: Vec<(usize, PaperId)>,
    /// Rejects most other papers without building their keys.
    key_filter: KeyFilter,
    /// Sorted, for binary search.
    key_hashes: Vec<u64>,
}

/// Saves the session of a source, unless this process quits while another live one has the source
/// open. It need not be durable at once, because only the newest session counts.
pub fn save(
    connection: &Connection,
    source: &str,
    now: i64,
    session: &Session,
    corpus: &Corpus,
) -> rusqlite::Result<()> {
    if session.end == SessionEnd::Quit && is_open_elsewhere(connection, source)? {
        return Ok(());
    }
    let fingerprint = |id: PaperId| PaperFingerprint::from_corpus(corpus, id);
    let session_json = SessionJson {
        paper: session.paper.and_then(fingerprint),
        offset: session.offset,
        query: session.query.clone(),
        selection: session
            .selection
            .iter()
            .take(MAX_SELECTION)
            .filter_map(|id| fingerprint(*id))
            .collect(),
        reader: session.reader_line,
        order: attribute::sort_key_name(session.sort_key).to_owned(),
        direction: attribute::direction_name(session.direction).to_owned(),
        quit: session.end == SessionEnd::Quit,
        process: std::process::id(),
        machine: machine_name(),
    };
    let value = serde_json::to_string(&session_json).unwrap_or_default();
    connection
        .prepare_cached(
            "INSERT INTO place (source, at, value) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET at = ?2, value = ?3",
        )?
        .execute(params![source, now, value])?;
    Ok(())
}

/// Returns true if another live process has the source open. Quitting must not overwrite its
/// session then.
fn is_open_elsewhere(connection: &Connection, source: &str) -> rusqlite::Result<bool> {
    Ok(read_json(connection, source)?.is_some_and(|it| !it.quit && is_alive(&it)))
}

fn read_json(connection: &Connection, source: &str) -> rusqlite::Result<Option<SessionJson>> {
    let value: Option<String> = connection
        .query_row("SELECT value FROM place WHERE source = ?1", [source], |row| row.get(0))
        .optional()?;
    Ok(value.and_then(|it| serde_json::from_str(&it).ok()))
}

/// Loads the last session of a source, and the papers to find for it.
pub fn load(
    connection: &Connection,
    source: &str,
) -> rusqlite::Result<Option<(Session, PendingPapers)>> {
    let session_json = read_json(connection, source)?;
    Ok(session_json.map(|saved| {
        let end = match () {
            () if saved.quit => SessionEnd::Quit,
            () if is_alive(&saved) => SessionEnd::RunningElsewhere(saved.process),
            () => SessionEnd::NotEnded,
        };
        let session = Session {
            offset: saved.offset,
            query: sanitise(&saved.query).into_owned(),
            reader_line: saved.reader,
            sort_key: attribute::sort_key_by_name(&saved.order),
            direction: attribute::direction_by_name(&saved.direction),
            end,
            ..Session::default()
        };
        (session, PendingPapers::new(saved.paper, saved.selection))
    }))
}

/// Returns true if the process that saved the session is still alive. Only processes of other ids
/// on this machine can be seen.
#[cfg(unix)]
fn is_alive(session_json: &SessionJson) -> bool {
    let process = i32::try_from(session_json.process).ok().and_then(rustix::process::Pid::from_raw);
    let is_another =
        session_json.process != std::process::id() && session_json.machine == machine_name();
    is_another && process.is_some_and(|it| rustix::process::test_kill_process(it).is_ok())
}

#[cfg(not(unix))]
fn is_alive(_session_json: &SessionJson) -> bool {
    false
}

#[cfg(unix)]
fn machine_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn machine_name() -> String {
    String::new()
}

impl PaperFingerprint {
    fn from_corpus(corpus: &Corpus, id: PaperId) -> Option<Self> {
        let paper = corpus.get(id)?;
        let keys = IdentityKeys::from(&paper).iter().map(str::to_owned).collect();
        let (segment, row) = corpus.locate_record(id)?;
        let key_hash = segment.paper(row).key_hash;
        Some(Self { keys, title_fingerprint: title_fingerprint(paper.title), key_hash })
    }
}

impl PendingPapers {
    /// The current paper and the selection of a corpus whose source is about to be read again.
    pub fn from_corpus(corpus: &Corpus, paper: Option<PaperId>, selection: &[PaperId]) -> Self {
        let fingerprint = |id: PaperId| PaperFingerprint::from_corpus(corpus, id);
        let selection = selection.iter().filter_map(|id| fingerprint(*id)).collect();
        Self::new(paper.and_then(fingerprint), selection)
    }

    fn new(paper: Option<PaperFingerprint>, selection: Vec<PaperFingerprint>) -> Self {
        let mut key_filter = KeyFilter::default();
        for fingerprint in paper.iter().chain(&selection) {
            fingerprint
                .keys
                .iter()
                .for_each(|key| key_filter.add(key, fingerprint.title_fingerprint));
        }
        let fingerprint = paper.iter().chain(&selection);
        let mut key_hashes: Vec<u64> = fingerprint.map(|it| it.key_hash).collect();
        key_hashes.sort_unstable();
        Self { paper, selection, key_filter, key_hashes, ..Self::default() }
    }

    /// Looks for the papers in a segment of the corpus, whose first record is `start`, by their
    /// key hashes. Misses papers whose citation key has changed since.
    pub fn find_in_segment(&mut self, corpus: &Corpus, start: u32, segment: &Segment) {
        for (row, hash) in (0..).zip(segment.key_hashes()) {
            if self.key_hashes.binary_search(hash).is_ok() {
                let id = corpus.paper_of_record(PaperId(start + row));
                self.record_if_pending(id, &segment.paper(row));
            }
        }
    }

    /// Looks at every paper of the corpus for those that the key hashes did not find, until
    /// `is_cancelled`.
    pub fn find_in_all(&mut self, corpus: &Corpus, is_cancelled: impl Fn() -> bool) {
        if self.is_complete() {
            return;
        }
        for (start, segment) in corpus.segments() {
            if is_cancelled() {
                return;
            }
            segment.for_each_paper(0..segment.len(), |row, paper| {
                self.record_if_pending(corpus.paper_of_record(PaperId(start + row)), &paper);
            });
        }
    }

    /// The current paper, once it is found.
    pub fn paper_id(&self) -> Option<PaperId> {
        self.paper_id
    }

    /// The papers of the selection that are found, in the order selected.
    pub fn selected_ids(&self) -> Vec<PaperId> {
        let mut found = self.selected_ids.clone();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The number of papers of the selection that are not found.
    pub fn missing_selected(&self) -> usize {
        self.selection.len() - self.selected_ids.len()
    }

    fn record_if_pending(&mut self, id: PaperId, paper: &Paper<'_>) {
        let Some(keys) = self.key_filter.keys(paper) else { return };
        let shares = |fingerprint: &PaperFingerprint| {
            fingerprint.keys.iter().any(|key| keys.iter().any(|it| it == key))
        };
        if self.paper_id.is_none() && self.paper.as_ref().is_some_and(shares) {
            self.paper_id = Some(id);
        }
        for (index, fingerprint) in self.selection.iter().enumerate() {
            if shares(fingerprint) && !self.selected_ids.iter().any(|(it, _)| *it == index) {
                self.selected_ids.push((index, id));
            }
        }
    }

    /// Returns true if every paper is found.
    pub fn is_complete(&self) -> bool {
        self.paper_id.is_some() == self.paper.is_some()
            && self.selected_ids.len() == self.selection.len()
    }

    /// Returns the papers found, the selection in the order selected.
    pub fn into_restored(self) -> RestoredPapers {
        RestoredPapers { paper: self.paper_id, selection: self.selected_ids() }
    }
}
