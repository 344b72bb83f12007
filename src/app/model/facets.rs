//! The facet pane: values with their hit counts, toggled into the filter.

use super::facet_counts::{CountedFacets, FacetKey};
use super::facet_group::FacetGroup;
use super::viewport::Viewport;
use crate::search::QueryId;

/// Number of values shown in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expansion {
    Closed,
    /// The first [`FIRST_VALUES_COUNT`](super::facet_rows::FIRST_VALUES_COUNT) values.
    FirstValues,
    All,
}

#[derive(Debug)]
pub struct FacetPane {
    pub viewport: Viewport,
    /// Indexed by [`FacetGroup`].
    pub expansions: [Expansion; FacetGroup::ALL.len()],
    /// Values toggled from the pane. Listed even if no hit has them, so that they can be toggled
    /// off.
    pub toggled_values: Vec<(FacetGroup, String)>,
    /// The group and value under the cursor, which the cursor follows when rows move.
    pub anchor: Option<(FacetGroup, String)>,
    /// Indexed by [`FacetGroup`].
    pub orders: [FacetOrder; FacetGroup::ALL.len()],
    /// Text that the listed values contain; empty for all values.
    pub needle: String,
    pub counting: FacetCounting,
}

/// Order of the values of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetOrder {
    /// The most frequent value first.
    Count,
    /// By name; years the newest first.
    Name,
}

/// The counts beside those of the search.
#[derive(Debug, Default)]
pub struct FacetCounting {
    pub counts: CountedFacets,
    /// The keys of the counts that the pane needs.
    pub needed: Vec<FacetKey>,
    /// The search, number of papers and version of the marks that `needed` was computed for.
    pub needed_for: Option<(QueryId, u32, u64)>,
    pub status: CountingStatus,
    /// Number of changes to marks so far.
    pub marks_version: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CountingStatus {
    #[default]
    Idle,
    /// A request is unanswered.
    Counting,
}

/// A row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetRow {
    /// The text that the listed values contain.
    Needle,
    Group(FacetGroup),
    /// The histogram under the heading of the years.
    Histogram,
    Value {
        group: FacetGroup,
        value: String,
        count: u32,
    },
    /// The number of values that are not shown.
    More(FacetGroup, usize),
}

impl Default for FacetPane {
    fn default() -> Self {
        use Expansion::{All, Closed, FirstValues};
        Self {
            viewport: Viewport::default(),
            expansions: [
                All, FirstValues, All, Closed, FirstValues, FirstValues, FirstValues, FirstValues,
                FirstValues,
            ],
            toggled_values: Vec::new(),
            anchor: None,
            orders: [
                FacetOrder::Count,
                FacetOrder::Name,
                FacetOrder::Count,
                FacetOrder::Name,
                FacetOrder::Count,
                FacetOrder::Count,
                FacetOrder::Count,
                FacetOrder::Count,
                FacetOrder::Count,
            ],
            needle: String::new(),
            counting: FacetCounting::default(),
        }
    }
}
