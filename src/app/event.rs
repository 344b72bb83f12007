//! Everything that can happen to the program, from every thread, in one place.

use std::sync::Arc;
use std::time::Duration;

use super::input::key::Key;
use super::model::cite_request;
use super::model::list::Passage;
use super::model::popup::Counted;
use super::model::view::Frame;
use crate::domain::PaperId;
use crate::library::{News, Saved, Which};
use crate::search::{Answer, Ticket};
use crate::sources::Loading;

#[derive(Debug)]
pub enum Event {
    Key(Key),
    Paste(String),
    /// What to search to begin with.
    Began(Saved),
    Resized {
        width: u16,
        height: u16,
    },
    /// The pause asked for by [`Effect::Wake`](super::Effect::Wake) is over.
    Woke,
    /// The source is read again, from its start; its papers follow.
    Reopened,
    Loading(Loading),
    Matched(Answer),
    /// The words of so many papers' abstracts are indexed; those of the others are read when they
    /// are searched.
    Indexed(u32),
    /// A paper's abstract, as the source has it.
    Fetched {
        id: PaperId,
        /// Or a sentence without its full stop: why it cannot be read.
        abstract_text: Result<Arc<str>, String>,
    },
    /// The sentences that made abstracts match, for rows on the screen.
    Sentences {
        ticket: Ticket,
        found: Vec<(PaperId, Passage)>,
    },
    Citing(cite_request::Answer),
    /// The receipt, or why nothing was copied.
    Copied(Result<String, String>),
    Opened(Result<String, LinkShown>),
    /// What the library has to say.
    Library(News),
    /// What came of writing a note.
    Written(Written),
    /// How many papers the saved searches find.
    Counted(Vec<Counted>),
    /// The time, counted from any moment.
    Clocked(Duration),
    /// What drawing the last frame cost.
    Drawn(Frame),
    /// A thread panicked; the rest goes on.
    Panicked {
        job: &'static str,
        why: String,
    },
    /// The reader leaves, whatever is still to come of what was typed before.
    Left,
    /// Something the shell has to tell.
    Told(String),
    Failed(String),
}

/// A link that was not opened but is shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkShown {
    pub url: String,
    pub why: String,
}

/// What came of writing a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The note as it is now, whole.
    Note { paper: Which, text: String },
    /// It is as it was.
    Unchanged,
    /// Nothing can be taken over; why, and where what was written lies.
    Failed(String),
}
