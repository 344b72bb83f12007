//! Which years, categories, venues and authors the hits have, and how many of them.

pub mod rows_by_segment;
pub mod top_names;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::cancel::Interrupted;
use super::rank::hits::Hits;
use crate::domain::{Corpus, Segment};
use crate::text::readable;
use rows_by_segment::{Share, shares};
use top_names::{add, frequent};

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
    pub names: Option<Names>,
}

/// The most frequent only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    pub venues: Vec<(String, u32)>,
    pub authors: Vec<(String, u32)>,
}

const VENUES: usize = 200;
const AUTHORS: usize = 200;
/// Years that a number of 16 bits can name.
const YEARS: usize = 1 << 16;

/// The categories of a corpus, numbered once, so that counting them needs no text.
#[derive(Debug, Default)]
pub struct Categories {
    names: Vec<String>,
    numbers: HashMap<String, u16>,
    /// What the lists of each segment hold.
    known: Vec<(Arc<Segment>, Lists)>,
}

/// The numbers of the categories in each of a segment's distinct lists.
#[derive(Debug, Default)]
struct Lists {
    numbers: Vec<u16>,
    ends: Vec<u32>,
}

/// Counts by number.
struct Counts {
    years: Vec<u32>,
    unknown_years: u32,
    categories: Vec<u32>,
}

impl Facets {
    /// All but the names.
    pub fn of(hits: &Hits, corpus: &Corpus, known: &mut Categories) -> Self {
        known.learn(corpus);
        let shares = shares(hits, corpus);
        let counts = known.counts(&shares);
        let years = counts.years.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut years: Vec<_> =
            years.map(|(year, count)| ((year as u16).cast_signed(), *count)).collect();
        years.sort_unstable();
        let named = known.names.iter().map(String::as_str);
        let categories = named.zip(counts.categories.iter().copied()).filter(|it| it.1 > 0);
        let categories = ranked(categories, usize::MAX);
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
    ) -> Result<Self, Interrupted> {
        let shares = shares(hits, corpus);
        let venues = frequent(&shares, &venues, VENUES, interrupted)?;
        let authors = frequent(&shares, &authors, AUTHORS, interrupted)?;
        let (venues, authors) = (ranked(venues, VENUES), ranked(authors, AUTHORS));
        Ok(Self { names: Some(Names { venues, authors }), ..self })
    }
}

fn venues(share: &Share<'_>, count: &mut dyn FnMut(&str, u32)) {
    let venues = share.segment.venues();
    let mut counts = vec![0; venues.len() as usize];
    for row in share.rows() {
        counts[share.segment.venue_index(row)] += 1;
    }
    for (venue, number) in venues.records().zip(counts).filter(|(_, number)| *number > 0) {
        count(venue, number);
    }
}

fn authors(share: &Share<'_>, count: &mut dyn FnMut(&str, u32)) {
    share.segment.for_each_paper(share.rows(), |_, paper| {
        // Names are without semicolons of their own.
        paper.authors().for_each(|name| count(name, 1));
    });
}

impl Categories {
    /// Numbers the categories of segments that are new, and forgets what is gone.
    fn learn(&mut self, corpus: &Corpus) {
        let is_known =
            |(it, _): &(Arc<Segment>, Lists), other: &Arc<Segment>| Arc::ptr_eq(it, other);
        let segments: Vec<_> = corpus.searched().map(|(_, segment)| segment).collect();
        self.known.retain(|known| segments.iter().any(|it| is_known(known, it)));
        for segment in segments {
            if !self.known.iter().any(|known| is_known(known, segment)) {
                let lists = self.lists(segment);
                self.known.push((Arc::clone(segment), lists));
            }
        }
    }

    fn lists(&mut self, segment: &Segment) -> Lists {
        let mut lists = Lists::default();
        for list in segment.categories().records() {
            for category in list.split(' ').filter(|it| !it.is_empty()) {
                lists.numbers.push(self.number(&readable(category)));
            }
            lists.ends.push(lists.numbers.len() as u32);
        }
        lists
    }

    fn number(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        // Who has so many has no use for the last ones.
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.names.push(name.to_owned());
            self.numbers.insert(name.to_owned(), number);
        }
        number
    }

    fn counts(&self, shares: &[Share<'_>]) -> Counts {
        let lists: HashMap<_, _> =
            self.known.iter().map(|(it, lists)| (Arc::as_ptr(it) as usize, lists)).collect();
        let none = || Counts {
            years: vec![0; YEARS],
            unknown_years: 0,
            categories: vec![0; self.names.len() + 1],
        };
        let add = |mut counts: Counts, share: &Share<'_>| {
            let lists = lists.get(&(Arc::as_ptr(share.segment) as usize));
            counts.add(share, lists.copied());
            counts
        };
        let part = shares.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = shares.par_chunks(part).map(|some| some.iter().fold(none(), add));
        parts.reduce_with(Counts::with).unwrap_or_else(none)
    }
}

impl Lists {
    fn get(&self, list: usize) -> &[u16] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[list] as usize]
    }
}

impl Counts {
    fn add(&mut self, share: &Share<'_>, known: Option<&Lists>) {
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

    fn with(mut self, other: Self) -> Self {
        self.years.iter_mut().zip(other.years).for_each(|(sum, count)| *sum += count);
        self.unknown_years += other.unknown_years;
        self.categories.iter_mut().zip(other.categories).for_each(|(sum, count)| *sum += count);
        self
    }
}

/// The values as they are read, the most frequent first, as many as wanted.
pub fn ranked(
    counts: impl IntoIterator<Item = (impl AsRef<str>, u32)>,
    wanted: usize,
) -> Vec<(String, u32)> {
    let mut values: HashMap<String, u32> = HashMap::new();
    for (value, count) in counts {
        add(&mut values, &readable(value.as_ref()), count);
    }
    values.remove("");
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_unstable_by(|(a, many), (b, few)| few.cmp(many).then_with(|| a.cmp(b)));
    values.truncate(wanted);
    values
}
