//! What the library is asked to do.

use super::change::{Act, ActId};
use super::event::News;
use super::issued_key::GivenKey;
use super::session::{Place, Saved};

/// Work for the library. Tasks are done in the order in which they are handed in.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Answered by [`News::Marked`] and [`News::Done`] once it is durable, or by [`News::Failed`].
    Record(Act),
    /// Takes back the last act of this run that stands. Answered as [`Task::Record`] is, or by
    /// [`News::Told`] where there is none.
    Undo,
    /// Does again what was taken back last, unless something was done since.
    Redo,
    /// Takes an act of the log back, of whatever run, or does it again where it was taken back.
    /// It is itself an act, for [`Task::Undo`] to take back.
    Turn(ActId),
    /// Answered by [`News::Log`].
    Log,
    /// Keeps a search under its name, in place of another of that name.
    Save(Saved),
    /// Forgets the saved search of that name.
    Forget(String),
    /// Keeps a query in the history. No answer unless it fails.
    Searched(String),
    /// Keeps keys that were given out, in place of earlier ones of their papers. No answer unless it
    /// fails, but for [`News::Marked`].
    Give(Vec<GivenKey>),
    /// Keeps where the reader is. Of several that wait only the last is written. No answer unless
    /// it fails.
    Keep(Box<Place>),
}

impl Task {
    /// Why it was not done. What is done to papers has one answer.
    pub fn failed(&self, why: String) -> News {
        match self {
            Self::Record(_) | Self::Undo | Self::Redo | Self::Turn(_) => News::Failed(why),
            Self::Log
            | Self::Save(_)
            | Self::Forget(_)
            | Self::Searched(_)
            | Self::Give(_)
            | Self::Keep(_) => News::Warned(why),
        }
    }
}
