//! Hits by the segments they lie in, to be counted.

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

/// The rows of all hits.
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

/// Hits that lie in the order of arrival make few shares.
fn group_hits<'a>(hits: &[Hit], corpus: &'a Corpus) -> Vec<SegmentRows<'a>> {
    let mut sorted;
    let hits = if hits.is_sorted_by_key(|hit| hit.id()) {
        hits
    } else {
        sorted = hits.to_vec();
        sorted.sort_unstable_by_key(|hit| hit.id());
        &sorted
    };
    let mut shares: Vec<(&Arc<Segment>, Vec<u16>)> = Vec::new();
    // Where every record is a paper, its segment is that of its neighbours.
    let mut near: Range<u32> = 0..0;
    for id in hits.iter().map(|hit| hit.id()) {
        match shares.last_mut() {
            Some((_, rows)) if near.contains(&id.0) => rows.push((id.0 - near.start) as u16),
            _ => add_row(id, &mut shares, &mut near, corpus),
        }
    }
    shares
        .into_iter()
        .map(|(segment, rows)| SegmentRows { segment, rows: RowSelection::Some(rows) })
        .collect()
}

fn add_row<'a>(
    id: PaperId,
    shares: &mut Vec<(&'a Arc<Segment>, Vec<u16>)>,
    near: &mut Range<u32>,
    corpus: &'a Corpus,
) {
    let Some((segment, row)) = corpus.locate(id) else { return };
    if corpus.has_no_duplicates() {
        *near = id.0 - row..id.0 - row + segment.len();
    }
    match shares.last_mut() {
        Some((last, rows)) if Arc::ptr_eq(last, segment) => rows.push(row as u16),
        _ => shares.push((segment, vec![row as u16])),
    }
}
