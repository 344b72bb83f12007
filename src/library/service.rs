//! The library service: executes commands and returns events. Calls block on disk I/O, so that it
//! runs on a thread of its own.

use std::path::PathBuf;
use std::slice;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::db::check::salvage_in_memory;
use super::db::paper_map::{self, KeyFilter, PaperMap, RecognisedPaper};
use super::db::source_record::SourceRecord;
use super::db::state::{self, StateReader, StoredReceipt};
use super::db::store::{Store, now_in_milliseconds};
use super::db::{attribute, issued_keys, record_changes};
use super::error::LibraryError;
use super::model::change::{BasketPosition, Change, ChangeSet, OnOff, PaperRef};
use super::model::command::LibraryCommand;
use super::model::event::{ChangeKind, Durability, LibraryEvent, OpenedLibrary, Receipt};
use super::model::session::{SavedSearch, Session};
use super::session::restore::{self, PendingPapers};
use super::session::visits::{EarlierVisits, LastVisit};
use super::undo;
use crate::domain::{Corpus, KeyPattern};
use crate::text::capitalise;

/// A library file, and the loaded corpus in which its papers are recognised.
#[derive(Debug)]
pub struct Library {
    pub store: Store,
    /// The library file. `None` if changes are kept for this run only.
    pub file: Option<PathBuf>,
    /// The key of the session. `None` if the source cannot be opened again.
    pub source: Option<String>,
    pub corpus: Corpus,
    /// The pattern of the citation keys of papers in the basket.
    pub key_pattern: KeyPattern,
    /// `None` while looking up the loaded papers one by one is cheaper than loading the filter.
    pub key_filter: Option<KeyFilter>,
    pub paper_map: PaperMap,
    pub state: StateReader,
    pub pending_papers: Option<PendingPapers>,
    pub last_visit: LastVisit,
    pub earlier_visits: EarlierVisits,
    /// The error of the last save of the session.
    session_error: Option<String>,
}

impl Library {
    /// Opens the library file. Without a file, or if it cannot be used, opens a library in memory for
    /// this run. The events say which.
    ///
    /// # Errors
    ///
    /// If not even a library in memory can be opened.
    pub fn open_store(
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
    ) -> Result<(Self, Vec<LibraryEvent>), LibraryError> {
        let (store, file, durability) = open(file)?;
        let mut library = Self {
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
            earlier_visits: EarlierVisits::default(),
            session_error: None,
        };
        let opened_library = library.opened_library(durability).or_else(|error| {
            // A file that cannot be read completely is not used.
            library.fall_back_to_memory()?;
            library.opened_library(Durability::ThisRunOnly(this_run_only_notice(&error)))
        });
        let mut events = vec![LibraryEvent::Opened(Box::new(opened_library?))];
        if !library.state.basket.is_empty() {
            events.push(library.basket_event());
        }
        Ok((library, events))
    }

    /// Stops recognising papers once the flag is set, as at the exit of the program. Commands are
    /// still executed.
    #[must_use]
    pub fn with_cancel_flag(mut self, is_cancelled: Arc<AtomicBool>) -> Self {
        self.paper_map.is_cancelled = is_cancelled;
        self
    }

    fn opened_library(&mut self, durability: Durability) -> Result<OpenedLibrary, LibraryError> {
        let source = self.source.as_deref().unwrap_or_default();
        let (session_and_papers, last_visit) = self.store.read(|connection| {
            Ok((restore::load(connection, source)?, LastVisit::load(connection, source)?))
        })?;
        let (session, pending_papers) = session_and_papers.unzip();
        (self.pending_papers, self.last_visit) = (pending_papers, last_visit);
        let (history, keys) = self.store.read(|connection| {
            self.state = StateReader::default();
            self.state.skip_changes(connection)?;
            self.state.reload(connection)?;
            Ok((state::history(connection)?, issued_keys::read_keys(connection)?))
        })?;
        let searches = self.state.searches.clone();
        Ok(OpenedLibrary {
            durability,
            searches,
            issued_keys: keys,
            history,
            session,
            last_visit: self.last_visit.day.clone(),
        })
    }

    /// Rebuilds the key filter once enough papers are loaded to pay for it.
    ///
    /// # Errors
    ///
    /// If the library cannot be read.
    pub fn rebuild_key_filter(&mut self) -> Result<(), LibraryError> {
        let papers = self.corpus.len();
        self.key_filter = self.store.read(|connection| {
            let is_cheaper = paper_map::is_filter_cheaper(connection, papers)?;
            if is_cheaper { KeyFilter::load(connection, None).map(Some) } else { Ok(None) }
        })?;
        Ok(())
    }

    /// Adds new source records to the key filter.
    pub fn add_to_key_filter(&mut self, records: &[SourceRecord]) {
        let Some(key_filter) = &mut self.key_filter else { return };
        for record in records {
            record.keys.iter().for_each(|key| key_filter.add(key, record.title_fingerprint));
        }
    }

    /// Continues in memory with all that can be read of the file.
    fn fall_back_to_memory(&mut self) -> Result<(), LibraryError> {
        let saved = self.file.take().and_then(|file| salvage_in_memory(&file).ok());
        self.store = saved.map_or_else(Store::in_memory, Ok)?;
        self.key_filter = None;
        Ok(())
    }

    /// Recognises the loaded papers from record `from` on.
    ///
    /// # Errors
    ///
    /// If the library cannot be read.
    pub fn look_up(&self, from: u32) -> Result<Vec<RecognisedPaper>, LibraryError> {
        let (key_filter, paper_map) = (self.key_filter.as_ref(), &self.paper_map);
        self.store.read(|connection| {
            // One transaction takes one lock for all lookups.
            let transaction = connection.unchecked_transaction()?;
            paper_map::look_up(&transaction, key_filter, paper_map, &self.corpus, from)
        })
    }

    /// Executes the command, in the file that has the library's path now.
    pub fn execute(&mut self, command: &LibraryCommand) -> Vec<LibraryEvent> {
        let followed = self.follow_file();
        let mut events = followed.state;
        events.extend(self.retry_in_memory(
            |library| library.try_execute(command),
            |message| command.failure_event(message),
        ));
        events.extend(followed.message);
        events
    }

    /// Runs `attempt`, and runs it again in memory if the file turns out to be corrupt. `failed` makes
    /// an event of the error.
    pub fn retry_in_memory(
        &mut self,
        attempt: impl Fn(&mut Self) -> Result<Vec<LibraryEvent>, LibraryError>,
        failed: impl Fn(String) -> LibraryEvent,
    ) -> Vec<LibraryEvent> {
        match attempt(self) {
            Ok(events) => events,
            Err(error @ (LibraryError::Damaged { .. } | LibraryError::Foreign { .. }))
                if self.file.is_some() =>
            {
                let retried = self.fall_back_to_memory().and_then(|()| attempt(self));
                let mut events = vec![LibraryEvent::DurabilityChanged(Durability::ThisRunOnly(
                    this_run_only_notice(&error),
                ))];
                events.extend(retried.unwrap_or_else(|error| vec![failed(error_sentence(&error))]));
                events
            }
            Err(error) => vec![failed(error_sentence(&error))],
        }
    }

    fn try_execute(&mut self, command: &LibraryCommand) -> Result<Vec<LibraryEvent>, LibraryError> {
        match command {
            LibraryCommand::Record(change_set) => self.apply_changes(slice::from_ref(change_set)),
            LibraryCommand::RecordTogether(change_sets) => self.apply_changes(change_sets),
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
                self.store.write(|transaction| {
                    transaction.set(transaction.next_number, (0, 0), &aspect, "1")
                })?;
                self.catch_up()
            }
            LibraryCommand::IssueKeys(keys) => {
                let records =
                    self.store.write(|transaction| issued_keys::write_keys(transaction, keys))?;
                self.add_to_key_filter(&records);
                self.catch_up()
            }
            LibraryCommand::SaveSession(session) => Ok(self.save_session(session)),
        }
    }

    fn set_search(&mut self, name: &str, search: &str) -> Result<Vec<LibraryEvent>, LibraryError> {
        let aspect = format!("{}{name}", attribute::SEARCH_PREFIX);
        self.store.write(|transaction| {
            transaction.set(transaction.next_number, (0, 0), &aspect, search)
        })?;
        self.catch_up()
    }

    /// Records the change sets as one.
    fn apply_changes(
        &mut self,
        change_sets: &[ChangeSet],
    ) -> Result<Vec<LibraryEvent>, LibraryError> {
        let corpus = &self.corpus;
        let recorded =
            self.store.write(|it| record_changes::record_changes(it, corpus, change_sets))?;
        let papers = change_sets.iter().flat_map(|it| &it.papers);
        let changes: Vec<Change> = change_sets.iter().flat_map(|it| it.changes.clone()).collect();
        for (paper_ref, paper) in papers.zip(&recorded.papers) {
            if let PaperRef::Corpus(id) = paper_ref {
                self.paper_map.insert(*id, *paper);
            }
        }
        self.add_to_key_filter(&recorded.source_records);
        let Some(id) = recorded.change_set else {
            let mut events = self.catch_up()?;
            events.push(LibraryEvent::Notice(no_change_notice(&changes)));
            return Ok(events);
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
            changes,
            papers: Vec::new(),
            paper_count: recorded.papers.len(),
            title,
        };
        self.with_receipt(StoredReceipt { receipt, papers: recorded.papers })
    }

    /// Returns the events that follow from a change set, and its receipt as the last.
    fn with_receipt(
        &mut self,
        stored_receipt: StoredReceipt,
    ) -> Result<Vec<LibraryEvent>, LibraryError> {
        let mut events = self.catch_up()?;
        let mut receipt = stored_receipt.receipt;
        receipt.papers = stored_receipt
            .papers
            .iter()
            .flat_map(|paper| self.paper_map.ids_of(*paper))
            .copied()
            .collect();
        events.push(LibraryEvent::ChangesApplied(receipt));
        Ok(events)
    }

    /// Saves the session. An error is reported once, because the next session follows with the next
    /// key.
    fn save_session(&mut self, session: &Session) -> Vec<LibraryEvent> {
        let (Some(source), corpus) = (&self.source, &self.corpus) else { return Vec::new() };
        let saved = self.store.write_relaxed(|connection| {
            restore::save(connection, source, now_in_milliseconds(), session, corpus)
        });
        let previous_error = std::mem::replace(
            &mut self.session_error,
            saved.err().map(|error| error_sentence(&error)),
        );
        let new_error =
            self.session_error.clone().filter(|error| previous_error.as_ref() != Some(error));
        new_error.map(LibraryEvent::Warning).into_iter().collect()
    }

    /// Returns true if some paper has a tag or a note.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn has_tags_or_notes(&self) -> Result<bool, LibraryError> {
        self.store.read(state::has_tags_or_notes)
    }

    /// All saved searches.
    pub fn searches(&self) -> &[SavedSearch] {
        &self.state.searches
    }
}

fn this_run_only_notice(error: &LibraryError) -> String {
    format!("{}; marks are kept for this run only", error_sentence(error))
}

/// The current state, which already is the one that the change asks for.
fn no_change_notice(changes: &[Change]) -> String {
    let text = match changes.first() {
        Some(Change::Read(OnOff::On)) => "Already read",
        Some(Change::Read(OnOff::Off)) => "Already unread",
        Some(Change::Star(OnOff::On)) => "Already starred",
        Some(Change::Star(OnOff::Off)) => "Not starred",
        Some(Change::Skip(OnOff::On)) => "Already skipped",
        Some(Change::Skip(OnOff::Off)) => "Not skipped",
        Some(Change::Later(OnOff::On)) => "Already marked \"read later\"",
        Some(Change::Later(OnOff::Off)) => "Not marked \"read later\"",
        Some(Change::Tag(tag, OnOff::On)) => return format!("Already has tag {tag}"),
        Some(Change::Tag(tag, OnOff::Off)) => return format!("No tag {tag}"),
        Some(Change::Basket(BasketPosition::EndIfAbsent)) => "Already in the basket",
        Some(Change::Basket(BasketPosition::Removed)) => "Not in the basket",
        Some(Change::Basket(BasketPosition::Before(_) | BasketPosition::End)) => "Already there",
        Some(Change::Note(_) | Change::Accept(_)) | None => "Unchanged",
    };
    text.to_owned()
}

/// The message of an error with a capital first letter, for a notice.
pub fn error_sentence(error: &LibraryError) -> String {
    capitalise(&error.to_string())
}

/// Opens the file, or else a copy in memory of all that can be read of it.
fn open(file: Option<PathBuf>) -> Result<(Store, Option<PathBuf>, Durability), LibraryError> {
    let Some(file) = file else { return Ok((Store::in_memory()?, None, Durability::Durable)) };
    match Store::open(&file) {
        Ok(opened_store) => {
            let durability =
                opened_store.warning.map_or(Durability::Durable, Durability::DurableWithWarning);
            Ok((opened_store.store, Some(file), durability))
        }
        Err(error) => {
            let store = Store::copy_in_memory(&file).or_else(|_| salvage_in_memory(&file));
            let store = store.or_else(|_| Store::in_memory())?;
            let notice = this_run_only_notice(&error);
            Ok((store, None, Durability::ThisRunOnly(notice)))
        }
    }
}
