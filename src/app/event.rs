//! Everything that can happen to the program, from every thread, in one place.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::input::key::Key;
use super::model::state::Frame;
use super::update::citing;
use super::update::notes::Written;
use super::update::saved_searches::Counted;
use crate::domain::PaperId;
use crate::library::{News, Saved};
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
    Citing(citing::Answer),
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

/// The sentence of an abstract that made it match, readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub text: String,
    /// What to emphasise in it, in bytes; sorted and apart from each other.
    pub highlights: Vec<Range<usize>>,
}

/// A link that was not opened but is shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkShown {
    pub url: String,
    pub why: String,
}
