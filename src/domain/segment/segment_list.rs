//! A list of segments in order of arrival, with rows numbered across all of them.

use std::sync::Arc;

use super::segment::Segment;
use crate::domain::paper::paper::PaperId;

/// Immutable segments behind shared pointers. A row is addressed by its number across all segments.
///
/// Cloning copies one pointer per segment.
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

    /// Returns the segment of a row, and the row's number in it.
    pub fn locate(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        if id.0 >= self.len {
            return None;
        }
        let at = self.starts.partition_point(|&start| start <= id.0).checked_sub(1)?;
        Some((&self.segments[at], id.0 - self.starts[at]))
    }

    /// Iterates over the segments with the number of their first row.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = (u32, &Arc<Segment>)> {
        self.starts.iter().copied().zip(&self.segments)
    }

    /// Returns true if both lists share the same segments, compared by pointer.
    pub fn is_same(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

/// A segment and a row of it.
pub type RowRef<'a> = (&'a Arc<Segment>, u32);
