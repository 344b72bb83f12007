//! What the program asks the world to do.

use super::model::cite_request;
use super::model::layout::Arrangement;
use super::model::target::Subject;
use crate::cite::Form;
use crate::domain::{Corpus, PaperId};
use crate::library::{Task, Which};
use crate::search::{Highlighter, Request, Ticket};

/// Work for the shell. Its outcome comes back as an [`Event`](super::Event). Papers go by id: the
/// shell reads what it needs of them, so that updating never waits.
#[derive(Debug)]
pub enum Effect {
    Search(Request),
    /// Has the corpus, now whole, prepared for searching; [`Event::Indexed`](super::Event::Indexed)
    /// tells how far that is.
    Prepare(Corpus),
    /// What was found out about the corpus is worth being kept for the next start.
    KeepIndex(Corpus),
    Fetch(PaperId),
    Sentences {
        ticket: Ticket,
        papers: Vec<PaperId>,
        highlighter: Highlighter,
    },
    Copy {
        subject: Subject,
        form: Form,
    },
    /// How many papers each saved search finds; [`Event::Counted`](super::Event::Counted) answers.
    Count(Vec<(String, Request)>),
    /// Has a note written in the reader's editor; [`Event::Written`](super::Event::Written)
    /// answers.
    Write(Which),
    /// One [`Event::Clocked`](super::Event::Clocked) at once.
    Time,
    Open {
        url: String,
    },
    /// Opens a local file that a source names, or a link where there is no such file.
    OpenFile {
        file: String,
        otherwise: Option<String>,
    },
    /// One [`Event::Woke`](super::Event::Woke) after a pause; a newer request replaces an older.
    Wake,
    /// Shows the last copy bare, off the alternate screen.
    ShowCopy,
    Reload,
    PauseLoading,
    ResumeLoading,
    Remember(Arrangement),
    /// Papers are written out, or a style is asked for; [`Event::Citing`](super::Event::Citing)
    /// answers.
    Citing(cite_request::Task),
    /// Something for the library; [`Event::Library`](super::Event::Library) answers.
    Library(Task),
    Redraw,
    Suspend,
    Quit(Outcome),
}

/// What the program ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Left,
    /// The papers chosen where one was to be chosen.
    Picked(Vec<PaperId>),
}
