//! Counts the marks of the hits.

use std::collections::HashSet;

use crate::domain::{Mark, Marks, PaperId};
use crate::search::Hits;

/// Counts over the hits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkCounts {
    /// Hits with each mark, in the order of [`Mark::ALL`].
    by_mark: [usize; Mark::ALL.len()],
    pub unread: usize,
    /// Tags with the number of hits, by name.
    pub tags: Vec<(String, u32)>,
}

impl MarkCounts {
    /// Counts in O(hits + marked papers). `papers` is the size of the corpus.
    pub fn from_hits(hits: &Hits, marks: &Marks, papers: u32) -> Self {
        let is_used = |mark: &Mark| marks.count(*mark) > 0;
        if !Mark::ALL.iter().any(is_used) && marks.tags().next().is_none() {
            return Self { unread: hits.len(), ..Self::default() };
        }
        let among = HitMembership::from_hits(hits, papers);
        let count = |column: &HashSet<PaperId>| match among {
            HitMembership::None => 0,
            _ => column.iter().filter(|id| among.contains(**id)).count(),
        };
        let marked = Mark::ALL.map(|mark| count(marks.column(mark)));
        let tags = marks.tags().map(|(tag, papers)| (tag.to_owned(), count(papers) as u32));
        Self {
            unread: hits.len().saturating_sub(marked[Mark::Read as usize]),
            by_mark: marked,
            tags: tags.filter(|(_, count)| *count > 0).collect(),
        }
    }

    pub fn count(&self, mark: Mark) -> usize {
        self.by_mark[mark as usize]
    }
}

/// The set of hits, for membership tests.
enum HitMembership {
    None,
    FirstIds(u32),
    /// One bit per paper.
    Bits(Vec<u64>),
}

impl HitMembership {
    fn from_hits(hits: &Hits, papers: u32) -> Self {
        match hits {
            _ if hits.is_empty() => Self::None,
            Hits::AllInOrder(_) | Hits::AllByYear(_) => Self::FirstIds(hits.len() as u32),
            Hits::Ranked(_) => {
                let mut bits = vec![0_u64; (papers as usize).div_ceil(64)];
                for id in hits.in_any_order() {
                    let id = id.0 as usize;
                    if let Some(word) = bits.get_mut(id / 64) {
                        *word |= 1 << (id % 64);
                    }
                }
                Self::Bits(bits)
            }
        }
    }

    fn contains(&self, id: PaperId) -> bool {
        match self {
            Self::None => false,
            Self::FirstIds(count) => id.0 < *count,
            Self::Bits(bits) => {
                bits.get(id.0 as usize / 64).is_some_and(|word| word >> (id.0 % 64) & 1 == 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PaperMarks;

    #[test]
    fn only_hits_are_counted() {
        let mut marks = Marks::default();
        let read = PaperMarks { marks: vec![Mark::Read], ..PaperMarks::default() };
        let tagged = PaperMarks { tags: vec!["todo".to_owned()], ..read.clone() };
        marks.set(PaperId(1), &read);
        marks.set(PaperId(70), &tagged);
        let tally = MarkCounts::from_hits(&Hits::AllInOrder(70), &marks, 70);
        assert_eq!((tally.unread, tally.count(Mark::Read)), (69, 1));
        assert!(tally.tags.is_empty());
        let tally = MarkCounts::from_hits(&Hits::AllInOrder(71), &marks, 71);
        assert_eq!(tally.tags, [("todo".to_owned(), 1)]);
        assert_eq!(MarkCounts::from_hits(&Hits::AllInOrder(0), &marks, 71), MarkCounts::default());
    }
}
