//! Recognises papers of the corpus while they load: finds them in the library, records new identity
//! keys of them, restores the session, and marks papers that are new in the source.

use std::sync::Arc;

use super::db::paper_map::{self, KeyFilter};
use super::db::source_record;
use super::db::store::now_in_milliseconds;
use super::error::LibraryError;
use super::model::event::LibraryEvent;
use super::service::{Library, error_sentence};
use super::session::visits::{self, LastVisit, LoadStart, NewPapersBaseline};
use crate::domain::{Corpus, IdentityKeys, PaperId, Segment};
use crate::sources::LoadEvent;

impl Library {
    /// Handles an event of the loader and looks its papers up. Returns the resulting events.
    pub fn add_and_recognise(&mut self, event: &LoadEvent) -> Vec<LibraryEvent> {
        let mut events = Vec::from_iter(self.add(event));
        events.extend(self.recognise_new());
        events
    }

    /// Handles an event of the loader without looking its papers up. Returns the restored session
    /// as soon as it is complete, because the list waits for it.
    pub fn add(&mut self, event: &LoadEvent) -> Option<LibraryEvent> {
        match event {
            LoadEvent::Segment(segment) => {
                let from = self.corpus.len();
                self.corpus.push(Arc::clone(segment));
                return self.find_pending(from, segment);
            }
            LoadEvent::Duplicates(duplicates) => self.corpus.set_duplicates(Arc::clone(duplicates)),
            LoadEvent::Done => {
                self.last_visit.is_ready = true;
                if let Some(pending) = &mut self.pending_papers {
                    pending.find_in_all(&self.corpus, || self.paper_map.is_cancelled());
                }
                return self.restored_event();
            }
            LoadEvent::Progress { .. }
            | LoadEvent::DuplicateRows(_)
            | LoadEvent::Fetch(_)
            | LoadEvent::Defect(_)
            | LoadEvent::PartSummary { .. }
            | LoadEvent::SkippedPart { .. }
            | LoadEvent::Failed(_)
            | LoadEvent::Notice(_) => {}
        }
        None
    }

    /// Looks up the papers loaded since the last call.
    pub fn recognise_new(&mut self) -> Vec<LibraryEvent> {
        let mut events = Vec::new();
        if self.paper_map.is_cancelled() {
            return events;
        }
        let (from, to) = (self.paper_map.looked_up_records, self.corpus.len());
        if from < to {
            events.extend(
                self.retry_in_memory(|library| library.recognise(from), LibraryEvent::Warning),
            );
            self.paper_map.looked_up_records = to;
        }
        if std::mem::take(&mut self.last_visit.is_ready) {
            events.extend(self.find_new_papers());
            events.push(LibraryEvent::SourceRead);
        }
        events
    }

    /// Looks for papers of the session in a segment whose first record is `from`.
    fn find_pending(&mut self, from: u32, segment: &Segment) -> Option<LibraryEvent> {
        let pending = self.pending_papers.as_mut()?;
        pending.find_in_segment(&self.corpus, from, segment);
        if pending.is_complete() { self.restored_event() } else { None }
    }

    fn recognise(&mut self, from: u32) -> Result<Vec<LibraryEvent>, LibraryError> {
        if self.key_filter.is_none() {
            self.rebuild_key_filter()?;
        }
        let recognised = self.look_up(from)?;
        let mut ids = Vec::new();
        let mut new_keys = Vec::new();
        for paper in recognised {
            if paper.identity.papers.is_empty() {
                continue;
            }
            self.paper_map.insert_recognised(&paper);
            ids.push(paper.id);
            let is_by_name = paper.identity.tying_key.is_some();
            if paper.identity.papers.len() > 1 || paper.identity.has_new_strong_key && !is_by_name {
                new_keys.push((paper.id, paper.keys));
            }
        }
        if !new_keys.is_empty() {
            // A failed write loses nothing: the keys are recorded the next time the source is read.
            let _ = self.record_new_keys(&new_keys);
        }
        let marked = self.marks_event(&ids);
        let basket = self.basket_event_since(from);
        Ok(marked.into_iter().chain(basket).chain(self.catch_up_or_warn()).collect())
    }

    /// Records keys that the source has shown to belong to papers of the library.
    fn record_new_keys(
        &mut self,
        new_keys: &[(PaperId, IdentityKeys)],
    ) -> Result<(), LibraryError> {
        let corpus = &self.corpus;
        let records = self.store.write(|transaction| {
            let mut records = Vec::new();
            for (id, keys) in new_keys {
                let Some(paper) = corpus.get(*id) else { continue };
                let record = source_record::SourceRecord::new(&paper, keys, None);
                let number = (transaction.process, transaction.take_number());
                transaction.apply_inserted(&source_record::insert_record(
                    transaction.connection, number, &record,
                )?)?;
                records.push(record);
            }
            Ok(records)
        })?;
        self.add_to_key_filter(&records);
        Ok(())
    }

    /// Marks the papers that are new in the source, and saves its papers for the next visit. Called
    /// once the source is read to its end.
    fn find_new_papers(&mut self) -> Vec<LibraryEvent> {
        let mut events = Vec::new();
        let Some(source) = self.source.clone() else { return events };
        let new_papers = self.last_visit.new_papers(&self.corpus, || self.paper_map.is_cancelled());
        if let Some((new, papers)) = new_papers {
            self.state.new_papers = new.iter().copied().collect();
            events.extend(self.marks_event(&new));
            let saved = self.store.write_relaxed(|connection| {
                visits::save(connection, &source, now_in_milliseconds(), &papers)
            });
            events.extend(saved.err().map(|error| LibraryEvent::Warning(error_sentence(&error))));
        }
        events
    }

    fn restored_event(&mut self) -> Option<LibraryEvent> {
        self.pending_papers.take().map(|it| LibraryEvent::SessionRestored(it.into_restored()))
    }

    /// Discards the corpus, because a source is read from its start.
    pub fn start_load(&mut self, start: LoadStart) {
        let is_other = self.source != start.source;
        if is_other || start.baseline == NewPapersBaseline::LastLoad {
            let source = std::mem::replace(&mut self.source, start.source);
            let visit = std::mem::take(&mut self.last_visit);
            if let Some(source) = source.filter(|_| is_other) {
                self.earlier_visits.keep(source, visit);
            }
            let source = self.source.clone().unwrap_or_default();
            let kept = self.earlier_visits.take(&source).filter(|_| is_other);
            // A visit that cannot be read leaves no paper marked as new.
            let saved = || self.store.read(|it| LastVisit::load(it, &source)).unwrap_or_default();
            self.last_visit = kept.unwrap_or_else(saved);
        }
        self.last_visit.is_ready = false;
        self.pending_papers = None;
        self.corpus = Corpus::default();
        self.paper_map.reset();
        self.state.new_papers.clear();
    }

    /// Looks in the corpus for papers that another process has marked.
    ///
    /// # Errors
    ///
    /// Returns an error if the library cannot be read.
    pub fn find_in_corpus(&mut self, papers: &[i64]) -> Result<(), LibraryError> {
        let unseen = papers
            .iter()
            .copied()
            .filter(|paper| *paper != 0 && self.paper_map.ids_of(*paper).is_empty());
        let unseen: Vec<i64> = unseen.collect();
        if unseen.is_empty() || self.corpus.is_empty() {
            return Ok(());
        }
        let corpus = &self.corpus;
        let recognised = self.store.read(|connection| {
            let key_filter = KeyFilter::load(connection, Some(&unseen))?;
            paper_map::look_up(connection, Some(&key_filter), &self.paper_map, corpus, 0)
        })?;
        for paper in recognised {
            self.paper_map.insert_recognised(&paper);
            let Some(key_filter) = &mut self.key_filter else { continue };
            let title = corpus.get(paper.id).map_or("", |paper| paper.title);
            paper
                .keys
                .iter()
                .for_each(|key| key_filter.add(key, source_record::title_fingerprint(title)));
        }
        Ok(())
    }
}
