//! Where the letters of a word are scattered, kept for the words that begin with it: letter by
//! letter there are fewer places to look at.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::query::Word;
use super::rows::Rows;
use crate::domain::Segment;

/// The rows in which letters of the last words were scattered, by where their segment lies.
#[derive(Debug, Default)]
pub(super) struct Trail {
    segments: HashMap<usize, Footprint>,
}

/// Rows of a segment.
#[derive(Debug)]
struct Footprint {
    segment: Arc<Segment>,
    letters: String,
    rows: Rows,
}

impl Trail {
    /// Forgets what is known of segments that are gone.
    pub(super) fn begin(&mut self, segments: &[(u32, &Arc<Segment>)]) {
        let here: HashSet<usize> = segments.iter().map(|(_, it)| place(it)).collect();
        self.segments.retain(|it, _| here.contains(it));
    }

    /// The only rows of a segment in which the letters of the word may be scattered, if it is known
    /// which.
    pub(super) fn rows(&self, segment: &Arc<Segment>, word: &Word) -> Option<&Rows> {
        let known = self.segments.get(&place(segment))?;
        let serves =
            Arc::ptr_eq(&known.segment, segment) && word.letters.starts_with(&known.letters);
        serves.then_some(&known.rows)
    }

    pub(super) fn keep(&mut self, segment: &Arc<Segment>, word: &Word, rows: Rows) {
        let footprint =
            Footprint { segment: Arc::clone(segment), letters: word.letters.clone(), rows };
        self.segments.insert(place(segment), footprint);
    }
}

fn place(segment: &Arc<Segment>) -> usize {
    Arc::as_ptr(segment) as usize
}
