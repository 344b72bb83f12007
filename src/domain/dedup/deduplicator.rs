//! Finds the earlier records of each paper as segments arrive.

use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashTable;
use rayon::prelude::*;

use super::duplicates::{DuplicateLinks, Duplicates, union_find_root};
use super::evidence::{PlaceholderDetector, share_title_word_or_author};
use super::merge::{MAX_MERGED_RECORDS, MergedPaper, MergedSegmentBuilder};
use super::row_keys::{RowKeys, has_generic_title};
use crate::domain::paper::field::{BibField, PaperKind};
use crate::domain::paper::paper::PaperId;
use crate::domain::segment::segment::Segment;
use crate::domain::segment::segment_list::{RowRef, SegmentList};

/// Sees every segment of a corpus in order and links the records of one paper.
///
/// Two records are duplicates if they share an identifier and also a title word or a family name,
/// or if folded title and first author are the same and the years, where known, differ by at most
/// one. Two records with different identifiers of the same kind are two papers, except that a
/// preprint may have another DOI than the published version. An identifier of several papers with
/// different titles is a placeholder and identifies none of them.
#[derive(Debug, Default)]
pub struct Deduplicator {
    records: SegmentList,
    duplicates: Duplicates,
    seen_keys: SeenKeys,
}

/// The keys of all records so far: the upper half of each hash with the record that has it.
#[derive(Debug, Default)]
struct SeenKeys(HashTable<(u32, PaperId)>);

impl Deduplicator {
    /// Adds the next segment. Returns the duplicates if they have changed; they are valid from this
    /// segment on.
    pub fn add_segment(&mut self, segment: &Arc<Segment>) -> Option<Arc<Duplicates>> {
        let start = self.records.len();
        self.records.push(Arc::clone(segment));
        let mut links = DuplicateLinks::new();
        let mut grown = BTreeSet::new();
        let identity = |row| RowKeys::for_row(segment, row);
        let identities: Vec<RowKeys> = (0..segment.len()).into_par_iter().map(identity).collect();
        let placeholders = PlaceholderDetector::new(segment, &identities);
        for (row, identity) in (0..).zip(&identities) {
            let id = PaperId(start + row);
            let record =
                NewRecord { identity, row_ref: (segment, row), placeholders: &placeholders };
            for other in self.find_duplicates(id, &record) {
                let (a, b) = (self.root(&mut links, id), self.root(&mut links, other));
                if a != b {
                    links.insert(a.max(b), a.min(b));
                }
                grown.insert(id);
            }
        }
        if grown.is_empty() {
            return None;
        }
        self.duplicates.add_links(links);
        let grown = grown.into_iter().map(|it| self.duplicates.first_record(it)).collect();
        self.merge_papers(&grown);
        Some(Arc::new(self.duplicates.clone()))
    }

    /// Adds the next segment without a search for duplicates, because
    /// [`Deduplicator::restore_links`] supplies them.
    pub fn add_known_segment(&mut self, segment: Arc<Segment>) {
        self.records.push(segment);
    }

    /// Restores links from [`Deduplicator::links`], given as (later record, first record), and
    /// merges the papers. Returns the duplicates if there are any. Links with unknown records are
    /// ignored.
    pub fn restore_links(&mut self, links: &[(u32, u32)]) -> Option<Arc<Duplicates>> {
        let records = self.records.len();
        let valid_links = links.iter().filter(|(later, first)| first < later && *later < records);
        let links: DuplicateLinks =
            valid_links.map(|(later, first)| (PaperId(*later), PaperId(*first))).collect();
        if links.is_empty() {
            return None;
        }
        let first_records: BTreeSet<PaperId> = links.values().copied().collect();
        self.duplicates.add_links(links);
        self.merge_papers(
            &first_records.into_iter().map(|it| self.duplicates.first_record(it)).collect(),
        );
        Some(Arc::new(self.duplicates.clone()))
    }

    /// Returns all links as pairs of record numbers: (later record, first record of its paper).
    pub fn links(&self) -> Vec<(u32, u32)> {
        self.duplicates.first_of_later.iter().map(|(later, first)| (later.0, first.0)).collect()
    }

    /// Returns the first record of the paper that `id` belongs to, with the links of the current
    /// segment.
    fn root(&self, links: &mut DuplicateLinks, id: PaperId) -> PaperId {
        union_find_root(links, self.duplicates.first_record(id))
    }

    /// Returns earlier records of the paper of a row, and adds the row's own keys.
    fn find_duplicates(&mut self, id: PaperId, record: &NewRecord<'_>) -> Vec<PaperId> {
        let mut duplicates = Vec::new();
        let identity = record.identity;
        let keys = identity.strong.into_iter().enumerate().map(|(at, key)| (Some(at), key));
        for (at, key) in keys.chain([(None, identity.weak)]).filter(|(_, key)| *key != 0) {
            let is_same = |other: PaperId| self.is_same(at, record, other);
            match self.seen_keys.find(key, is_same) {
                Some(other) => duplicates.push(other),
                None => self.seen_keys.insert(key, id),
            }
        }
        duplicates
    }

    /// Returns true if the other record is of the same paper: by the identifier with index
    /// `strong`, or by title and first author if that is `None`.
    fn is_same(&self, strong: Option<usize>, record: &NewRecord<'_>, other: PaperId) -> bool {
        let Some((other_segment, other_row)) = self.records.locate(other) else { return false };
        let (identity, (segment, row)) = (record.identity, record.row_ref);
        let other_keys = RowKeys::for_row(other_segment, other_row);
        let differs = |at: usize| {
            let (a, b) = (identity.strong[at], other_keys.strong[at]);
            a != 0 && b != 0 && a != b
        };
        let [arxiv, doi, pmid, _] = [0, 1, 2, 3].map(differs);
        let is_preprint = || {
            [segment.paper(row).kind, other_segment.paper(other_row).kind]
                .contains(&PaperKind::Preprint)
                || (identity.strong[0] == 0) != (other_keys.strong[0] == 0)
        };
        let years_agree = || match (segment.year(row), other_segment.year(other_row)) {
            (Some(a), Some(b)) => a.abs_diff(b) <= 1,
            _ => true,
        };
        let is_named_alike = identity.weak == other_keys.weak && identity.weak != 0;
        if let Some(at) = strong {
            return identity.strong[at] == other_keys.strong[at]
                && !arxiv
                && (is_named_alike
                    || share_title_word_or_author(record.row_ref, (other_segment, other_row))
                        && !self.is_placeholder(at, record));
        }
        let has_other_id = arxiv || pmid || doi && !is_preprint();
        is_named_alike
            && years_agree()
            && !has_other_id
            && is_same_issue(record.row_ref, (other_segment, other_row))
    }

    /// Returns true if too many papers have this identifier of the record for it to identify one.
    fn is_placeholder(&self, kind: usize, record: &NewRecord<'_>) -> bool {
        let key = record.identity.strong[kind];
        let earlier_rows =
            self.seen_keys.records_with(key).filter_map(|id| self.records.locate(id));
        let has_key =
            |(segment, row): &RowRef<'_>| RowKeys::for_row(segment, *row).strong[kind] == key;
        record.placeholders.is_placeholder(
            kind,
            key,
            &earlier_rows.filter(has_key).collect::<Vec<_>>(),
        )
    }

    /// Merges the records of each paper, if a later record adds anything to the first.
    fn merge_papers(&mut self, papers: &BTreeSet<PaperId>) {
        let segment = self.records.segments().next();
        let pattern = segment.map(|(_, it)| it.key_pattern().clone()).unwrap_or_default();
        let mut builder = MergedSegmentBuilder::default();
        for &first in papers {
            let ids = std::iter::once(first).chain(self.duplicates.later_records(first));
            let records = ids.take(MAX_MERGED_RECORDS).filter_map(|id| self.records.locate(id));
            let Some(merged) = MergedPaper::merge(&records.collect::<Vec<_>>()) else { continue };
            if builder.is_full() {
                let (segment, papers) = std::mem::take(&mut builder).seal(pattern.clone());
                self.duplicates.add_merged(segment, &papers);
            }
            builder.push(first, merged);
        }
        if !builder.is_empty() {
            let (segment, papers) = builder.seal(pattern.clone());
            self.duplicates.add_merged(segment, &papers);
        }
    }
}

/// A record of the segment that is being added.
struct NewRecord<'a> {
    identity: &'a RowKeys,
    row_ref: RowRef<'a>,
    /// Finds placeholder identifiers in the same segment.
    placeholders: &'a PlaceholderDetector<'a>,
}

/// Returns true if two records with a generic title have the same volume and issue, as far as these
/// are known. Without this, two issues with equal page numbers would be taken for one.
fn is_same_issue((a, row): RowRef<'_>, (b, other): RowRef<'_>) -> bool {
    if !has_generic_title(a, row) {
        return true;
    }
    let (a, b) = (a.paper(row), b.paper(other));
    [BibField::Volume, BibField::Number].into_iter().all(|field| {
        let (a, b) = (a.field(field), b.field(field));
        a.is_empty() || b.is_empty() || a == b
    })
}

impl SeenKeys {
    /// The maximal number of records with the same key that are compared. Bounds the time for keys
    /// that very many records share.
    const MAX_CANDIDATES: usize = 16;

    fn find(&self, key: u64, is_match: impl Fn(PaperId) -> bool) -> Option<PaperId> {
        self.records_with(key).find(|id| is_match(*id))
    }

    /// Records that have this key, or one with the same upper half.
    fn records_with(&self, key: u64) -> impl Iterator<Item = PaperId> {
        let half = upper_half(key);
        let entries = self.0.iter_hash(spread_half(half)).filter(move |(it, _)| *it == half);
        entries.map(|(_, id)| *id).take(Self::MAX_CANDIDATES)
    }

    fn insert(&mut self, key: u64, id: PaperId) {
        let half = upper_half(key);
        let entries = self.0.iter_hash(spread_half(half)).filter(|(it, _)| *it == half);
        if entries.take(Self::MAX_CANDIDATES).count() < Self::MAX_CANDIDATES {
            self.0.insert_unique(spread_half(half), (half, id), |(it, _)| spread_half(*it));
        }
    }
}

fn upper_half(key: u64) -> u32 {
    (key >> 32) as u32
}

/// Spreads half a key over all bits of a hash, as the hash table requires.
fn spread_half(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
