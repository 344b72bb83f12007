//! Which years, categories, venues and authors the hits have, and how many of them.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use rayon::prelude::*;

use super::hits::Hits;
use super::searcher::Interrupted;
use crate::domain::{Corpus, PaperId};
use crate::text::readable;

/// Counts over hits: the most frequent first, then by name. Values are readable text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// In order of time.
    pub years: Vec<(i16, u32)>,
    /// Hits whose year is not known.
    pub unknown_years: u32,
    /// Every category of a paper counts.
    pub categories: Vec<(String, u32)>,
    pub venues: Vec<(String, u32)>,
    /// The most frequent only.
    pub authors: Vec<(String, u32)>,
}

const AUTHORS: usize = 200;
/// Hits that are counted between two looks at the mailbox.
const STRIDE: usize = 1 << 12;

/// Counts by what a segment holds, before values are read.
#[derive(Default)]
struct Counts<'a> {
    years: BTreeMap<Option<i16>, u32>,
    categories: HashMap<&'a str, u32>,
    venues: HashMap<&'a str, u32>,
    authors: HashMap<&'a str, u32>,
}

impl Facets {
    pub(super) fn of(
        hits: &Hits,
        corpus: &Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Interrupted> {
        // In order of arrival, which is the order in memory.
        let mut ids: Vec<PaperId> = hits.ids().collect();
        ids.par_sort_unstable();
        let share = hits.len().div_ceil(rayon::current_num_threads()).max(STRIDE);
        let counted: Result<Vec<_>, Interrupted> =
            ids.par_chunks(share).map(|ids| Counts::of(ids, corpus, interrupted)).collect();
        let mut counts = Counts::default();
        for share in counted? {
            counts.add(share);
        }
        Ok(counts.into_facets())
    }
}

impl<'a> Counts<'a> {
    fn of(
        ids: &[PaperId],
        corpus: &'a Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Interrupted> {
        let mut counts = Self::default();
        for (number, paper) in ids.iter().filter_map(|&id| corpus.get(id)).enumerate() {
            if number.is_multiple_of(STRIDE) && interrupted() {
                return Err(Interrupted);
            }
            *counts.years.entry(paper.year).or_default() += 1;
            *counts.categories.entry(paper.categories).or_default() += 1;
            *counts.venues.entry(paper.venue).or_default() += 1;
            for name in paper.authors() {
                *counts.authors.entry(name).or_default() += 1;
            }
        }
        Ok(counts)
    }

    fn add(&mut self, other: Self) {
        for (year, count) in other.years {
            *self.years.entry(year).or_default() += count;
        }
        unite(&mut self.categories, other.categories);
        unite(&mut self.venues, other.venues);
        unite(&mut self.authors, other.authors);
    }

    fn into_facets(mut self) -> Facets {
        let mut categories: HashMap<&str, u32> = HashMap::new();
        for (list, count) in self.categories {
            for category in list.split(' ').filter(|it| !it.is_empty()) {
                *categories.entry(category).or_default() += count;
            }
        }
        let unknown_years = self.years.remove(&None).unwrap_or_default();
        let years = self.years.into_iter();
        Facets {
            years: years.filter_map(|(year, count)| Some((year?, count))).collect(),
            unknown_years,
            categories: ranked(categories, usize::MAX),
            venues: ranked(self.venues, usize::MAX),
            authors: ranked(self.authors, AUTHORS),
        }
    }
}

fn unite<K: Eq + Hash>(counts: &mut HashMap<K, u32>, others: HashMap<K, u32>) {
    for (value, count) in others {
        *counts.entry(value).or_default() += count;
    }
}

/// The values as they are read, the most frequent first, as many as wanted.
pub(super) fn ranked(counts: HashMap<&str, u32>, wanted: usize) -> Vec<(String, u32)> {
    let mut values: HashMap<std::borrow::Cow<'_, str>, u32> = HashMap::new();
    for (value, count) in counts {
        *values.entry(readable(value)).or_default() += count;
    }
    values.remove("");
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_unstable_by(|(a, many), (b, few)| few.cmp(many).then_with(|| a.cmp(b)));
    values.truncate(wanted);
    values.into_iter().map(|(value, count)| (value.into_owned(), count)).collect()
}
