//! The sorted list of hits.

use std::collections::HashSet;
use std::sync::Arc;

use super::by_year::AllByYear;
use super::hit::Hit;
use super::lazy_sort::RankedHits;
use super::sort::{MAX_LEN_IN_ARRIVAL_ORDER, SortKey};
use crate::domain::{Corpus, PaperId};

/// The matching papers in order.
#[derive(Debug, Clone)]
pub enum Hits {
    /// All papers in order of arrival, given by their number only: a list of millions takes no
    /// memory.
    AllInOrder(u32),
    /// All papers, the newest first.
    AllByYear(Arc<AllByYear>),
    Ranked(Arc<RankedHits>),
}

impl Hits {
    /// The hits of an empty query in a corpus without duplicates. `previous` are those of the
    /// corpus before it has grown, of which sorted segments are reused.
    pub fn all(corpus: &Corpus, sort_key: SortKey, previous: &Self) -> Self {
        if sort_key == SortKey::Arrival || corpus.len() <= MAX_LEN_IN_ARRIVAL_ORDER {
            return Self::AllInOrder(corpus.len());
        }
        match previous {
            Self::AllByYear(all) if all.is_for(corpus) => Self::AllByYear(Arc::clone(all)),
            Self::AllByYear(all) => Self::AllByYear(Arc::new(AllByYear::new(corpus, Some(all)))),
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

    pub fn get(&self, position: usize) -> Option<PaperId> {
        match self {
            Self::AllInOrder(count) => {
                (position < *count as usize).then_some(PaperId(position as u32))
            }
            Self::AllByYear(all) => all.get(position),
            Self::Ranked(hits) => Some(hits.get(position)?.id()),
        }
    }

    /// The hit at a position; `None` in a list of all papers.
    pub fn hit(&self, position: usize) -> Option<Hit> {
        match self {
            Self::AllInOrder(_) | Self::AllByYear(_) => None,
            Self::Ranked(hits) => hits.get(position),
        }
    }

    pub fn position(&self, id: PaperId) -> Option<usize> {
        match self {
            Self::AllInOrder(count) => (id.0 < *count).then_some(id.0 as usize),
            Self::AllByYear(all) => all.position(id),
            Self::Ranked(hits) => hits.position(id),
        }
    }

    /// Number of the papers that are among the hits.
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

    /// The papers in the cheapest order; none for a list of all papers.
    pub fn in_any_order(&self) -> impl Iterator<Item = PaperId> {
        let parts = match self {
            Self::AllInOrder(_) | Self::AllByYear(_) => Vec::new(),
            Self::Ranked(hits) => hits.parts(),
        };
        parts.into_iter().flatten().map(|hit| hit.id())
    }

    pub fn ids(&self) -> impl Iterator<Item = PaperId> {
        (0..self.len()).filter_map(|position| self.get(position))
    }
}

impl Default for Hits {
    fn default() -> Self {
        Self::AllInOrder(0)
    }
}
