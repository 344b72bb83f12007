//! Segments in order of arrival, their rows numbered through.

use std::sync::Arc;

use super::segment::Segment;
use crate::domain::paper::paper::PaperId;

/// Immutable segments behind shared pointers. A row goes by its number among the rows of all.
///
/// Cloning copies one pointer a segment.
#[derive(Debug, Clone, Default)]
pub struct SegmentList {
    segments: Vec<Arc<Segment>>,
    /// The number of each segment's first row.
    starts: Vec<u32>,
    len: u32,
}

impl SegmentList {
    pub fn push(&mut self, segment: Arc<Segment>) {
        self.starts.push(self.len);
        self.len += segment.len();
        self.segments.push(segment);
    }

    /// The number of rows of all segments.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// The segment that holds a row, and the row's number there.
    pub fn locate(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        if id.0 >= self.len {
            return None;
        }
        let at = self.starts.partition_point(|&start| start <= id.0).checked_sub(1)?;
        Some((&self.segments[at], id.0 - self.starts[at]))
    }

    /// Each segment with the number of its first row.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = (u32, &Arc<Segment>)> {
        self.starts.iter().copied().zip(&self.segments)
    }

    /// Returns true if the other list holds the very same segments.
    pub fn is_same(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

/// A row, where a record lies.
pub type RowRef<'a> = (&'a Arc<Segment>, u32);
