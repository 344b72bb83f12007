//! Sorting of hits by relevance, by a text or a number of the paper, or by arrival.

use std::cmp::{Ordering, Reverse};

use rayon::prelude::*;

use super::hit::Hit;
use crate::domain::{BibField, Corpus, Paper, PaperId, PersonName};
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
    /// The newest first, by the day where it is known.
    Date,
    /// The most cited first.
    Citations,
    /// The paper with the most votes first.
    Votes,
    /// The paper that its source listed last comes first.
    Listed,
    /// The paper most like those that the reader has starred comes first.
    ForYou,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortDirection {
    #[default]
    Forward,
    Reverse,
}

/// A sort order with the data that it needs.
#[derive(Debug, Clone, Copy)]
pub struct SortOrder<'a> {
    pub key: SortKey,
    pub direction: SortDirection,
    /// Scores of papers by id, for [`SortKey::ForYou`]. Papers without one come last.
    pub scores: &'a [f32],
}

/// Sorts hits that are all equal in relevance, in the order of
/// [`Hits::all`](super::hits::Hits::all).
pub fn sort_unranked(hits: &mut Vec<Hit>, corpus: &Corpus, order: SortOrder<'_>) {
    let SortOrder { key, direction, .. } = order;
    if key != SortKey::Relevance || corpus.len() <= MAX_LEN_IN_ARRIVAL_ORDER {
        let key = if key == SortKey::Relevance { SortKey::Arrival } else { key };
        return sort(hits, corpus, SortOrder { key, ..order });
    }
    hits.par_sort_unstable_by_key(|hit| (hit.age(), Reverse(hit.id())));
    if direction == SortDirection::Reverse {
        hits.reverse();
    }
}

/// Sorts hits; papers with equal keys are in order of relevance.
pub fn sort(hits: &mut Vec<Hit>, corpus: &Corpus, order: SortOrder<'_>) {
    let title = |hit: &Hit| corpus.get(hit.id()).map(|it| fold(&tex_to_unicode(it.title)));
    let author = |hit: &Hit| first_author(corpus, hit.id());
    match order.key {
        SortKey::Relevance => hits.par_sort_unstable(),
        SortKey::Arrival => hits.par_sort_unstable_by_key(|hit| hit.id()),
        SortKey::Year => hits.par_sort_unstable_by_key(|hit| (hit.age(), *hit)),
        SortKey::Title => sort_by_text(hits, title),
        SortKey::FirstAuthor => sort_by_text(hits, author),
        SortKey::Date => sort_by_number(hits, corpus, publication_date),
        SortKey::Citations => sort_by_number(hits, corpus, |it| count(it, BibField::Citations)),
        SortKey::Votes => sort_by_number(hits, corpus, |it| count(it, BibField::Upvotes)),
        SortKey::Listed => sort_by_number(hits, corpus, |it| date(it.field(BibField::Listed))),
        SortKey::ForYou => sort_by_score(hits, order.scores),
    }
    if order.direction == SortDirection::Reverse {
        hits.reverse();
    }
}

fn first_author(corpus: &Corpus, id: PaperId) -> Option<String> {
    let paper = corpus.get(id)?;
    let name = paper.authors().next()?;
    Some(fold(&PersonName::parse(name).family))
}

/// The number in a field.
fn count(paper: &Paper<'_>, field: BibField) -> Option<u64> {
    paper.field(field).parse().ok()
}

/// The date of the paper as far as it is known, in a form that compares as dates do. A paper of
/// which only the year is known counts as older than the others of the year.
fn publication_date(paper: &Paper<'_>) -> Option<u64> {
    let year = || Some(u64::try_from(paper.year?).ok()? * DATES_IN_YEAR);
    date(paper.field(BibField::Date)).or_else(year)
}

/// One more than the greatest month and day, `1231`.
const DATES_IN_YEAR: u64 = 10_000;

/// Parses `2021`, `2021-05` or `2021-05-03` as the number 20210503, with zeros for unknown parts.
fn date(text: &str) -> Option<u64> {
    let mut parts = text.splitn(3, '-');
    let year: u64 = parts.next()?.parse().ok().filter(|it| *it < 10_000)?;
    let mut part = || parts.next().map_or(Some(0), |it| it.parse().ok().filter(|it| *it < 100));
    let (month, day): (u64, u64) = (part()?, part()?);
    Some(year * DATES_IN_YEAR + month * 100 + day)
}

/// Sorts by a score, the greatest first; papers without one are last.
fn sort_by_score(hits: &mut [Hit], scores: &[f32]) {
    let score = |hit: &Hit| scores.get(hit.id().0 as usize).copied().unwrap_or(f32::NEG_INFINITY);
    hits.par_sort_unstable_by(|one, other| {
        score(other).total_cmp(&score(one)).then_with(|| one.cmp(other))
    });
}

/// Sorts by a number, the greatest first; papers without one are last.
fn sort_by_number(
    hits: &mut [Hit],
    corpus: &Corpus,
    number: impl Fn(&Paper<'_>) -> Option<u64> + Sync,
) {
    let key = |hit: &Hit| Reverse(corpus.get(hit.id()).and_then(|paper| number(&paper)));
    hits.par_sort_by_cached_key(|hit| (key(hit), *hit));
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
