//! The groups of facets, with their query fields and values.

use super::filter::Filter;
use super::mark_counts::MarkCounts;
use crate::domain::Mark;
use crate::search::QueryField;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetGroup {
    /// The user's marks.
    Marks,
    Tag,
    /// The followed sources.
    Origin,
    Year,
    Category,
    Keyword,
    /// Of a reference manager.
    Collection,
    Venue,
    Author,
}

impl FacetGroup {
    pub const ALL: [Self; 9] = [
        Self::Marks,
        Self::Tag,
        Self::Origin,
        Self::Year,
        Self::Category,
        Self::Keyword,
        Self::Collection,
        Self::Venue,
        Self::Author,
    ];

    pub fn heading(self) -> &'static str {
        match self {
            Self::Marks => "Marks",
            Self::Tag => "Tag",
            Self::Origin => "Source",
            Self::Year => "Year",
            Self::Category => "Category",
            Self::Keyword => "Keyword",
            Self::Collection => "Collection",
            Self::Venue => "Venue",
            Self::Author => "Author",
        }
    }

    /// The query field that filters by a value of the group.
    pub fn field(self) -> QueryField {
        match self {
            Self::Marks => QueryField::Is,
            Self::Tag => QueryField::Tag,
            Self::Origin => QueryField::Origin,
            Self::Year => QueryField::Year,
            Self::Category => QueryField::Category,
            Self::Keyword => QueryField::Keyword,
            Self::Collection => QueryField::Collection,
            Self::Venue => QueryField::Venue,
            Self::Author => QueryField::Authors,
        }
    }

    /// Returns true if the values are counted with the hits, not when the search is idle.
    pub fn is_counted_at_once(self) -> bool {
        matches!(self, Self::Marks | Self::Tag | Self::Year | Self::Category)
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
            Self::Origin => names().map(|it| it.origins.clone()).unwrap_or_default(),
            Self::Keyword => names().map(|it| it.keywords.clone()).unwrap_or_default(),
            Self::Collection => names().map(|it| it.collections.clone()).unwrap_or_default(),
            Self::Venue => names().map(|it| it.venues.clone()).unwrap_or_default(),
            Self::Author => names().map(|it| it.authors.clone()).unwrap_or_default(),
        }
    }
}

/// The marks with at least one hit. `unread` is listed only if some hit is read.
pub fn mark_values(tally: &MarkCounts) -> Vec<(String, u32)> {
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
