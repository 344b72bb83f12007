//! The corpus: immutable segments behind shared pointers.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Paper, PaperId, Segment};

/// Papers in order of arrival.
///
/// Cloning copies one pointer a segment, so a thread that needs the corpus takes a clone and reads
/// it in peace while more papers arrive.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    segments: Vec<Arc<Segment>>,
    /// The id of each segment's first paper.
    starts: Vec<u32>,
    len: u32,
}

impl Corpus {
    pub fn push(&mut self, segment: Arc<Segment>) {
        self.starts.push(self.len);
        self.len += segment.len();
        self.segments.push(segment);
    }

    pub fn len(&self) -> u32 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the other corpus holds the very same segments.
    pub fn is_same(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// The paper, if the corpus has it.
    pub fn get(&self, id: PaperId) -> Option<Paper<'_>> {
        self.locate(id).map(|(segment, row)| segment.paper(row))
    }

    /// The paper's abstract, empty where it has none.
    ///
    /// # Errors
    ///
    /// As [`Segment::abstract_text`].
    pub fn abstract_text(&self, id: PaperId) -> Result<Cow<'_, str>, String> {
        self.locate(id).map_or(Ok(Cow::Borrowed("")), |(segment, row)| segment.abstract_text(row))
    }

    /// The segment that holds the paper, and its row there.
    pub fn locate(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        if id.0 >= self.len {
            return None;
        }
        let at = self.starts.partition_point(|&start| start <= id.0).checked_sub(1)?;
        Some((&self.segments[at], id.0 - self.starts[at]))
    }

    /// Each segment with the id of its first paper.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = (u32, &Arc<Segment>)> {
        self.starts.iter().copied().zip(&self.segments)
    }

    pub fn papers(&self) -> impl Iterator<Item = (PaperId, Paper<'_>)> {
        self.segments()
            .flat_map(|(start, segment)| {
                (0..segment.len()).map(move |row| (start + row, segment, row))
            })
            .map(|(id, segment, row)| (PaperId(id), segment.paper(row)))
    }

    /// How many papers would have this citation key if there were no rivals.
    pub fn bearers(&self, key_hash: u64) -> usize {
        self.segments.iter().map(|segment| segment.bearers(key_hash)).sum()
    }
}
