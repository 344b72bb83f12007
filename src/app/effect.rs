//! What the program asks the world to do.

use super::model::cite_request;
use super::model::layout::LayoutMode;
use super::model::target::Target;
use crate::cite::OutputFormat;
use crate::domain::{Corpus, PaperId};
use crate::library::{LibraryCommand, PaperRef};
use crate::search::{Highlighter, QueryId, Request};

/// Work for the shell. Its outcome comes back as an [`Event`](super::Event). Papers go by id: the
/// shell reads what it needs of them, so that updating never waits.
#[derive(Debug)]
pub enum Effect {
    Search(Request),
    /// Has the corpus, now whole, prepared for searching; [`Event::IndexProgress`](crate::app::event::Event::IndexProgress)
    /// tells how far that is.
    PrepareSearch(Corpus),
    /// What was found out about the corpus is worth being kept for the next start.
    SaveIndex(Corpus),
    FetchAbstract(PaperId),
    FetchSnippets {
        ticket: QueryId,
        papers: Vec<PaperId>,
        highlighter: Highlighter,
    },
    Copy {
        subject: Target,
        form: OutputFormat,
    },
    /// How many papers each saved search finds; [`Event::SearchCounts`](crate::app::event::Event::SearchCounts) answers.
    CountSearches(Vec<(String, Request)>),
    /// Has a note written in the reader's editor; [`Event::NoteResult`](crate::app::event::Event::NoteResult)
    /// answers.
    EditNote(PaperRef),
    /// One [`Event::Time`](crate::app::event::Event::Time) at once.
    ReadClock,
    OpenLink {
        url: String,
    },
    /// Opens a local file that a source names, or a link where there is no such file.
    OpenFile {
        file: String,
        otherwise: Option<String>,
    },
    /// One [`Event::WakeUp`](crate::app::event::Event::WakeUp) after a pause; a newer request replaces an older.
    ScheduleWakeUp,
    /// Shows the last copy bare, off the alternate screen.
    ShowLastCopy,
    Reload,
    PauseLoading,
    ResumeLoading,
    SaveLayout(LayoutMode),
    /// Papers are written out, or a style is asked for; [`Event::CiteResult`](crate::app::event::Event::CiteResult)
    /// answers.
    Cite(cite_request::CiteRequest),
    /// Something for the library; [`Event::Library`](super::Event::Library) answers.
    Library(LibraryCommand),
    Redraw,
    Suspend,
    Quit(ExitResult),
}

/// What the program ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExitResult {
    Quit,
    /// The papers chosen where one was to be chosen.
    Picked(Vec<PaperId>),
}
