//! What a query matched, and in which order.

use std::collections::HashSet;
use std::sync::Arc;

use super::by_year::Newest;
use super::hit::Hit;
use super::lazy_sort::Ranking;
use super::sort::{FEW, Order};
use crate::domain::{Corpus, PaperId};

/// The papers that match.
#[derive(Debug, Clone)]
pub enum Hits {
    /// Every paper, in order of arrival: kept as a count, so that millions cost nothing.
    All(u32),
    /// Every paper, the newest first.
    Newest(Arc<Newest>),
    Ranked(Arc<Ranking>),
}

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
