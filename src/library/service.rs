//! The library at work: tasks in, news out. Whoever holds it waits for the disk, so it is held by a
//! thread of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::db::check::salvage_in_memory;
use super::db::paper_map::{self, KeyFilter, PaperMap, RecognisedPaper};
use super::db::source_record::SourceRecord;
use super::db::state::{self, StateReader, StoredReceipt};
use super::db::store::{Store, now_in_milliseconds};
use super::db::{attribute, issued_keys, record_changes};
use super::error::LibraryError;
use super::model::change::{ChangeSet, PaperRef};
use super::model::command::LibraryCommand;
use super::model::event::{ChangeKind, Durability, LibraryEvent, OpenedLibrary, Receipt};
use super::model::session::{SavedSearch, Session};
use super::session::restore::{self, PendingPapers};
use super::session::visits::LastVisit;
use super::undo;
use crate::domain::{Corpus, KeyPattern};

/// A library, and the corpus that its papers are looked for in.
#[derive(Debug)]
pub struct Library {
    pub store: Store,
    /// The file, where what is done outlasts the run.
    file: Option<PathBuf>,
    /// What the place is kept under; nothing where the source cannot be opened again.
    pub source: Option<String>,
    pub corpus: Corpus,
    /// What the citation keys of the basket's papers are made of.
    pub key_pattern: KeyPattern,
    /// Nothing while so few papers have come that looking each of them up takes less time.
    pub key_filter: Option<KeyFilter>,
    pub paper_map: PaperMap,
    pub state: StateReader,
    pub pending_papers: Option<PendingPapers>,
    pub last_visit: LastVisit,
    /// Why the last place was not kept.
    session_error: Option<String>,
}

impl Library {
    /// Opens the library of that file, or one for this run only where there is none or it cannot
    /// be used. The news say how it went.
    ///
    /// # Errors
    ///
    /// When there is not even the memory for one.
    pub fn open_store(
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
    ) -> Result<(Self, Vec<LibraryEvent>), LibraryError> {
        let (store, file, standing) = open(file)?;
        let mut desk = Self {
            store,
            file,
            source,
            corpus: Corpus::default(),
            key_pattern: keys,
            key_filter: None,
            paper_map: PaperMap::default(),
            state: StateReader::default(),
            pending_papers: None,
            last_visit: LastVisit::default(),
            session_error: None,
        };
        let opening = desk.opened_library(standing).or_else(|why| {
            // What cannot be read to its end is as good as not to be had.
            desk.fall_back_to_memory()?;
            desk.opened_library(Durability::ThisRunOnly(this_run_only_notice(&why)))
        });
        let mut news = vec![LibraryEvent::Opened(Box::new(opening?))];
        if !desk.state.basket.is_empty() {
            news.push(desk.basket_event());
        }
        Ok((desk, news))
    }

    /// Looks up what arrives until this is set, and then only does what it is asked for: the program
    /// ends.
    #[must_use]
    pub fn with_cancel_flag(mut self, is_over: Arc<AtomicBool>) -> Self {
        self.paper_map.is_cancelled = is_over;
        self
    }

    fn opened_library(&mut self, standing: Durability) -> Result<OpenedLibrary, LibraryError> {
        let source = self.source.as_deref().unwrap_or_default();
        let (last, before) = self.store.read(|connection| {
            Ok((restore::load(connection, source)?, LastVisit::load(connection, source)?))
        })?;
        let (place, wanted) = last.unzip();
        (self.pending_papers, self.last_visit) = (wanted, before);
        let (history, keys) = self.store.read(|connection| {
            self.state = StateReader::default();
            self.state.skip_changes(connection)?;
            self.state.reload(connection)?;
            Ok((state::history(connection)?, issued_keys::read_keys(connection)?))
        })?;
        let searches = self.state.searches.clone();
        Ok(OpenedLibrary {
            durability: standing,
            searches,
            issued_keys: keys,
            history,
            session: place,
            last_visit: self.last_visit.day.clone(),
        })
    }

    /// Has the sieve made anew, where so many papers have come that it is worth its time.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn rebuild_key_filter(&mut self) -> Result<(), LibraryError> {
        let papers = self.corpus.len();
        self.key_filter = self.store.read(|connection| {
            let is_worth_it = paper_map::is_filter_cheaper(connection, papers)?;
            if is_worth_it { KeyFilter::load(connection, None).map(Some) } else { Ok(None) }
        })?;
        Ok(())
    }

    /// Has new cards known to the sieve.
    pub fn add_to_key_filter(&mut self, cards: &[SourceRecord]) {
        let Some(sieve) = &mut self.key_filter else { return };
        for card in cards {
            card.keys.iter().for_each(|key| sieve.add(key, card.title_fingerprint));
        }
    }

    /// Goes on in memory, with what can be read of the file.
    fn fall_back_to_memory(&mut self) -> Result<(), LibraryError> {
        let saved = self.file.take().and_then(|file| salvage_in_memory(&file).ok());
        self.store = saved.map_or_else(Store::in_memory, Ok)?;
        self.key_filter = None;
        Ok(())
    }

    /// What the library knows of the papers that have come, from that one on.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn look_up(&self, from: u32) -> Result<Vec<RecognisedPaper>, LibraryError> {
        let (sieve, sights) = (self.key_filter.as_ref(), &self.paper_map);
        self.store.read(|connection| {
            // One lock for all that is asked.
            let reading = connection.unchecked_transaction()?;
            paper_map::look_up(&reading, sieve, sights, &self.corpus, from)
        })
    }

    /// Does what is asked for.
    pub fn execute(&mut self, task: &LibraryCommand) -> Vec<LibraryEvent> {
        self.retry_in_memory(|desk| desk.try_execute(task), |why| task.failure_event(why))
    }

    /// Tries, and where the file turns out to be damaged again without it.
    pub fn retry_in_memory(
        &mut self,
        attempt: impl Fn(&mut Self) -> Result<Vec<LibraryEvent>, LibraryError>,
        failed: impl Fn(String) -> LibraryEvent,
    ) -> Vec<LibraryEvent> {
        match attempt(self) {
            Ok(news) => news,
            Err(why @ (LibraryError::Damaged { .. } | LibraryError::Foreign { .. }))
                if self.file.is_some() =>
            {
                let again = self.fall_back_to_memory().and_then(|()| attempt(self));
                let mut news = vec![LibraryEvent::DurabilityChanged(Durability::ThisRunOnly(
                    this_run_only_notice(&why),
                ))];
                news.extend(again.unwrap_or_else(|why| vec![failed(error_sentence(&why))]));
                news
            }
            Err(why) => vec![failed(error_sentence(&why))],
        }
    }

    fn try_execute(&mut self, task: &LibraryCommand) -> Result<Vec<LibraryEvent>, LibraryError> {
        match task {
            LibraryCommand::Record(act) => self.apply_changes(act),
            LibraryCommand::Undo(id) => {
                let receipt = undo::undo(&mut self.store, *id)?;
                self.with_receipt(receipt)
            }
            LibraryCommand::Redo(id) => {
                let receipt = undo::redo(&mut self.store, *id)?;
                self.with_receipt(receipt)
            }
            LibraryCommand::ToggleUndone(id) => {
                let receipt = undo::toggle(&mut self.store, *id)?;
                self.with_receipt(receipt)
            }
            LibraryCommand::ReadLog => {
                Ok(vec![LibraryEvent::Log(self.store.read(state::log_entries)?)])
            }
            LibraryCommand::SaveSearch(saved) => {
                self.set_search(&saved.name, &attribute::search_value(saved))
            }
            LibraryCommand::DeleteSearch(name) => self.set_search(name, ""),
            LibraryCommand::AddToHistory(query) => {
                let aspect = format!("{}{query}", attribute::QUERY_PREFIX);
                self.store
                    .write(|writing| writing.set(writing.next_number, (0, 0), &aspect, "1"))?;
                self.catch_up()
            }
            LibraryCommand::IssueKeys(keys) => {
                let cards = self.store.write(|writing| issued_keys::write_keys(writing, keys))?;
                self.add_to_key_filter(&cards);
                self.catch_up()
            }
            LibraryCommand::SaveSession(place) => Ok(self.save_session(place)),
        }
    }

    fn set_search(&mut self, name: &str, search: &str) -> Result<Vec<LibraryEvent>, LibraryError> {
        let aspect = format!("{}{name}", attribute::SEARCH_PREFIX);
        self.store.write(|writing| writing.set(writing.next_number, (0, 0), &aspect, search))?;
        self.catch_up()
    }

    fn apply_changes(&mut self, act: &ChangeSet) -> Result<Vec<LibraryEvent>, LibraryError> {
        let corpus = &self.corpus;
        let recorded =
            self.store.write(|writing| record_changes::record_changes(writing, corpus, act))?;
        for (which, paper) in act.papers.iter().zip(&recorded.papers) {
            if let PaperRef::Corpus(id) = which {
                self.paper_map.insert(*id, *paper);
            }
        }
        self.add_to_key_filter(&recorded.source_records);
        let Some(id) = recorded.change_set else {
            let mut news = self.catch_up()?;
            news.push(LibraryEvent::Notice("That was so already.".to_owned()));
            return Ok(news);
        };
        let title = self.store.read(|connection| {
            recorded
                .papers
                .first()
                .map_or(Ok(String::new()), |it| state::paper_title(connection, *it))
        })?;
        let receipt = Receipt {
            change_set: id,
            kind: ChangeKind::Recorded,
            changes: act.changes.clone(),
            papers: Vec::new(),
            paper_count: recorded.papers.len(),
            title,
        };
        self.with_receipt(StoredReceipt { receipt, papers: recorded.papers })
    }

    /// What has followed from an act, and then its receipt.
    fn with_receipt(&mut self, done: StoredReceipt) -> Result<Vec<LibraryEvent>, LibraryError> {
        let mut news = self.catch_up()?;
        let mut receipt = done.receipt;
        receipt.papers =
            done.papers.iter().flat_map(|paper| self.paper_map.ids_of(*paper)).copied().collect();
        news.push(LibraryEvent::ChangesApplied(receipt));
        Ok(news)
    }

    /// A place that cannot be kept is complained of once: the next follows with the next key.
    fn save_session(&mut self, place: &Session) -> Vec<LibraryEvent> {
        let (Some(source), corpus) = (&self.source, &self.corpus) else { return Vec::new() };
        let kept = self.store.write_relaxed(|connection| {
            restore::save(connection, source, now_in_milliseconds(), place, corpus)
        });
        let before =
            std::mem::replace(&mut self.session_error, kept.err().map(|why| error_sentence(&why)));
        let new = self.session_error.clone().filter(|why| before.as_ref() != Some(why));
        new.map(LibraryEvent::Warning).into_iter().collect()
    }

    /// Every saved search.
    pub fn searches(&self) -> &[SavedSearch] {
        &self.state.searches
    }
}

fn this_run_only_notice(why: &LibraryError) -> String {
    format!("{} Marks are kept for this run only.", error_sentence(why))
}

/// The error as a sentence of its own.
pub fn error_sentence(why: &LibraryError) -> String {
    let text = why.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().collect::<String>());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// Opens the file; where that cannot be, what can be read of it for this run.
fn open(file: Option<PathBuf>) -> Result<(Store, Option<PathBuf>, Durability), LibraryError> {
    let Some(file) = file else { return Ok((Store::in_memory()?, None, Durability::Durable)) };
    match Store::open(&file) {
        Ok(opened) => {
            let standing =
                opened.warning.map_or(Durability::Durable, Durability::DurableWithWarning);
            Ok((opened.store, Some(file), standing))
        }
        Err(why) => {
            let store = Store::copy_in_memory(&file).or_else(|_| salvage_in_memory(&file));
            let store = store.or_else(|_| Store::in_memory())?;
            let why = this_run_only_notice(&why);
            Ok((store, None, Durability::ThisRunOnly(why)))
        }
    }
}
