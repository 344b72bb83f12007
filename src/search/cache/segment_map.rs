//! A map with segments as keys.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::Segment;

/// Values by the identity of a segment.
#[derive(Debug)]
pub struct SegmentMap<V> {
    /// By address. Each entry owns its segment, so that no other one can get the address.
    entries: HashMap<usize, (Arc<Segment>, V)>,
}

impl<V> SegmentMap<V> {
    pub fn get(&self, segment: &Arc<Segment>) -> Option<&V> {
        self.entries.get(&address(segment)).map(|(_, value)| value)
    }

    pub fn insert(&mut self, segment: &Arc<Segment>, value: V) {
        self.entries.insert(address(segment), (Arc::clone(segment), value));
    }

    pub fn retain(&mut self, is_retained: impl Fn(&Arc<Segment>) -> bool) {
        self.entries.retain(|_, (segment, _)| is_retained(segment));
    }
}

impl<V> Default for SegmentMap<V> {
    fn default() -> Self {
        Self { entries: HashMap::new() }
    }
}

fn address(segment: &Arc<Segment>) -> usize {
    Arc::as_ptr(segment) as usize
}
