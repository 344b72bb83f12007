//! What a query matched, and in which order.

use std::collections::HashSet;
use std::sync::Arc;

use super::by_year::AllByYear;
use super::hit::Hit;
use super::lazy_sort::RankedHits;
use super::sort::{FEW, SortKey};
use crate::domain::{Corpus, PaperId};

/// The papers that match.
#[derive(Debug, Clone)]
pub enum Hits {
    /// Every paper, in order of arrival: kept as a count, so that millions cost nothing.
    AllInOrder(u32),
    /// Every paper, the newest first.
    AllByYear(Arc<AllByYear>),
    Ranked(Arc<RankedHits>),
}

impl Hits {
    /// What an empty query finds where every record is a paper; `before` is what it found when
    /// there were fewer.
    pub fn all(corpus: &Corpus, order: SortKey, before: &Self) -> Self {
        if order == SortKey::Arrival || corpus.len() <= FEW {
            return Self::AllInOrder(corpus.len());
        }
        match before {
            Self::AllByYear(before) if before.is_for(corpus) => Self::AllByYear(Arc::clone(before)),
            Self::AllByYear(before) => {
                Self::AllByYear(Arc::new(AllByYear::new(corpus, Some(before))))
            }
            _ => Self::AllByYear(Arc::new(AllByYear::new(corpus, None))),
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::AllInOrder(count) => *count as usize,
            Self::AllByYear(all) => all.len(),
            Self::Ranked(hits) => hits.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The paper at a place in the list.
    pub fn get(&self, place: usize) -> Option<PaperId> {
        match self {
            Self::AllInOrder(count) => (place < *count as usize).then_some(PaperId(place as u32)),
            Self::AllByYear(all) => all.get(place),
            Self::Ranked(hits) => Some(hits.get(place)?.id()),
        }
    }

    /// The hit at a place in the list; where every paper is one there are none.
    pub fn hit(&self, place: usize) -> Option<Hit> {
        match self {
            Self::AllInOrder(_) | Self::AllByYear(_) => None,
            Self::Ranked(hits) => hits.get(place),
        }
    }

    /// The place of a paper in the list.
    pub fn position(&self, id: PaperId) -> Option<usize> {
        match self {
            Self::AllInOrder(count) => (id.0 < *count).then_some(id.0 as usize),
            Self::AllByYear(all) => all.position(id),
            Self::Ranked(hits) => hits.position(id),
        }
    }

    /// How many of the papers are among the hits.
    pub fn count_among(&self, papers: &[PaperId]) -> usize {
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
            Self::AllInOrder(_) | Self::AllByYear(_) => Vec::new(),
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
        Self::AllInOrder(0)
    }
}
