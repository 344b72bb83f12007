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
pub struct Duplicates {
    /// Each later record with the first of its paper, sorted.
    pub first_of_later: Vec<(PaperId, PaperId)>,
    /// The same the other way round, sorted.
    later_records: Vec<(PaperId, PaperId)>,
    /// The papers that were united, each with its row among the united, sorted.
    merged_row: Vec<(PaperId, u32)>,
    /// The united facts. A row stays behind when its paper is united anew.
    merged_segments: SegmentList,
    /// The paper of each row of `facts`.
    merged_papers: Vec<PaperId>,
}

/// Papers that turned out to be of others, each with an earlier one.
pub type DuplicateLinks = HashMap<PaperId, PaperId>;

impl Duplicates {
    /// How many papers so many records are of.
    pub fn paper_count(&self, records: u32) -> u32 {
        records - self.first_of_later.partition_point(|(later, _)| later.0 < records) as u32
    }

    /// The first record of the paper that a record is of.
    pub fn first_record(&self, id: PaperId) -> PaperId {
        lookup(&self.first_of_later, id).unwrap_or(id)
    }

    /// The records of a paper after its first, in order of arrival.
    pub fn laters(&self, first: PaperId) -> impl Iterator<Item = PaperId> + '_ {
        let from = self.later_records.partition_point(|(it, _)| *it < first);
        self.later_records[from..]
            .iter()
            .take_while(move |(it, _)| *it == first)
            .map(|(_, later)| *later)
    }

    /// Where the united facts of a paper lie.
    pub fn united(&self, first: PaperId) -> Option<(&Arc<Segment>, u32)> {
        self.merged_segments.locate(PaperId(lookup(&self.merged_row, first)?))
    }

    /// All united facts, those that were left behind too.
    pub fn facts(&self) -> &SegmentList {
        &self.merged_segments
    }

    /// The paper of a row of united facts, unless it was united anew since.
    pub fn paper_of_merged_row(&self, row: u32) -> Option<PaperId> {
        let owner = *self.merged_papers.get(row as usize)?;
        (lookup(&self.merged_row, owner) == Some(row)).then_some(owner)
    }

    /// Whether something else speaks for a record: an earlier one, or united facts.
    pub fn is_hidden(&self, id: PaperId) -> bool {
        lookup(&self.first_of_later, id).is_some() || lookup(&self.merged_row, id).is_some()
    }

    /// Adds links between papers, each from one that no link led from before.
    pub fn add_links(&mut self, mut links: DuplicateLinks) {
        let mut later: Vec<PaperId> = links.keys().copied().collect();
        later.sort_unstable();
        for &id in &later {
            let first = union_find_root(&mut links, id);
            self.first_of_later.push((id, first));
        }
        for (_, first) in &mut self.first_of_later {
            *first = links.get(first).copied().unwrap_or(*first);
        }
        // A stable sort merges what is sorted in parts.
        self.first_of_later.sort();
        self.later_records =
            self.first_of_later.iter().map(|&(later, first)| (first, later)).collect();
        self.later_records.sort();
        self.merged_row.retain(|(paper, _)| !links.contains_key(paper));
    }

    /// Adds a segment of united facts, a row for each of the papers.
    pub fn add_merged(&mut self, segment: Arc<Segment>, papers: &[PaperId]) {
        let again: HashSet<PaperId> = papers.iter().copied().collect();
        self.merged_row.retain(|(paper, _)| !again.contains(paper));
        self.merged_row.extend(papers.iter().copied().zip(self.merged_segments.len()..));
        self.merged_row.sort();
        self.merged_papers.extend(papers);
        self.merged_segments.push(segment);
    }
}

/// Where links lead from a paper, at last. Shortens the way for the next time.
pub fn union_find_root(links: &mut DuplicateLinks, id: PaperId) -> PaperId {
    let (mut root, mut at) = (id, id);
    while let Some(&next) = links.get(&root) {
        root = next;
    }
    while at != root {
        at = links.insert(at, root).unwrap_or(root);
    }
    root
}

fn lookup<T: Copy>(sorted: &[(PaperId, T)], key: PaperId) -> Option<T> {
    sorted.binary_search_by_key(&key, |it| it.0).ok().map(|at| sorted[at].1)
}
