//! The lists of a run on a terminal: opening, going back, reloading, and the events of their loads.

use std::sync::Arc;

use super::event_loop::Shell;
use super::list_source::open_list_source;
use super::options::ExitReason;
use super::threads::{start_inbox_update, start_loader};
use super::workers::library::session_key_of;
use super::workers::loader::{Loader, list_origin};
use super::workers::other_loads::Refetch;
use crate::app::model::list_stack::LevelCompleteness;
use crate::app::{Event, LoadPhase};
use crate::library::{LoadStart, NewPapersBaseline};
use crate::sources::LoadEvent;

impl Shell {
    /// Opens a list over the one on the screen, whose load is cancelled.
    pub fn open_list(&mut self, text: &str) -> Event {
        let sources = match open_list_source(text, self.threads.loader.options()) {
            Ok(sources) => sources,
            Err(reason) => return Event::Error(reason),
        };
        let (origin, key) = (list_origin(&sources), session_key_of(&sources));
        let cache = self.threads.loader.cache().cloned();
        let others = &mut self.threads.other_loads;
        others.refetch = None;
        self.threads.enrichment = None;
        let number = self.threads.other_loads.next_number();
        let start = LoadStart { source: key, baseline: NewPapersBaseline::LastVisit };
        self.start_library_load(number, start);
        let opened = start_loader(number, sources, cache, &self.threads.sender);
        let mut left = std::mem::replace(&mut self.threads.loader, opened);
        // A load that is done may still write its cache.
        if self.state.load.phase != LoadPhase::Done {
            left.stop();
        }
        self.threads.other_loads.below.push(left);
        Event::ListOpened(origin)
    }

    /// Takes up the load of the list below, whose papers are on the screen again.
    pub fn return_to_list(&mut self, completeness: LevelCompleteness) {
        self.threads.enrichment = None;
        let others = &mut self.threads.other_loads;
        others.refetch = None;
        let Some(mut loader) = others.below.pop() else { return };
        let number = others.next_number();
        loader.renumber(number);
        let source = loader.session_key();
        self.threads.loader = loader;
        self.start_library_load(
            number,
            LoadStart { source, baseline: NewPapersBaseline::LastVisit },
        );
        // The library recognises the papers as if they were loaded again.
        let corpus = &self.state.corpus;
        let segments = corpus.segments().map(|(_, it)| LoadEvent::Segment(Arc::clone(it)));
        let duplicates = corpus.duplicates().map(LoadEvent::Duplicates);
        let done = (completeness == LevelCompleteness::Complete).then_some(LoadEvent::Done);
        for event in duplicates.into_iter().chain(segments).chain(done) {
            self.forward_to_library(&event);
        }
    }

    /// Fetches what is followed, on a thread of its own.
    pub fn update_inbox(&mut self) -> Option<Event> {
        let Some(settings) = self.threads.loader.options().inbox.clone() else {
            return Some(Event::Error("Inbox: no data directory".to_owned()));
        };
        start_inbox_update(settings, &self.threads.sender);
        None
    }

    /// Reads the sources of the list again.
    pub fn reload(&mut self) -> Event {
        let sources = match self.threads.loader.reopen() {
            Ok(sources) => sources,
            Err(reason) => return Event::Error(reason),
        };
        let number = self.threads.other_loads.next_number();
        let cache = self.threads.loader.cache().cloned();
        let loader = start_loader(number, sources, cache, &self.threads.sender);
        if loader.is_online() {
            self.threads.other_loads.refetch = Some(Refetch { loader, has_failed: false });
            return Event::RefetchStarted;
        }
        self.replace_loader(loader, NewPapersBaseline::LastVisit);
        Event::LoadRestart
    }

    /// Cancels the fetch that runs. Its thread may still wait for a slow service; what it delivers
    /// later is dropped.
    pub fn stop_fetch(&mut self) {
        if self.threads.other_loads.refetch.take().is_none() {
            self.threads.loader.stop();
            self.forward_to_library(&LoadEvent::Done);
        }
    }

    /// Handles an event of the load with this number.
    pub fn handle_load_event(&mut self, number: u32, event: LoadEvent) -> Option<ExitReason> {
        if number == self.threads.loader.number() {
            if self.threads.loader.is_stopped() {
                return None;
            }
            self.forward_to_library(&event);
            return self.handle_event(Event::Load(event));
        }
        let refetch = self.threads.other_loads.refetch.as_mut();
        let refetch = refetch.filter(|it| it.loader.number() == number)?;
        match event {
            LoadEvent::Fetch(_) | LoadEvent::Notice(_) => {
                return self.handle_event(Event::Load(event));
            }
            LoadEvent::Failed(_) => {
                refetch.has_failed = true;
                return self.handle_event(Event::Load(event));
            }
            LoadEvent::Progress { .. } => return None,
            LoadEvent::Done if refetch.has_failed => {
                self.threads.other_loads.refetch = None;
                return self.handle_event(Event::RefetchFailed);
            }
            LoadEvent::Done
            | LoadEvent::Segment(_)
            | LoadEvent::Duplicates(_)
            | LoadEvent::DuplicateRows(_)
            | LoadEvent::Defect(_)
            | LoadEvent::PartSummary { .. }
            | LoadEvent::SkippedPart { .. } => {}
        }
        let Refetch { loader, .. } = self.threads.other_loads.refetch.take()?;
        self.replace_loader(loader, NewPapersBaseline::LastLoad);
        let exit_reason = self.handle_event(Event::LoadRestart);
        self.forward_to_library(&event);
        exit_reason.or_else(|| self.handle_event(Event::Load(event)))
    }

    /// Puts another load of the same sources in the place of the current one.
    fn replace_loader(&mut self, loader: Loader, baseline: NewPapersBaseline) {
        self.threads.enrichment = None;
        let source = loader.session_key();
        self.start_library_load(loader.number(), LoadStart { source, baseline });
        self.threads.loader = loader;
    }

    fn start_library_load(&self, number: u32, start: LoadStart) {
        if let Some(draining) = &self.threads.draining {
            draining.library_worker.start_load(number, start);
        }
    }

    fn forward_to_library(&self, event: &LoadEvent) {
        if let Some(draining) = &self.threads.draining {
            draining.library_worker.forward_load_event(event);
        }
    }
}
