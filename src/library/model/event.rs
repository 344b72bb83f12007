//! What the library has to say.

use std::sync::Arc;

use super::change::{ActId, Deed, KeptId};
use super::session::{Place, Saved};
use crate::cite::KeptKey;
use crate::domain::{Corpus, Marked, Marks, PaperId};

/// An answer to a [`Task`](crate::library::Task), or something that the library has learned:
/// another run of the program may work on the same library at the same time.
#[derive(Debug, Clone)]
pub enum News {
    /// Comes once, before all else.
    Opened(Box<Opening>),
    /// All that papers of the corpus are marked with now, in place of what was known of them.
    /// Comes as papers arrive, after each act, and when another run has marked papers. What a
    /// receipt tells of has been told here before, so that one frame shows both.
    Marked(Vec<(PaperId, Marked)>),
    /// An act is durable.
    Done(Receipt),
    /// The whole basket, at the start and whenever it has changed.
    Basket(Basket),
    /// Every saved search by name, whenever they have changed.
    Searches(Vec<Saved>),
    /// The last acts, of every run, the newest first.
    Log(Vec<Logged>),
    /// The source has been read to its end, and all that its papers are marked with was told.
    Arrived,
    /// Papers of the last place, once all were found or everything has been read.
    Found(Found),
    /// Nothing was to be done; why, in a sentence.
    Told(String),
    /// What was asked to be done to papers was not done; why, in a sentence.
    Failed(String),
    /// Something else went wrong, in a sentence.
    Warned(String),
    /// From here on what is done is kept in another way.
    Stands(Standing),
}

/// What the library knows at the start of a run.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    pub standing: Standing,
    pub searches: Vec<Saved>,
    /// Citation keys that were given out before.
    pub keys: Vec<KeptKey>,
    /// Queries typed before, oldest first.
    pub history: Vec<String>,
    /// Where the reader was in this source.
    pub place: Option<Place>,
    /// The day on which this source was open before, as in `21 November`. Papers that it did not
    /// have then will be marked new.
    pub since: Option<String>,
}

/// Whether what is done outlasts the run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    #[default]
    Kept,
    /// Kept, and something is to be said about it.
    Warned(String),
    /// For this run only; why, in a sentence.
    ThisRun(String),
    /// It is at work no more, on an error of the program.
    Stopped,
}

/// An act that was done, taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub did: Did,
    /// What the act does to each of its papers. Where it was taken back this is still what it did.
    pub deeds: Vec<Deed>,
    /// Its papers as far as the corpus has them, in the order of the act.
    pub papers: Vec<PaperId>,
    /// How many papers it is about.
    pub count: usize,
    /// The title of the first.
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Recorded,
    Undone,
    Redone,
}

/// An act of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub id: ActId,
    /// Local time, as in `2026-11-21 14:05`.
    pub when: String,
    pub deeds: Vec<Deed>,
    pub count: usize,
    /// The title of the first paper.
    pub title: String,
    /// [`Did::Undone`] where it does not stand.
    pub did: Did,
}

/// The papers in the basket, as a corpus of their own, since the corpus on the screen may not have
/// them. The paper in row `n` is [`PaperId`]`(n)` of it.
#[derive(Debug, Clone, Default)]
pub struct Basket {
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The number of the paper in each row.
    pub kept: Vec<KeptId>,
    /// The same paper in the corpus on the screen, where it is there.
    pub here: Vec<Option<PaperId>>,
}

/// Papers of a [`Place`] that the corpus has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    pub paper: Option<PaperId>,
    pub selection: Vec<PaperId>,
}
