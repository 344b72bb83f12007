//! Events: the inputs of [`update`](super::update()), from every thread.

use std::sync::Arc;
use std::time::Duration;

use super::input::key::Key;
use super::input::mouse::MouseInput;
use super::model::appearance::Background;
use super::model::cite_request;
use super::model::enrichment::PaperProposal;
use super::model::facet_counts::CountedFacets;
use super::model::list::HighlightedSnippet;
use super::model::list_stack::ListOrigin;
use super::model::popup::SearchCount;
use super::model::view::FrameStats;
use crate::domain::PaperId;
use crate::library::{LibraryEvent, PaperRef, SavedSearch};
use crate::search::{CalendarDay, QueryId, Response};
use crate::sources::LoadEvent;

#[derive(Debug)]
pub enum Event {
    Key(Key),
    Paste(String),
    /// The text of keys that arrived in one go: a paste that the terminal has not marked.
    KeyBurst(String),
    /// The search to start with, given on the command line.
    InitialSearch(SavedSearch),
    Resize {
        width: u16,
        height: u16,
    },
    /// The delay requested by [`Effect::ScheduleWakeUp`](super::Effect::ScheduleWakeUp) is over.
    WakeUp,
    /// A list was opened over the one on the screen; its papers follow.
    ListOpened(ListOrigin),
    /// The source is fetched again; [`Self::LoadRestart`] follows with the first page.
    RefetchStarted,
    /// The source could not be fetched again; the list stays.
    RefetchFailed,
    /// The source is reloaded from its start; its papers follow.
    LoadRestart,
    Load(LoadEvent),
    SearchResponse(Response),
    /// Number of papers whose abstracts are indexed; searches scan the abstracts of the rest.
    IndexProgress(u32),
    /// The abstract of a paper, as written in the source.
    Abstract {
        id: PaperId,
        /// Or the reason why it cannot be read, without a full stop.
        abstract_text: Result<Arc<str>, String>,
    },
    /// Snippets of rows on the screen: the sentences of their abstracts that match.
    Snippets {
        query_id: QueryId,
        found: Vec<(PaperId, HighlightedSnippet)>,
    },
    CiteResult(cite_request::CiteResult),
    /// The receipt, or the reason why nothing was copied.
    CopyResult(Result<String, String>),
    OpenResult(Result<String, UnopenedLink>),
    /// A response or notification of the library.
    Library(LibraryEvent),
    /// The files whose paths begin with the text of
    /// [`Effect::CompletePath`](super::Effect::CompletePath), sorted; directories end with `/`.
    PathCompletions {
        text: String,
        paths: Vec<String>,
    },
    /// The editor was closed.
    NoteResult(NoteResult),
    /// Values of facets, as requested by [`Effect::CountFacets`](super::Effect::CountFacets).
    CountedFacets(CountedFacets),
    /// The number of hits of the saved searches.
    SearchCounts(Vec<SearchCount>),
    /// The terminal has told its background.
    Background(Background),
    Mouse(MouseInput),
    /// The outcome of [`Effect::UpdateInbox`](super::Effect::UpdateInbox), or the reason why nothing
    /// could be fetched.
    InboxUpdated(Result<InboxNews, String>),
    /// The progress or the outcome of [`Effect::Enrich`](super::Effect::Enrich).
    Enrichment(EnrichmentEvent),
    /// Clock reading, with an arbitrary epoch.
    Time(Duration),
    /// Today, as requested by [`Effect::ReadDate`](super::Effect::ReadDate).
    Date(CalendarDay),
    /// The cost of drawing the last frame.
    FrameStats(FrameStats),
    /// A thread panicked; the program continues.
    ThreadPanic {
        job: &'static str,
        why: String,
    },
    /// Quits at once; type-ahead is discarded.
    Quit,
    /// A notice from the shell.
    Info(String),
    Error(String),
}

/// A link shown instead of opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnopenedLink {
    pub url: String,
    pub reason: String,
}

/// The outcome of an update of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxNews {
    pub has_papers: bool,
    /// The failures of single sources, each a sentence.
    pub failures: Vec<String>,
}

/// The progress or the outcome of the completion of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnrichmentEvent {
    /// The step that begins.
    Step(String),
    /// A service has failed, with the reason in a sentence.
    Failure(String),
    Done {
        /// The papers that something is proposed for.
        proposals: Vec<PaperProposal>,
        /// Number of papers that some service has.
        found: usize,
        /// False if the user stopped it before all services had answered.
        is_complete: bool,
    },
}

/// The outcome of editing a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteResult {
    /// The complete new text of the note.
    Note {
        paper: PaperRef,
        text: String,
    },
    Unchanged,
    /// The note was not saved: the reason, and the path of the edited text.
    Failed(String),
}
