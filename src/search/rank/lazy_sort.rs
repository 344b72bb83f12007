//! Hits in order of rank, sorted as far as the list is read.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::hit::Hit;
use crate::domain::PaperId;

/// Hits, the best first. Only the best [`EAGERLY_SORTED`] are sorted at once, since a screen shows
/// no more; the rest is sorted at the first access.
#[derive(Debug)]
pub struct RankedHits {
    best: Vec<Hit>,
    /// All hits in unsorted parts; empty if `best` has all hits.
    parts: Vec<Arc<Vec<Hit>>>,
    len: usize,
    rest: OnceLock<Vec<Hit>>,
}

/// Hits sorted at once: a few screens.
const EAGERLY_SORTED: usize = 256;

impl RankedHits {
    pub fn from_parts(parts: Vec<Arc<Vec<Hit>>>) -> Self {
        let len = parts.iter().map(|it| it.len()).sum();
        let best = parts.par_iter().fold(TopHits::default, |best, part| best.extended(part));
        let best =
            best.reduce(TopHits::default, |best, others| best.extended(&others.hits)).into_sorted();
        Self { best, parts, len, rest: OnceLock::new() }
    }

    pub fn from_sorted(hits: Vec<Hit>) -> Self {
        Self { len: hits.len(), best: hits, parts: Vec::new(), rest: OnceLock::new() }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn get(&self, position: usize) -> Option<Hit> {
        if position >= self.len {
            return None;
        }
        match position.checked_sub(self.best.len()) {
            None => Some(self.best[position]),
            Some(in_rest) => self.rest().get(in_rest).copied(),
        }
    }

    pub fn position(&self, id: PaperId) -> Option<usize> {
        let position_in = |hits: &[Hit]| hits.iter().position(|hit| hit.id() == id);
        position_in(&self.best).or_else(|| {
            // Sorting the rest would be wasted on a paper that is no hit.
            let is_hit = self.parts.iter().flat_map(|it| it.iter()).any(|hit| hit.id() == id);
            let in_rest = if is_hit { position_in(self.rest()) } else { None };
            Some(self.best.len() + in_rest?)
        })
    }

    /// All hits in unsorted parts.
    pub fn parts(&self) -> Vec<&[Hit]> {
        if self.parts.is_empty() {
            return vec![&self.best];
        }
        self.parts.iter().map(|it| it.as_slice()).collect()
    }

    fn rest(&self) -> &[Hit] {
        self.rest.get_or_init(|| {
            let Some(last) = self.best.last() else { return Vec::new() };
            let all = self.parts.par_iter().flat_map_iter(|it| it.iter().copied());
            let mut rest: Vec<Hit> = all.filter(|hit| hit > last).collect();
            rest.par_sort_unstable();
            rest
        })
    }
}

/// The best [`EAGERLY_SORTED`] hits so far, and at most as many others.
#[derive(Default)]
struct TopHits {
    hits: Vec<Hit>,
    /// A hit that is not better than this is not among the best.
    bound: Option<Hit>,
}

impl TopHits {
    fn extended(mut self, hits: &[Hit]) -> Self {
        for hit in hits {
            if self.bound.is_none_or(|bound| *hit < bound) {
                self.hits.push(*hit);
                if self.hits.len() > 2 * EAGERLY_SORTED {
                    self.truncate();
                }
            }
        }
        self
    }

    fn truncate(&mut self) {
        let (_, bound, _) = self.hits.select_nth_unstable(EAGERLY_SORTED);
        self.bound = Some(*bound);
        self.hits.truncate(EAGERLY_SORTED);
    }

    fn into_sorted(mut self) -> Vec<Hit> {
        if self.hits.len() > EAGERLY_SORTED {
            self.truncate();
        }
        self.hits.sort_unstable();
        self.hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::rank::tier::Match;

    #[test]
    fn hits_come_in_order_however_far_one_looks() {
        let hit = |number: u32| {
            let year = Some((number * 7919 % 1000) as i16);
            Hit::new(Match::NEUTRAL, year, PaperId(number))
        };
        let parts: Vec<Arc<Vec<Hit>>> = (0..7)
            .map(|part| Arc::new((0..300).map(|at| hit(part * 300 + at)).collect::<Vec<_>>()))
            .collect();
        let mut all: Vec<Hit> = parts.iter().flat_map(|it| it.iter().copied()).collect();
        all.sort_unstable();
        let ranking = RankedHits::from_parts(parts);
        assert_eq!(ranking.len(), all.len());
        for position in [0, EAGERLY_SORTED - 1, EAGERLY_SORTED, all.len() - 1] {
            assert_eq!(ranking.get(position), Some(all[position]));
            assert_eq!(ranking.position(all[position].id()), Some(position));
        }
        assert_eq!(ranking.get(all.len()), None);
        assert_eq!(ranking.position(PaperId(9999)), None);
    }
}
