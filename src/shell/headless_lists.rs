//! The lists of the program without a terminal: each is loaded completely as soon as it is opened.

use std::sync::Arc;

use super::headless::Headless;
use super::jobs::enrich::{EnrichRequest, enrich};
use super::list_source::open_list_source;
use super::workers::loader::{list_origin, session_key};
use crate::app::model::list_stack::LevelCompleteness;
use crate::app::{Event, Target};
use crate::library::{LoadStart, NewPapersBaseline, PaperRef};
use crate::sources::{
    Freshness, LoadControl, LoadEvent, OpenSource, ReadOptions, Source, load_all, open,
};

impl Headless {
    /// Opens a list over the one on the screen. Returns the events of opening and loading it.
    pub fn open_list(&mut self, text: &str) -> Vec<Event> {
        let sources = match open_list_source(text, &self.lists.options) {
            Ok(sources) => sources,
            Err(reason) => return vec![Event::Error(reason)],
        };
        self.lists.sources.push(sources.iter().map(|it| it.source().clone()).collect());
        self.start_library_load(NewPapersBaseline::LastVisit);
        let mut events = vec![Event::ListOpened(list_origin(&sources))];
        events.extend(self.load_events(sources));
        events
    }

    /// Takes up the sources of the list below. Returns the events of the library, which recognises
    /// the papers as if they were loaded again.
    pub fn return_to_list(&mut self, completeness: LevelCompleteness) -> Vec<Event> {
        self.lists.sources.pop();
        self.start_library_load(NewPapersBaseline::LastVisit);
        let corpus = self.state.corpus.clone();
        let segments = corpus.segments().map(|(_, it)| LoadEvent::Segment(Arc::clone(it)));
        let duplicates = corpus.duplicates().map(LoadEvent::Duplicates);
        let done = (completeness == LevelCompleteness::Complete).then_some(LoadEvent::Done);
        let loaded = duplicates.into_iter().chain(segments).chain(done);
        let library = self.library.as_mut();
        let events = library.map(|library| {
            loaded.flat_map(|it| library.add_and_recognise(&it)).collect::<Vec<_>>()
        });
        events.into_iter().flatten().map(Event::Library).collect()
    }

    /// Fetches the list on the screen again. Files are read once.
    pub fn reload(&mut self) -> Vec<Event> {
        let current = self.lists.current();
        let is_online = |it: &Source| matches!(it, Source::Online(_));
        if current.is_empty() || !current.iter().all(is_online) {
            return vec![Event::Error("Reloading needs a terminal".to_owned())];
        }
        let options =
            ReadOptions { freshness: Freshness::Revalidated, ..self.lists.options.clone() };
        let opened: Result<Vec<_>, _> =
            current.iter().map(|it| open(it.clone(), &options)).collect();
        let sources = match opened {
            Ok(sources) => sources,
            Err(error) => return vec![Event::Error(error.to_string())],
        };
        self.start_library_load(NewPapersBaseline::LastLoad);
        let mut events = vec![Event::RefetchStarted, Event::LoadRestart];
        events.extend(self.load_events(sources));
        events
    }

    /// Completes papers from services.
    pub fn enrich(&self, target: Target, references: Vec<PaperRef>) -> Vec<Event> {
        let corpus = self.state.corpus_of(target.corpus).clone();
        let request =
            EnrichRequest { corpus, target, references, options: self.lists.options.clone() };
        let mut events = Vec::new();
        enrich(&request, &LoadControl::default(), &mut |it| events.push(Event::Enrichment(it)));
        events
    }

    fn start_library_load(&mut self, baseline: NewPapersBaseline) {
        let source = session_key(self.lists.current());
        // A library that was opened without a source keeps nothing of sources.
        if let Some(library) = self.library.as_mut() {
            library.start_load(LoadStart { source, baseline });
        }
    }

    /// Loads sources completely. Returns the events of the loader and the library.
    fn load_events(&mut self, sources: Vec<OpenSource>) -> Vec<Event> {
        let mut events = Vec::new();
        load_all(sources, None, &LoadControl::default(), &mut |event| {
            let library = self.library.as_mut();
            let recognised = library.map(|library| library.add_and_recognise(&event));
            events.push(Event::Load(event));
            events.extend(recognised.into_iter().flatten().map(Event::Library));
        });
        events
    }
}
