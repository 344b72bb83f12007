//! The facet pane: values with their hit counts, toggled into the filter.

use super::filter::Filter;
use super::mark_counts::MarkCounts;
use super::viewport::Viewport;
use crate::domain::Mark;
use crate::search::QueryField;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetGroup {
    /// The user's marks.
    Marks,
    Tag,
    Year,
    Category,
    Keyword,
    Venue,
    Author,
}

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
}

/// A row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetRow {
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

impl FacetGroup {
    pub const ALL: [Self; 7] = [
        Self::Marks,
        Self::Tag,
        Self::Year,
        Self::Category,
        Self::Keyword,
        Self::Venue,
        Self::Author,
    ];

    pub fn heading(self) -> &'static str {
        match self {
            Self::Marks => "Marks",
            Self::Tag => "Tag",
            Self::Year => "Year",
            Self::Category => "Category",
            Self::Keyword => "Keyword",
            Self::Venue => "Venue",
            Self::Author => "Author",
        }
    }

    /// The query field that filters by a value of the group.
    pub fn field(self) -> QueryField {
        match self {
            Self::Marks => QueryField::Is,
            Self::Tag => QueryField::Tag,
            Self::Year => QueryField::Year,
            Self::Category => QueryField::Category,
            Self::Keyword => QueryField::Keyword,
            Self::Venue => QueryField::Venue,
            Self::Author => QueryField::Authors,
        }
    }

    pub fn values(self, filter: &Filter) -> Vec<(String, u32)> {
        let facets = &filter.facets;
        let names = || facets.names.as_ref();
        match self {
            Self::Marks => mark_values(&filter.marks.counts),
            Self::Tag => filter.marks.counts.tags.clone(),
            Self::Year => {
                facets.years.iter().rev().map(|(year, count)| (year.to_string(), *count)).collect()
            }
            Self::Category => facets.categories.clone(),
            Self::Keyword => names().map(|it| it.keywords.clone()).unwrap_or_default(),
            Self::Venue => names().map(|it| it.venues.clone()).unwrap_or_default(),
            Self::Author => names().map(|it| it.authors.clone()).unwrap_or_default(),
        }
    }
}

/// The marks with at least one hit. `unread` is listed only if some hit is read.
fn mark_values(tally: &MarkCounts) -> Vec<(String, u32)> {
    let named = [
        ("starred", Mark::Starred),
        ("later", Mark::Later),
        ("new", Mark::New),
        ("basket", Mark::Basket),
        ("skipped", Mark::Skipped),
    ];
    let unread = if tally.count(Mark::Read) > 0 { tally.unread } else { 0 };
    let counts = named.into_iter().map(|(name, mark)| (name, tally.count(mark)));
    let counts = std::iter::once(("unread", unread)).chain(counts);
    counts.filter(|(_, count)| *count > 0).map(|(name, it)| (name.to_owned(), it as u32)).collect()
}

impl Default for FacetPane {
    fn default() -> Self {
        use Expansion::{All, Closed, FirstValues};
        Self {
            viewport: Viewport::default(),
            expansions: [
                All, FirstValues, Closed, FirstValues, FirstValues, FirstValues, FirstValues,
            ],
            toggled_values: Vec::new(),
            anchor: None,
        }
    }
}
