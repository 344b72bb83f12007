//! Cached category ordinals of segments, so that facets are counted without comparing text.

use std::sync::Arc;

use super::segment_map::SegmentMap;
use crate::domain::Segment;
use crate::search::facets::categories::{CategoryLists, CategoryNames};
use crate::search::matching::context::CorpusSegment;

/// The category ordinals of each segment.
///
/// Valid for: a segment.
/// Invalidated by: its removal from the corpus.
/// Saves: decoding and hashing the names of its categories for each query.
#[derive(Debug, Default)]
pub struct CategoryCache {
    /// Never shrinks: ordinals of remaining segments stay as they are.
    pub names: CategoryNames,
    pub lists: SegmentMap<CategoryLists>,
}

impl CategoryCache {
    /// Adds the segments that are missing.
    pub fn add_segments(&mut self, segments: &[CorpusSegment<'_>]) {
        for CorpusSegment { segment, .. } in segments {
            if self.get(segment).is_none() {
                let lists = CategoryLists::new(segment, &mut self.names);
                self.lists.insert(segment, lists);
            }
        }
    }

    pub fn get(&self, segment: &Arc<Segment>) -> Option<&CategoryLists> {
        self.lists.get(segment)
    }
}
