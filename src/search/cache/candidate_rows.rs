//! Where the word that is scanned for was found, kept for the next query: letter by letter there are
//! fewer places to look at.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::Segment;
use crate::search::matching::row_set::{Rows, Tracks};
use crate::search::query::{Name, Word};

/// The rows that had the last words, by where their segment lies.
#[derive(Debug, Default)]
pub struct Trail {
    contiguous: Footprints<Name>,
    /// By the letters of the word.
    scattered: Footprints<String>,
}

type Footprints<W> = HashMap<usize, Footprint<W>>;

/// Rows of a segment that had a word.
#[derive(Debug)]
struct Footprint<W> {
    segment: Arc<Segment>,
    word: W,
    rows: Arc<Rows>,
}

impl Trail {
    /// Forgets what is known of segments that are gone.
    pub fn begin(&mut self, segments: &[(u32, &Arc<Segment>)]) {
        let here: HashSet<usize> = segments.iter().map(|(_, it)| place(it)).collect();
        self.contiguous.retain(|it, _| here.contains(it));
        self.scattered.retain(|it, _| here.contains(it));
    }

    pub fn of(&self, segment: &Arc<Segment>, word: &Word) -> Tracks {
        Tracks {
            contiguous: rows(&self.contiguous, segment, |it| *it == word.name()),
            // Where a longer word is scattered, its beginning is.
            scattered: rows(&self.scattered, segment, |it| word.letters.starts_with(it)),
        }
    }

    pub fn keep(&mut self, segment: &Arc<Segment>, word: &Word, tracks: Tracks) {
        if let Some(rows) = tracks.contiguous {
            let (segment, word) = (Arc::clone(segment), word.name());
            self.contiguous.insert(place(&segment), Footprint { segment, word, rows });
        }
        if let Some(rows) = tracks.scattered {
            let (segment, word) = (Arc::clone(segment), word.letters.clone());
            self.scattered.insert(place(&segment), Footprint { segment, word, rows });
        }
    }
}

fn rows<W>(
    footprints: &Footprints<W>,
    segment: &Arc<Segment>,
    serves: impl Fn(&W) -> bool,
) -> Option<Arc<Rows>> {
    let known = footprints.get(&place(segment))?;
    let is_it = Arc::ptr_eq(&known.segment, segment) && serves(&known.word);
    is_it.then(|| Arc::clone(&known.rows))
}

fn place(segment: &Arc<Segment>) -> usize {
    Arc::as_ptr(segment) as usize
}
