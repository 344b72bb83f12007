//! Sorting of hits by relevance, year, title, first author, arrival or day of listing.

use std::cmp::{Ordering, Reverse};

use rayon::prelude::*;

use super::hit::Hit;
use crate::domain::{BibField, Corpus, PaperId, PersonName};
use crate::text::{fold, tex_to_unicode};

/// Above this size of the corpus, an empty query lists the newest papers first instead of the order
/// of arrival.
pub const MAX_LEN_IN_ARRIVAL_ORDER: u32 = 10_000;

/// Sort key of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortKey {
    /// The best first. Without words in the query, the order of arrival or, in a large corpus, the
    /// newest first.
    #[default]
    Relevance,
    /// The newest first.
    Year,
    Title,
    /// The family name of the first author.
    FirstAuthor,
    Arrival,
    /// The day on which a followed source listed the paper, the newest first.
    Listed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortDirection {
    #[default]
    Forward,
    Reverse,
}

/// Sorts hits that are all equal in relevance, in the order of
/// [`Hits::all`](super::hits::Hits::all).
pub fn sort_unranked(
    hits: &mut Vec<Hit>,
    corpus: &Corpus,
    sort_key: SortKey,
    direction: SortDirection,
) {
    if sort_key != SortKey::Relevance || corpus.len() <= MAX_LEN_IN_ARRIVAL_ORDER {
        let is_relevance = sort_key == SortKey::Relevance;
        let sort_key = if is_relevance { SortKey::Arrival } else { sort_key };
        return sort(hits, corpus, sort_key, direction);
    }
    hits.par_sort_unstable_by_key(|hit| (hit.age(), Reverse(hit.id())));
    if direction == SortDirection::Reverse {
        hits.reverse();
    }
}

/// Sorts hits; papers with equal keys are in order of relevance.
pub fn sort(hits: &mut Vec<Hit>, corpus: &Corpus, sort_key: SortKey, direction: SortDirection) {
    let title = |hit: &Hit| corpus.get(hit.id()).map(|it| fold(&tex_to_unicode(it.title)));
    let author = |hit: &Hit| first_author(corpus, hit.id());
    match sort_key {
        SortKey::Relevance => hits.par_sort_unstable(),
        SortKey::Arrival => hits.par_sort_unstable_by_key(|hit| hit.id()),
        SortKey::Year => hits.par_sort_unstable_by_key(|hit| (hit.age(), *hit)),
        SortKey::Title => sort_by_text(hits, title),
        SortKey::FirstAuthor => sort_by_text(hits, author),
        SortKey::Listed => sort_by_listing(hits, corpus),
    }
    if direction == SortDirection::Reverse {
        hits.reverse();
    }
}

/// Sorts by the day of listing, the newest first. Papers without one are last.
fn sort_by_listing(hits: &mut [Hit], corpus: &Corpus) {
    let day =
        |hit: &Hit| corpus.get(hit.id()).map_or(0, |it| day_number(it.field(BibField::Listed)));
    hits.par_sort_by_cached_key(|hit| (Reverse(day(hit)), *hit));
}

/// The digits of a day as a number, as in 20261130; 0 if it is none.
fn day_number(day: &str) -> u32 {
    let digits = day.bytes().filter(u8::is_ascii_digit).take(8);
    digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}

fn first_author(corpus: &Corpus, id: PaperId) -> Option<String> {
    let paper = corpus.get(id)?;
    let name = paper.authors().next()?;
    Some(fold(&PersonName::parse(name).family))
}

/// Sorts by a text; papers without one are last.
fn sort_by_text(hits: &mut Vec<Hit>, text: impl Fn(&Hit) -> Option<String> + Sync) {
    let keyed = |hit: &Hit| (text(hit).filter(|it| !it.is_empty()), *hit);
    let mut keys: Vec<_> = hits.par_iter().map(keyed).collect();
    keys.par_sort_unstable_by(|(a, one), (b, other)| {
        let by_text = match (a, b) {
            (Some(a), Some(b)) => a.cmp(b),
            (None, None) => Ordering::Equal,
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
        };
        by_text.then(one.cmp(other))
    });
    hits.clear();
    hits.extend(keys.into_iter().map(|(_, hit)| hit));
}
