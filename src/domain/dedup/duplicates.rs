//! Links between the records of one paper, stored beside the immutable segments.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::paper::paper::PaperId;
use crate::domain::segment::segment::Segment;
use crate::domain::segment::segment_list::SegmentList;

/// The papers with several records.
///
/// A paper is identified by its first record. If the records differ, their merged fields are in
/// segments of their own, whose rows are numbered from the last record of the corpus on.
#[derive(Debug, Clone, Default)]
pub struct Duplicates {
    /// (Later record, first record of its paper), sorted.
    pub first_of_later: Vec<(PaperId, PaperId)>,
    /// (First record, later record), sorted.
    later_records: Vec<(PaperId, PaperId)>,
    /// (Merged paper, its row in `merged_segments`), sorted.
    merged_row: Vec<(PaperId, u32)>,
    /// The merged fields. When a paper is merged again its old row remains, but is unused.
    merged_segments: SegmentList,
    /// The paper of each row of `merged_segments`.
    merged_papers: Vec<PaperId>,
}

/// Links from a paper to an earlier paper that it is a duplicate of.
pub type DuplicateLinks = HashMap<PaperId, PaperId>;

impl Duplicates {
    /// The number of papers among the first `records` records.
    pub fn paper_count(&self, records: u32) -> u32 {
        records - self.first_of_later.partition_point(|(later, _)| later.0 < records) as u32
    }

    /// Returns the first record of the paper that a record belongs to.
    pub fn first_record(&self, id: PaperId) -> PaperId {
        lookup(&self.first_of_later, id).unwrap_or(id)
    }

    /// Iterates over the records of a paper after its first, in order of arrival.
    pub fn later_records(&self, first: PaperId) -> impl Iterator<Item = PaperId> + '_ {
        let from = self.later_records.partition_point(|(it, _)| *it < first);
        self.later_records[from..]
            .iter()
            .take_while(move |(it, _)| *it == first)
            .map(|(_, later)| *later)
    }

    /// Returns the segment and row of a paper's merged fields.
    pub fn merged(&self, first: PaperId) -> Option<(&Arc<Segment>, u32)> {
        self.merged_segments.locate(PaperId(lookup(&self.merged_row, first)?))
    }

    /// Returns the segments of merged fields, unused rows included.
    pub fn merged_segments(&self) -> &SegmentList {
        &self.merged_segments
    }

    /// Returns the paper of a merged row, unless the paper has been merged again since.
    pub fn paper_of_merged_row(&self, row: u32) -> Option<PaperId> {
        let paper = *self.merged_papers.get(row as usize)?;
        (lookup(&self.merged_row, paper) == Some(row)).then_some(paper)
    }

    /// Returns true if another row represents a record: an earlier record or a merged row.
    pub fn is_hidden(&self, id: PaperId) -> bool {
        lookup(&self.first_of_later, id).is_some() || lookup(&self.merged_row, id).is_some()
    }

    /// Adds links between papers. Each must start at a paper that had no link before.
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
        // The stable sort is fast here, because its input consists of two sorted runs.
        self.first_of_later.sort();
        self.later_records =
            self.first_of_later.iter().map(|&(later, first)| (first, later)).collect();
        self.later_records.sort();
        self.merged_row.retain(|(paper, _)| !links.contains_key(paper));
    }

    /// Adds a segment of merged fields, with one row for each of `papers`.
    pub fn add_merged(&mut self, segment: Arc<Segment>, papers: &[PaperId]) {
        let merged_again: HashSet<PaperId> = papers.iter().copied().collect();
        self.merged_row.retain(|(paper, _)| !merged_again.contains(paper));
        self.merged_row.extend(papers.iter().copied().zip(self.merged_segments.len()..));
        self.merged_row.sort();
        self.merged_papers.extend(papers);
        self.merged_segments.push(segment);
    }
}

/// Follows the links from a paper to their end, and shortens the path for later calls.
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
