//! Which years, categories, venues and authors the hits have, and how many of them.

pub mod rows_by_segment;
pub mod top_names;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::cancel::Cancelled;
use super::rank::hits::Hits;
use crate::domain::{Corpus, Segment};
use crate::text::tex_to_unicode;
use rows_by_segment::{SegmentRows, rows_by_segment};
use top_names::{add_count, top_names};

/// Counts over hits: the most frequent first, then by name. Values are readable text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// In order of time.
    pub years: Vec<(i16, u32)>,
    /// Hits whose year is not known.
    pub unknown_years: u32,
    /// Every category of a paper counts.
    pub categories: Vec<(String, u32)>,
    /// Nothing until they are counted, which takes the longest.
    pub names: Option<NameFacets>,
}

/// The most frequent only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameFacets {
    pub venues: Vec<(String, u32)>,
    pub authors: Vec<(String, u32)>,
}

const MAX_VENUES: usize = 200;
const MAX_AUTHORS: usize = 200;
/// Years that a number of 16 bits can name.
const YEAR_SLOTS: usize = 1 << 16;

/// The categories of a corpus, numbered once, so that counting them needs no text.
#[derive(Debug, Default)]
pub struct CategoryOrdinals {
    names: Vec<String>,
    ordinals: HashMap<String, u16>,
    /// What the lists of each segment hold.
    segments: Vec<(Arc<Segment>, OrdinalLists)>,
}

/// The numbers of the categories in each of a segment's distinct lists.
#[derive(Debug, Default)]
struct OrdinalLists {
    ordinals: Vec<u16>,
    ends: Vec<u32>,
}

/// Counts by number.
struct FacetCounts {
    years: Vec<u32>,
    unknown_years: u32,
    categories: Vec<u32>,
}

impl Facets {
    /// All but the names.
    pub fn without_names(hits: &Hits, corpus: &Corpus, known: &mut CategoryOrdinals) -> Self {
        known.update(corpus);
        let shares = rows_by_segment(hits, corpus);
        let counts = known.counts(&shares);
        let years = counts.years.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut years: Vec<_> =
            years.map(|(year, count)| ((year as u16).cast_signed(), *count)).collect();
        years.sort_unstable();
        let named = known.names.iter().map(String::as_str);
        let categories = named.zip(counts.categories.iter().copied()).filter(|it| it.1 > 0);
        let categories = most_frequent(categories, usize::MAX);
        Self { years, unknown_years: counts.unknown_years, categories, names: None }
    }

    /// The same with the names.
    ///
    /// # Errors
    ///
    /// When it was interrupted.
    pub fn with_names(
        self,
        hits: &Hits,
        corpus: &Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Cancelled> {
        let shares = rows_by_segment(hits, corpus);
        let venues = top_names(&shares, &count_venues, MAX_VENUES, interrupted)?;
        let authors = top_names(&shares, &count_authors, MAX_AUTHORS, interrupted)?;
        let (venues, authors) =
            (most_frequent(venues, MAX_VENUES), most_frequent(authors, MAX_AUTHORS));
        Ok(Self { names: Some(NameFacets { venues, authors }), ..self })
    }
}

fn count_venues(share: &SegmentRows<'_>, count: &mut dyn FnMut(&str, u32)) {
    let venues = share.segment.venues();
    let mut counts = vec![0; venues.len() as usize];
    for row in share.rows() {
        counts[share.segment.venue_index(row)] += 1;
    }
    for (venue, number) in venues.records().zip(counts).filter(|(_, number)| *number > 0) {
        count(venue, number);
    }
}

fn count_authors(share: &SegmentRows<'_>, count: &mut dyn FnMut(&str, u32)) {
    share.segment.for_each_paper(share.rows(), |_, paper| {
        // Names are without semicolons of their own.
        paper.authors().for_each(|name| count(name, 1));
    });
}

impl CategoryOrdinals {
    /// Numbers the categories of segments that are new, and forgets what is gone.
    fn update(&mut self, corpus: &Corpus) {
        let is_known =
            |(it, _): &(Arc<Segment>, OrdinalLists), other: &Arc<Segment>| Arc::ptr_eq(it, other);
        let segments: Vec<_> = corpus.searched_segments().map(|(_, segment)| segment).collect();
        self.segments.retain(|known| segments.iter().any(|it| is_known(known, it)));
        for segment in segments {
            if !self.segments.iter().any(|known| is_known(known, segment)) {
                let lists = self.lists(segment);
                self.segments.push((Arc::clone(segment), lists));
            }
        }
    }

    fn lists(&mut self, segment: &Segment) -> OrdinalLists {
        let mut lists = OrdinalLists::default();
        for list in segment.categories().records() {
            for category in list.split(' ').filter(|it| !it.is_empty()) {
                lists.ordinals.push(self.ordinal(&tex_to_unicode(category)));
            }
            lists.ends.push(lists.ordinals.len() as u32);
        }
        lists
    }

    fn ordinal(&mut self, name: &str) -> u16 {
        if let Some(number) = self.ordinals.get(name) {
            return *number;
        }
        // Who has so many has no use for the last ones.
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.names.push(name.to_owned());
            self.ordinals.insert(name.to_owned(), number);
        }
        number
    }

    fn counts(&self, shares: &[SegmentRows<'_>]) -> FacetCounts {
        let lists: HashMap<_, _> =
            self.segments.iter().map(|(it, lists)| (Arc::as_ptr(it) as usize, lists)).collect();
        let none = || FacetCounts {
            years: vec![0; YEAR_SLOTS],
            unknown_years: 0,
            categories: vec![0; self.names.len() + 1],
        };
        let add = |mut counts: FacetCounts, share: &SegmentRows<'_>| {
            let lists = lists.get(&(Arc::as_ptr(share.segment) as usize));
            counts.add(share, lists.copied());
            counts
        };
        let part = shares.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = shares.par_chunks(part).map(|some| some.iter().fold(none(), add));
        parts.reduce_with(FacetCounts::merge).unwrap_or_else(none)
    }
}

impl OrdinalLists {
    fn get(&self, list: usize) -> &[u16] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ordinals[start as usize..self.ends[list] as usize]
    }
}

impl FacetCounts {
    fn add(&mut self, share: &SegmentRows<'_>, known: Option<&OrdinalLists>) {
        let segment = share.segment;
        let mut lists = vec![0_u32; segment.categories().len() as usize];
        for row in share.rows() {
            lists[segment.category_index(row)] += 1;
            match segment.year(row) {
                Some(year) => self.years[usize::from(year.cast_unsigned())] += 1,
                None => self.unknown_years += 1,
            }
        }
        for (list, count) in lists.iter().enumerate().filter(|(_, count)| **count > 0) {
            for number in known.map_or(&[][..], |it| it.get(list)) {
                let last = self.categories.len() - 1;
                self.categories[usize::from(*number).min(last)] += count;
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

/// The values as they are read, the most frequent first, as many as wanted.
pub fn most_frequent(
    counts: impl IntoIterator<Item = (impl AsRef<str>, u32)>,
    wanted: usize,
) -> Vec<(String, u32)> {
    let mut values: HashMap<String, u32> = HashMap::new();
    for (value, count) in counts {
        add_count(&mut values, &tex_to_unicode(value.as_ref()), count);
    }
    values.remove("");
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_unstable_by(|(a, many), (b, few)| few.cmp(many).then_with(|| a.cmp(b)));
    values.truncate(wanted);
    values
}
