//! The program without a terminal: takes keys, returns the screen, and executes every effect at
//! once on this thread. Copied texts are collected instead of being sent.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::clipboard::CopyText;
use super::jobs::complete_path::complete_path;
use super::jobs::{cite, open_link};
use super::list_source::ListSources;
use super::persistence::PersistenceMonitor;
use super::queries;
use super::workers::loader::list_origin;
use crate::app::{
    Effect, Event, ExitResult, Key, NoteResult, Settings, State, UnopenedLink, update,
};
use crate::cite::CiteOptions;
use crate::domain::KeyPattern;
use crate::library::{IssuedKey, Library, LibraryCommand, LibraryEvent, SavedSearch};
use crate::search::{CalendarDay, Searcher};
use crate::sources::{Cache, LoadControl, OpenSource, load_all};
use crate::ui;

pub struct Headless {
    pub(super) state: State,
    searcher: Searcher,
    style: CiteOptions,
    copies: Vec<String>,
    opened_links: Vec<String>,
    exit_result: Option<ExitResult>,
    pub(super) library: Option<Library>,
    pub(super) lists: ListSources,
    /// The current time; only [`Self::advance_clock`] changes it.
    clock: Duration,
    /// The text that the next note edit returns.
    next_note: Option<String>,
    persistence: PersistenceMonitor,
    /// Receiver of copies and links. Without it they are collected.
    outlet: Option<Box<dyn Outlet>>,
}

/// Receiver of what leaves the program besides its screen.
pub trait Outlet {
    /// Copies the text and returns the receipt.
    ///
    /// # Errors
    ///
    /// Returns the reason why it was not copied.
    fn copy(&mut self, copy: &CopyText) -> Result<String, String>;

    /// Opens the link. Returns the event that tells the result.
    fn open(&mut self, url: String) -> Event;
}

impl Headless {
    /// Creates the program with a screen of this size and no papers.
    pub fn new(settings: Settings, style: CiteOptions, width: u16, height: u16) -> Self {
        // The library sets citation keys in this bibliography, and copies use them too.
        let style = CiteOptions { bibliography: settings.bibliography.clone(), ..style };
        Self {
            state: State::new(Arc::new(settings), width, height),
            searcher: Searcher::default(),
            style,
            copies: Vec::new(),
            opened_links: Vec::new(),
            exit_result: None,
            library: None,
            lists: ListSources::default(),
            clock: Duration::ZERO,
            next_note: None,
            persistence: PersistenceMonitor::default(),
            outlet: None,
        }
        .with_library(None, None, KeyPattern::default())
    }

    /// Opens the library in `file`, or in memory for this run. `source` is the key of the session.
    /// Call this before loading.
    #[must_use]
    pub fn with_library(
        mut self,
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
    ) -> Self {
        self.persistence =
            PersistenceMonitor { is_required: file.is_some(), ..PersistenceMonitor::default() };
        match Library::open_store(file, source, keys) {
            Ok((library, events)) => {
                self.library = Some(library);
                self.handle_library_events(Some(events));
            }
            Err(reason) => {
                self.persistence.obstacle = Some(reason.to_string());
                self.feed(Event::Error(reason.to_string()));
            }
        }
        self
    }

    /// Sends copies and links to the outlet.
    #[must_use]
    pub fn with_outlet(mut self, outlet: Box<dyn Outlet>) -> Self {
        self.outlet = Some(outlet);
        self
    }

    /// Reason why a change was not stored, if a library file was named.
    pub fn first_loss(&self) -> Option<&str> {
        self.persistence.first_loss.as_deref()
    }

    /// Loads the sources completely, from the cache where it has them.
    pub fn load(&mut self, sources: Vec<OpenSource>, cache: Option<&Cache>) {
        let origin = list_origin(&sources);
        let rest = origin.unsent_filter.clone();
        self.state.load.lists.current = origin;
        if self.state.filter.query.is_empty() && !rest.is_empty() {
            self.feed(Event::InitialSearch(SavedSearch::from_query(&rest)));
        }
        self.lists.note_loaded(&sources);
        load_all(sources, cache, &LoadControl::default(), &mut |event| {
            let events = self.library.as_mut().map(|library| library.add_and_recognise(&event));
            self.feed(Event::Load(event));
            self.handle_library_events(events);
        });
    }

    /// Sends keys until one of them ends the program.
    pub fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if self.exit_result.is_none() {
                self.feed(Event::Key(*key));
            }
        }
    }

    /// Polls the library for changes by other processes, as each key does on a terminal.
    pub fn check_library(&mut self) {
        let events = self.library.as_mut().map(Library::poll_changes);
        self.handle_library_events(events);
    }

    fn handle_library_events(&mut self, events: Option<Vec<LibraryEvent>>) {
        for event in events.into_iter().flatten() {
            self.persistence.observe(&event);
            self.feed(Event::Library(event));
        }
    }

    /// Handles an event and every event that follows from it.
    pub fn feed(&mut self, event: Event) {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            for effect in update(&mut self.state, event) {
                waiting.extend(self.perform(effect));
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        let corpus = &self.state.corpus;
        match effect {
            Effect::Search(request) => {
                let mut answers = Vec::new();
                let mut post = |it| answers.push(Event::SearchResponse(it));
                self.searcher.search(&request, &|| false, &mut post);
                self.searcher.count_names(&request, &|| false, &mut post);
                answers
            }
            Effect::FetchAbstract(id) => vec![queries::fetch_abstract(corpus, id)],
            Effect::FetchSnippets { query_id, papers, highlighter } => {
                vec![queries::highlight_snippets(corpus, query_id, &papers, &highlighter)]
            }
            Effect::Copy { target, format } => {
                let corpus = self.state.corpus_of(target.corpus);
                let outcome = queries::render_copy(corpus, &target.papers, format, &self.style);
                let mut events = Vec::new();
                let receipt = outcome.and_then(|(copy, issued_keys)| {
                    events = self.save_citation_keys(issued_keys);
                    let message = match &mut self.outlet {
                        Some(outlet) => outlet.copy(&copy)?,
                        None => format!("{}, {} B copied", copy.description, copy.text.len()),
                    };
                    self.copies.push(copy.text);
                    Ok(message)
                });
                events.push(Event::CopyResult(receipt));
                events
            }
            Effect::OpenFile { file, otherwise } => self.open_file(&file, otherwise),
            Effect::OpenLink { url } => {
                if let Some(outlet) = &mut self.outlet {
                    return vec![outlet.open(url)];
                }
                self.opened_links.push(url.clone());
                let reason = "No terminal, so the link is shown instead".to_owned();
                vec![Event::OpenResult(Err(UnopenedLink { url, reason }))]
            }
            Effect::Library(task) => self.run_library_command(&task),
            Effect::Cite(task) => self.cite(task),
            Effect::EditNote(paper) => vec![Event::NoteResult(match self.next_note.take() {
                Some(text) => NoteResult::Note { paper, text },
                None => NoteResult::Failed("No terminal for an editor".to_owned()),
            })],
            Effect::ScheduleWakeUp => vec![Event::WakeUp],
            Effect::ReadClock => vec![Event::Time(self.clock)],
            Effect::ReadDate => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                vec![Event::Date(CalendarDay::from_unix_time(now))]
            }
            Effect::CountSearches(searches) => {
                vec![Event::SearchCounts(queries::count_searches(
                    &mut self.searcher,
                    &searches,
                    &|| false,
                ))]
            }
            Effect::CompletePath(text) => {
                let paths = complete_path(&text);
                vec![Event::PathCompletions { text, paths }]
            }
            Effect::CountFacets(request) => {
                let counts = queries::count_facets(&mut self.searcher, &request, &|| false);
                vec![Event::CountedFacets(counts)]
            }
            Effect::OpenList(text) => self.open_list(&text),
            Effect::ReturnToList(completeness) => self.return_to_list(completeness),
            Effect::Reload => self.reload(),
            Effect::Enrich { target, references } => self.enrich(target, references),
            Effect::UpdateInbox => vec![Event::Error(
                "Fetching needs a terminal; `offprint update` fetches what is followed".to_owned(),
            )],
            Effect::Quit(outcome) => {
                self.exit_result = Some(outcome);
                Vec::new()
            }
            Effect::ShowLastCopy
            | Effect::StopFetch
            | Effect::StopEnrichment
            | Effect::PauseLoading
            | Effect::ResumeLoading
            | Effect::SaveLayout(_)
            | Effect::SaveBibliographyPath(_)
            | Effect::SaveTheme(_)
            | Effect::CaptureMouse(_)
            | Effect::PrepareSearch(_)
            | Effect::SaveIndex(_)
            | Effect::Redraw
            | Effect::Suspend => Vec::new(),
        }
    }

    fn run_library_command(&mut self, command: &LibraryCommand) -> Vec<Event> {
        let Some(library) = &mut self.library else {
            self.persistence.note_change();
            return Vec::new();
        };
        let events = library.execute(command);
        for event in &events {
            self.persistence.observe(event);
        }
        events.into_iter().map(Event::Library).collect()
    }

    /// Advances the clock.
    pub fn advance_clock(&mut self, time: Duration) {
        self.clock += time;
    }

    /// Sets the text that the next note edit returns.
    pub fn set_next_note(&mut self, note: &str) {
        self.next_note = Some(note.to_owned());
    }

    fn cite(&mut self, request: cite::CiteRequest) -> Vec<Event> {
        let corpus = self.state.corpus_of(request.corpus());
        self.style.marks = Arc::clone(self.state.marks_of(request.corpus()));
        let Some((result, issued_keys)) = cite::run(request, corpus, &mut self.style) else {
            return Vec::new();
        };
        let mut events = self.save_citation_keys(issued_keys);
        events.push(Event::CiteResult(result));
        events
    }

    fn save_citation_keys(&mut self, issued_keys: Vec<IssuedKey>) -> Vec<Event> {
        if issued_keys.is_empty() {
            return Vec::new();
        }
        self.style
            .bibliography
            .add_assigned_keys(issued_keys.iter().map(IssuedKey::to_assigned_key));
        let library = self.library.as_mut();
        let events = library
            .map(|it| it.execute(&LibraryCommand::IssueKeys(issued_keys)))
            .unwrap_or_default();
        events.into_iter().map(Event::Library).collect()
    }

    fn open_file(&mut self, file: &str, otherwise: Option<String>) -> Vec<Event> {
        match open_link::resolve_file(file, &[], otherwise) {
            Ok(url) => self.perform(Effect::OpenLink { url }),
            Err(reason) => vec![Event::Error(reason)],
        }
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// The copied texts, in order.
    pub fn copied(&self) -> &[String] {
        &self.copies
    }

    /// The requested links, in order.
    pub fn opened(&self) -> &[String] {
        &self.opened_links
    }

    /// Result of the program if it has ended.
    pub fn outcome(&self) -> Option<&ExitResult> {
        self.exit_result.as_ref()
    }

    /// The cells of the current screen.
    pub fn cells(&self) -> Buffer {
        let view = &self.state.view;
        let drawn =
            Terminal::new(TestBackend::new(view.width, view.height)).and_then(|mut terminal| {
                terminal.draw(|frame| ui::draw(&self.state, frame))?;
                Ok(terminal.backend().buffer().clone())
            });
        drawn.unwrap_or_else(|error: Infallible| match error {})
    }

    /// The screen as text, one line per row, without trailing blanks.
    pub fn screen(&self) -> String {
        let cells = self.cells();
        let mut screen = String::new();
        for row in cells.area.rows() {
            let mut line = String::new();
            let mut covered = 0;
            for x in row.left()..row.right() {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = cells[(x, row.y)].symbol();
                covered = crate::text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            screen.push_str(line.trim_end());
            screen.push('\n');
        }
        screen
    }
}
