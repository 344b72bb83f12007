//! Papers that were met more than once: which records are of one paper, beside the sealed segments.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::paper::paper::PaperId;
use crate::domain::segment::segment::Segment;
use crate::domain::segment::segment_list::SegmentList;

/// What is known of the papers that have several records.
///
/// A paper goes by the number of its first record. Where its records say different things they are
/// united, and the united facts lie in segments of their own, whose rows are numbered on from the
/// last record of the corpus.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Each later record with the first of its paper, sorted.
    pub firsts: Vec<(PaperId, PaperId)>,
    /// The same the other way round, sorted.
    laters: Vec<(PaperId, PaperId)>,
    /// The papers that were united, each with its row among the united, sorted.
    united: Vec<(PaperId, u32)>,
    /// The united facts. A row stays behind when its paper is united anew.
    facts: SegmentList,
    /// The paper of each row of `facts`.
    owners: Vec<PaperId>,
}

/// Papers that turned out to be of others, each with an earlier one.
pub type Links = HashMap<PaperId, PaperId>;

impl Overlay {
    /// How many papers so many records are of.
    pub fn count(&self, records: u32) -> u32 {
        records - self.firsts.partition_point(|(later, _)| later.0 < records) as u32
    }

    /// The first record of the paper that a record is of.
    pub fn first(&self, id: PaperId) -> PaperId {
        value(&self.firsts, id).unwrap_or(id)
    }

    /// The records of a paper after its first, in order of arrival.
    pub fn laters(&self, first: PaperId) -> impl Iterator<Item = PaperId> + '_ {
        let from = self.laters.partition_point(|(it, _)| *it < first);
        self.laters[from..].iter().take_while(move |(it, _)| *it == first).map(|(_, later)| *later)
    }

    /// Where the united facts of a paper lie.
    pub fn united(&self, first: PaperId) -> Option<(&Arc<Segment>, u32)> {
        self.facts.locate(PaperId(value(&self.united, first)?))
    }

    /// All united facts, those that were left behind too.
    pub fn facts(&self) -> &SegmentList {
        &self.facts
    }

    /// The paper of a row of united facts, unless it was united anew since.
    pub fn owner(&self, row: u32) -> Option<PaperId> {
        let owner = *self.owners.get(row as usize)?;
        (value(&self.united, owner) == Some(row)).then_some(owner)
    }

    /// Whether something else speaks for a record: an earlier one, or united facts.
    pub fn hides(&self, id: PaperId) -> bool {
        value(&self.firsts, id).is_some() || value(&self.united, id).is_some()
    }

    /// Adds links between papers, each from one that no link led from before.
    pub fn link(&mut self, mut links: Links) {
        let mut later: Vec<PaperId> = links.keys().copied().collect();
        later.sort_unstable();
        for &id in &later {
            let first = root(&mut links, id);
            self.firsts.push((id, first));
        }
        for (_, first) in &mut self.firsts {
            *first = links.get(first).copied().unwrap_or(*first);
        }
        // A stable sort merges what is sorted in parts.
        self.firsts.sort();
        self.laters = self.firsts.iter().map(|&(later, first)| (first, later)).collect();
        self.laters.sort();
        self.united.retain(|(paper, _)| !links.contains_key(paper));
    }

    /// Adds a segment of united facts, a row for each of the papers.
    pub fn unite(&mut self, segment: Arc<Segment>, papers: &[PaperId]) {
        let again: HashSet<PaperId> = papers.iter().copied().collect();
        self.united.retain(|(paper, _)| !again.contains(paper));
        self.united.extend(papers.iter().copied().zip(self.facts.len()..));
        self.united.sort();
        self.owners.extend(papers);
        self.facts.push(segment);
    }
}

/// Where links lead from a paper, at last. Shortens the way for the next time.
pub fn root(links: &mut Links, id: PaperId) -> PaperId {
    let (mut root, mut at) = (id, id);
    while let Some(&next) = links.get(&root) {
        root = next;
    }
    while at != root {
        at = links.insert(at, root).unwrap_or(root);
    }
    root
}

fn value<T: Copy>(sorted: &[(PaperId, T)], key: PaperId) -> Option<T> {
    sorted.binary_search_by_key(&key, |it| it.0).ok().map(|at| sorted[at].1)
}
