//! Everything that can happen to the program, from every thread, in one place.

use std::sync::Arc;
use std::time::Duration;

use super::input::key::Key;
use super::model::cite_request;
use super::model::list::HighlightedSnippet;
use super::model::popup::SearchCount;
use super::model::view::FrameStats;
use crate::domain::PaperId;
use crate::library::{LibraryEvent, PaperRef, SavedSearch};
use crate::search::{QueryId, Response};
use crate::sources::LoadEvent;

#[derive(Debug)]
pub enum Event {
    Key(Key),
    Paste(String),
    /// What to search to begin with.
    InitialSearch(SavedSearch),
    Resize {
        width: u16,
        height: u16,
    },
    /// The pause asked for by [`Effect::ScheduleWakeUp`](crate::app::effect::Effect::ScheduleWakeUp) is over.
    WakeUp,
    /// The source is read again, from its start; its papers follow.
    LoadRestart,
    Load(LoadEvent),
    SearchResponse(Response),
    /// The words of so many papers' abstracts are indexed; those of the others are read when they
    /// are searched.
    IndexProgress(u32),
    /// A paper's abstract, as the source has it.
    Abstract {
        id: PaperId,
        /// Or a sentence without its full stop: why it cannot be read.
        abstract_text: Result<Arc<str>, String>,
    },
    /// The sentences that made abstracts match, for rows on the screen.
    Snippets {
        ticket: QueryId,
        found: Vec<(PaperId, HighlightedSnippet)>,
    },
    CiteResult(cite_request::CiteResult),
    /// The receipt, or why nothing was copied.
    CopyResult(Result<String, String>),
    OpenResult(Result<String, UnopenedLink>),
    /// What the library has to say.
    Library(LibraryEvent),
    /// The editor has ended.
    NoteResult(NoteResult),
    /// How many papers the saved searches find.
    SearchCounts(Vec<SearchCount>),
    /// The time, counted from any moment.
    Time(Duration),
    /// What drawing the last frame cost.
    FrameStats(FrameStats),
    /// A thread panicked; the rest goes on.
    ThreadPanic {
        job: &'static str,
        why: String,
    },
    /// The reader leaves, whatever is still to come of what was typed before.
    Quit,
    /// Something the shell has to tell.
    Info(String),
    Error(String),
}

/// A link that was not opened but is shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnopenedLink {
    pub url: String,
    pub reason: String,
}

/// The outcome of writing a note in the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteResult {
    /// The note as it is now, whole.
    Note { paper: PaperRef, text: String },
    /// It is as it was.
    Unchanged,
    /// Nothing can be taken over; why, and where what was written lies.
    Failed(String),
}
