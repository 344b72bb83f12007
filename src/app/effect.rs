//! Effects: the work that an update requests from the shell.

use super::input::mouse::MouseCapture;
use super::model::appearance::Theme;
use super::model::cite_request;
use super::model::facet_counts::FacetRequest;
use super::model::layout::LayoutMode;
use super::model::list_stack::LevelCompleteness;
use super::model::target::Target;
use crate::cite::OutputFormat;
use crate::domain::{Corpus, PaperId};
use crate::library::{LibraryCommand, PaperRef};
use crate::search::{Highlighter, QueryId, Request};

/// A request to the shell, which reports the outcome as an [`Event`](super::Event). Papers are
/// passed by id: the shell reads their text, so that updates never block.
#[derive(Debug)]
pub enum Effect {
    Search(Request),
    /// Indexes the words of the complete corpus; progress arrives as
    /// [`IndexProgress`](super::Event::IndexProgress).
    PrepareSearch(Corpus),
    /// Saves the word index of the corpus to the cache for the next start.
    SaveIndex(Corpus),
    FetchAbstract(PaperId),
    FetchSnippets {
        query_id: QueryId,
        papers: Vec<PaperId>,
        highlighter: Highlighter,
    },
    Copy {
        target: Target,
        format: OutputFormat,
    },
    /// Counts the hits of each saved search; answered by
    /// [`SearchCounts`](super::Event::SearchCounts).
    CountSearches(Vec<(String, Request)>),
    /// Counts values of facets; answered by [`CountedFacets`](super::Event::CountedFacets).
    CountFacets(FacetRequest),
    /// Opens the note of a paper in the user's editor; answered by
    /// [`NoteResult`](super::Event::NoteResult).
    EditNote(PaperRef),
    /// Requests one [`Time`](super::Event::Time) event at once.
    ReadClock,
    /// Requests one [`Date`](super::Event::Date) event at once.
    ReadDate,
    OpenLink {
        url: String,
    },
    /// Opens a local file named by the source, or the link if the file does not exist.
    OpenFile {
        file: String,
        otherwise: Option<String>,
    },
    /// Requests one [`WakeUp`](super::Event::WakeUp) event after a delay; replaces an earlier
    /// request.
    ScheduleWakeUp,
    /// Shows the last copy as plain text, off the alternate screen.
    ShowLastCopy,
    /// Opens the list with this address or file name; answered by
    /// [`ListOpened`](super::Event::ListOpened).
    OpenList(String),
    /// The corpus of the list below is on the screen again.
    ReturnToList(LevelCompleteness),
    Reload,
    /// Asks services for the papers; answered by [`Enrichment`](super::Event::Enrichment).
    Enrich {
        target: Target,
        /// The papers of the target, in the same order.
        references: Vec<PaperRef>,
    },
    /// Ends the completion of papers. What has come is proposed.
    StopEnrichment,
    /// Fetches what is followed; answered by [`InboxUpdated`](super::Event::InboxUpdated).
    UpdateInbox,
    /// Cancels the fetch that runs. Papers that it would still deliver are dropped.
    StopFetch,
    PauseLoading,
    ResumeLoading,
    SaveLayout(LayoutMode),
    /// Stores the path of the bibliography that papers were exported to last.
    SaveBibliographyPath(String),
    /// Lists the files whose paths begin with this text; answered by
    /// [`PathCompletions`](super::Event::PathCompletions).
    CompletePath(String),
    SaveTheme(Theme),
    /// Starts or stops the reports of the mouse by the terminal.
    CaptureMouse(MouseCapture),
    /// Exports or pipes papers, or changes citation settings; answered by
    /// [`CiteResult`](super::Event::CiteResult).
    Cite(cite_request::CiteRequest),
    /// Sends a command to the library; answered by [`Library`](super::Event::Library).
    Library(LibraryCommand),
    Redraw,
    Suspend,
    Quit(ExitResult),
}

/// The result of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExitResult {
    Quit,
    /// The choice made in [`RunMode::Pick`](super::RunMode::Pick).
    Picked {
        /// The chosen papers in order; empty if none matches.
        papers: Vec<PaperId>,
        /// The text of the filter.
        query: String,
    },
}
