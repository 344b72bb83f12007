//! Facets: counts of the years, categories, venues, authors, keywords, followed sources and
//! collections of hits.

pub mod categories;
pub mod rows_by_segment;
pub mod top_names;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::cancel::{CancelToken, Cancelled};
use super::query::QueryField;
use super::rank::hits::Hits;
use crate::domain::{Corpus, Segment};
use crate::text::{fold, tex_to_unicode};
use categories::{CategoryLists, CategoryNames};
use rows_by_segment::{SegmentRows, rows_by_segment};
use top_names::{CountNames, add_count, count_exactly, top_names};

/// Counts of hits by value: the most frequent value first, then by name. Values are readable text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// In order of time.
    pub years: Vec<(i16, u32)>,
    /// Number of hits without a year.
    pub unknown_years: u32,
    /// A paper counts for each of its categories.
    pub categories: Vec<(String, u32)>,
    /// `None` until they are counted, which takes longest.
    pub names: Option<NameFacets>,
}

/// The most frequent venues, authors, keywords, followed sources and collections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameFacets {
    pub venues: Vec<(String, u32)>,
    pub authors: Vec<(String, u32)>,
    /// Each in its most frequent spelling; case and accents do not tell keywords apart.
    pub keywords: Vec<(String, u32)>,
    /// The followed sources that listed the papers.
    pub origins: Vec<(String, u32)>,
    pub collections: Vec<(String, u32)>,
}

/// Maximum number of venues, of authors and of keywords listed.
const MAX_VALUES: usize = 200;
/// One slot for each value of an `i16` year.
const YEAR_SLOTS: usize = 1 << 16;

/// Counts by year and by category ordinal.
struct FacetCounts {
    years: Vec<u32>,
    unknown_years: u32,
    /// The last slot is for categories without an ordinal.
    categories: Vec<u32>,
}

impl Facets {
    /// Counts years and categories. `lists` returns the ordinals of a segment's category lists.
    pub fn without_names<'a>(
        hits: &Hits,
        corpus: &Corpus,
        names: &CategoryNames,
        lists: impl Fn(&Arc<Segment>) -> Option<&'a CategoryLists> + Sync,
    ) -> Self {
        let counts = count_rows(&rows_by_segment(hits, corpus), names, lists);
        let years = counts.years.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut years: Vec<_> =
            years.map(|(year, count)| ((year as u16).cast_signed(), *count)).collect();
        years.sort_unstable();
        let categories = names.iter().zip(counts.categories).filter(|(_, count)| *count > 0);
        let categories = most_frequent(categories, usize::MAX);
        Self { years, unknown_years: counts.unknown_years, categories, names: None }
    }

    /// Adds the counts of venues, authors, keywords and collections.
    ///
    /// # Errors
    ///
    /// When the search is cancelled.
    pub fn with_names(
        self,
        hits: &Hits,
        corpus: &Corpus,
        cancel: CancelToken<'_>,
    ) -> Result<Self, Cancelled> {
        let segments = rows_by_segment(hits, corpus);
        let venues = top_names(&segments, &count_venues, MAX_VALUES, cancel)?;
        let authors = top_names(&segments, &count_authors, MAX_VALUES, cancel)?;
        let has_keywords = |it: &SegmentRows<'_>| it.rows().any(|row| it.segment.has_keywords(row));
        let keywords = if segments.iter().any(has_keywords) {
            top_names(&segments, &count_keywords, MAX_VALUES, cancel)?
        } else {
            HashMap::new()
        };
        // A source has papers with an origin only if its first one has.
        let has_origins = |it: &SegmentRows<'_>| {
            it.rows().next().is_some_and(|row| it.segment.paper(row).origins().next().is_some())
        };
        let origins = if segments.iter().any(has_origins) {
            top_names(&segments, &count_origins, MAX_VALUES, cancel)?
        } else {
            HashMap::new()
        };
        let has_collections =
            |it: &SegmentRows<'_>| it.rows().any(|row| it.segment.has_collections(row));
        let collections = if segments.iter().any(has_collections) {
            top_names(&segments, &count_collections, MAX_VALUES, cancel)?
        } else {
            HashMap::new()
        };
        let names = NameFacets {
            venues: most_frequent(venues, MAX_VALUES),
            authors: most_frequent(authors, MAX_VALUES),
            keywords: most_frequent_folded(keywords, MAX_VALUES),
            origins: most_frequent(origins, MAX_VALUES),
            collections: most_frequent(collections, MAX_VALUES),
        };
        Ok(Self { names: Some(names), ..self })
    }
}

/// The most frequent values of a field among the hits, as in [`Facets`], that contain the needle.
/// Returns `None` if the count is cancelled. A field that has no facet has no values.
pub fn count_values(
    hits: &Hits,
    corpus: &Corpus,
    field: QueryField,
    needle: &str,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<(String, u32)>> {
    let (needle, cancel) = (fold(needle), CancelToken::new(is_cancelled));
    let segments = rows_by_segment(hits, corpus);
    let count_names: &CountNames = match field {
        QueryField::Year => &count_years,
        QueryField::Category => &count_categories,
        QueryField::Venue => &count_venues,
        QueryField::Authors => &count_authors,
        QueryField::Keyword => &count_keywords,
        QueryField::Origin => &count_origins,
        QueryField::Collection => &count_collections,
        _ => return Some(Vec::new()),
    };
    let counts = if needle.is_empty() {
        top_names(&segments, count_names, MAX_VALUES, cancel)
    } else {
        let contains_needle = |name: &str| fold(&tex_to_unicode(name)).contains(&needle);
        count_exactly(&segments, count_names, &contains_needle, cancel)
    };
    Some(match field {
        QueryField::Keyword => most_frequent_folded(counts.ok()?, MAX_VALUES),
        _ => most_frequent(counts.ok()?, MAX_VALUES),
    })
}

fn count_years(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    let mut years: HashMap<i16, u32> = HashMap::new();
    for year in rows.rows().filter_map(|row| rows.segment.year(row)) {
        *years.entry(year).or_default() += 1;
    }
    for (year, count) in years {
        add(&year.to_string(), count);
    }
}

fn count_categories(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    let lists = rows.segment.categories();
    let mut counts = vec![0; lists.len() as usize];
    for row in rows.rows() {
        counts[rows.segment.category_index(row)] += 1;
    }
    for (list, count) in lists.records().zip(counts).filter(|(_, count)| *count > 0) {
        list.split(' ').filter(|it| !it.is_empty()).for_each(|it| add(it, count));
    }
}

fn count_venues(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    let venues = rows.segment.venues();
    let mut counts = vec![0; venues.len() as usize];
    for row in rows.rows() {
        counts[rows.segment.venue_index(row)] += 1;
    }
    for (venue, count) in venues.records().zip(counts).filter(|(_, count)| *count > 0) {
        add(venue, count);
    }
}

fn count_authors(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    rows.segment.for_each_paper(rows.rows(), |_, paper| {
        paper.authors().for_each(|name| add(name, 1));
    });
}

fn count_keywords(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    let with_keywords = rows.rows().filter(|row| rows.segment.has_keywords(*row));
    rows.segment.for_each_paper(with_keywords, |_, paper| {
        paper.keywords().for_each(|it| add(it, 1));
    });
}

fn count_origins(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    rows.segment.for_each_paper(rows.rows(), |_, paper| {
        paper.origins().for_each(|it| add(it, 1));
    });
}

fn count_collections(rows: &SegmentRows<'_>, add: &mut dyn FnMut(&str, u32)) {
    let with_collections = rows.rows().filter(|row| rows.segment.has_collections(*row));
    rows.segment.for_each_paper(with_collections, |_, paper| {
        paper.collections().for_each(|it| add(it, 1));
    });
}

fn count_rows<'a>(
    segments: &[SegmentRows<'_>],
    names: &CategoryNames,
    lists: impl Fn(&Arc<Segment>) -> Option<&'a CategoryLists> + Sync,
) -> FacetCounts {
    let zero = || FacetCounts {
        years: vec![0; YEAR_SLOTS],
        unknown_years: 0,
        categories: vec![0; names.len() + 1],
    };
    let add = |mut counts: FacetCounts, rows: &SegmentRows<'_>| {
        counts.add(rows, lists(rows.segment));
        counts
    };
    // One part per thread, since a set of counts is large.
    let chunk_len = segments.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = segments.par_chunks(chunk_len).map(|chunk| chunk.iter().fold(zero(), add));
    parts.reduce_with(FacetCounts::merge).unwrap_or_else(zero)
}

impl FacetCounts {
    fn add(&mut self, rows: &SegmentRows<'_>, lists: Option<&CategoryLists>) {
        let segment = rows.segment;
        let mut list_counts = vec![0_u32; segment.categories().len() as usize];
        for row in rows.rows() {
            list_counts[segment.category_index(row)] += 1;
            match segment.year(row) {
                Some(year) => self.years[usize::from(year.cast_unsigned())] += 1,
                None => self.unknown_years += 1,
            }
        }
        for (list, count) in list_counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            for ordinal in lists.map_or(&[][..], |it| it.get(list)) {
                let last = self.categories.len() - 1;
                self.categories[usize::from(*ordinal).min(last)] += count;
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.years.iter_mut().zip(other.years).for_each(|(sum, count)| *sum += count);
        self.unknown_years += other.unknown_years;
        self.categories.iter_mut().zip(other.categories).for_each(|(sum, count)| *sum += count);
        self
    }
}

/// As [`most_frequent`], but values that are equal when folded are one, in the spelling that comes
/// first.
fn most_frequent_folded(counts: HashMap<String, u32>, max_len: usize) -> Vec<(String, u32)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut values: Vec<(String, u32)> = Vec::new();
    for (value, count) in most_frequent(counts, usize::MAX) {
        let place = *places.entry(fold(&value)).or_insert(values.len());
        match values.get_mut(place) {
            Some((_, sum)) => *sum += count,
            None => values.push((value, count)),
        }
    }
    most_frequent(values, max_len)
}

/// The values as readable text, the most frequent first, at most `max_len`. Empty values are left
/// out.
pub fn most_frequent(
    counts: impl IntoIterator<Item = (impl AsRef<str>, u32)>,
    max_len: usize,
) -> Vec<(String, u32)> {
    let mut sums: HashMap<String, u32> = HashMap::new();
    for (value, count) in counts {
        add_count(&mut sums, &tex_to_unicode(value.as_ref()), count);
    }
    sums.remove("");
    let mut values: Vec<_> = sums.into_iter().collect();
    values.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    values.truncate(max_len);
    values
}
