//! What a query matched, and in which order.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::newest::Newest;
use super::ranking::Ranking;
use super::tiers::{Match, Tier};
use crate::domain::{Corpus, PaperId};
use crate::text::{fold, readable};

/// A paper that matched, with all that its rank depends on in one number that sorts, the best
/// first: tier, field, score, year, order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit(u64);

const YEAR_BITS: u32 = 11;
const ID_BITS: u32 = 32;

impl Hit {
    pub fn new(found: Match, year: Option<i16>, id: PaperId) -> Self {
        const NEWEST: u64 = (1 << YEAR_BITS) - 1;
        let year = year.map_or(0, |year| u64::try_from(year).unwrap_or(0).min(NEWEST));
        let age = NEWEST - year;
        Self((u64::from(found.rank()) << YEAR_BITS | age) << ID_BITS | u64::from(id.0))
    }

    pub fn id(self) -> PaperId {
        PaperId(self.0 as u32)
    }

    /// The hit of the paper that a searched row speaks for, if it speaks for any.
    pub fn listed(self, corpus: &Corpus) -> Option<Self> {
        let id = corpus.listed(self.id())?;
        Some(Self(self.0 >> ID_BITS << ID_BITS | u64::from(id.0)))
    }

    /// Less for a newer paper.
    fn age(self) -> u64 {
        self.0 >> ID_BITS & ((1 << YEAR_BITS) - 1)
    }

    /// The tier of the worst word, or none where no word was asked for.
    pub fn tier(self) -> Option<Tier> {
        Match::of_rank((self.0 >> (YEAR_BITS + ID_BITS)) as u32).tier()
    }
}

/// Whether it took the abstract to find the paper.
pub fn made_by_abstract(hit: Hit) -> bool {
    Match::of_rank((hit.0 >> (YEAR_BITS + ID_BITS)) as u32).is_in_abstract()
}

/// The papers that match.
#[derive(Debug, Clone)]
pub enum Hits {
    /// Every paper, in order of arrival: kept as a count, so that millions cost nothing.
    All(u32),
    /// Every paper, the newest first.
    Newest(Arc<Newest>),
    Ranked(Arc<Ranking>),
}

/// A corpus of more papers than this is not read in order of arrival.
const FEW: u32 = 10_000;

impl Hits {
    /// What an empty query finds where every record is a paper; `before` is what it found when
    /// there were fewer.
    pub fn everything(corpus: &Corpus, order: Order, before: &Self) -> Self {
        if order == Order::Arrival || corpus.len() <= FEW {
            return Self::All(corpus.len());
        }
        match before {
            Self::Newest(before) if before.is_of(corpus) => Self::Newest(Arc::clone(before)),
            Self::Newest(before) => Self::Newest(Arc::new(Newest::of(corpus, Some(before)))),
            _ => Self::Newest(Arc::new(Newest::of(corpus, None))),
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::All(count) => *count as usize,
            Self::Newest(all) => all.len(),
            Self::Ranked(hits) => hits.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The paper at a place in the list.
    pub fn get(&self, place: usize) -> Option<PaperId> {
        match self {
            Self::All(count) => (place < *count as usize).then_some(PaperId(place as u32)),
            Self::Newest(all) => all.get(place),
            Self::Ranked(hits) => Some(hits.get(place)?.id()),
        }
    }

    /// The hit at a place in the list; where every paper is one there are none.
    pub fn hit(&self, place: usize) -> Option<Hit> {
        match self {
            Self::All(_) | Self::Newest(_) => None,
            Self::Ranked(hits) => hits.get(place),
        }
    }

    /// The place of a paper in the list.
    pub fn place(&self, id: PaperId) -> Option<usize> {
        match self {
            Self::All(count) => (id.0 < *count).then_some(id.0 as usize),
            Self::Newest(all) => all.place(id),
            Self::Ranked(hits) => hits.place(id),
        }
    }

    /// How many of the papers are among the hits.
    pub fn shown(&self, papers: &[PaperId]) -> usize {
        match self {
            Self::Ranked(_) if papers.is_empty() => 0,
            Self::Ranked(hits) => {
                let papers: HashSet<PaperId> = papers.iter().copied().collect();
                let hits = hits.parts().into_iter().flatten();
                hits.filter(|hit| papers.contains(&hit.id())).count()
            }
            _ => papers.iter().filter(|id| (id.0 as usize) < self.len()).count(),
        }
    }

    /// The papers in whatever order costs least; none where every paper is one.
    pub fn in_any_order(&self) -> impl Iterator<Item = PaperId> {
        let parts = match self {
            Self::All(_) | Self::Newest(_) => Vec::new(),
            Self::Ranked(hits) => hits.parts(),
        };
        parts.into_iter().flatten().map(|hit| hit.id())
    }

    pub fn ids(&self) -> impl Iterator<Item = PaperId> {
        (0..self.len()).filter_map(|place| self.get(place))
    }
}

impl Default for Hits {
    fn default() -> Self {
        Self::All(0)
    }
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
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
pub enum Direction {
    #[default]
    Forward,
    Reverse,
}

/// Sorts hits of which none is better than another, as [`Hits::everything`] has them.
pub fn sort_all(hits: &mut Vec<Hit>, corpus: &Corpus, order: Order, direction: Direction) {
    if order != Order::Relevance || corpus.len() <= FEW {
        let order = if order == Order::Relevance { Order::Arrival } else { order };
        return sort(hits, corpus, order, direction);
    }
    hits.par_sort_unstable_by_key(|hit| (hit.age(), std::cmp::Reverse(hit.id())));
    if direction == Direction::Reverse {
        hits.reverse();
    }
}

/// Sorts hits; papers that are equal in the order asked for keep the order of relevance.
pub fn sort(hits: &mut Vec<Hit>, corpus: &Corpus, order: Order, direction: Direction) {
    let title = |hit: &Hit| corpus.get(hit.id()).map(|it| fold(&readable(it.title)));
    let author = |hit: &Hit| first_author(corpus, hit.id());
    match order {
        Order::Relevance => hits.par_sort_unstable(),
        Order::Arrival => hits.par_sort_unstable_by_key(|hit| hit.id()),
        Order::Year => hits.par_sort_unstable_by_key(|hit| (hit.age(), *hit)),
        Order::Title => sort_by_text(hits, title),
        Order::FirstAuthor => sort_by_text(hits, author),
    }
    if direction == Direction::Reverse {
        hits.reverse();
    }
}

fn first_author(corpus: &Corpus, id: PaperId) -> Option<String> {
    let paper = corpus.get(id)?;
    let name = paper.authors().next()?;
    Some(fold(&crate::domain::Name::parse(name).family))
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
