//! TODO header.

use super::basket::BasketPane;
use super::session::Keeping;
use super::triage::Triage;
use super::undo::Done;
use crate::domain::Marks;
use crate::library::{Basket, Deed, Logged, Saved, Standing};
use std::collections::VecDeque;
use std::sync::Arc;

/// What is known of the library. Only its news change it, so that the screen never shows what the
/// library does not hold.
#[derive(Debug, Default)]
pub struct Shelf {
    pub marks: Arc<Marks>,
    pub basket: Basket,
    pub searches: Vec<Saved>,
    pub standing: Standing,
    /// The last acts of every run, the newest first.
    pub log: Vec<Logged>,
    /// The day on which the source was open before.
    pub since: Option<String>,
    pub done: Done,
    pub triage: Triage,
    pub keeping: Keeping,
    pub basket_pane: BasketPane,
    /// What was done to papers last, to be done to others.
    pub last: Vec<Deed>,
    /// What the library was asked and has not answered, the oldest first.
    pub asked: VecDeque<Asked>,
}

/// Something that the library was asked to do to papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Record(Then),
    Undo,
    Redo,
    /// An act of the log was to be turned.
    Turn,
}

/// Where the cursor goes when an act is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Stay,
    /// On to the next unread paper.
    GoOn,
}

impl Shelf {
    /// Whether the library is still at work on what was asked of it.
    pub fn is_asked(&self) -> bool {
        !self.asked.is_empty()
    }
}
