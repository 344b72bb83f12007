//! Values of facet groups that are counted beside the current search: all values of a group of which
//! some are in the filter, and the values that match the search of the pane.

use super::facet_group::{FacetGroup, mark_values};
use super::mark_counts::MarkCounts;
use crate::search::Request;
use crate::text::fold;

/// The values of a group with their numbers of hits.
pub type FacetValues = Vec<(String, u32)>;

/// The inputs of a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetKey {
    pub group: FacetGroup,
    /// The filter without the included values of the group: its other values remain to be chosen.
    pub query: String,
    /// Folded text that values must contain; empty for all.
    pub needle: String,
    /// Number of papers searched.
    pub papers: u32,
    /// Number of changes to marks before the count.
    pub marks_version: u64,
}

/// Counts to perform, answered together.
#[derive(Debug)]
pub struct FacetRequest {
    pub parts: Vec<(FacetKey, Request)>,
}

/// The values of the groups of a request.
#[derive(Debug, Default)]
pub struct CountedFacets {
    pub counted: Vec<(FacetKey, FacetValues)>,
}

impl CountedFacets {
    /// The values of a group, by the key that they were counted for.
    pub fn of_group(&self, group: FacetGroup) -> Option<&(FacetKey, FacetValues)> {
        self.counted.iter().find(|(key, _)| key.group == group)
    }

    pub fn has(&self, key: &FacetKey) -> bool {
        self.counted.iter().any(|(it, _)| it == key)
    }

    /// Sets the values of a group.
    pub fn set(&mut self, key: FacetKey, values: FacetValues) {
        self.counted.retain(|(it, _)| it.group != key.group);
        self.counted.push((key, values));
    }
}

/// The marks or tags among the counted hits that contain the needle, which is folded.
pub fn mark_or_tag_values(group: FacetGroup, counts: &MarkCounts, needle: &str) -> FacetValues {
    let mut values = match group {
        FacetGroup::Marks => mark_values(counts),
        FacetGroup::Tag => counts.tags.clone(),
        _ => Vec::new(),
    };
    values.retain(|(value, _)| fold(value).contains(needle));
    values
}
