//! Groups hits by segment, so that facets are counted per segment.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::{Corpus, PaperId, Segment};
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;

/// Some rows of a segment.
#[derive(Debug)]
pub struct SegmentRows<'a> {
    pub segment: &'a Arc<Segment>,
    rows: RowSelection,
}

#[derive(Debug)]
enum RowSelection {
    All,
    Some(Vec<u16>),
}

impl SegmentRows<'_> {
    pub fn len(&self) -> usize {
        match &self.rows {
            RowSelection::All => self.segment.len() as usize,
            RowSelection::Some(rows) => rows.len(),
        }
    }

    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let (all, some) = match &self.rows {
            RowSelection::All => (0..self.segment.len(), &[][..]),
            RowSelection::Some(rows) => (0..0, rows.as_slice()),
        };
        all.chain(some.iter().map(|row| u32::from(*row)))
    }
}

/// The rows of all hits. A segment may come up several times, once for each part of the hits.
pub fn rows_by_segment<'a>(hits: &Hits, corpus: &'a Corpus) -> Vec<SegmentRows<'a>> {
    match hits {
        Hits::AllInOrder(_) | Hits::AllByYear(_) => corpus
            .segments()
            .map(|(_, segment)| SegmentRows { segment, rows: RowSelection::All })
            .collect(),
        Hits::Ranked(hits) => {
            let parts = hits.parts();
            parts.par_iter().flat_map_iter(|part| group_hits(part, corpus)).collect()
        }
    }
}

fn group_hits<'a>(hits: &[Hit], corpus: &'a Corpus) -> Vec<SegmentRows<'a>> {
    // Sorted by id, the hits of a segment are adjacent.
    let mut sorted;
    let hits = if hits.is_sorted_by_key(|hit| hit.id()) {
        hits
    } else {
        sorted = hits.to_vec();
        sorted.sort_unstable_by_key(|hit| hit.id());
        &sorted
    };
    let mut groups: Vec<(&Arc<Segment>, Vec<u16>)> = Vec::new();
    let mut segment_ids: Range<u32> = 0..0;
    for id in hits.iter().map(|hit| hit.id()) {
        match groups.last_mut() {
            Some((_, rows)) if segment_ids.contains(&id.0) => {
                rows.push((id.0 - segment_ids.start) as u16);
            }
            _ => add_row(id, &mut groups, &mut segment_ids, corpus),
        }
    }
    groups
        .into_iter()
        .map(|(segment, rows)| SegmentRows { segment, rows: RowSelection::Some(rows) })
        .collect()
}

/// Adds the row of a paper to the last group, or to a new one. Sets `segment_ids` to the ids of its
/// segment if the corpus has no duplicates: only then ids and rows are contiguous.
fn add_row<'a>(
    id: PaperId,
    groups: &mut Vec<(&'a Arc<Segment>, Vec<u16>)>,
    segment_ids: &mut Range<u32>,
    corpus: &'a Corpus,
) {
    let Some((segment, row)) = corpus.locate(id) else { return };
    if corpus.has_no_duplicates() {
        *segment_ids = id.0 - row..id.0 - row + segment.len();
    }
    match groups.last_mut() {
        Some((last, rows)) if Arc::ptr_eq(last, segment) => rows.push(row as u16),
        _ => groups.push((segment, vec![row as u16])),
    }
}
