//! Sorting of hits by relevance, year, title, first author or arrival.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::hit::Hit;
use crate::domain::{Corpus, PaperId, PersonName};
use crate::text::{fold, tex_to_unicode};

/// A corpus of more papers than this is not read in order of arrival.
pub const FEW: u32 = 10_000;

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortKey {
    /// The best first; the order of arrival where no word is asked for.
    #[default]
    Relevance,
    /// The newest first.
    Year,
    Title,
    /// By the family name of the first author.
    FirstAuthor,
    Arrival,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortDirection {
    #[default]
    Forward,
    Reverse,
}

/// Sorts hits of which none is better than another, as [`Hits::all`](crate::search::rank::hits::Hits::all) has
/// them.
///
/// [`Hits::everything`]: crate::search::rank::hits::Hits::all
pub fn sort_unranked(
    hits: &mut Vec<Hit>,
    corpus: &Corpus,
    order: SortKey,
    direction: SortDirection,
) {
    if order != SortKey::Relevance || corpus.len() <= FEW {
        let order = if order == SortKey::Relevance { SortKey::Arrival } else { order };
        return sort(hits, corpus, order, direction);
    }
    hits.par_sort_unstable_by_key(|hit| (hit.age(), std::cmp::Reverse(hit.id())));
    if direction == SortDirection::Reverse {
        hits.reverse();
    }
}

/// Sorts hits; papers that are equal in the order asked for keep the order of relevance.
pub fn sort(hits: &mut Vec<Hit>, corpus: &Corpus, order: SortKey, direction: SortDirection) {
    let title = |hit: &Hit| corpus.get(hit.id()).map(|it| fold(&tex_to_unicode(it.title)));
    let author = |hit: &Hit| first_author(corpus, hit.id());
    match order {
        SortKey::Relevance => hits.par_sort_unstable(),
        SortKey::Arrival => hits.par_sort_unstable_by_key(|hit| hit.id()),
        SortKey::Year => hits.par_sort_unstable_by_key(|hit| (hit.age(), *hit)),
        SortKey::Title => sort_by_text(hits, title),
        SortKey::FirstAuthor => sort_by_text(hits, author),
    }
    if direction == SortDirection::Reverse {
        hits.reverse();
    }
}

fn first_author(corpus: &Corpus, id: PaperId) -> Option<String> {
    let paper = corpus.get(id)?;
    let name = paper.authors().next()?;
    Some(fold(&PersonName::parse(name).family))
}

/// Sorts by a text, papers without one last.
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
